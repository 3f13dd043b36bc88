//! Every key an editor may write, with its Chinese names: the one table.

use crate::yaml::{Key, keys, places_of};

keys! {
    /// Every table with what it is called in messages.
    pub TABLES;

    /// The top of a file. From `lead` to `author` the text of an issue that is one article.
    ISSUE, "最外层":
        "schema" ["模式版本"]
        "layout" ["版式"]
        "masthead" ["报头"]
        "classification" ["密级"]
        "handling" ["保存要求"]
        "urgency" ["紧急程度"]
        "copy_number" ["份号", "编号"]
        "issue" ["本期"]
        "document_number" ["发文字号", "文号"]
        "contents" ["本期要目", "要目", "目录"]
        "editor_note" ["编者按", "按语"]
        "title" ["标题", "题目"]
        "subtitle" ["副题", "副标题"]
        "recipients" ["主送", "主送机关"]
        "sections" ["栏目"]
        "items" ["条目", "信息"]
        "lead" ["导语"]
        "text" ["文字", "内容"]
        "paragraphs" ["段落"]
        "points" ["要点"]
        "roundup" ["综合", "综合引语"]
        "entries" ["各单位", "单位条目"]
        "closing" ["收束句", "结语"]
        "body" ["正文"]
        "figures" ["图"]
        "tables" ["表"]
        "refs" ["指标", "测评指标"]
        "source" ["来源", "供稿单位"]
        "author" ["作者"]
        "attachments" ["附件"]
        "distribution" ["分送", "发送范围"]
        "imprint" ["印发", "印发信息"]
        "staff" ["编审", "编审人员"]
        "contact" ["联系方式"];
    /// `masthead`.
    MASTHEAD, "报头（masthead）":
        "owner" ["冠名"]
        "name" ["简报名称", "名称", "刊名"]
        "subtitle" ["副名", "增刊标注", "专刊标注"];
    /// `classification`, when it is not one text.
    CLASSIFICATION, "密级（classification）":
        "level" ["密级", "级别"]
        "period" ["保密期限", "期限"];
    /// `issue`.
    NUMBERING, "本期（issue）":
        "number" ["期号", "期数"]
        "total" ["总期数", "总期号"]
        "year" ["年度", "年份"]
        "numbering" ["编号方式"]
        "kind" ["刊别", "类别"]
        "office" ["编发机关", "编发单位"]
        "date" ["日期", "印发日期"]
        "signer" ["签发人"];
    /// `document_number`, when it is not one text.
    DOCUMENT_NUMBER, "发文字号（document_number）":
        "code" ["机关代字"]
        "year" ["年份", "年度"]
        "sequence" ["顺序号", "发文顺序号"];
    /// `editor_note` and a section's `note`, when they are not one text.
    NOTE, "按语（note）":
        "label" ["标签", "按语名"]
        "text" ["文字", "内容"];
    /// One of `sections`.
    SECTION, "栏目（sections）":
        "title" ["栏目名", "名称", "标题"]
        "note" ["栏目按语", "按语"]
        "items" ["条目", "信息"];
    /// One of `items`.
    ITEM, "条目（items）":
        "headline" ["标题", "title", "题目"]
        "subheadline" ["副题", "副标题", "subtitle"]
        "category" ["分类", "类别"]
        "lead" ["导语"]
        "text" ["文字", "内容"]
        "paragraphs" ["段落"]
        "points" ["要点"]
        "roundup" ["综合", "综合引语"]
        "entries" ["各单位", "单位条目"]
        "closing" ["收束句", "结语"]
        "body" ["正文"]
        "figures" ["图"]
        "tables" ["表"]
        "refs" ["指标", "测评指标"]
        "source" ["来源", "供稿单位"]
        "author" ["作者"];
    /// One of `points`, when it is not one text.
    POINT, "要点（points）":
        "marker" ["序次语"]
        "lead" ["要点句", "首句"]
        "text" ["文字", "内容"];
    /// One of `entries`, when it is not `单位: 文字`.
    NOTICE, "单位条目（entries）":
        "unit" ["单位"]
        "text" ["文字", "内容"];
    /// An element of `body` that is no paragraph.
    BLOCK, "正文（body）":
        "paragraph" ["段落", "text", "文字"]
        "heading1" ["一级标题"]
        "heading2" ["二级标题"]
        "heading3" ["三级标题"]
        "heading4" ["四级标题"]
        "points" ["要点"]
        "roundup" ["综合", "综合引语"]
        "entries" ["各单位", "单位条目"]
        "closing" ["收束句", "结语"]
        "quote" ["引文"]
        "figure" ["图"]
        "table" ["表"];
    /// One of `refs`, when it is not one text.
    REFERENCE, "指标（refs）":
        "code" ["代码", "编号"]
        "title" ["名称", "标题"];
    /// One of `attachments`, when it is only a title.
    ATTACHMENT, "附件（attachments）":
        "title" ["标题", "名称"]
        "text" ["文字", "内容"]
        "paragraphs" ["段落"]
        "points" ["要点"]
        "roundup" ["综合", "综合引语"]
        "entries" ["各单位", "单位条目"]
        "closing" ["收束句", "结语"]
        "body" ["正文"]
        "figures" ["图"]
        "tables" ["表"];
    /// `distribution`.
    DISTRIBUTION, "分送（distribution）":
        "superiors" ["报"]
        "peers" ["送"]
        "subordinates" ["发"]
        "extra" ["增发", "本期增发"]
        "copies" ["共印份数", "共印", "印数"];
    /// `imprint`.
    IMPRINT, "印发（imprint）":
        "office" ["印发机关"]
        "date" ["印发日期"];
    /// `staff`.
    STAFF, "编审（staff）":
        "editor" ["责任编辑", "编辑"]
        "reviewer" ["核稿"]
        "approver" ["审核"]
        "signer" ["签发"]
        "proofreader" ["校对"];
    /// `contact`.
    CONTACT, "联系方式（contact）":
        "phone" ["电话", "联系电话"]
        "email" ["电子邮箱", "邮箱"]
        "fax" ["传真"]
        "address" ["地址"]
        "postcode" ["邮编"]
        "website" ["网址"];
    /// The top of `hongtou.yaml`.
    CONFIG, "hongtou.yaml":
        "series" ["刊名代号"]
        "defaults" ["默认", "默认内容"]
        "fonts" ["字体"]
        "archive" ["存档"]
        "mail" ["邮件"]
        "recipients" ["收件人"]
        "registries" ["名录"];
    /// `fonts` of `hongtou.yaml`.
    FONTS, "字体（fonts）":
        "path" ["路径", "目录"]
        "docx" ["文档字体"]
        "embed" ["嵌入"];
    /// `registries` of `hongtou.yaml`, or the top of the file it names.
    REGISTRIES, "名录（registries）":
        "units" ["单位"]
        "indicators" ["指标", "测评指标"];
    /// One of `units`, when it is not one text.
    UNIT, "单位（units）":
        "name" ["名称", "单位"]
        "aliases" ["别名", "简称", "曾用名"];
    /// `archive` of `hongtou.yaml`.
    ARCHIVE, "存档（archive）":
        "path" ["路径", "目录"]
        "endpoint" ["服务地址"]
        "region" ["区域"]
        "sm3" ["国密校验", "国密"];
    /// `mail` of `hongtou.yaml`: what messages look like, then how they are delivered.
    MAIL, "邮件（mail）":
        "sender" ["发件人", "发件地址"]
        "sender_name" ["发件人名称", "显示名"]
        "reply_to" ["回复到", "回复地址"]
        "subject" ["主题"]
        "text" ["正文"]
        "formats" ["附件", "附件格式"]
        "list_id" ["列表标识"]
        "max_size" ["大小上限"]
        "server" ["服务器", "发信服务器"]
        "port" ["端口"]
        "security" ["加密", "加密方式"]
        "ca" ["根证书", "证书"]
        "user" ["用户", "用户名"]
        "password_file" ["密码文件"]
        "keyring" ["系统密码库", "钥匙串"]
        "password" ["密码", "授权码", "口令"]
        "rate" ["每分钟", "每分钟封数"]
        "retries" ["重试次数", "重试"]
        "retry_pause" ["重试间隔"]
        "timeout" ["超时"];
    /// `recipients` of `hongtou.yaml`, and a file of its own.
    RECIPIENTS, "分送名单（recipients）":
        "superiors" ["报"]
        "peers" ["送"]
        "subordinates" ["发"]
        "also" ["另寄"]
        "exceptions" ["例外"];
    /// One recipient, when it is not one text.
    RECIPIENT, "收件人":
        "unit" ["单位"]
        "person" ["姓名"]
        "address" ["邮箱", "电子邮箱", "邮箱地址"]
        "greeting" ["称呼"]
        "formats" ["格式", "附件"];
    /// `exceptions` of `recipients`.
    EXCEPTIONS, "例外（exceptions）":
        "paper" ["只发纸质"]
        "unprinted" ["不印不寄"];
}

/// The table of a mapping under a key of [`ISSUE`]: the mappings that `defaults` and an issue share
/// key by key.
pub fn nested(name: &str) -> Option<&'static [Key]> {
    match name {
        "masthead" => Some(MASTHEAD),
        "issue" => Some(NUMBERING),
        "distribution" => Some(DISTRIBUTION),
        "imprint" => Some(IMPRINT),
        "staff" => Some(STAFF),
        "contact" => Some(CONTACT),
        _ => None,
    }
}

/// What to say of a key that has no place where it stands.
pub fn hint(written: &str) -> Option<String> {
    let fixed = match written {
        "kind" | "栏目类型" => Some(
            "增刊、专刊写在“本期（issue）”；栏目不需要类型，简讯的各条写“分类（category）”即可",
        ),
        "placement" => Some("按语的位置由版式决定"),
        "typography" | "排版覆盖" => Some("排版设置写在版式文件里，用“版式: ./版式.yaml”选用"),
        "lint" | "校对设置" => Some("校对设置不写在这里"),
        "schema" | "模式版本" => Some("写在最外层，也可以不写"),
        _ => None,
    };
    if let Some(help) = fixed {
        return Some(help.to_owned());
    }
    places_of(written, TABLES)
}

/// The same for `hongtou.yaml`: what belongs to an issue stands under `defaults` there.
pub fn config_hint(written: &str) -> Option<String> {
    let issue = ISSUE.iter().any(|key| key.names().any(|name| name == written));
    if issue {
        Some(format!("“{written}”写在“默认（defaults）”下面"))
    } else {
        hint(written)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::TABLES;

    #[test]
    fn no_name_means_two_things_in_one_table() {
        for (title, keys) in TABLES {
            let mut seen = BTreeSet::new();
            for name in keys.iter().flat_map(|key| key.names()) {
                assert!(seen.insert(name), "{name} twice in {title}");
            }
        }
    }

    /// What editors look keys up in has all of them, each with all its names, and no other.
    #[test]
    fn every_key_is_in_the_document_of_keys() {
        let document = include_str!("../../docs/content.zh-CN.md");
        let row = |key: &crate::yaml::Key| {
            let chinese: Vec<String> = key
                .aliases
                .iter()
                .filter(|name| !name.is_ascii())
                .map(|name| format!("`{name}`"))
                .collect();
            format!("| {} | `{}` | ", chinese.join("、"), key.name)
        };
        let wanted: Vec<String> =
            TABLES.iter().flat_map(|(_, keys)| keys.iter().map(row)).collect();
        let rows: Vec<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(rows.len(), wanted.len());
        for (row, wanted) in rows.iter().zip(&wanted) {
            assert!(row.starts_with(wanted.as_str()), "{row}: not {wanted}");
        }
    }

    #[test]
    fn every_key_has_a_chinese_name() {
        for (title, keys) in TABLES {
            for key in *keys {
                assert!(!key.aliases.is_empty() && !key.aliases[0].is_ascii(), "{title}: {key:?}");
            }
        }
    }
}
