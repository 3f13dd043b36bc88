//! Arguments of `hongtou archive stats`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::When;
use crate::cli::args::Tables;

#[derive(Debug, Args)]
pub(in crate::cli) struct Stats {
    /// 按什么统计：unit（单位，默认）、section（栏目）、ref（指标）、month（月份）、year（年份）、series（简报）
    #[arg(
        long,
        value_enum,
        value_name = "项目",
        default_value = "unit",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(in crate::cli) per: Per,

    /// 再按什么分列，写法同上，如 --per unit --by month
    #[arg(long, value_enum, value_name = "项目", hide_possible_values = true)]
    pub(in crate::cli) by: Option<Per>,

    /// 只统计这一年，如 2019
    #[arg(long, value_name = "年份", conflicts_with_all = ["from", "to"],
        value_parser = clap::value_parser!(i32).range(1949..=2199))]
    pub(in crate::cli) year: Option<i32>,

    #[command(flatten)]
    pub(in crate::cli) when: When,

    /// 另画一张图（SVG），可插入Word、WPS
    #[arg(long, value_name = "文件")]
    pub(in crate::cli) chart: Option<PathBuf>,

    /// 图和表的标题；不写则按刊名和统计项目
    #[arg(long, value_name = "文字")]
    pub(in crate::cli) title: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) results: Tables,
}

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Per {
    #[value(alias = "单位")]
    Unit,
    #[value(alias = "栏目")]
    Section,
    #[value(alias = "指标")]
    Ref,
    #[value(alias = "月份")]
    Month,
    #[value(alias = "年份")]
    Year,
    #[value(alias = "简报")]
    Series,
}
