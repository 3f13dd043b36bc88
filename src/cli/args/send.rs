//! Arguments of `hongtou send`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{NUMBER, PLAIN, Tables, Which};

/// Sends an issue, or does one of the smaller things around it.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in crate::cli) struct Send {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<Sent>,

    #[command(flatten)]
    pub(in crate::cli) sending: Option<Sending>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Sent {
    /// 一期发给了谁：谁已收、何时、服务器怎么说；谁没有，为什么
    #[command(override_usage = "hongtou send status [选项] <期号>", help_template = NUMBER)]
    Status(Status),

    /// 把发信密码存进系统密码库（不显示）；再运行一次可以换掉，--forget 删去
    #[command(override_usage = "hongtou send password [选项]", help_template = PLAIN)]
    Password(Password),
}

// Nothing is flattened into it: clap would take it for absent then, being optional.
#[derive(Debug, Args)]
pub(in crate::cli) struct Sending {
    /// 要发送的简报（YAML），须已存档；也可写存档里的期号，如 155、mtg-kuaibao/2019/155
    #[arg(required = true, value_name = "文件")]
    pub(in crate::cli) file: PathBuf,

    /// 只列出谁会收到什么，不发送
    #[arg(long, conflicts_with = "to_folder")]
    pub(in crate::cli) dry_run: bool,

    /// 不发送，写成邮件文件（.eml）放进这个文件夹，用自己的邮件软件打开发送
    #[arg(long, value_name = "文件夹")]
    pub(in crate::cli) to_folder: Option<PathBuf>,

    /// 只寄给自己看，标明测试，不记入发送记录；没有存档的也可以
    #[arg(long, value_name = "邮箱", conflicts_with_all = ["only", "except"])]
    pub(in crate::cli) test: Option<String>,

    /// 只寄给这些：单位、姓名、组名或邮箱，用逗号隔开
    #[arg(long, value_name = "名称", value_delimiter = ',')]
    pub(in crate::cli) only: Vec<String>,

    /// 不寄给这些：单位、姓名、组名或邮箱，用逗号隔开
    #[arg(long, value_name = "名称", value_delimiter = ',')]
    pub(in crate::cli) except: Vec<String>,

    /// 对不知道收到没有的，再寄一次（先问过他们）
    #[arg(long)]
    pub(in crate::cli) resend_unknown: bool,

    /// 每分钟最多寄几封；不写则用 hongtou.yaml 里“邮件”的“每分钟”
    #[arg(long, value_name = "封数", value_parser = clap::value_parser!(u32).range(1..=6000))]
    pub(in crate::cli) limit_rate: Option<u32>,

    /// 暂时发不成的再试几次；不写则用 hongtou.yaml 里“邮件”的“重试次数”，都没有则为4
    #[arg(long, value_name = "次数", value_parser = clap::value_parser!(u32).range(0..=20))]
    pub(in crate::cli) retries: Option<u32>,

    /// 无人值守时用：发信服务器正是这一台才发，如 smtp.163.com:465；不写则第一次发送时在终端里问
    #[arg(long, value_name = "服务器:端口")]
    pub(in crate::cli) trust_server: Option<String>,

    /// 存档所在的文件夹；不写则用 hongtou.yaml 里“存档”的“路径”，都没有则为 archive
    #[arg(long, value_name = "文件夹")]
    pub(in crate::cli) archive: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Status {
    #[command(flatten)]
    pub(in crate::cli) which: Which,

    #[command(flatten)]
    pub(in crate::cli) results: Tables,

    /// 存档所在的文件夹；不写则用 hongtou.yaml 里“存档”的“路径”，都没有则为 archive
    #[arg(long, value_name = "文件夹")]
    pub(in crate::cli) archive: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Password {
    /// 从系统密码库里删去
    #[arg(long)]
    pub(in crate::cli) forget: bool,

    /// 密码由别的程序给出时用：确认发信服务器正是这一台，如 smtp.163.com:465
    #[arg(long, value_name = "服务器:端口", conflicts_with = "forget")]
    pub(in crate::cli) trust_server: Option<String>,
}
