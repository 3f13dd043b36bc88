//! Each input with the finding expected beside it.

use super::{Key, MAX_DEPTH, Node, Reader, Value, parse};
use crate::diagnostic::{FileKind, Sources, render};

fn errors(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    match parse(file, text) {
        Ok(_) => String::new(),
        Err(findings) => render(&sources, &findings, false).to_string(),
    }
}

/// The codes of what is wrong, in its order.
fn codes(text: &str) -> Vec<&'static str> {
    let file = Sources::default().add("a.yaml", text);
    let findings = parse(file, text).err().unwrap_or_default();
    findings.iter().map(|finding| finding.code.name()).collect()
}

fn tree(text: &str) -> Node {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    parse(file, text).unwrap()
}

/// Every scalar of a tree, as the slice of the source that its span names.
fn slices(text: &str) -> Vec<&str> {
    fn walk<'t>(node: &Node, text: &'t str, out: &mut Vec<&'t str>) {
        match &node.value {
            Value::Sequence(nodes) => nodes.iter().for_each(|node| walk(node, text, out)),
            Value::Mapping(entries) => {
                for entry in entries {
                    out.push(&text[entry.key_span.start as usize..entry.key_span.end as usize]);
                    walk(&entry.value, text, out);
                }
            }
            _ => out.push(&text[node.span.start as usize..node.span.end as usize]),
        }
    }
    let mut out = Vec::new();
    walk(&tree(text), text, &mut out);
    out
}

#[test]
fn scalars_stay_text() {
    let Value::Mapping(entries) =
        tree("a: 000017\nb: \"61806756\"\nc: ~\nd:\ne: 2019-03-14\n").value
    else {
        panic!("a mapping")
    };
    let scalar = |text: &str, plain| Value::Scalar { text: text.to_owned(), plain };
    assert_eq!(entries[0].value.value, scalar("000017", true));
    assert_eq!(entries[1].value.value, scalar("61806756", false));
    assert_eq!(entries[2].value.value, Value::Null);
    assert_eq!(entries[3].value.value, Value::Null);
    assert_eq!(entries[4].value.value, scalar("2019-03-14", true));
}

#[test]
fn spans_are_bytes_of_the_file_also_after_a_bom_and_with_crlf() {
    let plain = "期号: 155\n要点:\n  - 甲乙\n  - '丙'\n";
    let want = ["期号", "155", "要点", "甲乙", "'丙'"];
    assert_eq!(slices(plain), want);
    assert_eq!(slices(&format!("\u{feff}{}", plain.replace('\n', "\r\n"))), want);
}

#[test]
fn what_hides_mistakes_is_refused_together() {
    assert_eq!(
        codes("a: 1\na: 2\nb: &x 3\nc: *x\nd: !t 4\n<<: {e: 5}\n[f]: 6\n"),
        [
            "yaml/duplicate-key",
            "yaml/sign",
            "yaml/sign",
            "yaml/sign",
            "yaml/merge-key",
            "yaml/bad-key"
        ]
    );
    assert_eq!(codes("a:\n　　b: 1\n"), ["yaml/indentation"]);
    assert_eq!(codes("a: 1\n---\nb: 2\n"), ["yaml/second-document"]);
}

#[test]
fn a_text_that_begins_with_a_sign_of_yaml_wants_quotes() {
    for (value, sign, place) in [
        ("[重点] 工作推进会", "[", "2:5"),
        ("{重点} 工作推进会", "{", "2:5"),
        ("*重要 会议", "*", "2:5"),
        ("*重要*会议", "*", "2:5"),
        ("!重要会议", "!", "2:5"),
        (">重点", ">", "2:5"),
        ("|重点", "|", "2:5"),
    ] {
        let text = format!("期号: 1\n文字: {value}\n来源: 甲\n");
        let report = errors(&text);
        assert!(report.contains(&format!("以“{sign}”开头的文字要加引号")), "{value}\n{report}");
        assert!(report.contains(&format!("a.yaml:{place}")), "{value}\n{report}");
        assert_eq!(codes(&text), ["yaml/sign"], "{value}");
        assert_eq!(codes(&format!("段落:\n  - {value}\n  - 乙\n")), ["yaml/sign"], "{value}");
    }
    for value in ["@重要会议", "`重要`会议", "%重要会议"] {
        assert_eq!(codes(&format!("文字: {value}\n")), ["yaml/sign"], "{value}");
    }
    // A list that is one, followed by a slip of its own.
    assert_eq!(codes("段落: [甲, 乙]\n   丙: 丁\n"), ["yaml/syntax"]);
}

#[test]
fn a_column_counts_characters() {
    let report = errors("门头沟: 甲\n城子街道: {标题: 甲, 标题: 乙}\n");
    assert!(report.contains("--> a.yaml:2:15"), "{report}");
    assert!(report.contains("2 | 城子街道: {标题: 甲, 标题: 乙}"), "{report}");
}

#[test]
fn a_syntax_error_comes_alone_and_in_plain_words() {
    let cases = [
        ("标题：甲\n期号: 1\n", "yaml/colon"),
        ("a: 1\n标题:甲\n", "yaml/colon"),
        ("a:\n\tb: 1\n", "yaml/indentation"),
        ("a: \"痛点\"对症\n", "yaml/quotes"),
        ("a: [甲, 乙\n", "yaml/brackets"),
        ("a: @甲\n", "yaml/sign"),
        ("a: 甲: 乙\n", "yaml/syntax"),
        ("a: 'b\n", "yaml/quotes"),
        ("a: \"甲\nb: 乙\nc: \"丙\"\n", "yaml/quotes"),
        ("a:\n  - 甲\n  -乙\n", "yaml/dash"),
        ("a:\n  - 甲\n  －乙\n", "yaml/dash"),
        ("a:\n  b: 甲\n   c: 乙\n", "yaml/indentation"),
        ("a:\n - b: 甲\n     c: 乙\n", "yaml/indentation"),
        ("a: \"\\q\"\n", "yaml/quotes"),
        ("a: 甲\u{b}乙\n", "yaml/character"),
    ];
    for (text, code) in cases {
        // That a key stands there twice is not said too.
        let text = format!("z: 1\nz: 2\n{text}");
        let report = errors(&text);
        assert_eq!(codes(&text), [code], "{text:?} in\n{report}");
    }
    assert!(errors("a: \"甲\nb: 乙\nc: \"丙\"\n").contains("a.yaml:1:4"));
    assert!(errors("标题：甲\n期号: 1\n").contains("冒号是全角的"));
}

#[test]
fn wrapped_chinese_has_no_spaces() {
    let node = tree("甲：\n  一二，\n  三四 abc\n  def\n");
    let Value::Scalar { text, .. } = node.value else { panic!("a scalar") };
    assert_eq!(text, "甲：一二，三四 abc def");
    assert_eq!(slices("a: |\n  甲\n  乙\n\nb: 丙\n"), ["a", "甲\n  乙", "b", "丙"]);
}

#[test]
fn text_that_a_comment_swallows_is_pointed_out() {
    let text = "a: 完成 #3 工程\nb: 甲 # 注\n";
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let mut reader = Reader::new(&sources, FileKind::Issue);
    reader.parse(file).unwrap();
    let report = render(&sources, &reader.finish().unwrap(), false);
    assert!(report.contains("a.yaml:1:7"), "{report}");
    assert_eq!(report.matches("警告：").count(), 1, "{report}");
}

#[test]
fn hostile_files_are_refused() {
    for text in [
        "[".repeat(200) + &"]".repeat(200),
        "- ".repeat(200),
        format!("[{}]", "a,".repeat(300_000)),
        "a".repeat(5 << 20),
    ] {
        assert_eq!(codes(&text), ["yaml/too-large"], "{}", &text[..10]);
    }
    assert_ne!(errors(&"[".repeat(100_000)), "");
    assert_ne!(errors(&"{a: ".repeat(10_000)), "");
    assert_eq!(errors(&format!("a: {}\n", "甲".repeat(400_000))), "");
    let bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n";
    assert!(codes(bomb).iter().all(|code| *code == "yaml/sign") && codes(bomb).len() > 6);
    let deep: String = (0..MAX_DEPTH - 1).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert_eq!(errors(&deep), "");
}

#[test]
fn a_reader_goes_on_and_collects_all() {
    const KEYS: &[Key] = &[
        Key::new("number", &["期号", "期数"]),
        Key::new("office", &["编发机关"]),
        Key::new("kind", &["类别"]),
        Key::new("date", &["日期"]),
    ];
    let text = "期号: 一五五\n期数: 3\noffise: 甲\nkind: 正\noffice:\n  - [甲]\n  - 乙\n";
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let mut reader = Reader::new(&sources, FileKind::Issue);
    let root = reader.parse(file).unwrap();
    let fields = reader.fields(&root, "这一期", KEYS).unwrap();
    assert!(fields.require(&mut reader, "number", Reader::integer::<u32>).is_none());
    assert_eq!(fields.require(&mut reader, "office", Reader::texts).unwrap().len(), 1);
    let words = [("正刊", 1), ("增刊", 2)];
    fields.read(&mut reader, "kind", |reader, node, what| reader.choice(node, what, &words));
    fields.require(&mut reader, "date", Reader::text);
    let findings = reader.finish().unwrap_err();
    let found: Vec<(&str, Option<&str>)> =
        findings.iter().map(|one| (one.code.name(), one.help.as_deref())).collect();
    assert_eq!(
        found,
        [
            ("issue/missing-key", Some("加上一行“日期: …”")),
            ("issue/bad-value", Some("只写阿拉伯数字（半角），不加其他字")),
            (
                "yaml/duplicate-key",
                Some("留一个，删去另一个；要写多条内容，请用列表（每条以“- ”开头）")
            ),
            ("issue/unknown-key", Some("是否应为“office”？")),
            ("issue/bad-value", Some("是否应为“正刊”？")),
            ("issue/wrong-kind", Some("只写一个，不用列表")),
        ]
    );
}
