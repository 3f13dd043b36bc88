//! PDF files: who wrote them, what is embedded in them, their fonts and texts, and their names.

use std::fs;

use super::{EVIL, walk, walk_json};
use crate::support::desk::Desk;

/// A PDF by a stranger: its producer, a file inside, a font and a text.
fn stranger(producer: &str) -> Vec<u8> {
    let string = |text: &str| {
        let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("<FEFF{units}>")
    };
    let (producer, name) = (string(producer), string(&format!("附{EVIL}")));
    let text = string("A\u{1b}[2J\u{8}");
    let content = format!("/Span<</ActualText{text}>>BDC BT /F 12 Tf (A) Tj ET EMC");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R\
          /Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/F#1B#5B2J#0Aa.pdf>>".to_owned(),
        format!("<</Type/Filespec/F{name}/UF{name}/EF<</F 7 0 R>>>>"),
        "<</Type/EmbeddedFile/Length 1>>stream\nx\nendstream".to_owned(),
        format!("<</Producer{producer}/Creator(hongtou build)>>"),
    ];
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = pdf.len();
    let count = objects.len() + 1;
    pdf.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|at| pdf.extend(format!("{at:010} 00000 n \n").bytes()));
    let trailer =
        format!("trailer\n<</Size {count}/Root 1 0 R/Info 8 0 R>>\nstartxref\n{table}\n%%EOF\n");
    pdf.extend(trailer.bytes());
    pdf
}

#[test]
fn what_a_pdf_says_of_itself_is_harmless() {
    let desk = Desk::with_issue();
    desk.write("甲.pdf", stranger(&format!("hongtou 产{EVIL}")));
    let verify = ["verify", "甲.pdf", "--source", "甲.yaml"];
    let marks = ["产坏‹U+001B›[2J", "附坏‹U+001B›[2J", "F‹U+001B›[2J", "A‹U+001B›[2J"];
    walk(&desk, "an older version, a file inside, a font, a text", &verify, &marks);
    walk_json(&desk, "for programs", &verify, &["产坏‹U+001B›"]);
    // A file of ours with another producer, as if saved again.
    desk.run(&["build", "甲.yaml", "--to", "pdf", "--embed-source"]).code(0);
    let built = fs::read(desk.path("out/青山区工作快报第7期.pdf")).unwrap();
    let own = format!("hongtou {}", env!("CARGO_PKG_VERSION"));
    let other = format!("{:<1$}", "e\u{1b}[2J\u{8}\u{8}x", own.len());
    let mut saved = built.clone();
    let places: Vec<usize> = (0..built.len() - own.len())
        .filter(|at| built[*at..].starts_with(own.as_bytes()))
        .collect();
    assert!(!places.is_empty(), "the producer stands in the file as it is");
    places.iter().for_each(|at| saved[*at..][..other.len()].copy_from_slice(other.as_bytes()));
    desk.write("乙.pdf", saved);
    walk(&desk, "another program", &["verify", "乙.pdf"], &["e‹U+001B›[2J‹U+0008›‹U+0008›x"]);
}

#[test]
fn names_of_pdf_files_are_harmless_and_no_verdicts() {
    let desk = Desk::with_issue();
    let (no_pdf, own) = (format!("非{EVIL}.pdf"), format!("它{EVIL}.pdf"));
    desk.write(&no_pdf, "no PDF");
    desk.write(&own, stranger("x"));
    let forged = "甲.pdf：一致：与嵌入的源文件排出的文字相同，字节相同";
    desk.write(forged, stranger("x"));
    let source = format!("源{EVIL}.yaml");
    fs::copy(desk.path("甲.yaml"), desk.path(&source)).unwrap();
    walk(&desk, "no PDF", &["verify", &no_pdf], &["非坏‹U+001B›[2J", "没有核对"]);
    walk(&desk, "a missing PDF", &["verify", &format!("无{EVIL}")], &["无坏‹U+001B›[2J"]);
    walk(&desk, "a file", &["verify", &own], &["它坏‹U+001B›[2J"]);
    let missing = format!("缺{EVIL}.yaml");
    let with = ["verify", &own, "--source", &missing];
    walk(&desk, "a missing source", &with, &["缺坏‹U+001B›[2J"]);
    desk.run(&["build", &source, "--to", "pdf"]).code(0);
    let with = ["verify", "out/青山区工作快报第7期.pdf", "--source", &source];
    walk(&desk, "its source", &with, &["源坏‹U+001B›[2J"]);
    walk_json(&desk, "a file", &["verify", &own], &[&own]);
    // A name that is a verdict stands in quotation marks before the true one.
    let ended = desk.run(&["verify", forged]);
    let said = format!("“{forged}”：");
    assert!(ended.out.starts_with(&said) && ended.code != 0, "{}", ended.out);
}
