//! What inputs are made of: samples, layouts, the files of the tests, PDF files that were built.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hongtou::build::{self, EmbedRecipe, Options, Recipe, Source};
use hongtou::diagnostic::Sources;
use hongtou::font::FontBook;
use hongtou::issue;
use hongtou::layout;
use hongtou::pdf::Profile;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder with this ending, in the order of their names.
fn files(folder: &Path, ending: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

pub fn issues() -> Vec<Vec<u8>> {
    let mut all = files(&root().join("samples"), ".yaml");
    all.extend(files(&root().join("tests/data/issue"), ".yaml"));
    all.push(fs::read(root().join("tests/data/every-key.yaml")).unwrap());
    all
}

pub(super) fn layouts() -> Vec<Vec<u8>> {
    let mut all = files(&root().join("layouts"), ".yaml");
    all.extend(files(&root().join("tests/data/layout"), ".yaml"));
    all.push("base: kuaibao\npage: {margin: {top: 37mm}}\n".into());
    all
}

const SETTINGS: &str = "\
默认:
  layout: kuaibao
  masthead: {name: 工作快报}
archive: {path: archive, series: mtg-kuaibao, sm3: 是}
fonts: [字体]
docx: {fonts: windows, embed: used}
mail:
  server: smtp.example.cn
  port: 465
  from: 区创城办 <ccb@example.cn>
  user: ccb@example.cn
  security: tls
recipients: recipients.yaml
registries: {units: [区民政局, {名称: 区规划国土分局, 别名: 区规土分局}], indicators: [Ⅲ-17 志愿服务活动]}
";

pub(super) fn settings() -> Vec<Vec<u8>> {
    let mut all = files(&root().join("tests/data/issue"), ".hongtou.yaml");
    all.push(SETTINGS.into());
    let mut people = String::from("收件人:\n");
    let list = fs::read_to_string(root().join("tests/data/mail/recipients.yaml")).unwrap();
    list.lines().for_each(|line| people.push_str(&format!("  {line}\n")));
    all.push(people.into());
    all
}

pub(super) fn registries() -> Vec<Vec<u8>> {
    vec![
        "单位:\n  - 区民政局\n  - 区城管执法局: [区城管局, 区城管执法监察局]\n  - {名称: 区规划国土分局, 别名: 区规土分局}\n指标: [Ⅲ-17 志愿服务活动, Ⅲ-58: 城市精细化管理, Ⅱ-13]\n".into(),
        "units:\n  - {name: 甲局, aliases: [乙局, 丙局]}\nindicators:\n  - {code: Ⅲ-1, title: 城市}\n  - Ⅲ-2 甲、Ⅲ-3 乙、丙\n".into(),
    ]
}

pub(super) fn recipients() -> Vec<Vec<u8>> {
    vec![
        fs::read(root().join("tests/data/mail/recipients.yaml")).unwrap(),
        "报:\n  首都文明办: szwmb@example.cn   # 周一\n  区委、区人大:\n    - 区委办 王芳 <wf@example.cn>\n    - {单位: 人大, 姓名: 李明, 邮箱: lm@example.cn, 格式: [docx, pdf]}\n另寄: {存档: [a@example.cn, b@例子.中国]}\n例外: {只发纸质: [区政府], 不印不寄: [首都文明办]}\n".into(),
    ]
}

pub(super) fn tables() -> Vec<Vec<u8>> {
    let text = "分送,组,单位,姓名,邮箱,格式,称呼\n报,首都文明办,,,szwmb@example.cn,,\n发,各镇街,城子街道,王芳,wf@example.cn,\"docx,pdf\",王主任\n送,\"区委\n区人大\",,\"李\"\"明\"\"\",lm@example.cn,word,\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{}", text.replace(',', "\t")).encode_utf16().flat_map(order).collect()
    };
    vec![
        text.into(),
        gbk.into_owned(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        "组;邮箱\n甲;a@example.cn\n乙：丙;b@example.cn\n".into(),
    ]
}

const LEDGER: &str = "\
1 2026-11-22 衔接 mtg-kuaibao/2018#3 SEAL NOTHING
2 2026-11-22 入藏 mtg-kuaibao/2019/155/r1 SEAL SEAL
3 2026-11-23 补登 mtg-kuaibao/2019/s2/r4 SEAL SEAL
4 2026-11-24 入藏 mtg-kuaibao/2019/156/r1 SEAL SEAL
";

pub(super) fn ledgers() -> Vec<Vec<u8>> {
    let text = LEDGER.replace("SEAL", &"ab".repeat(32)).replace("NOTHING", &"0".repeat(64));
    vec![text.into()]
}

const JOURNAL: &str = r#"{"at":"2026-11-22T09:00:00+08:00","revision":1,"event":"journal","version":1,"issue":"mtg-kuaibao/2019/155"}
{"at":"2026-11-22T09:00:01+08:00","revision":1,"event":"due","recipients":[{"address":"a@example.cn","person":"王芳","unit":"城子街道","groups":["发 各镇街"]},{"address":"b@example.cn","person":null,"unit":null,"groups":[]}]}
{"at":"2026-11-22T09:00:02+08:00","revision":1,"event":"ending","to":"a@example.cn","id":"<1@example.cn>"}
{"at":"2026-11-22T09:00:03+08:00","revision":1,"event":"sent","to":"a@example.cn","answer":"250 ok"}
{"at":"2026-11-22T09:00:04+08:00","revision":1,"event":"failed","to":"b@example.cn","reason":"refused","said":"550 no","later":false}
{"at":"2026-11-22T09:00:05+08:00","revision":2,"event":"stopped","left":["b@example.cn"],"reason":"offline","said":null}
{"at":"2026-11-22T09:00:06+08:00","revision":2,"event":"unknown","to":"c@example.cn","said":"timeout"}
"#;

pub(super) fn journals() -> Vec<Vec<u8>> {
    vec![JOURNAL.into()]
}

pub(super) fn replies() -> Vec<Vec<u8>> {
    let (gbk, _, _) = encoding_rs::GB18030.encode("250 邮件已接收\r\n");
    vec![
        b"220 mail.example.cn ESMTP\r\n".to_vec(),
        b"250-mail.example.cn\r\n250-SIZE 52428800\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME\r\n"
            .to_vec(),
        b"550 5.1.1 no such user\r\n".to_vec(),
        "535 用户名或密码错误\r\n".as_bytes().to_vec(),
        gbk.into_owned(),
    ]
}

/// A small file written by hand, with a font's map, an embedded file, a tree of pages and of names.
fn small(objects: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = bytes.len();
    let size = objects.len() + 1;
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|at| bytes.extend(format!("{at:010} 00000 n \n").bytes()));
    let trailer = format!(
        "trailer\n<< /Size {size} /Root 1 0 R /Info << /Producer (it) >> >>\nstartxref\n{table}\n%%EOF\n"
    );
    bytes.extend(trailer.bytes());
    bytes
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

fn written_by_hand() -> Vec<u8> {
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> \
               endcodespacerange 2 beginbfrange <0001> <0004> <4E00> <0005> <0006> [<4E8C> <4E09>] \
               endbfrange 1 beginbfchar <0007> <56DB> endbfchar endcmap end";
    let text = "q BT /F1 12 Tf 1 0 0 1 72 700 Tm <00010002> Tj [<0003> -20 <0007>] TJ ET Q \
                /Span << /ActualText <FEFF4E94> >> BDC BT /F1 12 Tf <0005> Tj ET EMC /X1 Do";
    small(&[
        "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Kids [10 0 R] >> >> >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>",
        "<< /Type /Page /Parent 2 0 R /Contents 6 0 R /Resources 5 0 R >>",
        "<< /Type /Page /Parent 2 0 R /Contents [6 0 R 6 0 R] /Resources 5 0 R /Annots [] >>",
        "<< /Font << /F1 7 0 R >> /XObject << /X1 12 0 R >> >>",
        &stream("", text),
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+It /Encoding /Identity-H \
         /DescendantFonts [9 0 R] /ToUnicode 8 0 R >>",
        &stream("", map),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+It /DW 1000 >>",
        "<< /Names [(issue.yaml) 11 0 R (x.json) 11 0 R] /Limits [(a) (z)] >>",
        "<< /Type /Filespec /F (issue.yaml) /UF (issue.yaml) /EF << /F 13 0 R >> >>",
        &stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R",
            "BT <0004> Tj ET",
        ),
        &stream("/Filter /ASCIIHexDecode", "7469746C653A20E4B880>"),
    ])
}

/// Built from the smallest sample, once as usual and once with its source inside.
fn built() -> &'static Vec<Vec<u8>> {
    static BUILT: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let text = "masthead: {name: 快报}\nissue: {number: 1, date: 2020-1-2, office: 甲办}\ntext: 一句话。\n";
        let mut sources = Sources::default();
        let file = sources.add("it", text);
        let (issue, _) = issue::read_issue(&sources, file, None).unwrap();
        let layout = layout::read_bundled(&mut sources, "kuaibao").unwrap().unwrap();
        let source = Source {
            issue: text.into(),
            config: None,
            layout: layout::bundled("kuaibao").unwrap().to_owned(),
            layout_name: layout.name.clone(),
        };
        let composed = build::compose(&issue, layout).unwrap();
        let fonts = FontBook::new(&[]).unwrap();
        let with = Recipe {
            profile: Profile::Archive,
            embed: Some(EmbedRecipe { docx: None }),
            ..Recipe::default()
        };
        [Recipe::default(), with]
            .map(|recipe| {
                let options =
                    Options { pdf: Some(recipe), source: Some(source.clone()), ..Options::default() };
                composed.finish(&fonts, &options).unwrap().pdf.unwrap()
            })
            .to_vec()
    })
}

pub(super) fn pdfs() -> Vec<Vec<u8>> {
    let mut all = vec![written_by_hand(); 6];
    all.extend(built().clone());
    all
}
