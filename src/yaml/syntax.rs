//! Syntax errors in the editor's words.
//!
//! The parser says what it expected; an editor wants to know what to retype. So the line is looked
//! at for the slips that editors of Chinese make: full-width colons, tabs, quotes around a part of
//! a text, signs that mean something to YAML at the start of a text.

use granit_parser::{ErrorKind as E, ScanError};

use crate::diagnostic::{Code, Diagnostic, FileId, Span};

/// The one diagnostic for a syntax error. `offset` is what was cut off the text before parsing.
pub(super) fn explain(error: &ScanError, file: FileId, text: &str, offset: u32) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0) + offset as usize;
    let at = floor_char(text, at.min(text.len()));
    let (code, message, help) = words(error.kind());
    let span = Span { file, start: at as u32, end: next_char(text, at) as u32 };
    if let E::UnexpectedCharacter { character } = error.kind()
        && (character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}'))
    {
        let message = format!("含有看不见的控制字符 U+{:04X}", *character as u32);
        return Diagnostic::error(Code::YamlCharacter, span, message)
            .with_help("删去这个字符，重新输入这一处");
    }
    if let Some((code, span, message, help)) = slip(text, at, file) {
        return Diagnostic::error(code, span, message).with_help(help);
    }
    match error.kind() {
        E::InvalidTrailingDoubleQuotedScalar => {
            if let Some(start) = unpaired_quote(&text[..at]) {
                let span = Span { file, start: start as u32, end: start as u32 + 1 };
                return Diagnostic::error(Code::YamlQuotes, span, "这里的引号没有配对")
                    .with_help(UNPAIRED);
            }
        }
        E::MappingValueNotAllowed => {
            if let Some(start) = lone_key(text, at) {
                let span = Span { file, start: start as u32, end: at as u32 };
                return Diagnostic::error(Code::YamlIndentation, span, "这一行的缩进不对")
                    .with_help(
                        "与上一行比一比：同一层的各项左边对齐，下一层多空两格，用空格不用制表符",
                    );
            }
        }
        _ => {}
    }
    if message == MISPLACED
        && let Some((start, sign)) = sign_before(text, at)
    {
        let span = Span { file, start: start as u32, end: start as u32 + 1 };
        return Diagnostic::error(Code::YamlSign, span, format!("以“{sign}”开头的文字要加引号"))
            .with_help(format!("YAML 把开头的“{sign}”当作记号；请给整段文字加上一对单引号：'…'"));
    }
    Diagnostic::error(code, span, message).with_help(help)
}

/// What is said when nothing better is known.
const MISPLACED: &str = "缩进或写法不对";

/// The sign at which the text on the line of the error begins, and that means something to YAML:
/// `文字: [重点] 工作推进会`.
fn sign_before(text: &str, at: usize) -> Option<(usize, char)> {
    let start = line_start(text, at);
    let line = text[start..].lines().next().unwrap_or("");
    let mut value = line.trim_start();
    while let Some(rest) = value.strip_prefix("- ") {
        value = rest.trim_start();
    }
    let sign = |text: &str| text.chars().next().filter(|c| "[{*&!|>".contains(*c));
    if sign(value).is_none() {
        value = value.split_once(": ")?.1.trim_start();
    }
    let place = start + line.len() - value.len();
    sign(value).filter(|_| place <= at).map(|sign| (place, sign))
}

const UNPAIRED: &str = "给这段文字补上后一个引号，或删去前一个";

/// The quotation mark that a later line closed, where a text follows that close: most likely the
/// one that was left open.
fn unpaired_quote(before: &str) -> Option<usize> {
    let close = before.rfind('"')?;
    let open = before[..close].rfind('"')?;
    before[open..close].contains('\n').then_some(open)
}

/// The start of the key whose colon at `at` came as a surprise, when it is the first of its line:
/// then not the line is wrong but how far it is indented.
fn lone_key(text: &str, at: usize) -> Option<usize> {
    let start = line_start(text, at);
    let before = &text[start..at];
    let key = before.trim_start_matches([' ', '-']);
    let wanted = start > 0 && !key.is_empty() && text[at..].starts_with(':');
    (wanted && !key.contains([':', ' ', '"', '\''])).then_some(at - key.len())
}

/// What the parser says.
fn words(kind: &E) -> (Code, &'static str, &'static str) {
    match kind {
        E::UnclosedQuotedScalar => (Code::YamlQuotes, "引号没有配对", UNPAIRED),
        E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar => (
            Code::YamlQuotes,
            "引号之后还有文字",
            "文字里的引号请用中文引号“ ”；确要用半角引号时，给整段文字加上一对单引号：'…'",
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogate
        | E::InvalidLowSurrogateHexEscape
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => {
            (Code::YamlQuotes, "双引号里的“\\”有特别的意思", "改用单引号：'…'，或写成两个“\\\\”")
        }
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowSequenceSeparator
        | E::ExpectedFlowMappingSeparator => (
            Code::YamlBrackets,
            "方括号或花括号没有配对，或其中少了逗号",
            "列表写成 [甲, 乙]，用半角逗号隔开；文字以“[”“{”开头时，给整段加上引号",
        ),
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => (
            Code::YamlBrackets,
            "多了一个括号，或括号不配对",
            "删去多余的括号，或给整段文字加上引号",
        ),
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => {
            (Code::YamlIndentation, "这里不能用制表符（Tab）", "缩进请用空格，每层两个")
        }
        E::MappingValueNotAllowed
        | E::InvalidColonPlacement
        | E::InvalidMappingValueWhitespace
        | E::SimpleKeyExpected
        | E::InvalidSimpleKey
        | E::MappingKeyNotAllowed => (
            Code::YamlSyntax,
            "这一行的写法不对",
            "每一项写成“键: 值”，冒号用半角、后面空一格；列表每条以“- ”开头；文字里有“: ”时，给整段加上引号",
        ),
        E::UnexpectedCharacter { .. } | E::PlainScalarStartsWithDashFlowIndicator => {
            (Code::YamlSign, "文字不能以这个符号开头", "给整段文字加上一对单引号：'…'")
        }
        E::CommentNotSeparated | E::CommentInterceptedScalar => (
            Code::YamlComment,
            "“#”会被当作注释",
            "文字里有“#”时，给整段加上引号；注释的“#”前面要空一格",
        ),
        E::RecursionLimitExceeded => (Code::YamlTooLarge, "嵌套太深", "请检查缩进和括号"),
        E::BlockSequenceEntryNotAllowed
        | E::BlockEntryInFlowCollection
        | E::InvalidBlockEntryWhitespace => {
            (Code::YamlDash, "“-”的位置不对", "列表每条另起一行，以“- ”开头，各条左边对齐")
        }
        E::DirectiveDisallowed
        | E::ExpectedDocumentStart
        | E::MissingDirectiveName
        | E::InvalidDirectiveName
        | E::InvalidDocumentEnd => (
            Code::YamlSyntax,
            "这一行的写法不对",
            "以“%”开头的文字要加引号；不要用单独成行的“---”或“...”",
        ),
        _ => (
            Code::YamlSyntax,
            MISPLACED,
            "同一层的各项左边要对齐，下一层多空两格；每一项写成“键: 值”，列表每条以“- ”开头",
        ),
    }
}

/// A slip that explains the error better: looked for on the line of the error, then on the last
/// line with text before it, where the parser's attention often was already past.
fn slip(text: &str, at: usize, file: FileId) -> Option<(Code, Span, String, &'static str)> {
    let start = line_start(text, at);
    let mut starts = vec![start];
    let mut above = start;
    while above > 0 {
        above = line_start(text, above - 1);
        if !text[above..].lines().next().unwrap_or("").trim().is_empty() {
            starts.push(above);
            break;
        }
    }
    starts.into_iter().find_map(|start| {
        let line = text[start..].lines().next().unwrap_or("");
        let (code, range, message, help) = slip_in(line)?;
        let span =
            Span { file, start: (start + range.start) as u32, end: (start + range.end) as u32 };
        Some((code, span, message, help))
    })
}

type Slip = (Code, std::ops::Range<usize>, String, &'static str);

fn slip_in(line: &str) -> Option<Slip> {
    let body = line.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
    let indent = &line[..line.len() - body.len()];
    if let Some((at, c)) = indent.char_indices().find(|(_, c)| *c != ' ') {
        let name = match c {
            '\t' => "制表符（Tab）",
            _ => "全角空格",
        };
        return Some((
            Code::YamlIndentation,
            at..at + c.len_utf8(),
            format!("缩进里有{name}"),
            "缩进请用半角空格，每层两个",
        ));
    }
    let (body, skipped) = match body.strip_prefix("- ") {
        Some(rest) => (rest.trim_start(), line.len() - rest.trim_start().len()),
        None => (body, indent.len()),
    };
    if let Some(first @ ('－' | '—' | '–')) = body.chars().next()
        && (first == '－' || body[first.len_utf8()..].starts_with(' '))
    {
        return Some((
            Code::YamlDash,
            skipped..skipped + first.len_utf8(),
            format!("列表的横线应为半角“-”，这里是“{first}”"),
            "切换到英文输入法，改成“- ”",
        ));
    }
    if let Some(rest) = body.strip_prefix('-')
        && rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '《' | '【'))
    {
        let message = "“-”后面少一个空格".to_owned();
        return Some((
            Code::YamlDash,
            skipped..skipped + 1,
            message,
            "列表每条以“- ”开头：横线后空一格",
        ));
    }
    let quoted = body.starts_with(['"', '\'', '[', '{', '#']);
    if quoted || body.contains(": ") || body.ends_with(':') {
        return None;
    }
    // 标题：文字, or 标题:文字 without the space.
    let short = body.char_indices().take(12).find(|(_, c)| matches!(c, '：' | ':'))?;
    let (at, c) = short;
    let key = &body[..at];
    if key.is_empty() || key.contains([' ', '，', '。', '“']) {
        return None;
    }
    let range = skipped + at..skipped + at + c.len_utf8();
    Some(if c == '：' {
        (
            Code::YamlColon,
            range,
            format!("“{key}”后面的冒号是全角的"),
            "改成半角冒号，后面空一格：“键: 值”",
        )
    } else {
        (
            Code::YamlColon,
            range,
            format!("“{key}:”后面少一个空格"),
            "半角冒号后面要空一格：“键: 值”",
        )
    })
}

/// The slip in a text that should have been a mapping, as help.
pub(super) fn slip_help(text: &str) -> Option<&'static str> {
    slip_in(text.lines().next().unwrap_or("")).map(|(_, _, _, help)| help)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn floor_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn next_char(text: &str, at: usize) -> usize {
    match text[at..].chars().next() {
        Some(c) if c != '\n' && c != '\r' => at + c.len_utf8(),
        _ => at,
    }
}
