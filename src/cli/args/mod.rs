//! What can be asked for on the command line. The arguments of large commands have a file each.

mod archive;
mod build;
mod recipients;
mod send;
mod shared;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

pub(super) use archive::{
    Add, Archive, Archived, Export, Get, List, Per, Search, Show, Stats, VerifyArchive, When, Which,
};
pub(super) use build::{Build, Embedded, Format, Ink, Profile};
pub(super) use recipients::{Import, People, Recipients};
pub(super) use send::{Password, Send, Sending, Sent, Status};
pub(super) use shared::{
    Bulletin, Docx, DocxEmbed, DocxFonts, Listed, OwnFonts, Results, Shown, Tables,
};

// clap's own words in Chinese: the headings come from here, the usage lines from each command.
const TOP: &str =
    "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}";
const PLAIN: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}";
const FILES: &str =
    "{about}\n\n用法：{usage}\n\n文件：\n{positionals}\n\n选项：\n{options}{after-help}";
const NUMBER: &str = "{about}\n\n用法：{usage}\n\n期号：\n{positionals}\n\n选项：\n{options}";
const SEND: &str = "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n文件：\n{positionals}\n\n\
                    选项：\n{options}{after-help}";
const TEXT: &str = "{about}\n\n用法：{usage}\n\n文字：\n{positionals}\n\n选项：\n{options}";

#[derive(Debug, Parser)]
#[command(
    name = "hongtou",
    bin_name = "hongtou",
    version,
    about = "红头：把一期简报的内容（YAML）排成规范的版面（PDF、DOCX）",
    override_usage = "hongtou [选项] <命令>",
    after_help = "“hongtou 命令 --help”显示该命令的用法。\n\
                  退出码：0 完成，1 内容有错，2 用法有错，3 文件、字体或设置有问题，4 只完成了一部分；130 按 Ctrl-C 停下。",
    help_template = TOP,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    arg_required_else_help = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,

    /// 颜色：auto（自动）、always（总用）、never（不用）
    #[arg(
        long,
        global = true,
        display_order = 900,
        value_enum,
        value_name = "方式",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) color: Color,

    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help, display_order = 901)]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 902)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 排一期或多期简报，生成PDF和DOCX
    #[command(override_usage = "hongtou build [选项] <文件>…", help_template = FILES)]
    Build(Build),

    /// 核对PDF是否由源文件生成、一字未改
    #[command(
        override_usage = "hongtou verify [选项] <文件>…",
        help_template = FILES,
        after_help = "退出码：0 一致，4 不一致，3 不能断定。"
    )]
    Verify(Verify),

    /// 存档：保存、查找、统计各期简报
    #[command(
        override_usage = "hongtou archive [选项] <命令>",
        help_template = TOP,
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Archive(Archive),

    /// 按报、送、发的范围寄出一期简报
    #[command(
        override_usage = "hongtou send [选项] <文件>\n      hongtou send status [选项] <期号>\n      hongtou send password [选项]",
        help_template = SEND,
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Send(Send),

    /// 分送名单：列出、检查收件人，从表格导入
    #[command(
        override_usage = "hongtou recipients [选项] [命令]",
        help_template = TOP,
        disable_help_subcommand = true
    )]
    Recipients(Recipients),

    /// 列出内置的版式
    #[command(override_usage = "hongtou layouts", help_template = PLAIN)]
    Layouts,

    /// 列出字体；给出文字时，逐字说明由哪款字体来排
    #[command(override_usage = "hongtou fonts [选项] [文字]", help_template = TEXT)]
    Fonts(Fonts),
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// 要核对的PDF，可以写多个
    #[arg(required = true, value_name = "文件")]
    pub(super) files: Vec<PathBuf>,

    /// 与这个源文件（YAML）核对；不写则用嵌入PDF的源文件
    #[arg(long, value_name = "文件")]
    pub(super) source: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) fonts: OwnFonts,

    #[command(flatten)]
    pub(in crate::cli) results: Results,
}

#[derive(Debug, Args)]
pub(super) struct Fonts {
    /// 要查的文字
    #[arg(value_name = "文字")]
    pub(super) text: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) fonts: OwnFonts,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// Reads the arguments of the process.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Arguments, clap::Error> {
    let matches = Arguments::command().try_get_matches_from(arguments)?;
    Arguments::from_arg_matches(&matches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn no_word_of_claps_own_is_left_in_any_help() {
        let mut command = Arguments::command();
        command.build();
        let mut pages = vec![command.render_long_help().to_string()];
        for sub in command.get_subcommands_mut() {
            pages.push(sub.render_long_help().to_string());
        }
        for page in pages {
            for word in ["Usage", "Options", "Commands", "Arguments", "Print", "default", "values"]
            {
                assert!(!page.contains(word), "{word} in\n{page}");
            }
        }
    }
}
