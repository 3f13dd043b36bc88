//! Templates: `[〔{year}〕]第{number}期[（总第{total}期）]`. Braces name fields; what stands in
//! square brackets falls away when the issue lacks a field in it.

use super::units::Wrong;
use super::{Field, Template, TemplatePart};
use crate::yaml::nearest;

/// Most optional parts: each doubles the templates.
const MAX_OPTIONAL: usize = 4;

fn wrong<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { message: message.into(), help: help.into() })
}

/// A stretch of a template: always printed, or only with its fields.
struct Piece {
    optional: bool,
    parts: Vec<TemplatePart>,
}

/// Reads a template; the forms that its optional parts allow, the one with most of them first.
pub(super) fn parse_optional(text: &str, allowed: &[Field]) -> Result<Vec<Template>, Wrong> {
    let pieces = pieces(text, allowed)?;
    let optional = pieces.iter().filter(|piece| piece.optional).count();
    let mut choices: Vec<u32> = (0..1 << optional).collect();
    // Most parts first, of equal numbers the one that keeps the earlier part; the sort is stable.
    choices.sort_by_key(|choice: &u32| (std::cmp::Reverse(choice.count_ones()), *choice));
    let forms = choices.into_iter().map(|choice| {
        let mut bit = 0;
        let mut parts: Vec<TemplatePart> = Vec::new();
        for piece in &pieces {
            let kept = !piece.optional || choice & (1 << bit) != 0;
            bit += u32::from(piece.optional);
            if kept {
                parts.extend(piece.parts.iter().cloned());
            }
        }
        Template { parts: merged(parts) }
    });
    Ok(forms.filter(|template| !template.parts.is_empty()).collect())
}

/// Reads a template that has no optional parts.
pub(super) fn parse(text: &str, allowed: &[Field]) -> Result<Template, Wrong> {
    if text.contains(['[', ']']) {
        return wrong("这里不能用方括号", "删去“[”和“]”，需要括号时用全角的");
    }
    let pieces = pieces(text, allowed)?;
    Ok(Template { parts: pieces.into_iter().flat_map(|piece| piece.parts).collect() })
}

/// Words that come to stand beside each other are one stretch of words.
fn merged(parts: Vec<TemplatePart>) -> Vec<TemplatePart> {
    let mut out: Vec<TemplatePart> = Vec::new();
    for part in parts {
        match (out.last_mut(), part) {
            (Some(TemplatePart::Words(before)), TemplatePart::Words(words)) => {
                before.push_str(&words);
            }
            (_, part) => out.push(part),
        }
    }
    out
}

fn pieces(text: &str, allowed: &[Field]) -> Result<Vec<Piece>, Wrong> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', ']']) {
        if !rest[at..].starts_with('[') {
            return wrong("“]”前面没有“[”", "可省的部分写在一对方括号里");
        }
        push(&mut pieces, false, &rest[..at], allowed)?;
        let Some(end) = rest[at..].find(']') else {
            return wrong("“[”没有对应的“]”", "可省的部分写在一对方括号里");
        };
        let inside = &rest[at + 1..at + end];
        if inside.contains('[') {
            return wrong("方括号不能套用", "可省的部分写在一对方括号里，里面不再分");
        }
        if !inside.contains('{') {
            return wrong(
                format!("可省的部分“[{inside}]”里没有字段"),
                "方括号里要有“{…}”；需要括号本身时用全角的“〔〕”或“（）”",
            );
        }
        push(&mut pieces, true, inside, allowed)?;
        rest = &rest[at + end + 1..];
    }
    push(&mut pieces, false, rest, allowed)?;
    if pieces.iter().filter(|piece| piece.optional).count() > MAX_OPTIONAL {
        return wrong(format!("可省的部分多于{MAX_OPTIONAL}个"), "分成几条写成列表");
    }
    Ok(pieces)
}

fn push(
    pieces: &mut Vec<Piece>,
    optional: bool,
    text: &str,
    allowed: &[Field],
) -> Result<(), Wrong> {
    let parts = parts(text, allowed)?;
    if !parts.is_empty() {
        pieces.push(Piece { optional, parts });
    }
    Ok(())
}

fn parts(text: &str, allowed: &[Field]) -> Result<Vec<TemplatePart>, Wrong> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if !rest[at..].starts_with('{') {
            return wrong("“}”前面没有“{”", "字段写在一对花括号里，如“{number}”");
        }
        if at > 0 {
            parts.push(TemplatePart::Words(rest[..at].to_owned()));
        }
        let Some(end) = rest[at..].find('}') else {
            return wrong("“{”没有对应的“}”", "字段写在一对花括号里，如“{number}”");
        };
        parts.push(TemplatePart::Field(field(&rest[at + 1..at + end], allowed)?));
        rest = &rest[at + end + 1..];
    }
    if !rest.is_empty() {
        parts.push(TemplatePart::Words(rest.to_owned()));
    }
    Ok(parts)
}

fn field(name: &str, allowed: &[Field]) -> Result<Field, Wrong> {
    let name = name.trim();
    let list = || {
        let names: Vec<String> = allowed
            .iter()
            .map(|field| format!("{{{}}}（{}）", field.key(), field.chinese()))
            .collect();
        format!("可用的有：{}", names.join("、"))
    };
    match Field::from_key(name) {
        Some(field) if allowed.contains(&field) => Ok(field),
        Some(field) => {
            wrong(format!("字段“{{{name}}}”（{}）不能用在这里", field.chinese()), list())
        }
        None => {
            // An editor may have written the Chinese name.
            let meant = allowed
                .iter()
                .find(|field| field.chinese() == name)
                .map(|field| field.key())
                .or_else(|| nearest(name, allowed.iter().map(|field| field.key())));
            let help = meant.map_or_else(list, |key| format!("是否应为“{{{key}}}”？"));
            wrong(format!("没有“{{{name}}}”这个字段"), help)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: &[Field] = &[Field::Number, Field::Total, Field::Year];

    fn shown(template: &Template) -> String {
        let parts = template.parts.iter().map(|part| match part {
            TemplatePart::Words(words) => words.clone(),
            TemplatePart::Field(field) => format!("{{{}}}", field.key()),
        });
        parts.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn optional_parts_are_tried_from_most_to_fewest() {
        let forms = parse_optional("[〔{year}〕]第{number}期[（总第{total}期）]", ALLOWED).unwrap();
        let forms: Vec<String> = forms.iter().map(shown).collect();
        assert_eq!(
            forms,
            [
                "〔|{year}|〕第|{number}|期（总第|{total}|期）",
                "〔|{year}|〕第|{number}|期",
                "第|{number}|期（总第|{total}|期）",
                "第|{number}|期",
            ]
        );
    }

    #[test]
    fn a_template_of_nothing_but_an_optional_part_may_be_empty() {
        assert_eq!(parse_optional("[第{number}期]", ALLOWED).unwrap().len(), 1);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, message, help) in [
            ("第{numbr}期", "没有“{numbr}”这个字段", "是否应为“{number}”？"),
            ("第{期号}期", "没有“{期号}”这个字段", "是否应为“{number}”？"),
            ("{page}", "字段“{page}”（页码）不能用在这里", "可用的有：{number}（期号）"),
            ("第{number期", "“{”没有对应的“}”", ""),
            ("第number}期", "“}”前面没有“{”", ""),
            ("[第{number}期", "“[”没有对应的“]”", ""),
            ("第{number}期]", "“]”前面没有“[”", ""),
            ("[2019]第{number}期", "可省的部分“[2019]”里没有字段", "方括号里要有"),
            ("[[{year}]]", "方括号不能套用", ""),
            ("[{year}][{year}][{year}][{year}][{year}]", "可省的部分多于4个", ""),
        ] {
            let error = parse_optional(text, ALLOWED).unwrap_err();
            assert_eq!(error.message, message);
            assert!(error.help.starts_with(help), "{}", error.help);
        }
        assert!(parse("[{year}]", ALLOWED).is_err());
    }
}
