//! What is named as a file and is none is said at once and by name, whatever it is named for; and
//! nothing is written through a link.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::desk::{Desk, Ended, ISSUE, ended};

/// Longer than any of these commands takes, and shorter than for ever.
const LONG: Duration = Duration::from_secs(60);

/// How a run ended that must end by itself.
fn run(desk: &Desk, arguments: &[&str]) -> Ended {
    let mut command = desk.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if began.elapsed() > LONG {
            child.kill().unwrap();
            panic!("{arguments:?} waits for ever");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    ended(child.wait_with_output().unwrap())
}

/// What makes something that is no file, and its name.
type Kind = (fn(&Path), &'static str);

/// What takes the place of a file: each with what it is called.
const KINDS: [Kind; 3] = [
    (pipe, "管道"),
    // A link is followed, and what it leads to looked at.
    (|path| symlink("/dev/zero", path).unwrap(), "设备"),
    (|path| fs::create_dir(path).unwrap(), "文件夹"),
];

#[cfg(target_os = "linux")]
fn pipe(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

#[cfg(not(target_os = "linux"))]
fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn clear(path: &Path) {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => fs::remove_dir_all(path).unwrap(),
        Ok(_) => fs::remove_file(path).unwrap(),
        Err(_) => {}
    }
}

/// A desk with all that the commands need, an archived issue among it.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE.to_owned() + "distribution: {superiors: [区委]}\n");
    desk.write("版.yaml", hongtou::layout::bundled("kuaibao").unwrap());
    desk.write("版式.yaml", ISSUE.to_owned() + "layout: ./版.yaml\n");
    desk.write("hongtou.yaml", OFFICE);
    desk.write("recipients.yaml", "报: {区委: qw@qs.example.cn}\n");
    desk.write("表.csv", "分送,组,邮箱\n报,区政府,b@b.cn\n");
    desk.write("名录.yaml", "{}\n");
    run(&desk, &["archive", "add", "甲.yaml"]).code(0);
    desk
}

const OFFICE: &str = "\
series: qs
registries: ./名录.yaml
mail: {server: 127.0.0.1, port: 1, security: starttls, sender: k@qs.example.cn, user: k, password_file: 密码, ca: ca.pem}
";

const BAG: &str = "archive/qs/2019/7/r1";

/// Each file that a command reads: its name, the command, how it ends, what it says.
const READ: &[(&str, &[&str], i32)] = &[
    ("甲.yaml", &["build", "甲.yaml"], 3),
    ("甲.yaml", &["archive", "add", "甲.yaml"], 3),
    ("甲.yaml", &["send", "甲.yaml", "--dry-run"], 3),
    ("甲.yaml", &["verify", "甲.pdf", "--source", "甲.yaml"], 3),
    ("甲.pdf", &["verify", "甲.pdf"], 3),
    ("版.yaml", &["build", "版式.yaml"], 3),
    ("hongtou.yaml", &["build", "甲.yaml"], 3),
    ("hongtou.yaml", &["archive", "list"], 3),
    ("hongtou.yaml", &["recipients"], 3),
    ("字/体.ttf", &["fonts", "--font-path", "字/体.ttf"], 3),
    ("名录.yaml", &["archive", "stats"], 3),
    ("recipients.yaml", &["recipients"], 3),
    ("recipients.yaml", &["recipients", "import", "表.csv"], 3),
    ("recipients.yaml", &["send", "甲.yaml", "--dry-run"], 3),
    ("表.csv", &["recipients", "import", "表.csv"], 3),
    ("ca.pem", &["send", "7"], 3),
    ("密码", &["send", "7", "--trust-server", "127.0.0.1:1"], 3),
    ("archive/qs/2019/ledger.txt", &["archive", "verify"], 3),
    ("archive/mail_journal/qs/2019/7.jsonl", &["send", "status", "7"], 3),
    ("archive/mail_journal/qs/2019/7.jsonl", &["send", "7", "--trust-server", "127.0.0.1:1"], 3),
    ("archive/mail_journal/qs/2019/7.lock", &["send", "7", "--trust-server", "127.0.0.1:1"], 3),
    ("archive/mail_journal/qs/2019/7.mark", &["send", "status", "7"], 3),
    ("archive/mail_journal/qs/2019/7.mark", &["send", "7", "--trust-server", "127.0.0.1:1"], 3),
    ("archive/qs/2019/7/r1/data/issue.json", &["archive", "show", "7"], 3),
];

#[test]
fn what_is_no_file_is_named_at_once_wherever_a_file_is_read() {
    let desk = desk();
    desk.write("甲.pdf", fs::read(desk.path(BAG).join("data/青山区工作快报第7期.pdf")).unwrap());
    desk.write("密码", "s3cret\n");
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(desk.path("密码"), fs::Permissions::from_mode(0o600)).unwrap();
    }
    desk.write("ca.pem", "");
    let mut wrong = Vec::new();
    for (name, arguments, code) in READ {
        let path = desk.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let before = fs::read(&path).ok();
        for (make, what) in KINDS {
            // A folder of fonts is meant when one is named.
            if (*what == *"文件夹") && name.ends_with(".ttf") {
                continue;
            }
            clear(&path);
            make(&path);
            let ended = run(&desk, arguments);
            let short = name.rsplit('/').next().unwrap();
            let said = ended.out.clone() + &ended.err;
            // What is the program's own is never looked for behind a link.
            let own = name.contains("mail_journal") || name.ends_with("ledger.txt");
            let what = if own && *what == *"设备" { "链接" } else { what };
            if ended.code != *code || !said.contains(what) || !said.contains(short) {
                wrong.push(format!("{name}, {what}, {arguments:?}: {}\n{said}", ended.code));
            }
        }
        clear(&path);
        if let Some(bytes) = before {
            desk.write(name, bytes);
            if *name == "密码" {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `verify` goes on and lists it among all that it finds.
#[test]
fn a_pipe_in_a_bag_is_a_finding_of_the_archive() {
    let desk = desk();
    for name in ["data/issue.yaml", "manifest-sha256.txt", "bagit.txt"] {
        let path = desk.path(BAG).join(name);
        let bytes = fs::read(&path).unwrap();
        clear(&path);
        pipe(&path);
        let ended = run(&desk, &["archive", "verify"]);
        let said = ended.out.clone() + &ended.err;
        assert!(ended.code == 4 && said.contains("这是管道，不是文件"), "{name}: {said}");
        clear(&path);
        fs::write(&path, bytes).unwrap();
    }
    run(&desk, &["archive", "verify"]).code(0);
}

/// The index can be had elsewhere, so a question is answered all the same; SQLite itself would wait
/// for what lies beside its file.
#[test]
fn a_pipe_in_place_of_the_index_or_beside_it_is_not_waited_for() {
    let desk = desk();
    let question = ["archive", "search", "民政局", "--format", "json"];
    let answer = run(&desk, &question).code(0).out;
    for name in
        ["index.sqlite", "index.lock", "index.sqlite-journal", "index.sqlite-wal", ".index-a.tmp"]
    {
        let path = desk.path("archive").join(name);
        let before = fs::read(&path).ok();
        clear(&path);
        pipe(&path);
        assert_eq!(run(&desk, &question).code(0).out, answer, "{name}");
        run(&desk, &["archive", "index"]).code(0);
        assert!(fs::symlink_metadata(&path).is_err() || !path.is_file(), "{name}");
        clear(&path);
        if let Some(bytes) = before {
            fs::write(&path, bytes).unwrap();
        }
    }
}

/// Locks, ledgers and journals are written where they lie: a link there would say what is written.
/// Even one that leads to the very lines.
#[test]
fn a_ledger_that_is_a_link_is_none() {
    let desk = desk();
    let path = desk.path("archive/qs/2019/ledger.txt");
    fs::rename(&path, desk.path("别处.txt")).unwrap();
    symlink(desk.path("别处.txt"), &path).unwrap();
    run(&desk, &["archive", "verify"]).code(3).says(&["ledger.txt", "链接"]);
    fs::remove_file(&path).unwrap();
    fs::rename(desk.path("别处.txt"), &path).unwrap();
    run(&desk, &["archive", "verify"]).code(0);
}

#[test]
fn nothing_of_the_programs_own_is_written_through_a_link() {
    let desk = desk();
    let lines = fs::read(desk.path("archive/qs/2019/ledger.txt")).unwrap();
    desk.write("乙.yaml", ISSUE.replace("number: 7", "number: 8"));
    let archive = |name: &str| desk.path("archive").join(name);
    for (name, arguments) in [
        (".lock", &["archive", "add", "乙.yaml"][..]),
        (".lock-ledger", &["archive", "add", "乙.yaml"]),
        ("qs/2019/ledger.txt", &["archive", "add", "乙.yaml"]),
        ("mail_journal/qs/2019/7.jsonl", &["send", "7", "--trust-server", "127.0.0.1:1"]),
        ("mail_journal/qs/2019/7.lock", &["send", "7", "--trust-server", "127.0.0.1:1"]),
        ("mail_journal/qs/2019/7.mark", &["send", "7", "--trust-server", "127.0.0.1:1"]),
    ] {
        for there in [true, false] {
            let path = archive(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let before = fs::read(&path).ok();
            clear(&path);
            symlink(desk.path("别人的"), &path).unwrap();
            clear(&desk.path("别人的"));
            if there {
                fs::write(desk.path("别人的"), &lines).unwrap();
            }
            let ended = run(&desk, arguments);
            let said = ended.out.clone() + &ended.err;
            // A journal is read before it is opened to be written, and the lines are not its own.
            let named = said.contains("链接") || (there && name.ends_with(".jsonl"));
            assert!(ended.code != 0 && named, "{name}: {}\n{said}", ended.code);
            let after = fs::read(desk.path("别人的")).ok();
            assert_eq!(after, there.then(|| lines.clone()), "{name}");
            clear(&path);
            if let Some(bytes) = before {
                fs::write(&path, bytes).unwrap();
            }
        }
    }
    // What the index looks like is written beside it; without that it is built anew each time.
    let question = ["archive", "search", "民政局"];
    run(&desk, &question).code(0);
    clear(&archive("index.lock"));
    fs::write(desk.path("别人的"), "甲").unwrap();
    symlink(desk.path("别人的"), archive("index.lock")).unwrap();
    run(&desk, &question).code(0);
    run(&desk, &["archive", "index"]).code(0);
    assert_eq!(fs::read(desk.path("别人的")).unwrap(), "甲".as_bytes());
}

#[test]
fn a_file_is_written_over_a_link_and_over_nothing_else_that_is_no_file() {
    let desk = Desk::with_issue();
    let pdf = "out/青山区工作快报第7期.pdf";
    desk.write("别人的", "甲");
    fs::create_dir(desk.path("out")).unwrap();
    symlink(desk.path("别人的"), desk.path(pdf)).unwrap();
    run(&desk, &["build", "甲.yaml", "--to", "pdf"]).code(0);
    assert_eq!(fs::read(desk.path("别人的")).unwrap(), "甲".as_bytes());
    assert!(fs::symlink_metadata(desk.path(pdf)).unwrap().is_file());
    clear(&desk.path(pdf));
    pipe(&desk.path(pdf));
    let ended = run(&desk, &["build", "甲.yaml", "--to", "pdf"]).code(3);
    ended.says(&[pdf, "是管道，不能写成文件", "-o"]);
    assert_eq!(desk.files("out").len(), 1);
    // A folder that is none.
    for (make, _) in [KINDS[0], KINDS[1]] {
        clear(&desk.path("去处"));
        make(&desk.path("去处"));
        let ended = run(&desk, &["build", "甲.yaml", "-o", "去处"]).code(3);
        ended.says(&["去处", "-o"]);
    }
}

#[test]
fn what_is_taken_out_or_put_into_a_folder_stops_at_what_is_there() {
    let desk = desk();
    fs::create_dir(desk.path("取")).unwrap();
    pipe(&desk.path("取/issue.yaml"));
    run(&desk, &["archive", "get", "7", "-o", "取"]).code(3).says(&["已有", "issue.yaml"]);
    clear(&desk.path("取/issue.yaml"));
    symlink("无", desk.path("取/issue.yaml")).unwrap();
    run(&desk, &["archive", "get", "7", "-o", "取"]).code(3).says(&["已有", "issue.yaml"]);
    fs::create_dir(desk.path("信")).unwrap();
    pipe(&desk.path("信/01-区委.eml"));
    run(&desk, &["send", "7", "--to-folder", "信"]).code(3).says(&["已有别的邮件"]);
}

/// Settings further up are another office's.
#[test]
fn settings_that_cannot_be_read_are_never_passed_over() {
    let desk = Desk::new();
    desk.write("hongtou.yaml", "defaults: {masthead: {owner: 青山区, name: 工作快报}}\n");
    desk.write("期/甲.yaml", ISSUE.replace("masthead: {owner: 青山区, name: 工作快报}\n", ""));
    run(&desk, &["build", "期/甲.yaml"]).code(0);
    let near = desk.path("期/hongtou.yaml");
    let kinds: [Kind; 5] = [
        (|path| symlink("无", path).unwrap(), "是链接，指向的文件不在"),
        (|path| symlink("hongtou.yaml", path).unwrap(), "是链接，指向的文件不在"),
        (|path| fs::create_dir(path).unwrap(), "是文件夹，不是文件"),
        (pipe, "是管道，不是文件"),
        (|path| fs::write(path, b"\xc8\xab\xb9\xfa: \xce\xc4").unwrap(), "不是UTF-8"),
    ];
    for (make, said) in kinds {
        make(&near);
        let ended = run(&desk, &["build", "期/甲.yaml"]).code(3);
        ended.says(&["期/hongtou.yaml", said, "移走它"]);
        clear(&near);
    }
    // What is advised works.
    run(&desk, &["build", "期/甲.yaml"]).code(0);
    // One behind a link is read.
    desk.write("别处.yaml", "defaults: {masthead: {owner: 青山区, name: 工作快报}}\n");
    symlink("../别处.yaml", &near).unwrap();
    run(&desk, &["build", "期/甲.yaml"]).code(0);
}

/// Files of another kind are refused by their size before they are read.
#[test]
fn a_file_beyond_its_limit_is_named_with_the_limit() {
    let desk = Desk::with_issue();
    // A file of holes takes no room on the disk.
    let hole = |name: &str, bytes: u64| {
        fs::File::create(desk.path(name)).unwrap().set_len(bytes).unwrap();
    };
    hole("大.yaml", (4 << 20) + 1);
    run(&desk, &["build", "大.yaml"]).code(3).says(&["“大.yaml”太大", "4 MB"]);
    hole("大.pdf", (200 << 20) + 1);
    run(&desk, &["verify", "大.pdf"]).code(3).says(&["“大.pdf”太大，最多200 MB"]);
    hole("大.csv", (16 << 20) + 1);
    run(&desk, &["recipients", "import", "大.csv"]).code(3).says(&["“大.csv”太大，最多16 MB"]);
    hole("大.ttf", (200 << 20) + 1);
    run(&desk, &["fonts", "--font-path", "大.ttf"]).code(3).says(&["大.ttf", "最多200 MB"]);
    // What comes in on standard input has no size beforehand.
    let more = vec![b'#'; (4 << 20) + 1];
    desk.run_with_input(&["build", "-"], &more).code(3).says(&["“标准输入”太大", "4 MB"]);
}
