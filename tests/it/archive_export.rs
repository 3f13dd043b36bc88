//! `archive export`: what is written, what is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hongtou::archive::{Archive, Entry, Error, ExportError, Exported, Folder, export};

use crate::support::desk::Desk;
use crate::support::shelf;

const PDF: &[u8] = b"%PDF-1.7 one";

fn small(year: i32, number: u32, headline: &str) -> Entry {
    let item = shelf::item(headline, "区民政局", ("Ⅲ-17", "志愿服务活动"), "开展活动。", 1);
    shelf::entry("kuaibao", year, number, vec![item])
}

/// A desk with an archive of three issues, one of them corrected.
fn desk() -> Desk {
    let desk = Desk::new();
    let store = Folder::new(desk.path("archive"));
    for entry in [small(2018, 1, "甲"), small(2019, 1, "乙"), small(2019, 2, "丙")] {
        shelf::put(&store, &entry, PDF);
    }
    let corrected = Entry { revision: 2, ..small(2019, 1, "丁") };
    shelf::put(&store, &corrected, b"%PDF-1.7 two");
    desk
}

fn run(desk: &Desk, out: &str) -> Result<Exported, ExportError> {
    let archive = Archive::new(Folder::new(desk.path("archive")));
    export(&archive, &desk.path(out), None, &mut |_, _| {})
}

/// Every file under a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                all.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    all
}

#[test]
fn the_page_has_every_issue_and_every_pdf() {
    let desk = desk();
    let exported = run(&desk, "web").unwrap();
    assert_eq!(exported, Exported { issues: 3, files: 4, copied: 4 });
    let files = files(&desk.path("web"));
    assert_eq!(files["pdf/kuaibao/2019/1-r1.pdf"], PDF);
    assert_eq!(files["pdf/kuaibao/2019/1-r2.pdf"], b"%PDF-1.7 two");
    let page = String::from_utf8(files["index.html"].clone()).unwrap();
    let data: Vec<&String> = files.keys().filter(|name| name.starts_with("data/")).collect();
    assert_eq!(data.len(), 2);
    for name in data {
        assert!(page.contains(name.as_str()), "{name}");
        let text = String::from_utf8(files[name].clone()).unwrap();
        assert!(text.starts_with(&format!("hongtouPart('{name}','[{{")), "{text}");
        assert!(!text.contains("乙"), "what was corrected is not found any more");
    }
}

/// The head of the page names every office or none, never one for the others.
#[test]
fn the_head_names_all_offices_unless_they_are_too_many() {
    let desk = desk();
    let store = Folder::new(desk.path("archive"));
    let head = |out: &str| {
        run(&desk, out).unwrap();
        let page = fs::read_to_string(desk.path(out).join("index.html")).unwrap();
        let head = page.split_once("<header").unwrap().1.split_once("</header>").unwrap().0;
        head.lines().find(|line| line.starts_with("<p>")).map(str::to_owned)
    };
    let put = |number: u32, office: &str| {
        let offices = vec![office.to_owned()];
        shelf::put(&store, &Entry { offices, ..small(2017, number, "甲") }, PDF);
    };
    assert_eq!(head("one").as_deref(), Some("<p>青山区精神文明建设委员会办公室</p>"));
    put(1, "青山区<委>办公室");
    assert_eq!(
        head("two").as_deref(),
        Some("<p>青山区精神文明建设委员会办公室　青山区&lt;委&gt;办公室</p>")
    );
    put(2, "丙办");
    put(3, "丁办");
    assert_eq!(head("four"), None);
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let desk = desk();
    run(&desk, "one").unwrap();
    run(&desk, "two").unwrap();
    run(&desk, "two").unwrap();
    assert_eq!(files(&desk.path("one")), files(&desk.path("two")));
}

#[test]
fn what_did_not_change_is_not_written_again() {
    let desk = desk();
    run(&desk, "web").unwrap();
    let store = Folder::new(desk.path("archive"));
    let kept = desk.path("web/pdf/kuaibao/2018/1-r1.pdf");
    let before = fs::metadata(&kept).unwrap().modified().unwrap();
    shelf::put(&store, &small(2020, 1, "戊"), PDF);
    let exported = run(&desk, "web").unwrap();
    assert_eq!(exported, Exported { issues: 4, files: 5, copied: 1 });
    assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), before);
    run(&desk, "fresh").unwrap();
    assert_eq!(files(&desk.path("web")), files(&desk.path("fresh")));
}

#[test]
fn a_damaged_copy_is_made_good_and_an_old_file_goes() {
    let desk = desk();
    run(&desk, "web").unwrap();
    desk.write("web/pdf/kuaibao/2018/1-r1.pdf", "cut");
    desk.write("web/notes.txt", "of the office");
    fs::remove_dir_all(desk.path("archive/kuaibao/2019/2")).unwrap();
    let exported = run(&desk, "web").unwrap();
    assert_eq!(exported.copied, 1);
    let files = files(&desk.path("web"));
    assert_eq!(files["pdf/kuaibao/2018/1-r1.pdf"], PDF);
    assert!(!files.contains_key("pdf/kuaibao/2019/2-r1.pdf"));
    assert_eq!(files["notes.txt"], b"of the office");
    assert_eq!(files.keys().filter(|name| name.starts_with("data/")).count(), 2);
}

#[test]
fn what_others_wrote_is_left_alone() {
    let desk = desk();
    desk.write("web/thesis.doc", "years of work");
    assert_eq!(run(&desk, "web"), Err(ExportError::Foreign(desk.path("web"))));
    assert_eq!(files(&desk.path("web")).len(), 1);

    run(&desk, "own").unwrap();
    let before = files(&desk.path("own"));
    desk.write("own/pdf/kuaibao/2020/1-r1.pdf", "mine");
    shelf::put(&Folder::new(desk.path("archive")), &small(2020, 1, "戊"), PDF);
    assert!(matches!(run(&desk, "own"), Err(ExportError::Foreign(_))));
    let after = files(&desk.path("own"));
    assert_eq!(after["pdf/kuaibao/2020/1-r1.pdf"], b"mine");
    assert_eq!(after["index.html"], before["index.html"]);
}

#[test]
fn all_that_is_damaged_is_named_and_the_old_page_stays() {
    let desk = desk();
    run(&desk, "web").unwrap();
    let before = files(&desk.path("web"));
    shelf::put(&Folder::new(desk.path("archive")), &small(2020, 1, "戊"), PDF);
    desk.write("archive/kuaibao/2018/1/r1/data/issue.json", "{}");
    fs::remove_file(desk.path("archive/kuaibao/2019/2/r1/manifest-sha256.txt")).unwrap();
    let Err(ExportError::Archive(errors)) = run(&desk, "web") else { panic!("damage not found") };
    assert!(matches!(&errors[0], Error::Damaged { path, .. } if path.contains("2018/1/r1")));
    assert!(matches!(&errors[1], Error::Missing(path) if path.contains("2019/2/r1")));
    assert_eq!(errors.len(), 2);
    let mut after = files(&desk.path("web"));
    for files in [&mut after, &mut before.clone()] {
        files.remove("hongtou-export.txt");
    }
    assert!(
        before.iter().all(|(name, bytes)| name == "hongtou-export.txt" || after[name] == *bytes)
    );
    assert!(!after.contains_key("pdf/kuaibao/2020/1-r1.pdf"));
}

#[test]
fn a_failed_first_export_leaves_nothing() {
    let desk = desk();
    desk.write("archive/kuaibao/2019/2/r1/data/青山区kuaibao第2期.pdf", "flipped");
    assert!(matches!(run(&desk, "web"), Err(ExportError::Archive(_))));
    assert!(!desk.path("web").exists());
}

#[test]
fn half_an_export_is_finished_by_the_next() {
    let desk = desk();
    run(&desk, "whole").unwrap();
    // As a power cut leaves it: begun, not ended.
    let journal = "hongtou archive export 1\n\n+ pdf/kuaibao/2018/1-r1.pdf\n+ data/2018-0.js\n= 12";
    desk.write("web/hongtou-export.txt", journal);
    desk.write("web/pdf/kuaibao/2018/1-r1.pdf.part", "%PDF");
    desk.write("web/data/2018-0.js.part", "hong");
    run(&desk, "web").unwrap();
    assert_eq!(files(&desk.path("web")), files(&desk.path("whole")));
}

#[test]
fn words_of_an_issue_end_no_script() {
    let desk = Desk::new();
    let store = Folder::new(desk.path("archive"));
    let bad = "</script><script>alert('1')</script>\u{2028}\\'\"&amp;🎉";
    shelf::put(&store, &small(2019, 1, bad), PDF);
    run(&desk, "web").unwrap();
    for (name, bytes) in files(&desk.path("web")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if name == "index.html" {
            assert_eq!(text.matches("</script").count(), 1);
        } else if name.starts_with("data/") {
            assert!(!text.contains('<') && !text.contains('\u{2028}'), "{text}");
        }
    }
}

#[test]
fn two_exports_at_once_do_not_meet() {
    let desk = desk();
    run(&desk, "web").unwrap();
    let lock = fs::File::open(desk.path("web/hongtou-export.lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(run(&desk, "web"), Err(ExportError::Busy(desk.path("web"))));
    // A program that another test starts at this moment has a copy of the file: closing is not enough.
    lock.unlock().unwrap();
    assert!(run(&desk, "web").is_ok());
}

#[test]
fn the_command_says_what_it_made() {
    let desk = desk();
    let ended = desk.run(&["archive", "export", "-o", "web"]);
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (0, "web/index.html：3期，PDF 4个\n"),
        "{}",
        ended.err
    );
    let ended = desk.run(&["archive", "export", "-o", "web", "--title", "青山简报"]);
    assert_eq!(ended.out, "web/index.html：3期，没有新的PDF\n");
    assert!(fs::read_to_string(desk.path("web/index.html")).unwrap().contains("<h1>青山简报</h1>"));

    let ended = desk.run(&["archive", "export", "-o", "archive"]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("不是导出的网页"), "{}", ended.err);
    fs::create_dir(desk.path("nothing")).unwrap();
    let ended = desk.run(&["archive", "export", "--archive", "nothing", "-o", "none"]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("还没有简报"), "{}", ended.err);
    assert!(!desk.path("none").exists());
    desk.write("archive/kuaibao/2018/1/r1/data/issue.json", "{}");
    let ended = desk.run(&["archive", "export", "-o", "web"]);
    assert_eq!(ended.code, 4);
    assert!(ended.err.contains("kuaibao/2018/1/r1/data/issue.json"), "{}", ended.err);
}

#[test]
fn an_archive_in_an_object_store_is_not_taken_for_a_folder() {
    let desk = Desk::new();
    desk.write("hongtou.yaml", "存档: {路径: s3://jianbao/cundang, 服务地址: http://127.0.0.1:9}");
    let mut command = desk.command(&["archive", "list"]);
    command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let ended = command.output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(3), "{said}");
    assert!(said.contains("AWS_ACCESS_KEY_ID"), "{said}");
    assert!(!desk.path("s3:").exists() && !desk.path("archive").exists());

    let ended = desk.run(&["archive", "--archive", "s3://", "list"]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("不是对象存储的地址"), "{}", ended.err);

    desk.write("hongtou.yaml", "archive: {path: s3://a/b, secret_key: x}");
    let ended = desk.run(&["archive", "list"]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("secret_key"), "keys have no place in a file: {}", ended.err);
}
