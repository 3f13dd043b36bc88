//! The fields a template of a layout may name, as `{number}` in `第{number}期`.

use super::vocabulary::vocabulary;

vocabulary! {
    /// A value of an issue that a layout's template can print.
    Field;

    /// `masthead.owner`, a line each.
    Owner = "owner", "冠名";
    /// `masthead.name`.
    Name = "name", "简报名称";
    /// `masthead.subtitle`.
    MastheadSubtitle = "masthead-subtitle", "副名";
    /// `classification.level`.
    Classification = "classification", "密级";
    /// `classification.period`.
    Period = "period", "保密期限";
    /// `handling`.
    Handling = "handling", "保存要求";
    /// `urgency`.
    Urgency = "urgency", "紧急程度";
    /// `copy_number`.
    CopyNumber = "copy-number", "份号";
    /// `issue.number` of a regular issue.
    Number = "number", "期号";
    /// `issue.number` of a supplement (增刊).
    Supplement = "supplement", "增刊期号";
    /// `issue.number` of a special issue (专刊).
    Special = "special", "专刊期号";
    /// `issue.total`.
    Total = "total", "总期数";
    /// `issue.year`.
    Year = "year", "年度";
    /// `issue.office`.
    Office = "office", "编发机关";
    /// `issue.date`, in the layout's date form.
    Date = "date", "印发日期";
    /// `issue.signer`.
    Signer = "signer", "签发人";
    /// `document_number.code`.
    DocumentCode = "document-code", "机关代字";
    /// `document_number.year`.
    DocumentYear = "document-year", "发文年份";
    /// `document_number.sequence`.
    DocumentSequence = "document-sequence", "发文顺序号";
    /// `distribution.superiors`.
    Superiors = "superiors", "报";
    /// `distribution.peers`.
    Peers = "peers", "送";
    /// `distribution.subordinates`.
    Subordinates = "subordinates", "发";
    /// `distribution.extra`.
    Extra = "extra", "增发";
    /// `distribution.copies`.
    Copies = "copies", "共印份数";
    /// `imprint.office`.
    ImprintOffice = "imprint-office", "印发机关";
    /// `imprint.date`.
    ImprintDate = "imprint-date", "印发日期";
    /// `staff.editor`.
    Editor = "editor", "责任编辑";
    /// `staff.reviewer`.
    Reviewer = "reviewer", "核稿";
    /// `staff.approver`.
    Approver = "approver", "审核";
    /// `staff.signer`.
    StaffSigner = "staff-signer", "签发";
    /// `staff.proofreader`.
    Proofreader = "proofreader", "校对";
    /// `contact.email`.
    Email = "email", "电子邮箱";
    /// `contact.phone`.
    Phone = "phone", "电话";
    /// `contact.fax`.
    Fax = "fax", "传真";
    /// `contact.address`.
    Address = "address", "地址";
    /// `contact.postcode`.
    Postcode = "postcode", "邮编";
    /// `contact.website`.
    Website = "website", "网址";
    /// The number of the page: only in `page-number`.
    Page = "page", "页码";
    /// 1, 2, 3: only in number forms.
    Arabic = "arabic", "阿拉伯数字";
    /// 一, 二, 三: only in number forms.
    Han = "han", "汉字数字";
    /// The text that a form wraps: only where the layout says so.
    Text = "text", "文字";
}

impl Field {
    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.key() == key)
    }
}
