//! An archive in an object store: `s3://BUCKET/PREFIX`. Where the server is stands in `hongtou.yaml`;
//! the keys come from the environment only.

use std::path::Path;

use crate::archive::{Archive, S3Settings};
use crate::cli::files;
use crate::cli::project::{self, Failure};
use crate::diagnostic::{Code, Sources};
use crate::issue::{Config, Text};

const ACCESS_KEY: &str = "AWS_ACCESS_KEY_ID";
const SECRET_KEY: &str = "AWS_SECRET_ACCESS_KEY";
const TOKEN: &str = "AWS_SESSION_TOKEN";

/// An address and how to get there.
pub(super) struct Place {
    address: String,
    endpoint: Option<String>,
    region: Option<String>,
}

impl Place {
    /// The same whenever the same store is meant, from wherever.
    pub(super) fn identity(&self) -> String {
        let endpoint = self.endpoint.as_deref().unwrap_or_default();
        format!("{endpoint} {}", self.address.trim_end_matches('/'))
    }
}

/// Whether a path is the address of an object store.
pub(super) fn is_address(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.starts_with("s3:"))
}

/// The object store that is meant, if one is: as the command line says, else as `hongtou.yaml`.
///
/// # Errors
/// Those of `hongtou.yaml`.
pub(super) fn named(named: Option<&Path>, sources: &mut Sources) -> Result<Option<Place>, Failure> {
    if named.is_some_and(|path| !is_address(path)) {
        return Ok(None);
    }
    let office = project::office(Path::new(""), sources)?;
    let config = office.as_ref().map(|office| &office.config);
    let text = |of: fn(&Config) -> &Option<Text>| {
        config.and_then(|config| of(config).as_ref()).map(|text| text.value.clone())
    };
    let address = match named {
        Some(path) => path.to_str().map(str::to_owned),
        None => text(|config| &config.archive_path),
    };
    let address = address.filter(|address| is_address(Path::new(address)));
    Ok(address.map(|address| Place {
        address,
        endpoint: text(|config| &config.archive_endpoint),
        region: text(|config| &config.archive_region),
    }))
}

/// The archive there.
///
/// # Errors
/// An address that is none, keys that are missing, a program without object stores.
pub(super) fn open(place: &Place) -> Result<Archive, Failure> {
    let Some((bucket, prefix)) = S3Settings::address(&place.address) else {
        let message = format!("“{}”不是对象存储的地址", place.address);
        return Err(wrong(message, "写成 s3://存储桶/前缀，如 s3://jianbao/cundang"));
    };
    let key = |name| std::env::var(name).ok().filter(|key| !key.is_empty());
    let (Some(access_key), Some(secret_key)) = (key(ACCESS_KEY), key(SECRET_KEY)) else {
        let help = format!("由管理员在系统里设置 {ACCESS_KEY} 和 {SECRET_KEY}；密钥不要写进文件");
        return Err(wrong("没有对象存储的密钥".to_owned(), &help));
    };
    connect(&S3Settings {
        bucket: bucket.to_owned(),
        prefix: prefix.to_owned(),
        endpoint: place.endpoint.clone(),
        region: place.region.clone(),
        access_key,
        secret_key,
        token: key(TOKEN),
    })
}

#[cfg(feature = "s3")]
fn connect(settings: &S3Settings) -> Result<Archive, Failure> {
    let store = crate::archive::S3::new(settings);
    store.map(Archive::new).map_err(|error| super::failure(&error))
}

#[cfg(not(feature = "s3"))]
fn connect(settings: &S3Settings) -> Result<Archive, Failure> {
    let message = format!("这个程序不含对象存储的功能，打不开存储桶“{}”", settings.bucket);
    Err(wrong(message, "换用带对象存储的程序（编译时加 --features s3），或把存档放在文件夹里"))
}

fn wrong(message: String, help: &str) -> Failure {
    Failure::environment(vec![files::general(Code::ArchiveStore, message, help)])
}
