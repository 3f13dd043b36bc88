//! Files that are made to keep `verify` busy, small here, against lower limits: each is refused by
//! name, or read, and always at the same place.

use hongtou::build::Source;
use hongtou::layout;
use hongtou::verify::{File, Limits, Verdict, read, read_within, verify_within};

use crate::support::forge::{paper, raw, stream};
use crate::support::pages::fonts;

/// A file of one page with this content, fonts, and more in its catalog.
fn page(content: Vec<u8>, fonts: &str, more: &str, others: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{more}>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<<{fonts}>>>>>>")
            .into_bytes(),
        content,
    ];
    objects.extend(others.iter().cloned());
    paper(&objects)
}

#[track_caller]
fn refused(bytes: Vec<u8>, limits: &Limits, words: &str) {
    let error = read_within(bytes.clone(), limits).expect_err("it is refused");
    assert!(error.message.contains(words), "{words}: {error:?}");
    assert_eq!(read_within(bytes, limits).expect_err("again"), error);
}

fn limits() -> Limits {
    Limits::default()
}

#[test]
fn streams_that_unpack_to_more_than_there_may_be_are_refused() {
    let limits = Limits { unpacked: 10_000, ..limits() };
    let large = || stream("", &[b' '; 200_000]);
    refused(page(large(), "", "", &[]), &limits, "解压后超过");
    // Twice half of it, in one page and over and over.
    let parts = b"[5 0 R 5 0 R 5 0 R 5 0 R]".to_vec();
    refused(page(parts, "", "", &[stream("", &[b' '; 4_000])]), &limits, "解压后超过");
    // In an object that holds others, and in a table of objects.
    let pack = stream("/Type/ObjStm/N 1/First 8", &[b' '; 200_000]);
    let table = stream("/Type/XRef/W[1 2 1]/Size 9/Root 1 0 R", &[0; 200_000]);
    let at = |bytes: &[u8], word: &str| {
        let found = bytes.windows(word.len()).position(|window| window == word.as_bytes());
        found.expect("the object")
    };
    let bytes = page(raw("", b""), "", "", &[pack, table]);
    let ended = [bytes.clone(), format!("\nstartxref\n{}", at(&bytes, "6 0 obj")).into_bytes()];
    refused(ended.concat(), &limits, "解压后超过");
    // Without a table, objects are looked for.
    let cut = bytes[..at(&bytes, "6 0 obj")].to_vec();
    refused(cut, &limits, "解压后超过");
    // One filter over another.
    let twice = raw("/Filter[/ASCIIHexDecode/FlateDecode]", &hexadecimal(&large()));
    refused(page(twice, "", "", &[]), &limits, "解压后超过");
    let thrice = raw("/Filter[/FlateDecode/FlateDecode/FlateDecode]", b"x");
    let file = read(page(thrice, "", "", &[])).expect("the rest can be read");
    assert!(file.foreign.contains("读不了的内容"), "{:?}", file.foreign);
}

/// The bytes of a stream in digits.
fn hexadecimal(object: &[u8]) -> Vec<u8> {
    let word = b"\nstream\n";
    let start = object.windows(word.len()).position(|window| window == word).unwrap() + word.len();
    let packed = &object[start..object.len() - "\nendstream".len()];
    packed.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

#[test]
fn operators_without_end_are_refused() {
    let limits = Limits { work: 100_000, ..limits() };
    let many = |count: usize| page(raw("", "q Q ".repeat(count).as_bytes()), "", "", &[]);
    refused(many(60_000), &limits, "读不完");
    assert!(read_within(many(1_000), &limits).is_ok());
    let operands = page(raw("", "1 ".repeat(1_000).as_bytes()), "", "", &[]);
    assert!(read(operands).expect("it is read").foreign.contains("读不了的内容"));
}

#[test]
fn text_and_maps_that_expand_are_refused() {
    let map = "1 beginbfrange <0000> <FFFF> <4E00> endbfrange\n";
    let fonts = "/F 5 0 R";
    let font = b"<</Type/Font/Subtype/Type0/BaseFont/A/ToUnicode 6 0 R>>".to_vec();
    let file = |content: &[u8], map: &[u8]| {
        page(raw("", content), fonts, "", &[font.clone(), raw("", map)])
    };
    let maps = map.repeat(3);
    let fewer = Limits { mappings: 100_000, ..limits() };
    refused(file(b"/F 1 Tf <0001> Tj", maps.as_bytes()), &fewer, "对照表超过100000项");
    let long = format!("1 beginbfchar <0001> <{}> endbfchar", "4E00".repeat(1_000));
    let show = format!("/F 1 Tf <{}> Tj", "0001".repeat(100));
    let less = Limits { text: 100_000, ..limits() };
    refused(file(show.as_bytes(), long.as_bytes()), &less, "文字超过97 KB");
    let read = read(file(b"/F 1 Tf <00010002> Tj", map.as_bytes())).expect("it is read");
    assert_eq!(read.pages, ["丁丂"]);
}

#[test]
fn page_trees_that_are_shared_or_go_round_are_refused() {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec()];
    // Each node has the next one four times.
    for id in 3..10 {
        objects.push(format!("<</Type/Pages/Kids[{0} {0} {0} {0}]>>", format!("{id} 0 R")).into());
    }
    objects.push(b"<</Type/Page>>".to_vec());
    refused(paper(&objects), &Limits { pages: 500, ..limits() }, "页数超过500页");
    assert_eq!(
        read(paper(&objects[..1].iter().chain(&objects[5..]).cloned().collect::<Vec<_>>()))
            .map(|file| file.pages.len()),
        Ok(0)
    );
    let round = [b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Kids[2 0 R 2 0 R]>>".to_vec()];
    refused(paper(&round), &limits(), "有环");
}

#[test]
fn attachments_named_again_and_again_are_refused() {
    let names = "(a)<</UF(a)/EF<</F 5 0 R>>>>".repeat(20);
    let tree = |names: &str| format!("/Names<</EmbeddedFiles<</Names[{names}]>>>>");
    let file = |names: &str| page(raw("", b""), "", &tree(names), &[stream("", &[7; 1_000])]);
    refused(file(&names), &Limits { attachments: 10, ..limits() }, "嵌入的文件超过10个");
    refused(file(&names), &Limits { unpacked: 5_000, ..limits() }, "解压后超过");
    // Two of one name: programs show one of them.
    let read = read(file(&names)).expect("it is read");
    assert!(read.foreign.contains("重名的嵌入文件"), "{:?}", read.foreign);
    let round = "/Names<</EmbeddedFiles 5 0 R>>";
    let kids = page(raw("", b""), "", round, &[b"<</Kids[5 0 R 5 0 R]>>".to_vec()]);
    refused(kids, &limits(), "有环");
}

#[test]
fn deep_nesting_is_refused_before_the_stack_ends() {
    for (open, close) in [("[", "]"), ("<</A", ">>"), ("[<</A ", ">>]")] {
        let deep = format!("{}0{}", open.repeat(100_000), close.repeat(100_000));
        refused(page(raw("", deep.as_bytes()), "", "", &[]), &limits(), "嵌套超过");
        let inside = format!("/A {deep}");
        assert!(read(page(raw("", b""), "", &inside, &[])).is_err());
    }
    let wide = "0 ".repeat(2_000);
    let array = page(raw("", b""), "", "/Names 5 0 R", &[format!("[{wide}]").into_bytes()]);
    refused(array, &Limits { values: 1_000, ..limits() }, "过长的数组");
}

/// What refers to itself, in every place that is followed.
#[test]
fn circles_end() {
    let read = |more: &str, others: &[&str]| {
        let others: Vec<Vec<u8>> = others.iter().map(|object| object.as_bytes().to_vec()).collect();
        read(page(raw("", b""), "/F 5 0 R", more, &others))
    };
    let circles: [(&str, &[&str]); 7] = [
        ("/Names 5 0 R", &["5 0 R"]),
        ("/Names 5 0 R", &["6 0 R", "5 0 R"]),
        ("/Names 5 0 R", &["<</EmbeddedFiles 5 0 R/Names 5 0 R/Kids 5 0 R>>"]),
        ("", &["<</DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"]),
        ("/Names 5 0 R", &["<</Length 5 0 R>>\nstream\nx\nendstream"]),
        ("/Names 5 0 R", &["<</Length 1/Filter 5 0 R/DecodeParms 5 0 R>>\nstream\nx\nendstream"]),
        ("/Names 5 0 R", &["<</Type/ObjStm/N 5 0 R/First 5 0 R/Length 1>>\nstream\nx\nendstream"]),
    ];
    for (more, others) in circles {
        let _: Result<File, _> = read(more, others);
    }
    // A table whose earlier version is itself.
    let bytes = page(raw("", b""), "", "", &[]);
    let text = String::from_utf8(bytes).unwrap();
    let at = text.find("xref\n0 ").unwrap();
    let round = text.replace("/Root", &format!("/Prev {at}/XRefStm {at}/Root"));
    assert_eq!(hongtou::verify::read(round.into_bytes()).map(|file| file.pages.len()), Ok(1));
}

#[test]
fn tables_with_more_objects_than_there_may_be_are_refused() {
    let few = Limits { objects: 100, ..limits() };
    let objects: Vec<Vec<u8>> = (0..200).map(|_| b"0".to_vec()).collect();
    refused(page(raw("", b""), "", "", &objects), &few, "对象数超过100");
    // A few bytes may promise many.
    let table = stream("/Type/XRef/W[1 0 0]/Size 999999999/Root 1 0 R", &[0; 1_000]);
    let bytes = page(raw("", b""), "", "", &[table]);
    let at = bytes.windows(7).position(|window| window == b"5 0 obj").unwrap();
    refused([bytes, format!("\nstartxref\n{at}").into_bytes()].concat(), &few, "对象数超过100");
    let none = stream("/Type/XRef/W[0 0 0]/Size 999999999/Root 1 0 R", &[0; 1_000]);
    let bytes = page(raw("", b""), "", "", &[none]);
    // It has no end; the objects are found without it.
    let bytes = [bytes, format!("\nstartxref\n{at}").into_bytes()].concat();
    assert_eq!(read(bytes).map(|file| file.pages.len()), Ok(1));
}

#[test]
fn locked_and_large_files_are_refused_by_name() {
    let bytes = page(raw("", b""), "", "", &[]);
    let text = String::from_utf8(bytes).unwrap().replace("/Root", "/Encrypt<<>>/Root");
    refused(text.clone().into_bytes(), &limits(), "加了密码");
    refused(text.replace("startxref", "start").into_bytes(), &limits(), "加了密码");
    refused(vec![0; 2_000], &Limits { file: 1_000, ..limits() }, "文件超过1000字节");
}

/// A file whose tables are wrong is read all the same, as other programs do.
#[test]
fn files_without_tables_are_searched() {
    let bytes = page(raw("", b"q Q"), "", "", &[]);
    let text = String::from_utf8(bytes).unwrap();
    for broken in [
        text.replace("startxref", "start"),
        text.replace("%PDF-1.7\n", "%PDF-1.7\n% moved by some bytes\n"),
        text.replace("0000000009", "0000000008"),
    ] {
        let read = read(broken.into_bytes()).map(|file| file.pages.len());
        assert_eq!(read, Ok(1));
    }
}

/// What is inside is made again only where it is not too much.
#[test]
fn sources_that_would_take_long_to_build_are_not_built() {
    let source = |issue: &str| Source {
        issue: issue.as_bytes().to_vec(),
        config: None,
        layout: layout::bundled("kuaibao").expect("a layout").to_owned(),
        layout_name: "kuaibao".to_owned(),
    };
    let own = source(crate::support::desk::ISSUE);
    let bytes = crate::verify::embedded(&own);
    let file = read(bytes).expect("a PDF");
    let report = |limits: &Limits| verify_within(&file, None, fonts(), limits).expect("a report");
    assert_eq!(report(&limits()).verdict, Verdict::Same);
    let less = [
        (Limits { source: 1_000, ..limits() }, "嵌入的源文件超过1000字节"),
        (Limits { characters: 10, ..limits() }, "超过10字"),
        (Limits { blocks: 1, ..limits() }, "超过1段"),
        (Limits { sheets: 0, ..limits() }, "超过0页"),
    ];
    for (limits, words) in less {
        let report = report(&limits);
        assert_eq!(report.verdict, Verdict::Unknown, "{report:?}");
        assert!(report.notes.iter().any(|note| note.contains(words)), "{words}: {report:?}");
    }
    // A source that somebody gives is his own.
    let few = Limits { characters: 10, ..limits() };
    let given = verify_within(&file, Some(&own), fonts(), &few).expect("a report");
    assert_eq!(given.verdict, Verdict::Same);
}

/// What pages inherit is theirs, each a copy.
#[test]
fn what_many_pages_inherit_is_counted_for_each() {
    let fonts: String = (0..1_000).map(|name| format!("/F{name} 3 0 R")).collect();
    let file = |pages: usize| {
        let kids = "3 0 R ".repeat(pages);
        paper(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            format!("<</Resources<</Font<<{fonts}>>>>/Kids[{kids}]>>").into_bytes(),
            b"<</Type/Page>>".to_vec(),
        ])
    };
    let limits = Limits { work: 500_000, ..limits() };
    refused(file(50), &limits, "读不完");
    assert_eq!(read_within(file(1), &limits).map(|file| file.pages.len()), Ok(1));
}
