//! Findings for people: file, line and column, the line itself, a caret, what to do.

use annotate_snippets::renderer::{AnsiColor, DecorStyle, Effects, Style};
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::place::{Place, Texts};
use super::{Diagnostic, Severity, Source, Sources, limited};

/// Width that long lines of source are cut to around the caret.
const WIDTH: usize = 100;
/// Most characters that the caret underlines.
const LONGEST: usize = 36;
/// Bytes of a line before a place: of one that is longer only line and column are said. Nobody finds
/// a word in it by looking, and a page of it takes as long to show as a book.
const FAR: usize = 10_000;

impl Severity {
    /// 错误, 警告 or 提示.
    pub fn chinese(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Info => "提示",
        }
    }

    fn level(self) -> Level<'static> {
        match self {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        }
    }

    fn style(self) -> Style {
        let color = match self {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::BrightBlue,
        };
        color.on_default().effects(Effects::BOLD)
    }
}

/// Findings, one after the other, each with an empty line after it; not all of a long list, see
/// [`limited`]. Lines and columns count from 1, columns in characters.
pub fn render(sources: &Sources, findings: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }
        .term_width(WIDTH)
        .decor_style(DecorStyle::Ascii)
        .hyperlink(false);
    let mut out = String::new();
    let texts = Texts::new(sources);
    for finding in &limited(findings) {
        out.push_str(&renderer.render(&[group(&texts, finding, color)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(texts: &Texts<'a>, finding: &'a Diagnostic, color: bool) -> Group<'a> {
    let level = finding.severity.level();
    let mut group = Group::with_title(level.no_name().secondary_title(title(finding, color)));
    if let Some((source, span)) = finding.place(texts.sources()) {
        let place = texts.place(span);
        group = if place.start - place.line_start > FAR {
            let origin = Origin::path(source.name.as_str()).line(place.line);
            group.element(origin.char_column(place.column))
        } else {
            group.element(snippet(source, &place, finding.label.as_deref()))
        };
    }
    if let Some(help) = &finding.help {
        let help = format!("怎么改：{}", normalize_untrusted_str(help));
        group = group.element(Level::HELP.no_name().message(help));
    }
    group
}

/// 错误：…; annotate-snippets would put an ASCII colon.
fn title(finding: &Diagnostic, color: bool) -> String {
    let message = normalize_untrusted_str(&finding.message);
    let name = finding.severity.chinese();
    if color {
        let (style, bold) = (finding.severity.style(), Style::new().effects(Effects::BOLD));
        format!("{style}{name}{style:#}{bold}：{message}{bold:#}")
    } else {
        format!("{name}：{message}")
    }
}

fn snippet<'a>(
    source: &'a Source,
    place: &Place,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    // Only the first line of the place is handed over: a long file costs nothing, and of a place
    // that is a whole paragraph the beginning is enough.
    let mut line = &source.text[place.line_start..place.line_end];
    let (start, mut end) = (place.start - place.line_start, place.end - place.line_start);
    if let Some((cut, _)) = line[start..end].char_indices().nth(LONGEST) {
        end = start + cut;
    }
    if let Some((cut, _)) = line[end..].char_indices().nth(FAR) {
        line = &line[..end + cut];
    }
    Snippet::source(line)
        .line_start(place.line)
        .path(source.name.as_str())
        .annotation(AnnotationKind::Primary.span(start..end).label(label))
}
