//! A table of recipients: the rows of a CSV file.

use std::collections::{BTreeMap, BTreeSet};

use super::person::parse_formats;
use super::{Directory, Label, Person, bare};
use crate::diagnostic::{Code, Diagnostic, FileId, FileKind, Sources, Span, Spanned};
use crate::mail::Wrong;
use crate::mail::address::{Address, display_name};
use crate::yaml::{Reader, nearest};

/// Most rows: whoever has more has chosen the wrong file.
const MAX_ROWS: usize = 20_000;

/// A recipient of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// 报, 送, 发 or 另寄.
    pub label: Label,
    /// His group.
    pub group: String,
    /// Who he is.
    pub person: Person,
    /// His row.
    pub span: Span,
}

/// A column that is read, and what it may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Label,
    Group,
    Unit,
    Person,
    Address,
    Formats,
    Greeting,
}

const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Label, &["分送", "报送发", "报/送/发", "报、送、发"]),
    (Column::Group, &["组", "组名", "分组", "分送范围"]),
    (Column::Unit, &["单位", "单位名称", "部门"]),
    (Column::Person, &["姓名", "收件人", "联系人", "人员"]),
    (Column::Address, &["邮箱", "电子邮箱", "邮箱地址", "电子邮件", "邮件地址", "email", "e-mail"]),
    (Column::Formats, &["格式", "附件"]),
    (Column::Greeting, &["称呼"]),
];

/// Reads a table; columns that are not read are said.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_table(
    sources: &Sources,
    file: FileId,
    known: Option<&Directory>,
    label: Option<Label>,
) -> Result<(Vec<Row>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Recipients);
    let text = &sources.get(file).text;
    let mut listed = BTreeMap::new();
    for group in known.iter().flat_map(|known| &known.groups) {
        listed.entry(bare(&group.name)).or_insert(group.label);
    }
    let mut table = Table {
        reader: &mut reader,
        listed,
        label,
        unlabelled: Vec::new(),
        asked: BTreeSet::new(),
    };
    let rows = table.rows(file, text);
    let findings = reader.finish()?;
    Ok((rows, findings))
}

struct Table<'r, 's> {
    reader: &'r mut Reader<'s>,
    /// How the list that is there prints its groups.
    listed: BTreeMap<String, Label>,
    label: Option<Label>,
    /// Groups of which nothing tells the label, in a table that has no column for it.
    unlabelled: Vec<String>,
    /// The same, bare.
    asked: BTreeSet<String>,
}

impl Table<'_, '_> {
    fn rows(&mut self, file: FileId, text: &str) -> Vec<Row> {
        let mut records = records(file, text).into_iter();
        let Some((head, place)) = records.next() else {
            let place = Span { file, start: 0, end: 0 };
            self.reader.error(
                Code::RecipientsNone,
                place,
                "表格是空的",
                "第一行写列名，如“组,单位,姓名,邮箱”",
            );
            return Vec::new();
        };
        let Some(columns) = self.columns(&head, place) else { return Vec::new() };
        if records.len() > MAX_ROWS {
            let message = format!("表格有{}行，不像是分送名单", records.len());
            self.reader.error(
                Code::TooLong(FileKind::Recipients),
                place,
                message,
                "检查是否写错了文件名",
            );
            return Vec::new();
        }
        let rows = records.filter_map(|(cells, span)| {
            let cell = |column: Column| {
                let index = columns.iter().position(|c| *c == Some(column))?;
                cells.get(index).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
            };
            self.row(cell, columns.contains(&Some(Column::Label)), span)
        });
        let rows: Vec<Row> = rows.collect();
        self.ask_label(place);
        if rows.is_empty() && !self.reader.failed() {
            self.reader.error(Code::RecipientsNone, place, "表格里没有收件人", "列名下面每人一行");
        }
        rows
    }

    /// What each column is.
    fn columns(&mut self, head: &[String], place: Span) -> Option<Vec<Option<Column>>> {
        let mut columns: Vec<Option<Column>> = Vec::new();
        for name in head {
            let bare_name = bare(name).to_lowercase();
            let found = COLUMNS.iter().find(|(_, names)| names.contains(&bare_name.as_str()));
            let column = found.map(|(column, _)| *column);
            if column.is_some() && columns.contains(&column) {
                let message = format!("“{name}”一列和前面的一列是同一项");
                let finding = Diagnostic::error(Code::RecipientsColumn, place, message)
                    .with_words(name.as_str());
                self.reader.report(finding.with_help("留一列，删去另一列"));
            }
            if column.is_none() && !bare_name.is_empty() {
                let message = format!("“{name}”一列不导入");
                self.reader.report(
                    Diagnostic::info(Code::RecipientsColumn, place, message)
                        .with_words(name.as_str()),
                );
            }
            columns.push(column);
        }
        let mut whole = true;
        for wanted in [Column::Group, Column::Address] {
            if !columns.contains(&Some(wanted)) {
                let names = COLUMNS.iter().find(|(column, _)| *column == wanted);
                let names = names.map_or(&[][..], |(_, names)| *names);
                let near = head.iter().find_map(|name| nearest(name, names.iter().copied()));
                let help = match near {
                    Some(near) => format!("第一行是列名，有一列应为“{near}”？"),
                    None => "第一行写列名，如“组,单位,姓名,邮箱,格式”，次序不限".to_owned(),
                };
                self.reader.error(
                    Code::RecipientsColumn,
                    place,
                    format!("没有“{}”一列", names[0]),
                    help,
                );
                whole = false;
            }
        }
        whole.then_some(columns)
    }

    /// One question for the whole column that is not there, not one for each row.
    fn ask_label(&mut self, place: Span) {
        const NAMED: usize = 5;
        if self.unlabelled.is_empty() {
            return;
        }
        let named = self.unlabelled.iter().take(NAMED).map(|name| format!("“{name}”"));
        let more = match self.unlabelled.len() {
            count if count > NAMED => format!("等{count}组"),
            _ => String::new(),
        };
        let message =
            format!("没有“分送”一列，不知道{}{more}是报、送还是发", named.collect::<String>());
        let help = "加一列“分送”，每行写“报”“送”“发”或“另寄”；都一样时用 --as 发";
        self.reader.error(Code::RecipientsLabel, place, message, help);
    }

    /// A row; `labelled` when there is a column that says how its group is printed.
    fn row<'c>(
        &mut self,
        cell: impl Fn(Column) -> Option<&'c str>,
        labelled: bool,
        span: Span,
    ) -> Option<Row> {
        if COLUMNS.iter().all(|(column, _)| cell(*column).is_none()) {
            return None;
        }
        let name = |table: &mut Self, column| {
            let written = cell(column)?;
            table.good(display_name(written), written, span)
        };
        let (unit, person) = (name(self, Column::Unit), name(self, Column::Person));
        let greeting = name(self, Column::Greeting);
        let group = self.group(&cell, labelled, span);
        let formats = match cell(Column::Formats) {
            Some(written) => self.good(parse_formats(written), written, span),
            None => Some(Vec::new()),
        };
        let address = match cell(Column::Address) {
            Some(written) => self.good(Address::parse(written), written, span),
            None => {
                self.reader.error(
                    Code::RecipientsNoAddress,
                    span,
                    "这一行没有邮箱",
                    "填写邮箱，或删去这一行",
                );
                None
            }
        };
        let (label, group) = group?;
        let address = Spanned { value: address?, span };
        let formats = formats?;
        let person = Person { unit, name: person, greeting, address, formats };
        Some(Row { label, group, person, span })
    }

    /// The group of a row and how it is printed: as its own column says, as the list has it, as the
    /// command line says. Never guessed.
    fn group<'c>(
        &mut self,
        cell: &impl Fn(Column) -> Option<&'c str>,
        labelled: bool,
        span: Span,
    ) -> Option<(Label, String)> {
        let Some(written) = cell(Column::Group) else {
            let help = "每行都写组名；合并过的单元格要先取消合并，逐行填满";
            self.reader.error(Code::RecipientsNoName, span, "这一行没有组名", help);
            return None;
        };
        let (prefix, name) = match written.split_once(['：', ':']) {
            Some((label, name)) if label_of(label).is_some() => (label_of(label), name.trim()),
            _ => (None, written),
        };
        if bare(name).is_empty() || name.contains(['\n', '\r']) {
            let message = format!("“{}”不能作组名", crate::yaml::shorten(written));
            self.reader.error(
                Code::RecipientsNoName,
                span,
                message,
                "写成一行，与简报末尾印的一样",
            );
            return None;
        }
        if let Some(written) = cell(Column::Label) {
            let Some(label) = label_of(written) else {
                let message = format!("“分送”不能是“{}”", crate::yaml::shorten(written));
                let finding =
                    Diagnostic::error(Code::RecipientsLabel, span, message).with_words(written);
                self.reader.report(finding.with_help("可用的有：报、送、发、另寄"));
                return None;
            };
            return Some((label, name.to_owned()));
        }
        let listed = self.listed.get(&bare(name)).copied();
        let label = prefix.or(listed).or(self.label);
        match label {
            Some(_) => {}
            None if labelled => {
                let message = format!("这一行没有写“{name}”是报、送还是发");
                let finding =
                    Diagnostic::error(Code::RecipientsLabel, span, message).with_words(written);
                self.reader.report(finding.with_help("在“分送”一列写“报”“送”“发”或“另寄”"));
            }
            None if !self.asked.insert(bare(name)) => {}
            None => self.unlabelled.push(name.to_owned()),
        }
        Some((label?, name.to_owned()))
    }

    /// The value, or what is wrong with it at its place.
    fn good<T>(&mut self, read: Result<T, Wrong>, written: &str, span: Span) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.reader.report(wrong.at(span).with_words(written));
                None
            }
        }
    }
}

/// 报, 报：, 另寄.
pub(in crate::mail) fn label_of(written: &str) -> Option<Label> {
    let written = bare(written);
    let written = written.trim_end_matches(['：', ':']);
    Label::ALL.into_iter().find(|label| label.chinese() == written)
}

impl Label {
    /// Reads 报, 送, 发, 另寄.
    pub fn parse(written: &str) -> Option<Label> {
        label_of(written)
    }
}

/// The records with their places.
fn records(file: FileId, text: &str) -> Vec<(Vec<String>, Span)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut records: Vec<(Vec<String>, Span)> = Vec::new();
    // The text is UTF-8 and rows may be of any length: no record can be wrong.
    for record in reader.records().flatten() {
        let start = record.position().map_or(0, csv::Position::byte) as usize;
        let start =
            start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let cells = record.iter().map(str::to_owned).collect();
        let span = Span { file, start: start as u32, end: start as u32 };
        records.push((cells, span));
    }
    let ends: Vec<u32> = records.iter().skip(1).map(|(_, span)| span.start).collect();
    for (index, (_, span)) in records.iter_mut().enumerate() {
        let end = ends.get(index).map_or(text.len(), |end| *end as usize);
        let row = text.get(span.start as usize..end).unwrap_or_default();
        span.end = span.start + row.trim_end().len() as u32;
    }
    records
}

/// What stands between the cells of the first line: a comma, a tab, a semicolon.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // The last of equals is taken: the comma.
    [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',')
}
