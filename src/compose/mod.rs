//! `Issue` + `Layout` → [`Document`]: the structure of the issue as a tree, and in it every printed
//! word with its role, in reading order. Here, and only here, 155 becomes 第155期, and 一是 and
//! （Ⅲ-58城市精细化管理） come to be.
//!
//! Whoever comes after finds sections, items, points and joint offices in the tree, never in the
//! words.
//!
//! Nothing that an editor wrote is lost: what is printed is noted in a `ledger`, and what was
//! given but has no place in the layout is refused by name.

mod body;
mod colophon;
mod document;
mod head;
mod item;
mod ledger;
mod markup;
mod metadata;
mod name;
mod number;
mod paragraphs;
mod run;
mod slot;
mod tree;

use crate::diagnostic::{Code, Diagnostic, FileKind, Severity, Span};
use crate::issue::{Issue, Text};
use crate::layout::{Layout, Role};

pub use document::*;
pub use paragraphs::{Bookmark, Paragraph};
pub use run::Run;
pub use tree::*;

use ledger::Ledger;
pub use markup::{plain, title as plain_title};

/// Puts an issue into the words of a layout. The findings beside the document are warnings.
///
/// # Errors
/// Every field that the layout has no place for, emphasis marks that do not pair, an automatic
/// table of contents without anything to list. All of them together, in the order of the file.
pub fn compose(
    issue: &Issue,
    layout: &Layout,
) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut composer = Composer { issue, layout, ledger: Ledger::default(), findings: Vec::new() };
    let head = composer.head();
    let body = composer.body();
    let colophon = composer.colophon();
    let mut findings = composer.findings;
    findings.extend(composer.ledger.unprinted(issue, layout));
    findings.extend(paragraphs::paragraphs(&body).iter().filter_map(too_long));
    // One finding a place, in the order of the file.
    findings.sort_by_key(|finding| (finding.span, std::cmp::Reverse(finding.severity)));
    findings.dedup();
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(findings);
    }
    let metadata = metadata::metadata(issue);
    Ok((Document { metadata, head, body, colophon }, findings))
}

/// Longest paragraph, in characters: lines are broken for a whole one at once, at some 700 bytes a
/// character, so that this many stay below 500 MB. It would fill eight hundred pages.
const LONGEST: usize = 500_000;

/// A paragraph, of a round-up or of points that run on, that is too long.
fn too_long(paragraph: &Paragraph) -> Option<Diagnostic> {
    let length: usize = paragraph.runs.iter().map(|run| run.text.chars().count()).sum();
    if length <= LONGEST {
        return None;
    }
    let run = paragraph.runs.iter().find(|run| run.span.is_some())?;
    let message =
        format!("这里排成的一段有{}万字，一段最多{}万字", length / 10_000, LONGEST / 10_000);
    let finding = Diagnostic::error(Code::TooLong(FileKind::Issue), run.span?, message);
    Some(finding.with_help("把要点或单位条目分到几条信息里"))
}

/// What the parts of the composition share.
struct Composer<'a> {
    issue: &'a Issue,
    layout: &'a Layout,
    ledger: Ledger,
    findings: Vec<Diagnostic>,
}

impl Composer<'_> {
    /// The runs of a text that an editor wrote, marks of emphasis taken out.
    fn runs(&mut self, text: &Text, role: Role, field: &'static str) -> Vec<Run> {
        self.connected(&[(text, role)], field)
    }

    /// The runs of texts that follow each other directly: emphasis may reach from one into the
    /// next, for a point's first sentence is parted from the rest by the reader.
    fn connected(&mut self, texts: &[(&Text, Role)], field: &'static str) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut emphasis = false;
        for (text, role) in texts {
            self.ledger.printed(text.span, field);
            let pieces = markup::pieces(&text.value, emphasis);
            emphasis = pieces.open;
            let mut new_line = false;
            for (piece, emphasis) in pieces.list {
                let parts: Vec<&str> =
                    if role.has_bars() { markup::lines(piece).collect() } else { vec![piece] };
                for (index, part) in parts.into_iter().enumerate() {
                    new_line |= index > 0;
                    if !part.is_empty() {
                        runs.push(Run {
                            role: *role,
                            text: part.to_owned(),
                            span: Some(text.span),
                            field,
                            emphasis,
                            new_line: std::mem::take(&mut new_line),
                            link: None,
                        });
                    }
                }
            }
        }
        if emphasis && let Some((text, _)) = texts.last() {
            self.findings.push(
                Diagnostic::error(Code::IssueEmphasis, text.span, "强调记号“**”没有成对")
                    .with_help("在要强调的文字前后各写一个“**”，或删去多余的“**”"),
            );
        }
        runs
    }

    /// Texts with the layout's joiner between them, that after each its own.
    fn joined(&mut self, texts: &[Text], role: Role, field: &'static str) -> Vec<Vec<Run>> {
        let mut values = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let mut runs = self.runs(text, role, field);
            if index + 1 < texts.len() {
                runs.extend(generated(role, &self.layout.labels.joiner, field));
            }
            values.push(runs);
        }
        values
    }

    /// As [`Composer::wrapped`], around all of the values of a field.
    fn all_wrapped(
        &mut self,
        role: Role,
        mut values: Vec<Vec<Run>>,
        field: &'static str,
    ) -> Vec<Vec<Run>> {
        let lengths: Vec<usize> = values.iter().map(Vec::len).collect();
        let all: Vec<Run> = values.iter().flatten().cloned().collect();
        let whole = all.len();
        let mut all = self.wrapped(role, all, field).into_iter();
        // What is set around them goes to the first and to the last.
        let before = usize::from(all.len() > whole && !self.layout.style(role).before.is_empty());
        let last = values.len().saturating_sub(1);
        for (index, (value, length)) in values.iter_mut().zip(lengths).enumerate() {
            let length = length + if index == 0 { before } else { 0 };
            value.clear();
            value.extend(all.by_ref().take(if index == last { usize::MAX } else { length }));
        }
        values
    }

    /// Sets what the style prints before and after around a text, unless the editor wrote it.
    fn wrapped(&mut self, role: Role, runs: Vec<Run>, field: &'static str) -> Vec<Run> {
        let style = self.layout.style(role);
        let (before, after) = (style.before.as_str(), style.after.as_str());
        if runs.is_empty() || before.is_empty() && after.is_empty() {
            return runs;
        }
        if let Some(run) = runs.iter().find(|run| run.span.is_some())
            && encloses(before, after, &said(&runs))
        {
            let message = format!("“{before}{after}”由版式加上，不必写");
            let help = match (before, after) {
                (_, "") => format!("删去开头的“{before}”即可"),
                ("", _) => format!("删去末尾的“{after}”即可"),
                _ => format!("只写“{before}{after}”里的文字即可"),
            };
            self.inform(Code::IssuePrintedByLayout, run.span, message, help);
            return runs;
        }
        let mut wrapped = generated(role, before, field);
        wrapped.extend(runs);
        wrapped.extend(generated(role, after, field));
        wrapped
    }

    /// Whether white is set after a run-in text of this role: one ideographic space, which the page
    /// sets as wide as the style says.
    fn has_gap(&self, role: Role) -> bool {
        self.layout.style(role).gap > 0
    }

    fn inform(&mut self, code: Code, span: Option<Span>, message: String, help: String) {
        let finding = Diagnostic::general(code, message).with_help(help);
        self.findings.push(Diagnostic { severity: Severity::Info, span, ..finding });
    }
}

/// The text of runs.
fn said(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The values of a field as nodes: one as it is, several as a list. How the first stands is told;
/// the others go on after it.
fn values(id: &Id, role: Role, values: Vec<Vec<Run>>, stand: Stand) -> Option<Node> {
    let several = values.len() > 1;
    let nodes = values.into_iter().enumerate().map(|(index, runs)| {
        let stand = if index == 0 { stand } else { Stand::With };
        Node::words(id.at(index), role, runs).standing(stand)
    });
    let mut nodes: Vec<Node> = nodes.filter(|node| !node.runs().is_empty()).collect();
    match several {
        true => Some(Node::group(id.clone(), Kind::List, nodes)),
        false => nodes.pop(),
    }
}

/// Whether a text already begins and ends with these signs, as a pair around the whole of it:
/// （城子街道）, but not （一）城子街道（二）.
fn encloses(before: &str, after: &str, text: &str) -> bool {
    let Some(rest) = text.strip_prefix(before) else { return false };
    let Some(inner) = rest.strip_suffix(after) else { return false };
    let mut depth = 0;
    let closes_within = |c: char| {
        let sign = c.to_string();
        depth += i32::from(sign == before) - i32::from(sign == after);
        depth < 0
    };
    before == after || !inner.chars().any(closes_within)
}

/// Words that the program adds: one run, or none when there are no words.
fn generated(role: Role, text: &str, field: &'static str) -> Vec<Run> {
    if text.is_empty() {
        return Vec::new();
    }
    let text = text.to_owned();
    vec![Run { role, text, span: None, field, emphasis: false, new_line: false, link: None }]
}

/// Spreads a text of two Han characters by an ideographic space when the style asks: 简　讯.
fn spread(layout: &Layout, role: Role, runs: &mut [Run]) {
    let [run] = runs else { return };
    let mut characters = run.text.chars();
    if let (true, Some(first), Some(second), None) =
        (layout.style(role).spread_two, characters.next(), characters.next(), characters.next())
        && is_han(first)
        && is_han(second)
    {
        run.text = format!("{first}\u{3000}{second}");
    }
}

/// Whether a character is an ideograph (the blocks of CJK ideographs, and 〇).
fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_the_editor_wrote_are_seen() {
        assert!(encloses("（", "）", "（城子街道）"));
        assert!(encloses("（", "）", "（社区（村））"));
        assert!(!encloses("（", "）", "（一）城子街道（二）"));
        assert!(!encloses("（", "）", "城子街道"));
        assert!(encloses("——", "", "——工作综述"));
        assert!(!encloses("——", "", "工作综述"));
    }
}
