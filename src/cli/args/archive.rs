//! Arguments of `hongtou archive`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::PLAIN;

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

    /// 导出成网页：列表、查找、PDF，不用服务器，放在共享文件夹里就能看
    #[command(override_usage = "hongtou archive export [选项] -o <文件夹>", help_template = PLAIN)]
    Export(Export),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// 网页放在这个文件夹：新的、空的，或以前导出的；再次导出只更新有变化的文件
    #[arg(short, long, required = true, value_name = "文件夹")]
    pub(in crate::cli) out: PathBuf,

    /// 网页的标题；不写则用刊名
    #[arg(long, value_name = "文字")]
    pub(in crate::cli) title: Option<String>,
}
