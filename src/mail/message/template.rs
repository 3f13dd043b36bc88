//! Templates of an office: `{刊名}{期次}（{日期}）`.

use crate::diagnostic::Code;
use crate::mail::Wrong;
use crate::yaml::nearest;

/// What can stand in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// 门头沟区创建全国文明城市工作快报第155期.
    Title,
    /// 门头沟区创建全国文明城市工作快报.
    Bulletin,
    /// 155.
    Number,
    /// 第155期.
    Issue,
    /// 2019年3月14日.
    Date,
    /// The list of items.
    Items,
    /// How the recipient is addressed.
    Greeting,
    /// The issuing offices.
    Office,
    /// The names of the attached files.
    Files,
    /// The mail addresses printed at the foot.
    Contact,
    /// Why this corrects the revision before it; empty when it does not.
    Reason,
}

impl Field {
    /// Every field with its names, the Chinese one first.
    const NAMES: [(Field, &'static str, &'static str); 11] = [
        (Field::Title, "标题", "title"),
        (Field::Bulletin, "刊名", "bulletin"),
        (Field::Number, "期号", "number"),
        (Field::Issue, "期次", "issue"),
        (Field::Date, "日期", "date"),
        (Field::Items, "条目", "items"),
        (Field::Greeting, "称呼", "greeting"),
        (Field::Office, "单位", "office"),
        (Field::Files, "附件", "files"),
        (Field::Contact, "联系方式", "contact"),
        (Field::Reason, "更正原因", "reason"),
    ];
}

/// A template, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Field(Field),
}

/// What is wrong with a template, and the words of it that are meant.
pub(super) struct Slip {
    pub(super) wrong: Wrong,
    pub(super) words: String,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Every unknown field and stray brace.
    pub(super) fn parse(text: &str) -> Result<Template, Vec<Slip>> {
        let mut parts = Vec::new();
        let mut slips = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            if at > 0 {
                parts.push(Part::Words(rest[..at].to_owned()));
            }
            let inside = &rest[at + 1..];
            let end = inside.find(['{', '}', '\n']).filter(|end| inside[*end..].starts_with('}'));
            match (rest[at..].starts_with('{'), end) {
                (true, Some(end)) => {
                    match field(&inside[..end]) {
                        Ok(field) => parts.push(Part::Field(field)),
                        Err(wrong) => {
                            slips.push(Slip { wrong, words: rest[at..at + end + 2].to_owned() });
                        }
                    }
                    rest = &inside[end + 1..];
                }
                (opens, _) => {
                    let (found, wanted) = if opens { ("{", "}") } else { ("}", "{") };
                    let message = format!("“{found}”没有对应的“{wanted}”");
                    let help = "字段写在一对花括号里，如“{期号}”".to_owned();
                    // Enough of what follows to find the one that is meant.
                    let end = inside.find(['{', '}', '\n']).unwrap_or(inside.len());
                    let words = rest[at..=at + end].to_owned();
                    slips.push(Slip {
                        wrong: Wrong { code: Code::MailTemplate, message, help },
                        words,
                    });
                    rest = inside;
                }
            }
        }
        if !rest.is_empty() {
            parts.push(Part::Words(rest.to_owned()));
        }
        if slips.is_empty() { Ok(Template { parts }) } else { Err(slips) }
    }

    /// Puts the words in their places.
    pub(super) fn fill(&self, word: impl Fn(Field) -> String) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Field(field) => word(*field),
        });
        parts.collect()
    }

    /// Whether it asks for a field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.parts.contains(&Part::Field(field))
    }
}

fn field(written: &str) -> Result<Field, Wrong> {
    let name = written.trim();
    let found = Field::NAMES.iter().find(|(_, chinese, key)| name == *chinese || name == *key);
    if let Some((field, _, _)) = found {
        return Ok(*field);
    }
    let names = Field::NAMES.iter().flat_map(|(_, chinese, key)| [*chinese, *key]);
    let help = match nearest(name, names) {
        Some(near) => format!("是否应为“{{{near}}}”？"),
        None => {
            let names: Vec<String> =
                Field::NAMES.iter().map(|(_, chinese, _)| format!("{{{chinese}}}")).collect();
            format!("可用的有：{}", names.join("、"))
        }
    };
    Wrong::new(Code::MailTemplate, format!("没有“{{{name}}}”这个字段"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_in_their_places() {
        let template = Template::parse("《{刊名}》第{ number }期").ok().unwrap();
        let filled = template.fill(|field| match field {
            Field::Bulletin => "快报".to_owned(),
            Field::Number => "7".to_owned(),
            _ => unreachable!(),
        });
        assert_eq!(filled, "《快报》第7期");
        assert!(template.has(Field::Number) && !template.has(Field::Items));
    }

    #[test]
    fn every_slip_is_found_with_its_words() {
        let slips = Template::parse("{期好}、{page}、{期号\n}").err().unwrap();
        let found: Vec<(&str, &str, &str)> = slips
            .iter()
            .map(|s| (s.words.as_str(), s.wrong.message.as_str(), s.wrong.help.as_str()))
            .collect();
        assert_eq!(found[0], ("{期好}", "没有“{期好}”这个字段", "是否应为“{期号}”？"));
        assert!(found[1].2.starts_with("可用的有：{标题}、{刊名}"), "{found:?}");
        assert_eq!((found[2].0, found[2].1), ("{期号", "“{”没有对应的“}”"));
        assert_eq!((found[3].0, found[3].1), ("}", "“}”没有对应的“{”"));
    }

    #[test]
    fn every_field_has_names_of_its_own() {
        let mut names: Vec<&str> = Field::NAMES.iter().flat_map(|(_, a, b)| [*a, *b]).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 2 * Field::NAMES.len());
    }
}
