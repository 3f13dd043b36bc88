//! `archive export`: what is written, what is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hongtou::archive::{Archive, Entry, Error, ExportError, Exported, Folder, Left, export};
use sha2::{Digest, Sha256};

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
    assert_eq!(exported, Exported { issues: 3, files: 4, copied: 4, left: Vec::new() });
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
    assert_eq!(exported, Exported { issues: 4, files: 5, copied: 1, left: Vec::new() });
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
    // It may be damaged or somebody's work: it stays, and that is said.
    assert_eq!(files["pdf/kuaibao/2018/1-r1.pdf.kept"], b"cut");
    let place = desk.path("web/pdf/kuaibao/2018/1-r1.pdf");
    let kept = Some(desk.path("web/pdf/kuaibao/2018/1-r1.pdf.kept"));
    assert_eq!(exported.left, [Left { path: place, kept }]);
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
    let whole = files(&desk.path("whole"));
    let data: Vec<&String> = whole.keys().filter(|name| name.starts_with("data/")).collect();
    // As a power cut leaves it: begun, not ended; one whole and not noted; as earlier versions note it.
    let sha256 = |bytes: &[u8]| -> String {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let begun = |name: &str| format!("+ {} {} {name}\n", sha256(&whole[name]), whole[name].len());
    let journal = format!(
        "hongtou archive export 1\n\n+ pdf/kuaibao/2018/1-r1.pdf\n{}{}= 12",
        begun(data[0]),
        begun(data[1])
    );
    desk.write("web/hongtou-export.txt", journal);
    desk.write("web/pdf/kuaibao/2018/1-r1.pdf.part", "%PDF");
    desk.write(&format!("web/{}", data[0]), &whole[data[0]]);
    desk.write(&format!("web/{}.part", data[1]), &whole[data[1]][..9]);
    desk.write("web/hongtou-export.txt.part", "hongtou arch");
    assert_eq!(run(&desk, "web").unwrap().left, []);
    let made = files(&desk.path("web"));
    assert!(made == whole, "{:?} {:?}", made.keys(), whole.keys());
}

/// What was announced and is something else now, or was never ended, cannot be told from the work
/// of others.
#[test]
fn what_is_not_proved_to_be_ours_is_left_and_named() {
    let desk = desk();
    let digest: String = Sha256::digest(b"ours").iter().map(|byte| format!("{byte:02x}")).collect();
    let journal = format!(
        "hongtou archive export 1\n= {digest} 4 data/a.js\n= {digest} 4 data/b.js\n\
         + {digest} 4 data/c.js\n+ {digest} 4 data/d.js\n+ data/e.js\n+ {digest} 4 data/f.js\n"
    );
    desk.write("web/hongtou-export.txt", journal);
    for (name, text) in [
        ("a.js", "ours"),
        ("b.js", "mine"),
        ("c.js", "mine, and longer"),
        ("d.js", "ours"),
        ("d.js.part", "ours"),
        ("e.js", "mine"),
        ("f.js.part", "ou"),
    ] {
        desk.write(&format!("web/data/{name}"), text);
    }
    let left = |names: &[&str]| -> Vec<Left> {
        let path = |name: &&str| Left { path: desk.path("web/data").join(name), kept: None };
        names.iter().map(path).collect()
    };
    let names = ["b.js", "c.js", "e.js", "f.js.part"];
    assert_eq!(run(&desk, "web").unwrap().left, left(&names));
    let there = files(&desk.path("web"));
    assert!(!there.contains_key("data/a.js") && !there.contains_key("data/d.js"));
    assert!(!there.contains_key("data/d.js.part"));
    assert_eq!(there["data/b.js"], b"mine");
    // It is said each time until somebody has looked.
    let ended = desk.run(&["archive", "export", "-o", "web"]).code(0);
    ended.says(&["注意：“web/data/b.js”不能断定是导出时写的，没有动；看过没有用就删除"]);
    names.iter().for_each(|name| fs::remove_file(desk.path("web/data").join(name)).unwrap());
    assert_eq!(run(&desk, "web").unwrap().left, []);
    run(&desk, "whole").unwrap();
    assert_eq!(files(&desk.path("web")), files(&desk.path("whole")));
}

#[test]
fn a_name_beside_a_file_that_others_took_is_passed_over() {
    let desk = desk();
    desk.write("web/hongtou-export.txt", "hongtou archive export 1\n");
    desk.write("web/index.html.part", "mine");
    desk.write("web/hongtou-export.txt.part", "mine");
    let exported = run(&desk, "web").unwrap();
    assert_eq!(exported.left.len(), 2, "{:?}", exported.left);
    let there = files(&desk.path("web"));
    assert_eq!(there["index.html.part"], b"mine");
    assert_eq!(there["hongtou-export.txt.part"], b"mine");
    assert!(!there.contains_key("index.html.1.part") && there.contains_key("index.html"));
}

#[test]
fn an_empty_folder_of_somebody_stays_when_an_export_fails() {
    let desk = desk();
    desk.write("archive/kuaibao/2019/2/r1/data/青山区kuaibao第2期.pdf", "flipped");
    fs::create_dir(desk.path("web")).unwrap();
    assert!(matches!(run(&desk, "web"), Err(ExportError::Archive(_))));
    assert_eq!(desk.files("web"), [""; 0]);
    assert!(desk.path("web").is_dir());
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// An export, and a folder of somebody with a file.
    fn shared() -> Desk {
        let desk = desk();
        run(&desk, "web").unwrap();
        desk.write("others/thesis.doc", "years of work");
        desk.write("others/2018/1-r1.pdf", PDF);
        desk
    }

    fn refused(desk: &Desk, link: &str) {
        let before = (files(&desk.path("others")), files(&desk.path("web")));
        assert_eq!(run(desk, "web"), Err(ExportError::Link(desk.path("web").join(link))), "{link}");
        assert_eq!(files(&desk.path("others")), before.0, "{link}");
        assert_eq!(files(&desk.path("web"))["index.html"], before.1["index.html"], "{link}");
    }

    #[test]
    fn a_file_that_became_a_link_is_not_written_through() {
        for link in
            ["pdf/kuaibao/2018/1-r1.pdf", "index.html", "hongtou-export.txt", "hongtou-export.lock"]
        {
            for target in ["others/thesis.doc", "others/new"] {
                let desk = shared();
                let place = desk.path("web").join(link);
                let page = fs::read(desk.path("web/index.html")).unwrap();
                fs::remove_file(&place).unwrap();
                symlink(desk.path(target), &place).unwrap();
                // Something to write.
                shelf::put(&Folder::new(desk.path("archive")), &small(2020, 1, "戊"), PDF);
                let before = files(&desk.path("others"));
                assert_eq!(run(&desk, "web"), Err(ExportError::Link(place.clone())), "{link}");
                assert_eq!(files(&desk.path("others")), before, "{link} to {target}");
                assert!(place.symlink_metadata().unwrap().is_symlink());
                if link != "index.html" {
                    assert_eq!(fs::read(desk.path("web/index.html")).unwrap(), page);
                }
            }
        }
    }

    #[test]
    fn a_folder_that_became_a_link_is_neither_written_nor_cleared() {
        let desk = shared();
        fs::rename(desk.path("web/pdf"), desk.path("away")).unwrap();
        symlink(desk.path("others"), desk.path("web/pdf")).unwrap();
        let ended = desk.run(&["archive", "export", "-o", "web"]).code(3);
        ended.says(&["web/pdf”是链接或别的东西", "移走它再导出"]);
        refused(&desk, "pdf");
        fs::remove_file(desk.path("web/pdf")).unwrap();
        fs::rename(desk.path("away"), desk.path("web/pdf")).unwrap();
        // A file that goes, in a folder that leads to another of the same name and content.
        fs::remove_dir_all(desk.path("archive/kuaibao/2018")).unwrap();
        fs::remove_dir_all(desk.path("web/pdf/kuaibao/2018")).unwrap();
        symlink(desk.path("others/2018"), desk.path("web/pdf/kuaibao/2018")).unwrap();
        let place = desk.path("web/pdf/kuaibao/2018/1-r1.pdf");
        assert_eq!(run(&desk, "web").unwrap().left, [Left { path: place, kept: None }]);
        assert_eq!(fs::read(desk.path("others/2018/1-r1.pdf")).unwrap(), PDF);
    }

    #[test]
    fn a_link_beside_a_file_is_passed_over() {
        let desk = shared();
        for name in ["index.html.part", "hongtou-export.txt.part"] {
            symlink(desk.path("others/thesis.doc"), desk.path("web").join(name)).unwrap();
        }
        shelf::put(&Folder::new(desk.path("archive")), &small(2020, 1, "戊"), PDF);
        assert_eq!(run(&desk, "web").unwrap().left.len(), 2);
        assert_eq!(fs::read(desk.path("others/thesis.doc")).unwrap(), b"years of work");
        assert!(desk.path("web/index.html.part").symlink_metadata().unwrap().is_symlink());
    }

    #[test]
    fn the_folder_of_an_export_itself_may_be_a_link() {
        let desk = desk();
        fs::create_dir(desk.path("share")).unwrap();
        symlink(desk.path("share"), desk.path("web")).unwrap();
        run(&desk, "web").unwrap();
        assert!(desk.path("share/index.html").is_file());
    }
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
