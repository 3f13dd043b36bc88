//! Arguments of `hongtou archive`.

mod search;
mod stats;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{PLAIN, TEXT};
pub(in crate::cli) use search::{Listed, Search, When};
pub(in crate::cli) use stats::{Per, Stats};

#[derive(Debug, Args)]
pub(in crate::cli) struct Archive {
    #[command(subcommand)]
    pub(in crate::cli) command: Archived,

    /// 存档所在的文件夹；不写则用 hongtou.yaml 里的 archive.path，都没有则为 archive
    #[arg(long, global = true, value_name = "文件夹")]
    pub(in crate::cli) archive: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Archived {
    /// 列出存档里的各期
    #[command(override_usage = "hongtou archive list [选项]", help_template = PLAIN)]
    List,

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
