//! Arguments of `hongtou send`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct Send {
    /// 要发送的简报（YAML），须已存档
    #[arg(required = true, value_name = "文件")]
    pub(in crate::cli) file: PathBuf,

    /// 只列出谁会收到什么，不发送
    #[arg(long, conflicts_with = "to_folder")]
    pub(in crate::cli) dry_run: bool,

    /// 不发送，写成邮件文件（.eml）放进这个文件夹，用自己的邮件软件打开发送
    #[arg(long, value_name = "文件夹")]
    pub(in crate::cli) to_folder: Option<PathBuf>,

    /// 只寄给自己看，标明测试；没有存档的也可以
    #[arg(long, value_name = "邮箱", conflicts_with_all = ["only", "except"])]
    pub(in crate::cli) test: Option<String>,

    /// 只寄给这些：单位、姓名、组名或邮箱，用逗号隔开
    #[arg(long, value_name = "名称", value_delimiter = ',')]
    pub(in crate::cli) only: Vec<String>,

    /// 不寄给这些：单位、姓名、组名或邮箱，用逗号隔开
    #[arg(long, value_name = "名称", value_delimiter = ',')]
    pub(in crate::cli) except: Vec<String>,

    /// 存档所在的文件夹；不写则用 hongtou.yaml 里的 archive.path，都没有则为 archive
    #[arg(long, value_name = "文件夹")]
    pub(in crate::cli) archive: Option<PathBuf>,
}
