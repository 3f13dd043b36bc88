//! `hongtou.yaml`: what an office sets once.

use super::{Text, keys};
use crate::diagnostic::{Code, Diagnostic, FileId, FileKind, Sources};
use crate::yaml::{Entry, Key, Node, Reader, Value};

/// The settings of an office. `mail`, `recipients` and `registries` are kept as they are written,
/// for the parts of the program that know them.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file; relative paths in it count from its folder.
    pub file: FileId,
    /// ASCII short name of the bulletin: `mtg-kuaibao`.
    pub series: Option<Text>,
    /// Fields that every issue takes over unless it has its own.
    pub defaults: Option<Node>,
    /// Folders or files with the office's own fonts.
    pub font_path: Vec<Text>,
    /// The font profile of a DOCX: `gb2312`, `windows`, `fangzheng`, `open`.
    pub docx_fonts: Option<Text>,
    /// What of them is put into a DOCX: `used`, `whole`; nothing without it.
    pub docx_embed: Option<Text>,
    /// Root of the archive.
    pub archive_path: Option<Text>,
    /// Address and region of the object store that an archive at `s3://…` lies in. Its keys are
    /// never written down; they come from the environment.
    pub archive_endpoint: Option<Text>,
    /// See [`Self::archive_endpoint`].
    pub archive_region: Option<Text>,
    /// Whether bags have SM3 manifests too.
    pub archive_sm3: Option<bool>,
    /// Server, port, sender, security.
    pub mail: Option<Node>,
    /// Groups and addresses, or the path of a file with them.
    pub recipients: Option<Node>,
    /// Registries of units and indicators, or the path of a file with them; read by
    /// [`super::read_registry`].
    pub registries: Option<Node>,
}

/// Reads `hongtou.yaml`.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read_config(sources: &Sources, file: FileId) -> Result<Config, Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Settings);
    reader.set_hint(keys::config_hint);
    let config = reader.parse(file).and_then(|root| config(&mut reader, file, &root));
    super::finish(reader, config).map(|(config, _)| config)
}

fn config(reader: &mut Reader<'_>, file: FileId, root: &Node) -> Option<Config> {
    let mut config = Config {
        file,
        series: None,
        defaults: None,
        font_path: Vec::new(),
        docx_fonts: None,
        docx_embed: None,
        archive_path: None,
        archive_endpoint: None,
        archive_region: None,
        archive_sm3: None,
        mail: None,
        recipients: None,
        registries: None,
    };
    if root.value == Value::Null {
        return Some(config);
    }
    let fields = reader.fields(root, "hongtou.yaml", keys::CONFIG)?;
    config.series = fields.read(reader, "series", series);
    config.defaults = fields.node("defaults").cloned();
    if let Some(defaults) = &config.defaults {
        check_defaults(reader, defaults);
    }
    if let Some(node) = fields.node("fonts") {
        read_fonts(reader, node, &mut config);
    }
    if let Some(node) = fields.node("archive")
        && let Some(archive) = reader.fields(node, "存档（archive）", keys::ARCHIVE)
    {
        config.archive_path = archive.read(reader, "path", Reader::text);
        config.archive_endpoint = archive.read(reader, "endpoint", Reader::text);
        config.archive_region = archive.read(reader, "region", Reader::text);
        config.archive_sm3 = archive.read(reader, "sm3", Reader::boolean).map(|sm3| sm3.value);
    }
    config.mail = fields.node("mail").cloned();
    config.recipients = fields.node("recipients").cloned();
    config.registries = fields.node("registries").cloned();
    Some(config)
}

fn read_fonts(reader: &mut Reader<'_>, node: &Node, config: &mut Config) {
    let Some(fonts) = reader.fields(node, "字体（fonts）", keys::FONTS) else { return };
    config.font_path = fonts.read(reader, "path", Reader::texts).unwrap_or_default();
    config.docx_fonts = fonts.read(reader, "docx", |reader, node, what| {
        let words = ["gb2312", "windows", "fangzheng", "open"].map(|word| (word, ()));
        reader.choice(node, what, &words)?;
        reader.text(node, what)
    });
    config.docx_embed = fonts.read(reader, "embed", embedding).flatten();
    let open = config.docx_fonts.as_ref().is_some_and(|fonts| fonts.value == "open");
    if let Some(embed) = config.docx_embed.as_ref().filter(|_| !open) {
        let message = "“嵌入（embed）”只用于开源字体";
        let help = "办公字体的许可不准嵌入：在“字体”下写“文档字体: open”，或删去“嵌入”";
        reader.error(Code::DocxEmbedding, embed.span, message, help);
    }
}

/// Whether fonts are put into a DOCX, and what of them.
fn embedding(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Option<Text>> {
    let words = [
        ("是", Some("used")),
        ("否", None),
        ("true", Some("used")),
        ("false", None),
        ("used", Some("used")),
        ("whole", Some("whole")),
    ];
    let chosen = reader.choice(node, what, &words)?;
    Some(chosen.value.map(|word| Text { value: word.to_owned(), span: chosen.span }))
}

/// A name that is safe in a path on every system.
fn series(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Text> {
    let text = reader.text(node, what)?;
    if !is_series(&text.value) {
        super::words::bad_form(reader, node.span, what, &text.value, SERIES_FORM);
        return None;
    }
    Some(text)
}

/// What a short name of a bulletin looks like, in the user's words.
pub const SERIES_FORM: &str = "用小写英文字母开头，只含小写字母、数字和短横，如 mtg-kuaibao";

/// Whether this can be the short name of a bulletin.
pub fn is_series(text: &str) -> bool {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.chars().all(letters)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.len() <= 40
}

/// Reports keys of `defaults` that no issue has; values are checked when an issue takes them over.
fn check_defaults(reader: &mut Reader<'_>, node: &Node) {
    let Some(fields) = reader.fields(node, "默认内容（defaults）", keys::ISSUE) else {
        return;
    };
    for key in keys::ISSUE {
        if let (Some(node), Some(table)) = (fields.node(key.name), keys::nested(key.name)) {
            reader.fields(node, key.display().as_str(), table);
        }
    }
}

/// The issue's tree with the defaults that it does not set: key by key, also within 报头, 本期, 分送,
/// 印发, 编审 and 联系方式; whatever the issue has wins. An explicit `~` in the issue takes a default
/// away.
pub(super) fn merge(issue: Node, defaults: &Node) -> Node {
    merge_with(issue, defaults, keys::ISSUE)
}

fn merge_with(mut issue: Node, defaults: &Node, table: &'static [Key]) -> Node {
    let Value::Mapping(from) = &defaults.value else { return issue };
    let Value::Mapping(entries) = &mut issue.value else { return issue };
    for default in from {
        let Some(key) = find(table, &default.key) else { continue };
        let own = entries.iter().position(|entry| find(table, &entry.key) == Some(key));
        let Some(index) = own else {
            entries.push(default.clone());
            continue;
        };
        let entry = &mut entries[index];
        if is_removal(entry) {
            entries.remove(index);
        } else if let Some(table) = keys::nested(key.name) {
            let value = Node { value: Value::Null, span: entry.value.span };
            let own = std::mem::replace(&mut entry.value, value);
            entry.value = merge_with(own, &default.value, table);
        }
    }
    issue
}

fn find(table: &'static [Key], written: &str) -> Option<&'static Key> {
    table.iter().find(|key| key.names().any(|name| name == written.trim()))
}

/// `~` or `null` as written, not only nothing.
fn is_removal(entry: &Entry) -> bool {
    entry.value.value == Value::Null && entry.value.span.end > entry.value.span.start
}
