//! The PDF writer, seen through the files it writes.

mod fixture;

use hongtou::font::FontBook;
use hongtou::pdf::{Options, write};

use crate::support::pdf::{Pdf, read};
use fixture::{bulletin, layout};

fn written(options: &Options) -> (Vec<u8>, Pdf) {
    let fonts = FontBook::new(&[]).expect("the bundled fonts are good");
    let bytes = write(&bulletin(&fonts), &layout(), &fonts, options).expect("a PDF");
    let pdf = read(&bytes);
    (bytes, pdf)
}

#[test]
fn dump() {
    use hongtou::pdf::*;
    let print = |f: fn(&mut PrintOptions)| {
        let mut o = PrintOptions::default();
        f(&mut o);
        Options { profile: Profile::Print(o), ..Options::default() }
    };
    let source = Attachment {
        name: "issue.yaml".into(),
        mime: "application/yaml".into(),
        description: "本期源文件".into(),
        bytes: "期号: 155\n".repeat(40).into_bytes(),
        relationship: Relationship::Source,
    };
    let all = [
        ("archive", Options::default()),
        ("source", Options { attachments: vec![source], ..Options::default() }),
        ("screen", Options { profile: Profile::Screen, ..Options::default() }),
        ("spot", print(|_| {})),
        ("process", print(|o| o.separation = Separation::Process)),
        (
            "marks",
            print(|o| {
                o.crop_marks = true;
                o.bleed = hongtou::unit::Length::from_mm(3.0);
            }),
        ),
        ("preprinted", print(|o| o.preprinted = true)),
        ("draft", Options { watermark: Some("送审稿".into()), ..Options::default() }),
    ];
    for (name, options) in all {
        let (bytes, _) = written(&options);
        std::fs::write(format!("/tmp/pdf/{name}.pdf"), bytes).unwrap();
    }
}
