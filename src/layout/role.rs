//! The closed vocabulary of what a word on the page is.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a printed word is: one name for one thing in layout files, PDF tags and DOCX styles.
    Role;

    /// 密级和保密期限.
    Classification = "classification", "密级";
    /// 份号.
    CopyNumber = "copy-number", "份号";
    /// 紧急程度.
    Urgency = "urgency", "紧急程度";
    /// 保存要求.
    Handling = "handling", "保存要求";
    /// 冠名.
    MastheadOwner = "masthead-owner", "简报冠名";
    /// 简报名称.
    MastheadName = "masthead-name", "简报名称";
    /// 增刊, 专刊.
    MastheadSubtitle = "masthead-subtitle", "简报副名";
    /// 期号.
    IssueNumber = "issue-number", "简报期号";
    /// 发文字号.
    DocumentNumber = "document-number", "发文字号";
    /// 编发机关.
    Office = "office", "编发机关";
    /// 印发日期 in the head.
    Date = "date", "印发日期";
    /// 签发人.
    Signer = "signer", "签发人";
    /// The heading of the contents.
    ContentsTitle = "contents-title", "要目标题";
    /// An entry of the contents.
    Contents = "contents", "本期要目";
    /// 编者按：.
    NoteLabel = "note-label", "按语标签";
    /// The text of a note.
    EditorNote = "editor-note", "编者按";
    /// 标题.
    Title = "title", "标题";
    /// 副题.
    Subtitle = "subtitle", "副标题";
    /// 主送机关.
    Recipients = "recipients", "主送机关";
    /// 【栏目】.
    SectionTitle = "section-title", "栏目";
    /// An item's title, run in or on lines of its own.
    Headline = "headline", "条目标题";
    /// 分类, in 简讯.
    Category = "category", "条目分类";
    /// 导语.
    Lead = "lead", "导语";
    /// 一是……。, the first sentence of a point with its number.
    Point = "point", "要点";
    /// 正文.
    Body = "body", "简报正文";
    /// 一、.
    Heading1 = "heading-1", "一级标题";
    /// （一）.
    Heading2 = "heading-2", "二级标题";
    /// 1.
    Heading3 = "heading-3", "三级标题";
    /// （1）.
    Heading4 = "heading-4", "四级标题";
    /// 本刊综合：.
    Roundup = "roundup", "综合引语";
    /// 区民政局：.
    Unit = "unit", "单位";
    /// `**…**`.
    Emphasis = "emphasis", "强调";
    /// （Ⅲ-58城市精细化管理）.
    Reference = "reference", "测评指标";
    /// （城子街道）.
    Source = "source", "供稿单位";
    /// 作者.
    Author = "author", "作者";
    /// 附件.
    Attachment = "attachment", "附件";
    /// 报：送：发：.
    DistributionLabel = "distribution-label", "分送标签";
    /// Who gets it.
    DistributionNames = "distribution-names", "分送范围";
    /// 共印N份.
    Copies = "copies", "印数";
    /// 责任编辑, 核稿, 签发.
    Staff = "staff", "编审人员";
    /// 电子邮箱, 电话.
    Contact = "contact", "联系方式";
    /// 印发机关, 印发日期 in the colophon.
    Imprint = "imprint", "印发信息";
    /// — 1 —.
    PageNumber = "page-number", "页码";
}

impl Role {
    /// The role with this key or Chinese name.
    pub fn from_key(key: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.key() == key || role.chinese() == key)
    }
}
