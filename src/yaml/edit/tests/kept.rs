//! What stands around an edit stays.

use super::*;

#[test]
fn new_parts_stand_where_they_are_put() {
    check(&[
        ("a: 1\nc: 3\n", entry("", "b", "2", behind("a")), "a: 1\nb: 2\nc: 3\n"),
        ("# 文件\na: 1\n", entry("", "b", "2", Place::First), "# 文件\nb: 2\na: 1\n"),
        (
            "a: 1\n\n# 关于 b\nb: 2\n",
            entry("", "c", "3", before("b")),
            "a: 1\n\nc: 3\n# 关于 b\nb: 2\n",
        ),
        (
            "a: 1 # 注\n  # 深\n\nb: 2\n",
            entry("", "c", "3", behind("a")),
            "a: 1 # 注\n  # 深\nc: 3\n\nb: 2\n",
        ),
        ("a: 1", entry("", "b", "2", Place::Last), "a: 1\nb: 2"),
        ("a: |\n  甲", entry("", "b", "2", Place::Last), "a: |\n  甲\nb: 2"),
        ("a: |+\n  甲\n\nb: 1\n", entry("", "c", "2", behind("a")), "a: |+\n  甲\n\nc: 2\nb: 1\n"),
        ("a:\n- 1\n", element("a", "2", Place::Last), "a:\n- 1\n- 2\n"),
        ("- a: 1\n  b: 2\n", entry("0", "c", "3", Place::First), "- c: 3\n  a: 1\n  b: 2\n"),
        ("- - a\n- b\n", element("0", "c", Place::Last), "- - a\n  - c\n- b\n"),
        (
            "a:\n    - 1\nb:\n",
            element("b", map(&[("k", "v"), ("l", "w")]), Place::First),
            "a:\n    - 1\nb:\n    - k: v\n      l: w\n",
        ),
        (
            "a: # 注\nb: 1\n",
            entry("a", "k", "甲\n乙", Place::Last),
            "a: # 注\n  k: |-\n    甲\n    乙\nb: 1\n",
        ),
        ("a: ~ # 注\n", element("a", "x", Place::Last), "a: # 注\n  - x\n"),
        ("a: [] # 注\nb: {}\n", element("a", "x", Place::Last), "a: # 注\n  - x\nb: {}\n"),
        ("- {}\n- ~\n-\n", entry("0", "k", "v", Place::Last), "- k: v\n- ~\n-\n"),
        ("- ~\n", entry("0", "k", list(&["v"]), Place::Last), "- k:\n    - v\n"),
        ("- # 注\n- 1\n", entry("0", "k", "v", Place::Last), "- k: v # 注\n- 1\n"),
        ("", entry("", "k", "v", Place::Last), "k: v\n"),
        ("# 空\n", element("", "v", Place::Last), "# 空\n- v\n"),
        ("\u{feff}a: 1\r\nb: 2", entry("", "c", "3", Place::First), "\u{feff}c: 3\r\na: 1\r\nb: 2"),
        ("\u{feff}a: 1\r\nb: 2", entry("", "c", "3", Place::Last), "\u{feff}a: 1\r\nb: 2\r\nc: 3"),
    ]);
}

#[test]
fn between_brackets_new_parts_stand_between_commas() {
    check(&[
        ("a: [x, z]\n", element("a", "y", before(1)), "a: [x, y, z]\n"),
        ("a: [x, z]\n", element("a", "甲，乙", Place::Last), "a: [x, z, '甲，乙']\n"),
        ("a: [x, z, ]\n", element("a", "y", Place::Last), "a: [x, z, y, ]\n"),
        (
            "a: {x: 1}\n",
            entry("a", "y", map(&[("k", "v")]), Place::First),
            "a: {y: {k: v}, x: 1}\n",
        ),
        ("a: [{}, []]\n", entry("a/0", "k", "v", Place::First), "a: [{k: v}, []]\n"),
        ("a: {b: , c}\n", element("a/b", "v", Place::First), "a: {b: [v] , c}\n"),
        ("a: {b: , c}\n", entry("a/c", "k", "v", Place::First), "a: {b: , c: {k: v}}\n"),
        ("a: [b: 1]\n", entry("a/0", "c", "2", Place::Last), "a: [{b: 1, c: 2}]\n"),
        (
            "a: [\n  x, # 甲\n  y # 乙\n]\n",
            element("a", "z", Place::Last),
            "a: [\n  x, # 甲\n  y, # 乙\n  z\n]\n",
        ),
        (
            "a: [\n  x, # 甲\n  y # 乙\n]\n",
            element("a", "z", behind(0)),
            "a: [\n  x, # 甲\n  z,\n  y # 乙\n]\n",
        ),
        ("a: [ # 空\n]\n", element("a", "x", Place::Last), "a: [x  # 空\n]\n"),
    ]);
}

#[test]
fn a_part_goes_with_its_comments_alone() {
    check(&[
        ("a: 1 # 甲\nb: 2 # 乙\n", remove("a"), "b: 2 # 乙\n"),
        ("# 文件\na: 1\nb: 2\n", remove("a"), "# 文件\nb: 2\n"),
        (
            "a: 1\n# 远\n\n# 近\nb: 2\n  # 深\n# 后\nc: 3\n",
            remove("b"),
            "a: 1\n# 远\n\n# 后\nc: 3\n",
        ),
        ("a: 1\nb: 2", remove("b"), "a: 1"),
        ("a:\n  - 1\n  # 之二\n  - 2\n", remove("a/1"), "a:\n  - 1\n"),
        ("- a: 1\n  b: 2\n", remove("0/a"), "- b: 2\n"),
        ("- a: 1 # 甲\n  # 之二\n  b: 2\n", remove("0/a"), "-\n  # 之二\n  b: 2\n"),
        ("- a: 1\n\n  b: 2\n", remove("0/a"), "-\n\n  b: 2\n"),
        ("a: |+\n  甲\n\nb: 2\n", remove("a"), "b: 2\n"),
        ("a: |\n  甲\n\nb: 2\n", remove("a"), "\nb: 2\n"),
        // Empty lines that would become part of the text above go too, its own stay.
        ("a: |+\n  甲\n\nb: 2", remove("b"), "a: |+\n  甲\n\n"),
        ("a: |+\n  甲\n\nb: 2\n\nc: 3\n", remove("b"), "a: |+\n  甲\n\nc: 3\n"),
        ("[a, b, c]", remove("0"), "[b, c]"),
        ("[a, b, c]", remove("1"), "[a, c]"),
        ("[a, b, c]", remove("2"), "[a, b]"),
        ("[a, b, ]", remove("1"), "[a, ]"),
        ("[\n  a, # 甲\n  b # 乙\n]\n", remove("0"), "[\n  b # 乙\n]\n"),
        ("[\n  a, # 甲\n  b # 乙\n]\n", remove("1"), "[\n  a # 甲\n]\n"),
        ("[a, # 甲\n  b]\n", remove("1"), "[a # 甲\n  ]\n"),
        ("[a,\n  b]\n", remove("0"), "[b]\n"),
        ("{a: 1, b, c: }\n", remove("b"), "{a: 1, c: }\n"),
    ]);
}

#[test]
fn a_list_that_loses_its_last_part_is_empty_brackets() {
    check(&[
        ("a: # 注\n  # 之一\n  - 1 # 甲\nb: 2\n", remove("a/0"), "a: [] # 注\nb: 2\n"),
        ("a:\n  k: 1\n", remove("a/k"), "a: {}\n"),
        ("a:\n  k: 1", remove("a/k"), "a: {}"),
        ("- - 1\n- 2\n", remove("0/0"), "- []\n- 2\n"),
        ("- k: 1 # 注\n- 2\n", remove("0/k"), "- {}\n- 2\n"),
        ("# 文件\na: 1\n", remove("a"), "# 文件\n{}\n"),
        ("a: [x]\n", remove("a/0"), "a: []\n"),
        ("a: [k: v]\n", remove("a/0/k"), "a: [{}]\n"),
        ("a: [\n  # 甲\n\n  x # 乙\n]\n", remove("a/0"), "a: [\n  # 甲\n\n  \n]\n"),
    ]);
}

#[test]
fn a_part_moves_with_its_comments() {
    let two = "甲:\n  # 之一\n  - a: 1 # 注\n    b: |\n      文\n\n      字\n  - c\n乙:\n    - d\n";
    check(&[
        (
            two,
            shift("甲/0", "乙", Place::Last),
            "甲:\n  - c\n乙:\n    - d\n    # 之一\n    - a: 1 # 注\n      b: |\n        文\n\n        字\n",
        ),
        (
            two,
            shift("甲/1", "甲", Place::First),
            "甲:\n  - c\n  # 之一\n  - a: 1 # 注\n    b: |\n      文\n\n      字\n乙:\n    - d\n",
        ),
        (
            two,
            shift("乙/0", "甲", before(1)),
            "甲:\n  # 之一\n  - a: 1 # 注\n    b: |\n      文\n\n      字\n  - d\n  - c\n乙: []\n",
        ),
        (two, shift("甲/0", "甲", behind(0)), two),
        (
            "- a: 1\n  b: 2 # 乙\n  c: 3\n",
            shift("0/b", "0", Place::First),
            "- b: 2 # 乙\n  a: 1\n  c: 3\n",
        ),
        ("- a: 1 # 甲\n  b: 2\n", shift("0/a", "0", Place::Last), "- b: 2\n  a: 1 # 甲\n"),
        ("a: 1\nb: 2", shift("a", "", Place::Last), "b: 2\na: 1"),
        ("a: 1\nb: 2", shift("b", "", Place::First), "b: 2\na: 1"),
        (
            "a: 1\r\nb: |\r\n  甲\r\nc:\r\n",
            shift("b", "c", Place::First),
            "a: 1\r\nc:\r\n  b: |\r\n    甲\r\n",
        ),
        ("[a, b, c]", shift("2", "", Place::First), "[c, a, b]"),
        ("[a, b, c]", shift("0", "", behind(1)), "[b, a, c]"),
        (
            "a: [x, 'y z']\nb:\n  - 1\n",
            shift("a/1", "b", Place::First),
            "a: [x]\nb:\n  - 'y z'\n  - 1\n",
        ),
        (
            "a: [x]\nb:\n  - '1,2'\n  - 3, 4\n",
            shift("b/1", "a", Place::Last),
            "a: [x, '3, 4']\nb:\n  - '1,2'\n",
        ),
        (
            "a: {k: v, \"l\":w}\nb:\n  m: 1\n",
            shift("a/l", "b", Place::Last),
            "a: {k: v}\nb:\n  m: 1\n  l: w\n",
        ),
        (
            "a: [[x,\n  y]]\nb: []\n",
            shift("a/0", "b", Place::Last),
            "a: []\nb:\n  - [x,\n      y]\n",
        ),
        ("- - x\n- y\n", shift("0/0", "", behind(0)), "- []\n- x\n- y\n"),
    ]);
}

#[test]
fn a_key_keeps_its_quotes_and_place() {
    check(&[
        ("a: 1 # 注\nb: 2\n", rename("a", "甲"), "甲: 1 # 注\nb: 2\n"),
        ("'a': 1\n", rename("a", "甲"), "'甲': 1\n"),
        ("{\"a\":1}\n", rename("a", "甲"), "{\"甲\":1}\n"),
        ("a: 1\n", rename("a", "甲: 乙"), "'甲: 乙': 1\n"),
        ("{a: 1}\n", rename("a", "甲,乙"), "{'甲,乙': 1}\n"),
        ("a: 1\n", rename("a", "a"), "a: 1\n"),
        ("? a\n: 1\n", rename("a", "b"), "? b\n: 1\n"),
    ]);
}

#[test]
fn what_cannot_be_done_is_refused_in_plain_words() {
    let text = "a:\n  - 1\n  - 2 # 注\nb: {k: [x, # 注\n  y]}\n文: 字\n空:\n";
    let bad = "a: &x 1\n";
    let long = "x".repeat(crate::yaml::MAX_BYTES);
    let cases = [
        (text, set("a/5", "x"), Why::NotThere, "找不到“a → 第6条”"),
        (text, remove("b/q"), Why::NotThere, "找不到“b → q”"),
        (text, element("a", "x", before(7)), Why::NotThere, "这里没有“第8条”"),
        (text, element("b", "x", Place::Last), Why::WrongKind, "“b”应为列表，这里是一组“键: 值”"),
        (
            text,
            entry("a", "k", "x", Place::Last),
            Why::WrongKind,
            "“a”应为一组“键: 值”，这里是列表",
        ),
        (text, entry("文", "k", "x", Place::Last), Why::WrongKind, "这里是文字"),
        (text, entry("", "a", "x", Place::Last), Why::KeyTaken, "这里已有“a”"),
        (text, rename("a", "b"), Why::KeyTaken, "这里已有“b”"),
        (text, rename("a/0", "b"), Why::WrongKind, "没有键的一处"),
        (text, remove(""), Why::WrongKind, "“整个文件”"),
        (text, shift("b", "b/k", Place::Last), Why::IntoItself, "不能把“b”移到它自己里面"),
        (text, shift("a/0", "b", Place::Last), Why::WrongKind, "“b”应为列表"),
        (text, shift("b", "a", Place::Last), Why::WrongKind, "“a”应为一组“键: 值”"),
        (text, shift("a/1", "b/k", Place::Last), Why::Comment, "带有注释，移过去会丢失"),
        (text, shift("b/k/0", "a", Place::Last), Why::Comment, "带有注释，移过去会丢失"),
        (text, rename("a", "\u{3000}x"), Why::NotKept, "缩进里有全角空格"),
        (text, set("a", long.as_str()), Why::NotKept, "文件太大"),
        ("? |\n  甲\n: 乙\n", rename("甲\n", "丙"), Why::NotKept, "写法特别，不能自动修改"),
        (bad, set("a", "x"), Why::Unreadable, "这里不能用“&”起头"),
        ("a: 1\n---\nb: 2\n", remove("a"), Why::Unreadable, "一个文件只能写一期"),
    ];
    for (text, operation, why, words) in cases {
        let refused = try_edit(text, &operation).map(|edited| edited.text).unwrap_err();
        assert_eq!(refused.why, why, "{operation:?}: {refused}");
        let mut sources = Sources::default();
        sources.add("a.yaml", text);
        let report = render(&sources, &refused.findings, false);
        assert!(report.contains(words), "{words} in\n{report}");
    }
}

#[test]
fn a_place_of_the_file_leads_to_its_value_and_back() {
    let text = "甲: 1\n乙:\n  - 丙: {丁: 2, 戊: [三, 四]}\n  - |\n    长文\n空:\n";
    let root = crate::yaml::parse(FileId(0), text).unwrap();
    let at = |words: &str| {
        let start = text.find(words).unwrap() as u32;
        Path::of(&root, Span { file: FileId(0), start, end: start + words.len() as u32 })
    };
    for (words, want) in [
        ("1", "甲"),
        ("甲", "甲"),
        ("2", "乙/0/丙/丁"),
        ("戊", "乙/0/丙/戊"),
        ("四", "乙/0/丙/戊/1"),
        ("三, 四", "乙/0/丙/戊"),
        ("丁: 2, ", "乙/0/丙"),
        ("长文", "乙/1"),
        ("空", "空"),
        ("甲: 1\n乙", ""),
    ] {
        assert_eq!(at(words), path(want), "{words}");
        assert!(at(words).resolve(&root).is_some(), "{words}");
    }
    assert_eq!(at("四").to_string(), "乙 → 第1条 → 丙 → 戊 → 第2条");
    assert!(path("乙/0/己").resolve(&root).is_none());
}

#[test]
fn an_address_survives_edits_of_other_values() {
    let text = "a:\n  - x\n  - k: y\n  - z\nb: {c: d}\ne: []\n";
    let y = path("a/1/k");
    let follow = |operation: Operation| try_edit(text, &operation).unwrap().follow(&y);
    assert_eq!(follow(set("b/c", "其他")), Some(path("a/1/k")));
    assert_eq!(follow(set("a/1/k", "自己")), Some(path("a/1/k")));
    assert_eq!(follow(element("a", "新", Place::First)), Some(path("a/2/k")));
    assert_eq!(follow(remove("a/0")), Some(path("a/0/k")));
    assert_eq!(follow(shift("a/1", "e", Place::Last)), Some(path("e/0/k")));
    assert_eq!(follow(rename("a", "甲")), Some(path("甲/1/k")));
    assert_eq!(follow(remove("a/1")), None);
    assert_eq!(follow(set("a/1", "文")), None);
}

#[test]
fn a_change_fits_the_text_it_was_made_for_alone() {
    let edited = try_edit("a: 甲\nb: 乙\n", &set("b", "丙")).unwrap();
    let [one] = edited.change.replacements() else { panic!("one replacement") };
    assert_eq!((one.start, one.old.as_str(), one.new.as_str()), (10, "乙", "丙"));
    assert_eq!(edited.change.apply("a: 甲\nb: 丁\n"), None);
    assert_eq!(edited.change.apply(""), None);
    assert!(try_edit("a: 甲\n", &set("a", "甲")).unwrap().change.is_empty());
}
