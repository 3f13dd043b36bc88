//! Options that several commands share, each written once.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How results are shown: for people or for programs.
#[derive(Debug, Args)]
pub(in crate::cli) struct Results {
    /// 结果怎样显示：text（文字，默认）、json（供程序读）
    #[arg(
        long,
        value_enum,
        value_name = "形式",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(in crate::cli) format: Shown,
}

/// How results are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Shown {
    Text,
    Json,
}

/// The same for what is a table.
#[derive(Debug, Args)]
pub(in crate::cli) struct Tables {
    /// 结果怎样显示：text（文字，默认）、csv（表格，用Excel、WPS打开）、json（供程序读）
    #[arg(
        long,
        value_enum,
        value_name = "形式",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(in crate::cli) format: Listed,
}

/// How a table is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Listed {
    Text,
    Csv,
    Json,
}

/// Fonts of one's own.
#[derive(Debug, Args)]
pub(in crate::cli) struct OwnFonts {
    /// 先用这里的字体（文件或文件夹），可以写多次
    #[arg(long, value_name = "路径")]
    pub(in crate::cli) font_path: Vec<PathBuf>,
}

/// The fonts of a DOCX.
#[derive(Debug, Args)]
pub(in crate::cli) struct Docx {
    /// DOCX里的字体名：gb2312、windows、fangzheng（方正）、open（开源字体）
    #[arg(long = "docx-fonts", value_enum, value_name = "字体", hide_possible_values = true)]
    pub(in crate::cli) fonts: Option<DocxFonts>,

    /// 把开源字体嵌入DOCX（要用open）：used（只嵌入用到的字，默认）、whole（整款字体，有几十兆）
    #[arg(
        long = "docx-embed",
        value_enum,
        value_name = "多少",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "used",
        hide_possible_values = true
    )]
    pub(in crate::cli) embed: Option<DocxEmbed>,
}

/// Which fonts a DOCX names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DocxFonts {
    Gb2312,
    Windows,
    Fangzheng,
    Open,
}

/// How much of the fonts is put into a DOCX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DocxEmbed {
    Used,
    Whole,
}

/// Of which bulletin, of which year.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Bulletin {
    /// 哪份简报（刊名代号）
    #[arg(long, value_name = "代号")]
    pub(in crate::cli) series: Option<String>,

    /// 哪一年
    #[arg(long, value_name = "年份")]
    pub(in crate::cli) year: Option<i32>,
}
