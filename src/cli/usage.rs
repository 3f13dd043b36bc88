//! Help, version and errors of usage: clap's findings in the user's language.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Color;
use super::terminal::Terminal;
use super::{Exit, args};
use crate::diagnostic::Lines;
use crate::yaml::nearest;

/// Shows what clap has to say.
pub(super) fn show(error: &clap::Error) -> Exit {
    let terminal = Terminal::new(Color::Auto);
    let help = |color| match color {
        true => Lines::ours(error.render().ansi().to_string()),
        false => Lines::ours(error.render().to_string()),
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            terminal.say(&help(terminal.says_in_color()));
            Exit::Done
        }
        // Nothing was asked for: the help tells what can be.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal.warn(&help(terminal.color()));
            Exit::Usage
        }
        _ => {
            terminal.warn(&text(error));
            Exit::Usage
        }
    }
}

fn text(error: &clap::Error) -> Lines {
    let mut text = Lines::new();
    text.line(&format!("用法有错：{}", message(error)));
    let elsewhere = elsewhere(error);
    if !elsewhere.is_empty() {
        text.line(&format!("  是否应为“{}”？", elsewhere.join("”“")));
    }
    for (kind, intro) in [
        (ContextKind::SuggestedSubcommand, "是否应为"),
        (ContextKind::SuggestedArg, "是否应为"),
        (ContextKind::SuggestedValue, "是否应为"),
    ] {
        let mut words = list(error, kind);
        words.retain(|word| elsewhere.is_empty() && is_near(&written(error), word));
        if !words.is_empty() {
            text.line(&format!("  {intro}“{}”？", words.join("”“")));
        }
    }
    text.line("“hongtou --help”显示用法，“hongtou 命令 --help”显示该命令的用法。");
    text
}

/// The commands that have a command of this name: `stats` is `hongtou archive stats`.
fn elsewhere(error: &clap::Error) -> Vec<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return Vec::new();
    }
    let written = written(error);
    let top = args::Arguments::command();
    let homes = top.get_subcommands().filter(|home| home.find_subcommand(&written).is_some());
    homes.map(|home| format!("hongtou {} {written}", home.get_name())).collect()
}

/// What was written where something else may have been meant.
fn written(error: &clap::Error) -> String {
    let kinds =
        [ContextKind::InvalidSubcommand, ContextKind::InvalidValue, ContextKind::InvalidArg];
    kinds.into_iter().find_map(|kind| list(error, kind).pop()).unwrap_or_default()
}

/// Whether a suggestion is worth making: a slip or a beginning, not any word that is a little like
/// it.
fn is_near(written: &str, suggested: &str) -> bool {
    let bare = |word: &str| word.trim_start_matches('-').to_ascii_lowercase();
    let (written, suggested) = (bare(written), bare(suggested));
    let begins = written.chars().next() == suggested.chars().next();
    suggested.starts_with(&written) || begins && nearest(&written, [suggested.as_str()]).is_some()
}

fn message(error: &clap::Error) -> String {
    let argument = list(error, ContextKind::InvalidArg).join("、");
    let value = list(error, ContextKind::InvalidValue).join("、");
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面没有写值"),
        ErrorKind::InvalidValue => {
            let valid = list(error, ContextKind::ValidValue).join("、");
            format!("“{argument}”不能是“{value}”，可用的有：{valid}")
        }
        ErrorKind::ValueValidation => match std::error::Error::source(error) {
            Some(hint) => {
                format!("“{argument}”不能是“{value}”：{}", in_chinese(&hint.to_string()))
            }
            None => format!("“{argument}”不能是“{value}”"),
        },
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("没有“{argument}”这个选项")
        }
        ErrorKind::UnknownArgument => format!("多写了“{argument}”"),
        ErrorKind::InvalidSubcommand => {
            let command = list(error, ContextKind::InvalidSubcommand).join("");
            format!("没有“{command}”这个命令")
        }
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少{argument}"),
        ErrorKind::ArgumentConflict => {
            let prior = list(error, ContextKind::PriorArg).join("、");
            let more = list(error, ContextKind::InvalidSubcommand).join("");
            if !more.is_empty() {
                // Behind a file clap looks for a command, which would have to come first.
                format!("“{prior}”后面多写了“{more}”；一次只写一个，命令写在最前面")
            } else if prior == argument || prior.is_empty() {
                format!("“{argument}”只能写一次")
            } else {
                format!("“{argument}”和“{prior}”不能一起用")
            }
        }
        ErrorKind::TooManyValues => format!("“{argument}”后面多写了“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”后面值的个数不对")
        }
        ErrorKind::NoEquals => format!("“{argument}”和值之间要用等号"),
        ErrorKind::InvalidUtf8 => "参数里有不能识别的字（不是UTF-8编码）".to_owned(),
        _ => "看不懂这条命令".to_owned(),
    }
}

/// What clap and the standard library say of numbers, for the user.
fn in_chinese(hint: &str) -> String {
    if let Some((_, range)) = hint.split_once(" is not in ") {
        let (least, most) = range.split_once("..").unwrap_or((range, ""));
        return format!("写{least}至{}的整数", most.trim_start_matches('='));
    }
    if hint.is_ascii() { "写一个整数".to_owned() } else { hint.to_owned() }
}

/// What clap knows under this head, as words.
fn list(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(arguments: &[&str]) -> Lines {
        let arguments = ["hongtou"].iter().chain(arguments).map(std::ffi::OsString::from);
        text(&args::parse(arguments).unwrap_err())
    }

    #[test]
    fn what_is_nothing_like_it_is_not_suggested() {
        for arguments in [
            &["archive", "add", "a.yaml", "--draft"][..],
            &["send", "a.yaml", "--series", "kb"],
            &["archive", "add", "a.yaml", "--to", "pdf"],
            &["frobnicate"],
        ] {
            let text = said(arguments);
            assert!(!text.contains("是否应为"), "{text}");
        }
    }

    #[test]
    fn a_command_of_a_command_is_named_in_full() {
        for word in ["stats", "search", "get", "add", "show"] {
            let text = said(&[word, "7"]);
            assert!(text.contains(&format!("是否应为“hongtou archive {word}”？")), "{text}");
            assert_eq!(text.matches("是否应为").count(), 1, "{text}");
        }
        assert!(said(&["list"]).contains("“hongtou archive list”"));
        assert!(said(&["status", "7"]).contains("“hongtou send status”"));
    }

    #[test]
    fn errors_of_usage_are_said_in_chinese() {
        for (arguments, words) in [
            (&["biuld"][..], &["没有“biuld”这个命令", "是否应为“build”？"][..]),
            (&["build"], &["缺少<文件>"]),
            (&["build", "--gird", "a.yaml"], &["没有“--gird”这个选项", "“--grid”"]),
            (&["build", "a.yaml", "--to", "doc"], &["不能是“doc”", "pdf、docx"]),
            (&["build", "a.yaml", "--to"], &["后面没有写值"]),
            (&["build", "a.yaml", "--grid", "--grid"], &["“--grid”只能写一次"]),
            (&["archive", "get", "1", "--year", "abc"], &["不能是“abc”", "写一个整数"]),
            (&["send", "a.yaml", "--limit-rate", "0"], &["写1至6000的整数"]),
            (&["send", "a.yaml", "b.yaml"], &["“<文件>”后面多写了“b.yaml”"]),
            (&["archive", "list", "2019"], &["多写了“2019”"]),
            (&["build", "a.yaml", "--prof", "print"], &["是否应为“--profile”？"]),
        ] {
            let text = said(arguments);
            for word in words {
                assert!(text.contains(word), "{word} not in {text}");
            }
            let letters = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic());
            let english: Vec<_> =
                text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1).collect();
            let known = [
                "hongtou", "help", "biuld", "build", "gird", "grid", "to", "doc", "pdf", "docx",
                "year", "abc", "limit", "rate", "yaml", "prof", "profile",
            ];
            assert!(english.iter().all(|w| letters(w) && known.contains(w)), "{english:?}");
        }
    }
}
