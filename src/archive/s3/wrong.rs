//! What an object store says, in the user's words, and without the keys.

use super::{Error, S3Settings};

/// Words for what goes wrong.
pub(super) struct Wrong {
    place: String,
    bucket: String,
    endpoint: String,
    secrets: Vec<String>,
}

impl Wrong {
    pub(super) fn new(settings: &S3Settings) -> Wrong {
        let secrets =
            [Some(&settings.access_key), Some(&settings.secret_key), settings.token.as_ref()];
        Wrong {
            place: format!("s3://{}/{}", settings.bucket, settings.prefix.trim_matches('/')),
            bucket: settings.bucket.clone(),
            endpoint: settings.endpoint.clone().unwrap_or_else(|| "Amazon S3".to_owned()),
            secrets: secrets.into_iter().flatten().filter(|key| !key.is_empty()).cloned().collect(),
        }
    }

    /// What went wrong with an object, or with all of them.
    pub(super) fn say(&self, name: &str, error: &object_store::Error) -> Error {
        let said = said(error);
        let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
        let why = if has(&["NoSuchBucket"]) {
            format!(
                "没有存储桶“{}”；检查 hongtou.yaml 里的 archive.path，或请管理员建立",
                self.bucket
            )
        } else if has(&[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
            "AuthFailure",
            "ExpiredToken",
        ]) || matches!(error, object_store::Error::Unauthenticated { .. })
        {
            "密钥不对或已过期；检查环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY".to_owned()
        } else if has(&["AccessDenied"])
            || matches!(error, object_store::Error::PermissionDenied { .. })
        {
            format!("密钥没有读写存储桶“{}”的权限，或密钥不对；请管理员授权", self.bucket)
        } else if has(&["InvalidCertificate", "certificate", "UnknownIssuer"]) {
            format!("“{}”的证书不受信任；请管理员在系统里装上单位的根证书", self.endpoint)
        } else if has(&["connect", "dns error", "timed out", "error sending request"]) {
            format!(
                "连不上“{}”；检查网络和 hongtou.yaml 里“存档”的“服务地址（endpoint）”",
                self.endpoint
            )
        } else {
            // What follows is a page for browsers.
            let first = said.lines().next().unwrap_or_default().to_owned();
            format!("对象存储的说法：{}", self.without_secrets(first))
        };
        Error::Io { path: self.path(name), why }
    }

    /// The store does not keep what an archive must rely on.
    pub(super) fn replaces(&self) -> Error {
        let why = "这个对象存储不能保证已存的不被覆盖（不支持 If-None-Match），没有存；请换一个，或用文件夹";
        Error::Io { path: self.place.clone(), why: why.to_owned() }
    }

    fn path(&self, name: &str) -> String {
        match name {
            "" => self.place.clone(),
            name => format!("{}/{name}", self.place.trim_end_matches('/')),
        }
    }

    fn without_secrets(&self, mut text: String) -> String {
        for secret in &self.secrets {
            text = text.replace(secret, "***");
        }
        text
    }
}

/// All that an error says, with what caused it.
fn said(error: &object_store::Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let text = error.to_string();
        if !said.contains(&text) {
            said.push_str(&format!("：{text}"));
        }
        cause = error.source();
    }
    said
}
