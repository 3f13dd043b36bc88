//! Arguments of `hongtou send`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct Send {
    /// 要发送的简报（YAML），须已存档
    #[arg(required = true, value_name = "文件")]
    pub(in crate::cli) file: PathBuf,

    /// 只列出谁会收到什么，不发送
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    /// 存档所在的文件夹；不写则用 hongtou.yaml 里的 archive.path，都没有则为 archive
    #[arg(long, value_name = "文件夹")]
    pub(in crate::cli) archive: Option<PathBuf>,
}
