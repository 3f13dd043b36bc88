//! A password on its way from where it is kept to the server, and nowhere else.

use std::fmt;

use super::scrub::scrub;

/// A password. It shows itself to nobody by accident: no `Display`, and `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a password.
    pub fn new(password: impl Into<String>) -> Secret {
        Secret(password.into())
    }

    /// The password itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Who logs in at the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: Secret,
}

impl Login {
    /// A text without the password, in whatever form it stands there, whole or cut: some servers
    /// repeat in their answer what they were sent. To be asked before a text is cut.
    pub fn scrub(&self, text: &str) -> String {
        scrub(text, &self.user, self.password.expose())
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn a_password_shows_itself_to_nobody() {
        let login = Login { user: "a@b.cn".into(), password: Secret::new("天书-s3cret") };
        assert!(!format!("{login:?}").contains("s3cret"));
        for form in [
            "天书-s3cret".to_owned(),
            STANDARD.encode("天书-s3cret"),
            STANDARD.encode("\0a@b.cn\0天书-s3cret"),
        ] {
            assert_eq!(login.scrub(&format!("535 bad {form} here")), "535 bad *** here");
        }
        let none = Login { user: "a".into(), password: Secret::new("") };
        assert_eq!(none.scrub("535 no"), "535 no");
    }
}
