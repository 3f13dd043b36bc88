//! Arguments of `hongtou recipients`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{FILES, PLAIN};

#[derive(Debug, Args)]
pub(in crate::cli) struct Recipients {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<People>,

    /// 名单文件；不写则用 hongtou.yaml 里的“收件人”，都没有则为 hongtou.yaml 旁边的 recipients.yaml
    #[arg(long, global = true, value_name = "文件")]
    pub(in crate::cli) list: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum People {
    /// 检查名单并列出收件人（不写命令时也是这样）
    #[command(override_usage = "hongtou recipients list [选项]", help_template = PLAIN)]
    List,

    /// 把表格（CSV）里的人加进名单；名单里已有的不改
    #[command(
        override_usage = "hongtou recipients import [选项] <文件>",
        help_template = FILES,
        after_help = "表格第一行是列名，次序不限：分送（报、送、发、另寄）、组、单位、姓名、邮箱、格式、称呼。\n\
                      必须有“组”和“邮箱”。Excel里另存为“CSV”即可，编码UTF-8、GBK都行。"
    )]
    Import(Import),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    /// 表格（CSV）
    #[arg(required = true, value_name = "文件")]
    pub(in crate::cli) file: PathBuf,

    /// 表格里没有“分送”一列时，各组是报、送还是发
    #[arg(long = "as", value_name = "报、送、发")]
    pub(in crate::cli) label: Option<String>,

    /// 只说会加进哪些人，不写名单
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}
