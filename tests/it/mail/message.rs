//! The message, read by a parser that is not ours.

use hongtou::diagnostic::Code;
use hongtou::mail::message::{Purpose, Style, id};
use hongtou::mail::recipients::Format;
use hongtou::mail::{Outgoing, Planned};
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::post_box::{issue_155, made, office, style, to, written, written_of};

const NAME: &str = "门头沟区创建全国文明城市工作快报第155期.docx";

fn parsed(message: &Outgoing) -> Message<'_> {
    MessageParser::default().parse(&message.bytes).expect("a message")
}

fn ordinary() -> Outgoing {
    written(&to("wangfang@cz.example.cn", "城子街道", "王芳"), &office(), Purpose::Deliver).unwrap()
}

fn text(message: &Message<'_>) -> String {
    message.body_text(0).expect("a text").replace("\r\n", "\n")
}

fn html(message: &Message<'_>) -> String {
    message.body_html(0).expect("HTML").replace("\r\n", "\n")
}

fn one(address: Option<&Address<'_>>) -> (String, String) {
    let address = address.and_then(Address::first).expect("an address");
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    (text(address.name()), text(address.address()))
}

fn raw(message: &Outgoing, header: &str) -> String {
    let parsed = parsed(message);
    parsed.header_raw(header).map(|value| value.trim().to_owned()).unwrap_or_default()
}

#[test]
fn the_headers_say_who_and_what() {
    let message = ordinary();
    let parsed = parsed(&message);
    assert_eq!(one(parsed.from()), ("门头沟区创城办".to_owned(), "mtgccbxcz@163.com".to_owned()));
    let to = ("城子街道 王芳".to_owned(), "wangfang@cz.example.cn".to_owned());
    assert_eq!(one(parsed.to()), to);
    assert_eq!(one(parsed.reply_to()), (String::new(), "mtgccbxcz@163.com".to_owned()));
    assert_eq!(parsed.subject(), Some("门头沟区创建全国文明城市工作快报第155期"));
    assert_eq!(parsed.date().unwrap().to_rfc3339(), "2019-03-14T12:00:00+08:00");
    assert!(matches!(parsed.list_id(), HeaderValue::Address(_)));
    assert!(raw(&message, "List-Id").ends_with("<mtg-kuaibao.163.com>"));
    assert_eq!(parsed.message_id(), Some(message.id.as_str()));
    assert_eq!(raw(&message, "Auto-Submitted"), "auto-generated");
    assert_eq!(message.from, "mtgccbxcz@163.com");
    assert!(parsed.header("X-Unsent").is_none() && parsed.header("References").is_none());
}

#[test]
fn the_text_greets_and_lists_the_headlines() {
    let message = ordinary();
    let text = text(&parsed(&message));
    assert!(text.starts_with(
        "城子街道 王芳：\n\n　　现送上《门头沟区创建全国文明城市工作快报》第155期（2019年3月14日），请查收附件。\n"
    ));
    for line in [
        "\n【生活环境建设】\n1. 城子街道紧盯创城“痛点”对症“开药方”\n2. 王平镇积极推进",
        "\n3. 本刊综合：区规划国土分局\n",
        &format!("\n附件：{NAME}\n"),
        "\n门头沟区创建全国文明城市总指挥部办公室\n2019年3月14日\n",
    ] {
        assert!(text.contains(line), "{line} not in\n{text}");
    }
    assert!(!text.contains(['{', '}', '\0']), "{text}");
}

#[test]
fn the_html_says_the_same_and_fetches_nothing() {
    let message = ordinary();
    let parsed = parsed(&message);
    let (text, html) = (text(&parsed), html(&parsed));
    // Every line of the text stands in the HTML.
    for line in text.lines().filter(|line| !line.is_empty()) {
        let line = line.split_once(". ").map_or(line, |(_, line)| line);
        let line = line.trim_matches(['【', '】']);
        assert!(html.contains(line), "{line} not in\n{html}");
    }
    for word in ["http:", "https:", "src=", "<script", "<table", "<style", "class="] {
        assert!(!html.contains(word), "{word}");
    }
}

#[test]
fn the_document_is_attached_whole_under_its_name_in_both_writings() {
    let message = ordinary();
    let parsed = parsed(&message);
    assert_eq!(parsed.attachment_count(), 1);
    let part = parsed.attachment(0).unwrap();
    assert_eq!(part.contents(), issue_155().1.docx.as_deref().unwrap());
    assert_eq!(part.content_disposition().unwrap().attribute("filename"), Some(NAME));
    assert_eq!(part.content_type().unwrap().attribute("name"), Some(NAME));
    let written = String::from_utf8(message.bytes.clone()).unwrap();
    assert!(written.contains("filename*=UTF-8''%E9%97%A8%E5%A4%B4%E6%B2%9F"));
    assert!(written.contains("name=\"=?UTF-8?B?6Zeo5aS05rKf"));
    assert_eq!(written.matches("Content-Transfer-Encoding: base64").count(), 3);
}

#[test]
fn both_files_are_attached_when_asked_for() {
    let mut planned = to("a@b.cn", "", "");
    planned.formats = vec![Format::Docx, Format::Pdf];
    let message = written(&planned, &office(), Purpose::Deliver).unwrap();
    let parsed = parsed(&message);
    assert_eq!(parsed.attachment_count(), 2);
    assert_eq!(parsed.attachment(1).unwrap().contents(), b"%PDF-1.7 ...");
    assert_eq!(
        parsed.attachment(1).unwrap().attachment_name(),
        Some(&*NAME.replace("docx", "pdf"))
    );
    // Who has neither name nor unit is greeted by his address.
    assert!(text(&parsed).starts_with("a@b.cn：\n"));
    let (entry, files) = issue_155();
    let files = hongtou::mail::message::Files { pdf: None, ..files.clone() };
    let wrong = written_of(entry, &files, &planned, &office(), Purpose::Deliver).unwrap_err();
    assert_eq!(wrong.code, Code::MailNoFile, "{wrong:?}");
}

#[test]
fn the_same_message_is_written_again_and_its_id_says_no_address() {
    let (first, second) = (ordinary(), ordinary());
    assert!(first.bytes == second.bytes);
    let entry = &issue_155().0;
    let sender = office().sender.unwrap();
    let id_of = |address: &str| id(&entry.holding(), &sender, address);
    assert_eq!(first.id, id_of("WangFang@cz.example.cn"));
    assert!(first.id.starts_with("mtg-kuaibao.2019.155.r1.") && first.id.ends_with("@163.com"));
    assert!(!first.id.contains("wangfang"));
    assert_ne!(first.id, id_of("other@cz.example.cn"));
    let next = hongtou::archive::Holding { revision: 2, ..entry.holding() };
    assert_ne!(first.id, id(&next, &sender, "wangfang@cz.example.cn"));
}

#[test]
fn a_correction_says_so_and_stands_beside_what_it_corrects() {
    let planned = Planned { correction: Some(1), ..to("a@b.cn", "区委", "") };
    let (entry, files) = issue_155();
    let entry = hongtou::archive::Entry { revision: 2, ..entry.clone() };
    let message = written_of(&entry, files, &planned, &office(), Purpose::Deliver).unwrap();
    let parsed = parsed(&message);
    assert_eq!(parsed.subject(), Some("【更正】门头沟区创建全国文明城市工作快报第155期"));
    let notice = "更正：本件是第155期的第2版，请代替此前收到的第1版。";
    assert!(text(&parsed).starts_with(&format!("【{notice}】\n\n区委：")));
    assert!(html(&parsed).contains(notice));
    let first = id(&issue_155().0.holding(), &office().sender.unwrap(), "a@b.cn");
    assert_eq!(raw(&message, "References"), format!("<{first}>"));
    assert_ne!(message.id, first);
}

#[test]
fn a_test_says_so_and_is_not_taken_for_the_message() {
    let planned = to("wangfang@cz.example.cn", "城子街道", "王芳");
    let message = written(&planned, &office(), Purpose::Test).unwrap();
    let parsed = parsed(&message);
    assert!(parsed.subject().unwrap().starts_with("【测试】门头沟区"));
    assert!(text(&parsed).starts_with("【这是测试邮件，只寄给编辑本人，不是正式发送。】\n"));
    assert_ne!(message.id, ordinary().id);
}

#[test]
fn a_draft_can_be_opened_and_sent() {
    let planned = to("a@b.cn", "区委", "");
    // Without any setting: the contact at the foot sends.
    let message = written(&planned, &Style::default(), Purpose::Draft).unwrap();
    assert_eq!(raw(&message, "X-Unsent"), "1");
    assert_eq!(one(parsed(&message).from()).1, "mtgccbxcz@163.com");
    let wrong = written(&planned, &Style::default(), Purpose::Deliver).unwrap_err();
    assert!(wrong.code == Code::MailNoSender && wrong.help.is_some());
}

#[test]
fn an_office_writes_templates_of_its_own() {
    let style = style(
        "发件人: 创城办 <a@b.cn>\n回复到: 编辑部 <c@b.cn>\n主题: 工作快报第{期号}期（{日期}）\n\
         正文: |\n  {称呼}同志：\n  {刊名}{期次}已出，共：{条目}。\n  有误请回复 {联系方式}。\n\
         列表标识: kuaibao.b.cn\n大小上限: 1\n附件: [docx, pdf]\n",
    )
    .unwrap();
    assert_eq!(style.formats, [Format::Docx, Format::Pdf]);
    let message = written(&to("x@y.cn", "", "王芳"), &style, Purpose::Deliver).unwrap();
    let parsed = parsed(&message);
    assert_eq!(parsed.subject(), Some("工作快报第155期（2019年3月14日）"));
    assert_eq!(one(parsed.reply_to()), ("编辑部".to_owned(), "c@b.cn".to_owned()));
    assert!(raw(&message, "List-Id").ends_with("<kuaibao.b.cn>"));
    let text = text(&parsed);
    assert!(
        text.starts_with(
            "王芳同志：\n门头沟区创建全国文明城市工作快报第155期已出，共：城子街道紧盯"
        )
    );
    assert!(html(&parsed).contains("<a href=\"mailto:mtgccbxcz@163.com\""), "{}", html(&parsed));
    let small = Style { max_size: 1000, ..style };
    let wrong = written(&to("x@y.cn", "", "王芳"), &small, Purpose::Deliver).unwrap_err();
    assert!(wrong.code == Code::MailTooLarge && wrong.help.unwrap().contains("max_size"));
}

#[test]
fn a_line_with_an_empty_field_falls_away() {
    let style = style("正文: |\n  甲\n  更正了：{更正原因}\n  乙\n").unwrap();
    let style = Style { sender: office().sender, ..style };
    let text_of = |correction| {
        let planned = Planned { correction, ..to("x@y.cn", "", "王芳") };
        text(&parsed(&written(&planned, &style, Purpose::Deliver).unwrap()))
    };
    assert_eq!(text_of(None), "甲\n乙\n");
    assert!(text_of(Some(1)).ends_with("\n\n甲\n更正了：更正第2页的数字\n乙\n"));
}

#[test]
fn slips_in_settings_are_said_with_their_places() {
    let said = style(
        "sender: 创城办\nreply_to: a@b\nsubject: 第{期好}期\nlist_id: 快报\nmax_size: 0\n\
         text: |\n  {称呼}：\n  第{期号期，{page}\nformats: doc\nsubjetc: x\n",
    )
    .unwrap_err();
    for words in [
        "hongtou.yaml:1:9 mail/address",
        "hongtou.yaml:2:11 mail/address",
        "hongtou.yaml:3:11 mail/template",
        "是否应为“{期号}”？",
        "hongtou.yaml:4:10 settings/bad-value",
        "hongtou.yaml:5:11 settings/out-of-range",
        "hongtou.yaml:8:4 mail/template",
        "“{”没有对应的“}”",
        "hongtou.yaml:8:9 mail/template",
        "hongtou.yaml:9:10 recipients/person",
        "hongtou.yaml:10:1 settings/unknown-key",
        "是否应为“subject”？",
    ] {
        assert!(said.contains(words), "{words} not in\n{said}");
    }
    let said = style("主题: \"甲\\n乙\"\n").unwrap_err();
    assert!(said.contains("settings/line-break"), "{said}");
    let said = style("主题: \"{条目}\"\n").unwrap_err();
    assert!(said.contains("mail/template") && said.contains("正文"), "{said}");
}

/// What RFC 5322, 2045 and 2047 ask of every line.
fn well_formed(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = std::str::from_utf8(bytes).expect("ASCII");
    prop_assert!(text.is_ascii());
    let bare = text.replace("\r\n", "");
    prop_assert!(!bare.contains(['\r', '\n', '\0']));
    for line in text.split("\r\n") {
        prop_assert!(line.len() <= 998, "{}", line.len());
        for word in line.split([' ', '"']).filter(|word| word.starts_with("=?")) {
            prop_assert!(word.len() <= 75, "{word}");
        }
    }
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    for line in head.split("\r\n") {
        let name = line.split(':').next().unwrap_or_default();
        let known = [
            "Date",
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Message-ID",
            "In-Reply-To",
            "References",
            "List-Id",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "Precedence",
            "Content-Language",
            "X-Unsent",
            "MIME-Version",
            "Content-Type",
        ];
        prop_assert!(line.starts_with(' ') || known.contains(&name), "{line}");
    }
    Ok(())
}

#[test]
fn issue_155_is_well_formed() {
    well_formed(&ordinary().bytes).unwrap();
}

/// Words that try to be more than words.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("门头沟区"),
        Just("工作快报"),
        Just("a"),
        Just(" "),
        Just("\r\nBcc: x@y.cn"),
        Just("\n"),
        Just("\r"),
        Just("\0"),
        Just("=?UTF-8?B?5Lit?="),
        Just("\""),
        Just("\\"),
        Just("<b>"),
        Just("&amp;"),
        Just(","),
        Just(";"),
        Just("\u{1F600}"),
        Just("\u{2028}"),
        Just("%"),
        Just("'"),
        Just("{期号}"),
        Just("\u{3000}"),
        Just("--=_hongtou"),
        Just("."),
    ];
    prop_oneof![
        proptest::collection::vec(piece, 1..40).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

fn folded(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever an issue, a person or a unit is called: one message, its own headers and no others,
    /// the subject and the names as they are.
    #[test]
    fn nothing_that_is_written_becomes_a_header(
        title in hostile(), unit in hostile(), person in hostile(), section in hostile(),
    ) {
        static SMALL: std::sync::OnceLock<hongtou::archive::Entry> = std::sync::OnceLock::new();
        let small = SMALL.get_or_init(|| made(crate::support::desk::ISSUE).0);
        let mut entry = small.clone();
        entry.title.clone_from(&title);
        entry.items[0].section = Some(section.clone());
        entry.items[0].name.clone_from(&section);
        entry.bulletin.clone_from(&unit);
        let files = hongtou::mail::message::Files { docx: Some(vec![7; 100]), pdf: None };
        let planned = to("wangfang@cz.example.cn", &unit, &person);
        let message = written_of(&entry, &files, &planned, &office(), Purpose::Deliver).unwrap();
        well_formed(&message.bytes)?;
        let parsed = parsed(&message);
        prop_assert_eq!(parsed.attachment(0).unwrap().contents(), &[7u8; 100]);
        prop_assert_eq!(parsed.parts.len(), 5);
        prop_assert_eq!(parsed.to().unwrap().iter().count(), 1);
        prop_assert_eq!(one(parsed.to()).1, "wangfang@cz.example.cn");
        let subject = parsed.subject().unwrap_or_default();
        prop_assert_eq!(subject.trim().to_owned(), folded(&title));
    }
}
