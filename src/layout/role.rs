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

    /// Where it stands among the headings of an issue: 1 for sections, attachments and the title of
    /// an article, 2 for an item's, 3 to 6 for the four levels within a text. `None`: no heading.
    pub fn rank(self) -> Option<u8> {
        match self {
            Role::SectionTitle | Role::Title | Role::Attachment => Some(1),
            Role::Headline => Some(2),
            Role::Heading1 => Some(3),
            Role::Heading2 => Some(4),
            Role::Heading3 => Some(5),
            Role::Heading4 => Some(6),
            _ => None,
        }
    }

    /// Whether a paragraph of it heads what comes after it and is no text of its own: a page with
    /// nothing but titles has no text (GB/T 9704 §7.3.3).
    pub fn is_title(self) -> bool {
        self.rank().is_some() || matches!(self, Role::ContentsTitle | Role::Subtitle)
    }

    /// Whether it is the name of the bulletin or of the whole issue, and not of a part.
    pub fn names_the_issue(self) -> bool {
        matches!(self, Role::MastheadOwner | Role::MastheadName | Role::Title)
    }

    /// Whether `|` in its text is a wish where a line should end. Entries of the contents repeat
    /// headlines, and so their wishes.
    pub fn has_bars(self) -> bool {
        matches!(
            self,
            Role::MastheadOwner
                | Role::MastheadName
                | Role::Title
                | Role::Subtitle
                | Role::Headline
                | Role::Contents
        )
    }

    /// Whether it is words within a paragraph of another role, unless a document has it otherwise.
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Role::Date
                | Role::NoteLabel
                | Role::Headline
                | Role::Category
                | Role::Lead
                | Role::Point
                | Role::Roundup
                | Role::Unit
                | Role::Emphasis
                | Role::Reference
                | Role::Source
                | Role::Author
                | Role::DistributionLabel
                | Role::Copies
        )
    }
}
