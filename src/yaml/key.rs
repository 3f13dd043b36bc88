//! The keys that a mapping may have: tables of names and aliases.

/// A key that a mapping may have, under its own name or an alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The canonical name, by which the program asks for it.
    pub name: &'static str,
    /// Other names, Chinese ones; the first is used in messages.
    pub aliases: &'static [&'static str],
}

impl Key {
    /// A key with its aliases.
    pub const fn new(name: &'static str, aliases: &'static [&'static str]) -> Key {
        Key { name, aliases }
    }

    /// All its names, the canonical one first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// For messages: 期号（number）, or the name alone when it has no alias.
    pub fn display(&self) -> String {
        match self.aliases.first() {
            Some(alias) => format!("{alias}（{}）", self.name),
            None => self.name.to_owned(),
        }
    }
}

/// Writes down tables of keys, `NAME, "what it is called": "key" ["别名", …] …;`, and one constant
/// with all of them.
macro_rules! keys {
    (
        $(#[$about:meta])* $vis:vis $all:ident;
        $(
            $(#[$doc:meta])*
            $table:ident, $title:literal: $($name:literal $([$($alias:literal),*])?)*;
        )*
    ) => {
        $(
            $(#[$doc])*
            $vis const $table: &[$crate::yaml::Key] =
                &[$($crate::yaml::Key::new($name, &[$($($alias),*)?])),*];
        )*

        $(#[$about])*
        $vis const $all: &[(&str, &[$crate::yaml::Key])] = &[$(($title, $table)),*];
    };
}
pub(crate) use keys;
