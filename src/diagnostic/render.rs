//! Findings for people: file, line and column, the line itself, a caret, what to do.

use annotate_snippets::renderer::{AnsiColor, DecorStyle, Effects, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::foreign::{harmless, shown};
use super::place::{Place, Texts};
use super::{Diagnostic, Lines, Severity, Source, Sources, limited};

/// Width that long lines of source are cut to around the caret.
const WIDTH: usize = 100;
/// Most characters that the caret underlines.
const LONGEST: usize = 36;
/// Most characters of a line that are handed over on each side of the place: more than are shown.
const AROUND: usize = 300;
/// Stands for the name of the file until it is rendered; a noncharacter, so in no text that is
/// harmless.
const NAME: &str = "\u{fdd0}";

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
/// [`limited`]. Lines and columns count from 1, columns in characters. All that is foreign in them
/// is harmless.
pub fn render(sources: &Sources, findings: &[Diagnostic], color: bool) -> Lines {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }
        .term_width(WIDTH)
        .decor_style(DecorStyle::Ascii)
        .hyperlink(false);
    let mut out = String::new();
    let texts = Texts::new(sources);
    for finding in &limited(findings) {
        let rendered = renderer.render(&[group(&texts, finding, color)]);
        match finding.place(sources) {
            Some((source, span)) => {
                out.push_str(&named(&rendered, source, &texts.place(span)));
            }
            None => out.push_str(&rendered),
        }
        out.push_str("\n\n");
    }
    Lines::ours(out)
}

/// Puts the name, line and column in: of the line as it was written, not as it is shown.
fn named(rendered: &str, source: &Source, place: &Place) -> String {
    let Some((before, after)) = rendered.split_once(NAME) else { return rendered.to_owned() };
    let column = source.text[place.line_start..place.start].chars().count() + 1;
    let after = after.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    format!("{before}{}:{}:{column}{after}", harmless(&source.name), place.line)
}

fn group<'a>(texts: &Texts<'a>, finding: &'a Diagnostic, color: bool) -> Group<'a> {
    let level = finding.severity.level();
    let sources = texts.sources();
    let mut group =
        Group::with_title(level.no_name().secondary_title(title(sources, finding, color)));
    if let Some((source, span)) = finding.place(sources) {
        let place = texts.place(span);
        group = if sources.is_hidden(span.file, &source.text, &place) {
            let origin = Origin::path(NAME).line(place.line);
            let note = "这一行可能有密码，不显示";
            group
                .element(origin.char_column(place.column))
                .element(Level::NOTE.no_name().message(note))
        } else {
            let label = finding.label.as_ref().map(|label| sources.masked(label));
            group.element(snippet(source, &place, label))
        };
    }
    if let Some(help) = &finding.help {
        let help = sources.masked(help);
        let help = if finding.example { help.into() } else { harmless(&help) };
        group = group.element(Level::HELP.no_name().message(format!("怎么改：{help}")));
    }
    group
}

/// 错误：…; annotate-snippets would put an ASCII colon.
fn title(sources: &Sources, finding: &Diagnostic, color: bool) -> String {
    let message = sources.masked(&finding.message);
    let message = harmless(&message);
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
    label: Option<String>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    // Only the first line of the place is handed over: a long file costs nothing, and of a place
    // that is a whole paragraph the beginning is enough.
    let line = &source.text[place.line_start..place.line_end];
    let (start, mut end) = (place.start - place.line_start, place.end - place.line_start);
    if let Some((cut, _)) = line[start..end].char_indices().nth(LONGEST) {
        end = start + cut;
    }
    let from = line[..start].char_indices().nth_back(AROUND - 1).map_or(0, |(at, _)| at);
    let to = line[end..].char_indices().nth(AROUND).map_or(line.len(), |(at, _)| end + at);
    // A tab is shown as four spaces, which the renderer knows how to count.
    let parts = [from..start, start..end, end..to].map(|part| shown(&line[part], "\t"));
    let (start, end) = (parts[0].len(), parts[0].len() + parts[1].len());
    Snippet::source(parts.concat()).line_start(place.line).path(NAME).annotation(
        AnnotationKind::Primary
            .span(start..end)
            .label(label.map(|label| harmless(&label).into_owned())),
    )
}
