//! The keys of `mail` in `hongtou.yaml`, with their Chinese names.

use crate::yaml::Key;

/// `mail` of `hongtou.yaml`.
pub const MAIL: &[Key] = &[
    Key::new("server", &["服务器", "发信服务器"]),
    Key::new("port", &["端口"]),
    Key::new("security", &["加密", "加密方式"]),
    Key::new("ca", &["根证书", "证书"]),
    Key::new("sender", &["发件人", "发件地址"]),
    Key::new("sender_name", &["发件人名称", "显示名"]),
    Key::new("user", &["用户", "用户名"]),
    Key::new("password_file", &["密码文件"]),
    Key::new("keyring", &["系统密码库", "钥匙串"]),
    // Known only to be refused with the right way.
    Key::new("password", &["密码", "授权码", "口令"]),
    Key::new("rate", &["每分钟", "每分钟封数"]),
    Key::new("retries", &["重试次数", "重试"]),
    Key::new("retry_pause", &["重试间隔"]),
    Key::new("timeout", &["超时"]),
];
