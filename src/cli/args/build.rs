//! Arguments of `hongtou build`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Docx, OwnFonts, Results};

#[derive(Debug, Args)]
pub(in crate::cli) struct Build {
    /// 简报的内容（YAML），可以写多个；“-”是标准输入
    #[arg(required = true, value_name = "文件")]
    pub(in crate::cli) files: Vec<PathBuf>,

    /// 生成的文件放在哪个文件夹，不写为 out
    #[arg(short = 'o', long = "output", value_name = "文件夹")]
    pub(in crate::cli) output: Option<PathBuf>,

    /// 生成什么：pdf、docx，用逗号隔开；不写为两种都生成
    #[arg(
        long,
        value_enum,
        value_name = "格式",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub(in crate::cli) to: Vec<Format>,

    /// PDF的用途：archive（存档，默认）、print（印刷）、screen（屏幕阅读）
    #[arg(long, value_enum, value_name = "用途", hide_possible_values = true)]
    pub(in crate::cli) profile: Option<Profile>,

    /// 把源文件、设置和版式嵌入存档的PDF；“=yaml,docx”连DOCX也嵌入
    #[arg(
        long,
        value_enum,
        value_name = "内容",
        num_args = 0..=2,
        require_equals = true,
        value_delimiter = ',',
        default_missing_value = "yaml",
        hide_possible_values = true
    )]
    pub(in crate::cli) embed_source: Option<Vec<Embedded>>,

    /// 送审稿：PDF每页衬“送审稿”字样；不写 --to 时只生成PDF
    #[arg(long)]
    pub(in crate::cli) draft: bool,

    /// 印刷：套打，纸上已印好红头，不再印报头的线和彩色字
    #[arg(long)]
    pub(in crate::cli) preprinted: bool,

    /// 印刷：加裁切线
    #[arg(long)]
    pub(in crate::cli) marks: bool,

    /// 印刷：出血，毫米数，如 3；不写为0
    #[arg(long, value_name = "毫米", value_parser = millimetres)]
    pub(in crate::cli) bleed: Option<f64>,

    /// 印刷：彩色用spot（专色，默认）还是process（四色）
    #[arg(long, value_enum, value_name = "油墨", hide_possible_values = true)]
    pub(in crate::cli) ink: Option<Ink>,

    #[command(flatten)]
    pub(in crate::cli) fonts: OwnFonts,

    #[command(flatten)]
    pub(in crate::cli) docx: Docx,

    /// 在PDF的文字下面画出版心的行格，供检查
    #[arg(long)]
    pub(in crate::cli) grid: bool,

    /// 逐行报告文字与行格的距离
    #[arg(long)]
    pub(in crate::cli) report: bool,

    #[command(flatten)]
    pub(in crate::cli) results: Results,
}

/// A format that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(in crate::cli) enum Format {
    Pdf,
    Docx,
}

/// What is put into a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Embedded {
    Yaml,
    Docx,
}

/// What colours are printed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Ink {
    Spot,
    Process,
}

/// What the PDF is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Profile {
    #[default]
    Archive,
    Print,
    Screen,
}

/// A bleed: 3, 3mm, 2.5. To a tenth of a millimetre; no press asks for more than 20.
fn millimetres(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches("mm").trim().parse::<f64>().ok();
    let number = number.filter(|number| (0.0..=20.0).contains(number));
    number.map(|number| (number * 10.0).round() / 10.0).ok_or_else(|| "写0至20的毫米数".to_owned())
}
