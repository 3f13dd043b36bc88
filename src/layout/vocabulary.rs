//! Closed lists of words: an enum whose values have a key and a Chinese name.

/// Writes down such a list: `Name;`, then `Word = "key", "中文";` for each, all with what they are.
macro_rules! vocabulary {
    (
        $(#[$about:meta])* $name:ident;
        $($(#[$doc:meta])* $word:ident = $key:literal, $chinese:literal;)*
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $word,)* }

        impl $name {
            /// All of them, in the order of the page.
            pub const ALL: &'static [$name] = &[$($name::$word,)*];

            /// The name in layout files.
            pub fn key(self) -> &'static str {
                match self { $($name::$word => $key,)* }
            }

            /// The Chinese name.
            pub fn chinese(self) -> &'static str {
                match self { $($name::$word => $chinese,)* }
            }
        }
    };
}
pub(super) use vocabulary;
