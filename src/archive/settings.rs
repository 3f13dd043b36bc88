//! Where an object store is and how to get in.

/// The settings of an archive in an object store. The keys come from the environment, and are shown
/// nowhere: there is no `Debug` here on purpose.
#[derive(Clone)]
pub struct S3Settings {
    /// The bucket.
    pub bucket: String,
    /// What stands before all names in it.
    pub prefix: String,
    /// The address of the server; Amazon's own when there is none.
    pub endpoint: Option<String>,
    /// The region; servers in an office seldom care.
    pub region: Option<String>,
    /// Name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
    /// Of a session, when it has one.
    pub token: Option<String>,
}

impl S3Settings {
    /// Bucket and prefix of `s3://BUCKET/PREFIX`; `None` when it is no such address.
    pub fn address(path: &str) -> Option<(&str, &str)> {
        let rest = path.strip_prefix("s3://")?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        (!bucket.is_empty()).then_some((bucket, prefix.trim_matches('/')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_bucket_and_perhaps_a_prefix() {
        assert_eq!(S3Settings::address("s3://b/p/q/"), Some(("b", "p/q")));
        assert_eq!(S3Settings::address("s3://b"), Some(("b", "")));
        assert_eq!(S3Settings::address("s3:///p"), None);
        assert_eq!(S3Settings::address("/srv/archive"), None);
    }
}
