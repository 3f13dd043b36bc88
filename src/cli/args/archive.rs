//! Arguments of `hongtou archive`.

mod search;
mod stats;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Bulletin, Docx, FILES, NUMBER, OwnFonts, PLAIN, Results, TEXT, Tables};
use crate::issue::{SERIES_FORM, is_series};
pub(in crate::cli) use search::{Search, When};
pub(in crate::cli) use stats::{Per, Stats};

#[derive(Debug, Args)]
pub(in crate::cli) struct Archive {
    #[command(subcommand)]
    pub(in crate::cli) command: Archived,

    /// 存档所在的文件夹；不写则用 hongtou.yaml 里“存档”的“路径”，都没有则为 archive
    #[arg(long, global = true, value_name = "文件夹")]
    pub(in crate::cli) archive: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Archived {
    /// 存一期或多期简报：PDF（内嵌源文件）、DOCX、源文件，一期一个文件夹
    #[command(override_usage = "hongtou archive add [选项] <文件>…", help_template = FILES)]
    Add(Add),

    /// 取出一期的文件，与存入时逐字节相同
    #[command(override_usage = "hongtou archive get [选项] <期号>", help_template = NUMBER)]
    Get(Get),

    /// 列出存档里的各期
    #[command(override_usage = "hongtou archive list [选项]", help_template = PLAIN)]
    List(List),

    /// 显示一期的目录、文件和历次更正
    #[command(override_usage = "hongtou archive show [选项] <期号>", help_template = NUMBER)]
    Show(Show),

    /// 核对存档：文件、登记簿、期号，有没有缺少、多出、改动
    #[command(
        override_usage = "hongtou archive verify [选项] [期号]…",
        help_template = NUMBERS,
        after_help = "退出码：0 完好，4 有问题，3 存档读不了。"
    )]
    Verify(VerifyArchive),

    /// 导出成网页：列表、查找、PDF，不用服务器，放在共享文件夹里就能看
    #[command(override_usage = "hongtou archive export [选项] -o <文件夹>", help_template = PLAIN)]
    Export(Export),

    /// 查找：全文，按单位、指标、栏目、日期，最近的在前
    #[command(override_usage = "hongtou archive search [选项] [词]…", help_template = TEXT)]
    Search(Search),

    /// 统计：信息采用情况，按单位、栏目、指标、月份
    #[command(override_usage = "hongtou archive stats [选项]", help_template = PLAIN)]
    Stats(Stats),

    /// 按存档重建索引（查找和统计用；平时会自动更新）
    #[command(override_usage = "hongtou archive index [选项]", help_template = PLAIN)]
    Index,
}

const NUMBERS: &str =
    "{about}\n\n用法：{usage}\n\n期号：\n{positionals}\n\n选项：\n{options}{after-help}";

#[derive(Debug, Args)]
pub(in crate::cli) struct Add {
    /// 简报的内容（YAML），可以写多个；“-”是标准输入
    #[arg(required = true, value_name = "文件")]
    pub(in crate::cli) files: Vec<PathBuf>,

    /// 刊名代号，如 mtg-kuaibao；不写则用 hongtou.yaml 里的“刊名代号”
    #[arg(long, value_name = "代号", value_parser = series)]
    pub(in crate::cli) series: Option<String>,

    /// 更正已存档的一期：写明原因，另存为新的一版，旧版保留
    #[arg(long, value_name = "原因", value_parser = reason)]
    pub(in crate::cli) correction: Option<String>,

    /// 校验清单除SHA-256外再写一份国密SM3的；也可在 hongtou.yaml 的“存档”里写“国密校验: 是”
    #[arg(long)]
    pub(in crate::cli) sm3: bool,

    #[command(flatten)]
    pub(in crate::cli) fonts: OwnFonts,

    #[command(flatten)]
    pub(in crate::cli) docx: Docx,

    #[command(flatten)]
    pub(in crate::cli) results: Results,
}

/// Which issue is meant.
#[derive(Debug, Args)]
pub(in crate::cli) struct Which {
    /// 期号，如 155；增刊写 s1，专刊写 z1；也可写全：mtg-kuaibao/2019/155
    #[arg(required = true, value_name = "期号")]
    pub(in crate::cli) number: String,

    #[command(flatten)]
    pub(in crate::cli) bulletin: Bulletin,

    /// 第几版；不写为最新的一版
    #[arg(long, value_name = "版次", value_parser = revision)]
    pub(in crate::cli) revision: Option<u32>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Get {
    #[command(flatten)]
    pub(in crate::cli) which: Which,

    /// 取出的文件放在哪个文件夹；不写则放在 out 里各期自己的文件夹
    #[arg(short = 'o', long = "output", value_name = "文件夹")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    #[command(flatten)]
    pub(in crate::cli) bulletin: Bulletin,

    /// 只列编发机关名称里有这几个字的
    #[arg(long, value_name = "机关")]
    pub(in crate::cli) office: Option<String>,

    /// 只列这一期，如 155、s1
    #[arg(long, value_name = "期号")]
    pub(in crate::cli) number: Option<String>,

    /// 被更正的旧版也列出
    #[arg(long)]
    pub(in crate::cli) all: bool,

    #[command(flatten)]
    pub(in crate::cli) results: Tables,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    #[command(flatten)]
    pub(in crate::cli) which: Which,

    #[command(flatten)]
    pub(in crate::cli) results: Results,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArchive {
    /// 只核对这几期；不写则核对整个存档，连同期号的连续
    #[arg(value_name = "期号")]
    pub(in crate::cli) numbers: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) bulletin: Bulletin,

    /// 与另处记下的登记簿末行对照：写那一行，或写存有各行的文件；可以写多次
    #[arg(long, value_name = "行或文件")]
    pub(in crate::cli) against: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) results: Results,
}

/// 2, or r2 as lists show it.
fn revision(text: &str) -> Result<u32, String> {
    let number = text.strip_prefix('r').unwrap_or(text).parse().ok();
    number.filter(|number| *number > 0).ok_or_else(|| "写第几版，如 2".to_owned())
}

fn series(text: &str) -> Result<String, String> {
    if is_series(text) { Ok(text.to_owned()) } else { Err(SERIES_FORM.to_owned()) }
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err("写明更正了什么，如“更正第2页的数字”".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// 网页放在这个文件夹：新的、空的，或以前导出的；再次导出只更新有变化的文件
    #[arg(short, long, required = true, value_name = "文件夹")]
    pub(in crate::cli) output: PathBuf,

    /// 网页的标题；不写则用刊名
    #[arg(long, value_name = "文字")]
    pub(in crate::cli) title: Option<String>,
}
