//! Arguments of `hongtou archive search`.

use clap::Args;

use crate::archive::period::Moment;
use crate::cli::args::Tables;

#[derive(Debug, Args)]
pub(in crate::cli) struct Search {
    /// 要找的词，长短不限；写几个就要都有。不写词时按下面的条件列出
    #[arg(value_name = "词")]
    pub(in crate::cli) words: Vec<String>,

    /// 只找这个单位的；可以写简称或名称里的几个字，可以写多次
    #[arg(long, value_name = "单位")]
    pub(in crate::cli) unit: Vec<String>,

    /// 只找计入这项指标的，如 Ⅲ-17（也可写 III-17）或名称里的几个字，可以写多次
    #[arg(long = "ref", value_name = "指标")]
    pub(in crate::cli) reference: Vec<String>,

    /// 只找这个栏目的，可以写多次
    #[arg(long, value_name = "栏目")]
    pub(in crate::cli) section: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) when: When,

    /// 被更正的旧版也找
    #[arg(long)]
    pub(in crate::cli) all_revisions: bool,

    /// 最多列几条，0 为全部；文字形式不写则为 20，其他形式不写则为全部
    #[arg(long, value_name = "条数")]
    pub(in crate::cli) limit: Option<usize>,

    #[command(flatten)]
    pub(in crate::cli) results: Tables,
}

/// Which issues are meant; shared by search and statistics.
#[derive(Debug, Args)]
pub(in crate::cli) struct When {
    /// 从这天起，如 2019、2019-01、2019-01-15、2019年1月
    #[arg(long, value_name = "日期")]
    pub(in crate::cli) from: Option<Moment>,

    /// 到这天止（含），写法同上；写到年或月的，算到年底或月底
    #[arg(long, value_name = "日期")]
    pub(in crate::cli) to: Option<Moment>,

    /// 只要这份简报（刊名代号），可以写多次
    #[arg(long, value_name = "代号")]
    pub(in crate::cli) series: Vec<String>,
}
