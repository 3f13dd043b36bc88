//! The command line as real processes.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::support::desk::{Desk, ISSUE};

#[test]
fn build_writes_pdf_and_docx_and_says_so() {
    let desk = Desk::with_issue();
    let ended = desk.run(&["build", "甲.yaml"]).code(0);
    assert_eq!(ended.out, "out/青山区工作快报第7期.pdf、.docx：1页，正文1行\n");
    assert_eq!(ended.err, "");
    assert_eq!(desk.files("out"), ["青山区工作快报第7期.docx", "青山区工作快报第7期.pdf"]);
    let bytes = |name: &str| fs::read(desk.path("out").join(name)).unwrap();
    assert!(bytes("青山区工作快报第7期.pdf").starts_with(b"%PDF-"));
    assert!(bytes("青山区工作快报第7期.docx").starts_with(b"PK"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let desk = Desk::with_issue();
    desk.run(&["build", "甲.yaml", "-o", "一"]).code(0);
    desk.run(&["build", "甲.yaml", "-o", "二"]).code(0);
    for name in desk.files("一") {
        let bytes = |folder: &str| fs::read(desk.path(folder).join(&name)).unwrap();
        assert!(bytes("一") == bytes("二"), "{name}");
    }
}

#[test]
fn formats_and_purposes_can_be_chosen() {
    let desk = Desk::with_issue();
    desk.run(&["build", "甲.yaml", "--to", "pdf", "--profile", "print"]).code(0);
    desk.run(&["build", "甲.yaml", "--to", "pdf", "--profile", "screen", "--grid"]).code(0);
    assert_eq!(desk.files("out"), ["青山区工作快报第7期-印刷.pdf", "青山区工作快报第7期-阅读.pdf"]);
    desk.run(&["build", "甲.yaml", "-o", "文", "--to", "docx", "--docx-fonts", "open"]).code(0);
    assert_eq!(desk.files("文"), ["青山区工作快报第7期.docx"]);
}

#[test]
fn the_report_names_every_line() {
    let desk = Desk::with_issue();
    let ended = desk.run(&["build", "甲.yaml", "--report", "--to", "pdf"]).code(0);
    ended.reports(&["偏离字格", "0.000mm", "近日，区民政局开展活动。", "两端对齐0行"]);
}

#[test]
fn all_errors_of_an_issue_are_shown_with_line_column_and_caret() {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE.replace("number: 7", "nomber: 7") + "sorce: 区民政局\n");
    let ended = desk.run(&["build", "甲.yaml"]).code(1);
    ended.says(&["甲.yaml:2:9", "^^^^^^", "number", "甲.yaml:4:1", "sorce", "没有生成"]);
    assert_eq!(desk.files("out"), [""; 0]);
}

/// Columns count characters, not bytes.
#[test]
fn a_field_without_a_place_is_an_error_at_its_place() {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE.to_owned() + "主送: [区委, 区政府]\n");
    let ended = desk.run(&["build", "甲.yaml"]).code(1);
    ended.says(&["版式「kuaibao」没有“主送”的位置", "甲.yaml:4:6", "hongtou layouts", "1个错误"]);
}

#[test]
fn a_character_that_no_font_has_is_named() {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE.replace("近日", "近日✔"));
    desk.run(&["build", "甲.yaml"]).code(1).says(&["✔", "U+2714"]);
    assert_eq!(desk.files("out"), [""; 0]);
}

#[test]
fn one_bad_issue_does_not_keep_the_others_from_being_made() {
    let desk = Desk::with_issue();
    desk.write("乙.yaml", ISSUE.replace("number: 7", "number: 八"));
    desk.write("丙.yaml", ISSUE.replace("number: 7", "number: 9"));
    let ended = desk.run(&["build", "--to", "pdf", "甲.yaml", "乙.yaml", "丙.yaml", "丁.yaml"]);
    let ended = ended.code(4).says(&["乙.yaml:2:17", "“乙.yaml”没有生成", "找不到文件“丁.yaml”"]);
    assert_eq!(ended.out.lines().count(), 2);
    assert_eq!(desk.files("out"), ["青山区工作快报第7期.pdf", "青山区工作快报第9期.pdf"]);
}

#[test]
fn two_issues_for_one_file_are_refused_before_anything_is_written() {
    let desk = Desk::with_issue();
    desk.write("乙.yaml", ISSUE.replace("活动", "慰问"));
    desk.write("丙.yaml", ISSUE.replace("number: 7", "number: 9"));
    let ended = desk.run(&["build", "丙.yaml", "甲.yaml", "乙.yaml"]).code(2);
    ended.says(&["“甲.yaml”和“乙.yaml”会写成同一个文件", "青山区工作快报第7期.pdf"]);
    assert_eq!(desk.files("out"), [""; 0]);
}

#[test]
fn an_issue_may_come_from_standard_input() {
    let desk = Desk::new();
    desk.run_with_input(&["build", "-", "--to", "pdf"], ISSUE.as_bytes()).code(0);
    assert_eq!(desk.files("out"), ["青山区工作快报第7期.pdf"]);
    let wrong = ISSUE.replace("number", "nomber");
    desk.run_with_input(&["build", "-"], wrong.as_bytes()).code(1).says(&["标准输入:2:9"]);
}

#[test]
fn files_that_cannot_be_read_are_explained() {
    let desk = Desk::new();
    fs::create_dir(desk.path("夹")).unwrap();
    desk.write("gbk.yaml", b"masthead: {name: \xb9\xa4\xd7\xf7\xbf\xec\xb1\xa8}");
    desk.run(&["build", "无.yaml"]).code(3).says(&["找不到文件“无.yaml”", "怎么改"]);
    desk.run(&["build", "夹"]).code(3).says(&["“夹”是文件夹"]);
    desk.run(&["build", "gbk.yaml"]).code(3).says(&["GBK", "另存为UTF-8"]);
    desk.run(&["build", "无.yaml", "--font-path", "没有"]).code(3);
}

#[test]
fn folders_that_cannot_be_written_are_explained() {
    let desk = Desk::with_issue();
    desk.write("占", "一个文件");
    desk.run(&["build", "甲.yaml", "-o", "占"]).code(3).says(&["“占”不能用作文件夹"]);
    desk.run(&["build", "甲.yaml", "-o", "占/内"]).code(3).says(&["-o"]);
    fs::create_dir_all(desk.path("out/青山区工作快报第7期.pdf")).unwrap();
    desk.run(&["build", "甲.yaml"]).code(3).says(&["青山区工作快报第7期.pdf"]);
    assert_eq!(desk.files("out"), ["青山区工作快报第7期.pdf"], "nothing is left behind");
}

#[test]
fn a_font_folder_without_fonts_is_an_error_of_the_environment() {
    let desk = Desk::with_issue();
    fs::create_dir(desk.path("空")).unwrap();
    desk.run(&["build", "甲.yaml", "--font-path", "空"]).code(3).says(&["空"]);
    let ended = desk.run(&["build", "甲.yaml", "--font-path", "没有"]).code(3);
    ended.says(&["找不到字体文件或文件夹“没有”"]);
    assert_eq!(desk.files("out"), [""; 0]);
}

#[test]
fn a_failed_run_leaves_the_last_good_files() {
    let desk = Desk::with_issue();
    desk.run(&["build", "甲.yaml"]).code(0);
    let pdf = desk.path("out/青山区工作快报第7期.pdf");
    let before = fs::read(&pdf).unwrap();
    desk.write("甲.yaml", ISSUE.replace("近日", "近日✔"));
    desk.run(&["build", "甲.yaml"]).code(1);
    assert!(fs::read(&pdf).unwrap() == before);
}

/// A process killed at any moment leaves whole files or none.
#[test]
fn killed_at_any_moment_files_are_whole_or_not_there() {
    let desk = Desk::with_issue();
    let start = std::time::Instant::now();
    desk.run(&["build", "甲.yaml", "-o", "好"]).code(0);
    let whole = start.elapsed();
    const TRIES: u32 = 12;
    for index in 1..=TRIES {
        let folder = format!("杀{index}");
        let mut child = desk.command(&["build", "甲.yaml", "-o", &folder]).spawn().unwrap();
        std::thread::sleep(whole * index / TRIES);
        child.kill().unwrap();
        child.wait().unwrap();
        for name in desk.files(&folder).iter().filter(|name| !name.starts_with(".hongtou-")) {
            let bytes = |folder: &str| fs::read(desk.path(folder).join(name)).unwrap();
            assert!(bytes(&folder) == bytes("好"), "{name} is not whole");
        }
    }
}

#[test]
fn the_settings_of_an_office_are_found_upward() {
    let desk = Desk::new();
    desk.write(
        "hongtou.yaml",
        "defaults:\n  masthead: {owner: 青山区, name: 工作快报}\n  issue: {office: 青山区办公室}\n",
    );
    desk.write("2019/3/甲.yaml", "issue: {number: 7, date: 2019-03-14}\ntext: 甲乙。\n");
    desk.run(&["build", "2019/3/甲.yaml", "--to", "pdf"]).code(0);
    assert_eq!(desk.files("out"), ["青山区工作快报第7期.pdf"]);
    // An error of a default is shown where it was written.
    desk.write(
        "hongtou.yaml",
        "defaults:\n  masthead: {name: 工作快报}\n  issue: {office: 甲}\n  主送: [区委]\n",
    );
    let ended = desk.run(&["build", "2019/3/甲.yaml"]).code(1);
    ended.says(&[" hongtou.yaml:4:8", "没有“主送”的位置"]);
    desk.write("hongtou.yaml", "defalts: {}\n");
    desk.run(&["build", "2019/3/甲.yaml"]).code(3).says(&["hongtou.yaml:1:1", "defaults"]);
}

#[test]
fn a_layout_of_ones_own_lies_beside_the_file_that_names_it() {
    let desk = Desk::new();
    let layout = hongtou::layout::bundled("kuaibao").unwrap();
    desk.write(
        "期/mine.yaml",
        layout.replace("before: 【", "before: 〖").replace("after: 】", "after: 〗"),
    );
    let issue = ISSUE.replace("text:", "layout: ./mine.yaml\ntext:");
    desk.write("期/甲.yaml", &issue);
    desk.run(&["build", "期/甲.yaml", "--to", "pdf"]).code(0);
    desk.write("乙.yaml", &issue);
    let ended = desk.run(&["build", "乙.yaml"]).code(3);
    ended.says(&["找不到文件", "mine.yaml", "乙.yaml:3:9"]);
    // Named by the office, it lies beside `hongtou.yaml`.
    desk.write("期/hongtou.yaml", "defaults: {layout: ./mine.yaml}\n");
    desk.write("期/深/丙.yaml", ISSUE);
    desk.run(&["build", "期/深/丙.yaml", "--to", "docx"]).code(0);
    // Wrong layouts get errors as wrong issues do.
    desk.write("期/mine.yaml", layout.replace("lines: 22", "linse: 22"));
    desk.run(&["build", "期/甲.yaml"]).code(3).says(&["mine.yaml:", "linse", "lines"]);
}

#[test]
fn an_unknown_layout_is_an_error_with_a_suggestion() {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE.replace("text:", "layout: kuaiba\ntext:"));
    let ended = desk.run(&["build", "甲.yaml"]).code(1);
    ended.says(&["没有内置的版式“kuaiba”", "是否应为“kuaibao”", "甲.yaml:3:9"]);
    // By its Chinese name: the list tells which one that is.
    desk.write("甲.yaml", ISSUE.replace("text:", "layout: 工作快报\ntext:"));
    desk.run(&["build", "甲.yaml"]).code(1).says(&["没有内置的版式", "kuaibao（工作快报）"]);
}

#[test]
fn results_can_be_read_by_programs() {
    let desk = Desk::with_issue();
    desk.write("乙.yaml", ISSUE.replace("number: 7", "number: 八"));
    let arguments = ["build", "甲.yaml", "乙.yaml", "--to", "pdf", "--format", "json", "--report"];
    let ended = desk.run(&arguments).code(4);
    assert_eq!(ended.err, "");
    let json: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(json["exit"], "partly");
    let issues = json["issues"].as_array().unwrap();
    let of = |input: &str| issues.iter().find(|issue| issue["input"] == input).unwrap();
    assert_eq!(of("甲.yaml")["files"][0], "out/青山区工作快报第7期.pdf");
    assert_eq!(of("甲.yaml")["pages"], 1);
    assert_eq!(of("甲.yaml")["grid"][0]["text"], "近日，区民政局开展活动。");
    assert_eq!(of("乙.yaml")["ok"], false);
    assert_eq!(of("乙.yaml")["findings"][0]["code"], "issue/bad-value");
    assert_eq!(of("乙.yaml")["findings"][0]["line"], 2);
    assert_eq!(of("乙.yaml")["findings"][0]["column"], 17);
}

#[test]
fn colours_are_used_when_asked_for() {
    let desk = Desk::new();
    let plain = desk.run(&["build", "无.yaml"]).code(3);
    assert!(!plain.err.contains('\u{1b}'), "no terminal, no colours");
    let coloured = desk.run(&["build", "无.yaml", "--color", "always"]).code(3);
    assert!(coloured.err.contains('\u{1b}'));
    let never = desk.run(&["build", "无.yaml", "--color", "never"]).code(3);
    assert!(!never.err.contains('\u{1b}'));
}

#[test]
fn usage_is_explained_in_chinese() {
    let desk = Desk::new();
    desk.run(&[]).code(2).says(&["用法：", "命令："]);
    desk.run(&["--help"]).code(0).reports(&["用法：hongtou", "build", "退出码"]);
    desk.run(&["build", "-h"]).code(0).reports(&["--docx-fonts", "显示帮助"]);
    desk.run(&["--version"]).code(0).reports(&[env!("CARGO_PKG_VERSION")]);
    desk.run(&["buidl"]).code(2).says(&["没有“buidl”这个命令", "是否应为“build”"]);
    desk.run(&["build"]).code(2).says(&["缺少<文件>"]);
    desk.run(&["build", "甲.yaml", "--profile", "press"]).code(2).says(&["archive、print、screen"]);
}

#[test]
fn layouts_and_fonts_are_listed() {
    let desk = Desk::new();
    desk.run(&["layouts"]).code(0).reports(&["kuaibao\t工作快报", "每页22行、每行28字"]);
    desk.run(&["fonts"]).code(0).reports(&["仿宋\t朱雀仿宋（内置）", "小标宋"]);
    desk.run(&["fonts", "喆Ⅲ"]).code(0).reports(&["喆（U+5586）", "Ⅲ（U+2162）", "代替"]);
    desk.run(&["fonts", "✔"]).code(3).reports(&["没有"]);
}

/// Whoever reads only the beginning gets no panic (exit code 101).
#[test]
fn a_closed_pipe_is_no_reason_to_panic() {
    let desk = Desk::new();
    let mut command = desk.command(&["fonts", "一二三四五六七八九十"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_ne!(output.status.code(), Some(101));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

/// Every sample is built, and there is nothing to say of it.
#[test]
fn samples_are_built() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let desk = Desk::new();
    let mut count = 0;
    for entry in fs::read_dir(samples).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let ended = desk.run(&["build", path.to_str().unwrap(), "-o", "样"]);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{}", path.display());
        count += 1;
    }
    assert!(count >= 4);
    assert_eq!(desk.files("样").len(), 2 * count);
}

/// A character that no font has is pointed at, not the paragraph that it stands in.
#[test]
fn a_missing_character_is_underlined_where_it_stands() {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE.replace("近日", "近日✔"));
    let line = ISSUE.lines().position(|line| line.contains("近日")).unwrap() + 1;
    let text = ISSUE.lines().nth(line - 1).unwrap();
    let column = text.chars().take_while(|c| *c != '近').count() + 3;
    desk.run(&["build", "甲.yaml"]).code(1).says(&["U+2714", &format!("甲.yaml:{line}:{column}")]);
}

#[test]
fn what_a_docx_cannot_do_is_said_when_one_is_made() {
    let desk = Desk::with_issue();
    let layout = hongtou::layout::bundled("kuaibao").expect("a layout");
    desk.write("偶数页.yaml", layout.replace("even-page: 否", "even-page: 是"));
    let issue = "layout: ./偶数页.yaml\n".to_owned() + crate::support::desk::ISSUE;
    desk.write("乙.yaml", issue + "contact: {phone: '61806756'}\n");
    desk.run(&["build", "乙.yaml"]).code(0).says(&["警告", "偶数页", "分页符"]);
    assert!(desk.run(&["build", "乙.yaml", "--to", "pdf"]).code(0).err.is_empty());
    assert!(desk.run(&["build", "甲.yaml"]).code(0).err.is_empty());
}
