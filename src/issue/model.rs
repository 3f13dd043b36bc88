//! The content of one issue, every value with its place in the file.
//!
//! Numbering, labels, brackets and spacing are not content: [`crate::compose`] adds them.

use chrono::NaiveDate;

use crate::diagnostic::{Span, Spanned};

/// A text and where it was written. Normalised: NFC, no control characters, no stray spaces, no
/// line breaks; never empty. `**…**` stands, in pairs, only in running text: paragraphs, points,
/// notices, closings, leads and notes.
pub type Text = Spanned<String>;

/// One issue of a bulletin (一期简报).
#[derive(Clone, Debug)]
pub struct Issue {
    /// The layout's name or the path of an own layout file (版式).
    pub layout: Option<Text>,
    /// 报头.
    pub masthead: Masthead,
    /// 密级和保密期限 (GB/T 9704 §7.2.2).
    pub classification: Option<Classification>,
    /// 保存要求: 内部资料 注意保存.
    pub handling: Option<Text>,
    /// 紧急程度 (§7.2.3): 特急 or 加急.
    pub urgency: Option<Text>,
    /// 份号 (§7.2.1), digits as written.
    pub copy_number: Option<Text>,
    /// Number, date and office of this issue.
    pub number: Numbering,
    /// 发文字号 (§7.2.5).
    pub document_number: Option<DocumentNumber>,
    /// 本期要目.
    pub contents: Contents,
    /// 按语, 编者按.
    pub editor_note: Option<Note>,
    /// 标题 of a single-article issue.
    pub title: Option<Text>,
    /// 副题.
    pub subtitle: Option<Text>,
    /// 主送机关 (§7.3.2).
    pub recipients: Vec<Text>,
    /// 栏目.
    pub sections: Vec<Section>,
    /// 附件 (§7.3.7).
    pub attachments: Vec<Attachment>,
    /// 报, 送, 发.
    pub distribution: Distribution,
    /// 印发机关 and 印发日期 (§7.4.3).
    pub imprint: Imprint,
    /// 责任编辑, 核稿, 审核, 签发, 校对.
    pub staff: Staff,
    /// 联系方式.
    pub contact: Contact,
}

/// The name block.
#[derive(Clone, Debug)]
pub struct Masthead {
    /// 冠名, one line each.
    pub owner: Vec<Text>,
    /// 简报名称.
    pub name: Text,
    /// 增刊, 专刊 or the like under the name.
    pub subtitle: Option<Text>,
}

/// 密级 and 保密期限.
#[derive(Clone, Debug)]
pub struct Classification {
    /// 绝密, 机密 or 秘密.
    pub level: Text,
    /// 1年, 长期.
    pub period: Option<Text>,
}

/// 期号 and what goes with it.
#[derive(Clone, Debug)]
pub struct Numbering {
    /// 期数.
    pub number: Spanned<u32>,
    /// 总期数.
    pub total: Option<Spanned<u32>>,
    /// 年度, for 〔2019〕第N期.
    pub year: Option<Spanned<i32>>,
    /// Whether numbers start anew each year (编号方式).
    pub scheme: Option<Spanned<NumberingScheme>>,
    /// 正刊, 增刊 or 专刊.
    pub kind: Spanned<IssueKind>,
    /// 编发机关.
    pub office: Vec<Text>,
    /// 印发日期.
    pub date: Spanned<NaiveDate>,
    /// 签发人.
    pub signer: Vec<Text>,
}

/// How numbers run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberingScheme {
    /// 按年.
    Annual,
    /// 累计.
    Cumulative,
    /// 两者.
    Both,
}

/// What kind of issue this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IssueKind {
    /// 正刊.
    Regular,
    /// 增刊, numbered for itself.
    Supplement,
    /// 专刊.
    Special,
}

/// 京政发〔2019〕12号.
#[derive(Clone, Debug)]
pub struct DocumentNumber {
    /// 机关代字.
    pub code: Text,
    /// 年份.
    pub year: Spanned<i32>,
    /// 发文顺序号.
    pub sequence: Spanned<u32>,
}

/// 本期要目.
#[derive(Clone, Debug, Default)]
pub enum Contents {
    /// None printed.
    #[default]
    None,
    /// Made from the headlines; the span is that of the wish.
    Automatic(Span),
    /// Written by the editor.
    List(Vec<Text>),
}

/// 按语.
#[derive(Clone, Debug)]
pub struct Note {
    /// 编者按, 按; the layout's when absent.
    pub label: Option<Text>,
    /// One text a paragraph.
    pub text: Vec<Text>,
}

/// 栏目.
#[derive(Clone, Debug)]
pub struct Section {
    /// Without brackets and unspaced: 简讯. `None` in an issue without sections.
    pub title: Option<Text>,
    /// 栏目按语.
    pub note: Option<Note>,
    /// What stands in it.
    pub items: Vec<Item>,
}

/// One item (一条信息).
#[derive(Clone, Debug)]
pub struct Item {
    /// 标题.
    pub headline: Option<Text>,
    /// 副题.
    pub subheadline: Option<Text>,
    /// 分类, in 简讯.
    pub category: Option<Text>,
    /// 导语.
    pub lead: Option<Text>,
    /// The text in order.
    pub body: Vec<Block>,
    /// 测评指标.
    pub references: Vec<Reference>,
    /// 供稿单位.
    pub source: Vec<Text>,
    /// 作者.
    pub author: Vec<Text>,
    /// The whole item.
    pub span: Span,
}

/// A piece of an item's text.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph; `**…**` in it is emphasis.
    Paragraph(Text),
    /// 要点: 一是…二是….
    Points(Vec<Point>),
    /// 层次标题 (§7.3.3), level 1 to 4.
    Heading {
        /// 1 for 一、 to 4 for （1）.
        level: u8,
        /// Without its number.
        text: Text,
    },
    /// 本刊综合.
    Roundup(Roundup),
    /// A quotation, 图, 表: kinds that a layout may have no place for.
    Other {
        /// 引文, 图 or 表.
        kind: &'static str,
        /// Its words.
        text: Text,
    },
}

/// One of the points.
#[derive(Clone, Debug)]
pub struct Point {
    /// 首先, 第一: instead of the generated 一是.
    pub marker: Option<Text>,
    /// The first sentence, set apart.
    pub lead: Text,
    /// What follows it.
    pub text: Option<Text>,
}

/// Short notices of several units in one item.
#[derive(Clone, Debug)]
pub struct Roundup {
    /// 本刊综合.
    pub label: Text,
    /// Unit and text.
    pub entries: Vec<Notice>,
    /// A sentence after the last.
    pub closing: Option<Text>,
}

/// One unit's notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// 区民政局.
    pub unit: Text,
    /// What it did.
    pub text: Text,
}

/// Ⅲ-58 城市精细化管理.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Ⅲ-58.
    pub code: Text,
    /// 城市精细化管理.
    pub title: Option<Text>,
}

/// 附件.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its title.
    pub title: Text,
    /// Its text.
    pub body: Vec<Block>,
}

/// Who gets it. A text is one phrase; lists are joined with 、.
#[derive(Clone, Debug, Default)]
pub struct Distribution {
    /// 报.
    pub superiors: Vec<Text>,
    /// 送.
    pub peers: Vec<Text>,
    /// 发.
    pub subordinates: Vec<Text>,
    /// 本期增发.
    pub extra: Vec<Text>,
    /// 共印N份.
    pub copies: Option<Spanned<u32>>,
}

/// 印发机关 and 印发日期.
#[derive(Clone, Debug, Default)]
pub struct Imprint {
    /// 印发机关.
    pub office: Option<Text>,
    /// 印发日期.
    pub date: Option<Spanned<NaiveDate>>,
}

/// Who made it.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    /// 责任编辑.
    pub editor: Vec<Text>,
    /// 核稿.
    pub reviewer: Vec<Text>,
    /// 审核.
    pub approver: Vec<Text>,
    /// 签发.
    pub signer: Vec<Text>,
    /// 校对.
    pub proofreader: Vec<Text>,
}

/// 联系方式.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// 电话.
    pub phone: Vec<Text>,
    /// 电子邮箱.
    pub email: Vec<Text>,
    /// 传真.
    pub fax: Vec<Text>,
    /// 地址.
    pub address: Option<Text>,
    /// 邮编.
    pub postcode: Option<Text>,
    /// 网址.
    pub website: Option<Text>,
}
