//! `hongtou send` and `hongtou recipients` as real processes.

use std::fs;

use crate::support::desk::{Desk, Ended};
use crate::support::smtp::{Manners, Server};
use mail_parser::{MessageParser, MimeHeaders};

const ISSUE: &str = "\
masthead: {owner: 青山区, name: 工作快报}
issue: {number: 7, date: 2019-03-14, office: 青山区办公室}
text: 近日，区民政局开展活动。
distribution: {superiors: [区委, 区政府], subordinates: [信息员]}
contact: {email: kuaibao@qs.example.cn}
";
const OFFICE: &str = "series: qs-kuaibao\nmail: {sender: 青山区办公室 <kuaibao@qs.example.cn>}\n";
const LIST: &str = "报: {区委: qw@qs.example.cn, 区政府: 区政府办 <zf@qs.example.cn>}\n\
                    发:\n  信息员:\n    - 城子街道 王芳 <wf@qs.example.cn>\n    - 王平镇 孙丽 <sl@qs.example.cn>\n";

/// A desk with an office, its list and an archived issue.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE);
    desk.write("hongtou.yaml", OFFICE);
    desk.write("recipients.yaml", LIST);
    desk.run(&["archive", "add", "甲.yaml"]).code(0);
    desk
}

fn send(desk: &Desk, options: &[&str]) -> Ended {
    desk.run(&[&["send", "甲.yaml"], options].concat())
}

/// Names a server to the office.
fn connect(desk: &Desk, server: &Server) {
    let mail = format!(", 服务器: 127.0.0.1, 端口: {}, 加密: 不加密}}", server.port);
    desk.write("hongtou.yaml", OFFICE.replace('}', &mail));
}

/// The journal of the issue.
const JOURNAL: &str = "archive/mail_journal/qs-kuaibao/2019/7.jsonl";

#[test]
fn a_dry_run_shows_who_would_get_what() {
    let desk = desk();
    let ended = send(&desk, &["--dry-run"]).code(0);
    assert_eq!(
        ended.out,
        "单位      姓名  邮箱              分送       附件\n\
         区委            qw@qs.example.cn  报 区委    docx\n\
         区政府办        zf@qs.example.cn  报 区政府  docx\n\
         城子街道  王芳  wf@qs.example.cn  发 信息员  docx\n\
         王平镇    孙丽  sl@qs.example.cn  发 信息员  docx\n\
         青山区工作快报第7期（第1版）：共4封，没有发送\n"
    );
    let ended =
        send(&desk, &["--dry-run", "--only", "信息员,qw@qs.example.cn", "--except", "王芳"]);
    assert_eq!(ended.code(0).out.lines().count(), 4);
    send(&desk, &["--dry-run", "--only", "王方"]).code(1).says(&["“王方”", "是否应为“王芳”"]);
}

#[test]
fn only_what_is_archived_as_it_is_can_be_sent() {
    let desk = desk();
    desk.write("乙.yaml", ISSUE.replace("number: 7", "number: 8"));
    let ended = desk.run(&["send", "乙.yaml", "--dry-run"]).code(3);
    ended.says(&["“乙.yaml”还没有存档", "hongtou archive add 乙.yaml", "--test"]);
    desk.write("甲.yaml", ISSUE.replace("近日", "日前"));
    let ended = send(&desk, &["--dry-run"]).code(3);
    ended.says(&["存档后又改过", "qs-kuaibao/2019/7/r1", "--correction"]);
    // A test shows it all the same.
    send(&desk, &["--test", "me@qs.example.cn", "--dry-run"]).code(0).reports(&["测试", "me@qs"]);
    // What was changed in the archive itself is not sent.
    desk.write("甲.yaml", ISSUE);
    let docx = "archive/qs-kuaibao/2019/7/r1/data/青山区工作快报第7期.docx";
    fs::write(desk.path(docx), b"PK changed").unwrap();
    send(&desk, &["--dry-run"]).code(3).says(&["已损坏"]);
}

#[test]
fn an_archived_issue_is_sent_by_its_number_too() {
    let desk = desk();
    let by_file = send(&desk, &["--dry-run"]).code(0).out;
    for number in ["7", "第7期", "2019/7", "qs-kuaibao/2019/7"] {
        assert_eq!(desk.run(&["send", number, "--dry-run"]).code(0).out, by_file, "{number}");
    }
    desk.run(&["send", "7", "--test", "me@qs.example.cn", "--dry-run"]).code(0).reports(&["me@qs"]);
    desk.run(&["send", "8", "--dry-run"]).code(3).says(&["存档里没有“8”", "archive list"]);
    desk.run(&["send", "乙.yaml", "--dry-run"]).code(3).says(&["找不到文件“乙.yaml”"]);
    // What was corrected is not sent; the number means the latest.
    desk.write("甲.yaml", ISSUE.replace("近日", "日前"));
    desk.run(&["archive", "add", "甲.yaml", "--correction", "更正时间"]).code(0);
    desk.run(&["send", "7", "--dry-run"]).code(0).reports(&["第7期（第2版）：共4封"]);
    let ended = desk.run(&["send", "qs-kuaibao/2019/7/r1", "--dry-run"]).code(3);
    ended.says(&["已被第2版更正", "hongtou send qs-kuaibao/2019/7"]);
    // A file of that name comes first.
    desk.write("7", ISSUE);
    desk.run(&["send", "7", "--dry-run"]).code(3).says(&["“7”是第1版"]);
}

#[test]
fn settings_that_changed_since_are_told_but_what_was_kept_is_sent() {
    let desk = desk();
    desk.write("hongtou.yaml", OFFICE.to_owned() + "defaults: {staff: {editor: 甲}}\n");
    let ended = send(&desk, &["--dry-run"]).code(0);
    ended.says(&["默认内容存档后改过", "发送的是存档的那一版"]);
}

#[test]
fn print_and_list_must_agree() {
    let desk = desk();
    desk.write("recipients.yaml", LIST.replace("区政府:", "区人大:"));
    let ended = send(&desk, &["--dry-run"]).code(1);
    ended.says(&[
        "recipients.yaml:1:1",
        "第7期印着“报：区政府”",
        "recipients.yaml:1:27",
        "“报：区人大”",
    ]);
    fs::remove_file(desk.path("recipients.yaml")).unwrap();
    let ended = send(&desk, &["--dry-run"]).code(3);
    let ended = ended.says(&["找不到分送名单“recipients.yaml”", "hongtou recipients import"]);
    // What it says to write can be written.
    let example = ended.err.split_once("如：\n").unwrap().1;
    let example: String = example
        .lines()
        .filter_map(|line| line.get(3..))
        .map(|line| line.to_owned() + "\n")
        .collect();
    desk.write("recipients.yaml", example);
    desk.run(&["recipients"]).code(0).reports(&["2组，3个邮箱"]);
    // Within `hongtou.yaml`, and under another name.
    let list = "recipients: {报: {区委: a@b.cn, 区政府: b@b.cn}, 发: {信息员: c@b.cn}}\n";
    desk.write("hongtou.yaml", OFFICE.to_owned() + list);
    send(&desk, &["--dry-run"]).code(0).reports(&["共3封"]);
    desk.write("hongtou.yaml", OFFICE.to_owned() + "收件人: ./名单/甲.yaml\n");
    desk.write("名单/甲.yaml", LIST);
    send(&desk, &["--dry-run"]).code(0).reports(&["共4封"]);
}

#[test]
fn messages_go_into_a_folder_whole_and_the_same_each_time() {
    let desk = desk();
    let ended = send(&desk, &["--to-folder", "邮件/第7期"]).code(0);
    assert_eq!(ended.out, "邮件/第7期：4封邮件，没有发送，也不记入发送记录\n");
    let names = ["01-区委.eml", "02-区政府办.eml", "03-城子街道-王芳.eml", "04-王平镇-孙丽.eml"];
    assert_eq!(desk.files("邮件/第7期"), names);
    let bytes = |name: &str| fs::read(desk.path("邮件/第7期").join(name)).unwrap();
    let before: Vec<Vec<u8>> = names.iter().map(|name| bytes(name)).collect();
    let message = MessageParser::default().parse(&before[2]).unwrap();
    assert_eq!(message.header_raw("X-Unsent").map(str::trim), Some("1"));
    assert_eq!(message.subject(), Some("青山区工作快报第7期"));
    let docx = "archive/qs-kuaibao/2019/7/r1/data/青山区工作快报第7期.docx";
    let part = message.attachment(0).unwrap();
    assert_eq!(part.attachment_name(), Some("青山区工作快报第7期.docx"));
    assert_eq!(part.contents(), fs::read(desk.path(docx)).unwrap());
    // Again: the same. Nothing is left behind.
    send(&desk, &["--to-folder", "邮件/第7期"]).code(0);
    assert!(names.iter().zip(&before).all(|(name, before)| bytes(name) == *before));
    assert_eq!(desk.files("邮件"), ["第7期"]);
    // Beside messages of another kind nothing is written.
    desk.write("邮件/第7期/03-城子街道-王芳.eml", "别的");
    let ended = send(&desk, &["--to-folder", "邮件/第7期"]).code(3);
    ended.says(&["已有别的邮件：03-城子街道-王芳.eml", "空文件夹"]);
    assert_eq!(desk.files("邮件/第7期"), names);
    // A message that cannot be written: no file at all.
    desk.write("hongtou.yaml", OFFICE.replace('}', ", max_size: 1, 附件: pdf}"));
    desk.write("recipients.yaml", LIST);
    let ended = send(&desk, &["--to-folder", "新"]);
    if ended.code == 3 {
        ended.says(&["超过上限"]);
        assert_eq!(desk.files("新"), [""; 0]);
    }
}

/// A link may lead to anything, also to what happens to be the same.
#[cfg(unix)]
#[test]
fn a_link_among_the_messages_of_a_folder_is_not_replaced() {
    let desk = desk();
    send(&desk, &["--to-folder", "邮件"]).code(0);
    let name = desk.path("邮件/01-区委.eml");
    fs::rename(&name, desk.path("别处.eml")).unwrap();
    std::os::unix::fs::symlink(desk.path("别处.eml"), &name).unwrap();
    send(&desk, &["--to-folder", "邮件"]).code(3).says(&["已有别的邮件：01-区委.eml"]);
    assert!(name.symlink_metadata().unwrap().is_symlink());
}

#[test]
fn a_correction_is_told_from_the_first() {
    let desk = desk();
    desk.write("甲.yaml", ISSUE.replace("近日", "日前"));
    desk.run(&["archive", "add", "甲.yaml", "--correction", "更正时间"]).code(0);
    send(&desk, &["--dry-run"]).code(0).reports(&["第7期（第2版）：共4封"]);
}

#[test]
fn a_test_message_needs_neither_archive_nor_list() {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE);
    send(&desk, &["--test", "我 <me@qs.example.cn>", "--to-folder", "试"])
        .code(3)
        .says(&["不能有"]);
    send(&desk, &["--test", "me@qs.example.cn", "--to-folder", "试"]).code(0);
    let name = &desk.files("试")[0];
    let bytes = fs::read(desk.path("试").join(name)).unwrap();
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(message.subject(), Some("【测试】青山区工作快报第7期"));
}

#[test]
fn status_says_why_some_were_not_tried() {
    let desk = desk();
    let server = Server::new(Manners { sender: Some("553 no"), ..Manners::default() });
    connect(&desk, &server);
    send(&desk, &[]).code(3).reports(&["停下了：发信服务器不接受这个发件人", "553 no"]);
    let ended = desk.run(&["send", "status", "7"]).code(0);
    ended.reports(&[
        "没有试：上次发送中途停下（发信服务器不接受这个发件人）；再运行会寄",
        "553 no",
        "共4位，还没有寄4位",
    ]);
    let ended = desk.run(&["send", "status", "7", "--format", "json"]).code(0);
    let said: serde_json::Value = ended.out.parse().unwrap();
    let first = &said["recipients"][0];
    assert_eq!((&first["state"], &first["reason"]), (&"waiting".into(), &"sender-refused".into()));
    // Whoever gets it later has it, whatever stopped before.
    let server = Server::new(Manners::default());
    connect(&desk, &server);
    send(&desk, &["--only", "信息员"]).code(0);
    let ended = desk.run(&["send", "status", "7"]).code(0);
    ended.reports(&["共4位，已寄到2位，还没有寄2位", "没有试：上次发送中途停下"]);
}

/// Everyone has it; the journal is emptied, as a full disk or a bad copy empties files.
#[test]
fn a_spoilt_journal_stops_and_is_said_by_status_too() {
    let desk = desk();
    let server = Server::new(Manners::default());
    connect(&desk, &server);
    send(&desk, &[]).code(0);
    let sound = fs::read(desk.path(JOURNAL)).unwrap();
    for spoilt in [Vec::new(), vec![0; 4096], [&sound[..], &[0; 512]].concat()] {
        desk.write(JOURNAL, &spoilt);
        for run in [&["send", "甲.yaml"][..], &["send", "status", "7"]] {
            let ended = desk.run(run).code(3);
            ended.says(&["发送记录", "7.jsonl", "不对", "从备份恢复", "--except"]);
        }
        assert_eq!(fs::read(desk.path(JOURNAL)).unwrap(), spoilt);
    }
    assert_eq!(server.seen().taken.len(), 4, "nobody twice");
    desk.write(JOURNAL, &sound);
    send(&desk, &[]).code(0).reports(&["没有要寄的"]);
    // It lost its end, at a line and within one; it is gone.
    let mark = "archive/mail_journal/qs-kuaibao/2019/7.mark";
    let line = sound[..sound.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    for end in [line, line - 9, sound.len() - 3] {
        desk.write(JOURNAL, &sound[..end]);
        let missing = format!("末尾少了{}字节", sound.len() - end);
        send(&desk, &[]).code(3).says(&["7.jsonl", &missing, "7.mark", "--except"]);
        desk.run(&["send", "status", "7"]).code(3).says(&[&missing]);
    }
    fs::remove_file(desk.path(JOURNAL)).unwrap();
    send(&desk, &[]).code(3).says(&["7.jsonl", "不见了", "7.mark", "--except"]);
    assert_eq!(server.seen().taken.len(), 4, "nobody twice");
    // As the advice has it: both are moved, and it is sent anew.
    fs::remove_file(desk.path(mark)).unwrap();
    send(&desk, &["--except", "信息员"]).code(0);
}

#[test]
fn a_line_that_was_not_written_to_its_end_is_spoken_of() {
    let desk = desk();
    let server = Server::new(Manners::default());
    connect(&desk, &server);
    send(&desk, &[]).code(0);
    let sound = fs::read(desk.path(JOURNAL)).unwrap();
    let lines = sound.iter().filter(|byte| **byte == b'\n').count();
    desk.write(JOURNAL, [&sound[..], b"{\"at\":\"2019-03"].concat());
    let said = format!("发送记录第{}行没有写完", lines + 1);
    desk.run(&["send", "status", "7"]).code(0).says(&[&said]);
    let json = desk.run(&["send", "status", "7", "--format", "json"]).code(0);
    assert!(json.out.contains(&said), "{}", json.out);
    send(&desk, &[]).code(0).says(&[&said]);
    assert_eq!(fs::read(desk.path(JOURNAL)).unwrap(), sound);
    assert!(!send(&desk, &[]).code(0).err.contains("没有写完"));
}

#[test]
fn no_command_shows_a_password_that_stands_in_the_settings() {
    let desk = desk();
    for wrong in [
        OFFICE.replace('}', ", 密码: 天书-s3cret, 端口: 七}"),
        OFFICE.replace('}', ", 密码: 天书-s3cret, 坏: [}"),
        format!("{OFFICE}smtp_password: 天书-s3cret\n"),
        OFFICE.replace('}', ", 用户: 甲, 服务器: 天书-s3cret！}"),
    ] {
        desk.write("hongtou.yaml", wrong);
        for run in [
            &["send", "甲.yaml"][..],
            &["send", "status", "7"],
            &["send", "password"],
            &["build", "甲.yaml"],
            &["recipients"],
            &["archive", "list"],
        ] {
            let mut command = desk.command(run);
            let ended = command.env("HONGTOU_SMTP_PASSWORD", "天书-s3cret").output().unwrap();
            let said = String::from_utf8([ended.stdout, ended.stderr].concat()).unwrap();
            assert!(!said.contains("s3cret"), "{run:?}\n{said}");
        }
    }
}

#[test]
fn the_list_is_checked_and_shown() {
    let desk = desk();
    let ended = desk.run(&["recipients"]).code(0);
    ended.reports(&["发    信息员  城子街道  王芳  wf@qs.example.cn", "3组，4个邮箱"]);
    desk.write("recipients.yaml", LIST.replace("qw@qs", "qw＠qs"));
    desk.run(&["recipients", "list"]).code(3).says(&["recipients.yaml:1:9", "全角"]);
}

#[test]
fn a_table_of_excel_is_imported() {
    let desk = Desk::new();
    // 分送,组,单位,姓名,邮箱 in GBK.
    let head = b"\xb7\xd6\xcb\xcd,\xd7\xe9,\xb5\xa5\xce\xbb,\xd0\xd5\xc3\xfb,\xd3\xca\xcf\xe4\r\n";
    let row = b"\xb7\xa2,\xd0\xc5\xcf\xa2\xd4\xb1,,\xcd\xf5\xb7\xbc,wf@qs.example.cn\r\n";
    desk.write("表.csv", [&head[..], row].concat());
    let ended = desk.run(&["recipients", "import", "表.csv", "--dry-run"]).code(0);
    ended.reports(&["格式", "王芳", "recipients.yaml：会加1人，已有0人，没有写"]);
    assert_eq!(desk.files("."), ["表.csv"]);
    desk.run(&["recipients", "import", "表.csv"]).code(0).reports(&["加了1人"]);
    let text = fs::read_to_string(desk.path("recipients.yaml")).unwrap();
    assert!(
        text.ends_with("发:\n  信息员:\n    - {姓名: 王芳, 邮箱: wf@qs.example.cn}\n"),
        "{text}"
    );
    let ended = desk.run(&["recipients", "import", "表.csv"]).code(0);
    ended.reports(&["都已在名单里，没有改动"]);
    desk.write("坏.csv", "分送,组,邮箱\n发,信息员,a@b.cn\n发,信息员,a b@c.cn\n");
    desk.run(&["recipients", "import", "坏.csv"]).code(1).says(&[
        "坏.csv:3:7",
        "有空格",
        "“坏.csv”没有导入，名单没有改动：1个错误",
    ]);
    assert_eq!(fs::read_to_string(desk.path("recipients.yaml")).unwrap(), text);
    desk.write("表.xlsx", b"PK\x03\x04");
    desk.run(&["recipients", "import", "表.xlsx"]).code(3).says(&["Excel文件", "CSV UTF-8"]);
    desk.run(&["recipients", "import", "表.csv", "--as", "抄"]).code(2).says(&["报、送、发、另寄"]);
    desk.write("hongtou.yaml", "收件人: {报: {区委: a@b.cn}}\n");
    desk.run(&["recipients", "import", "表.csv"]).code(3).says(&["写在 hongtou.yaml 里"]);
}
