//! The open fonts of `fonts/`, part of the program (feature `embedded-fonts`).

use super::face::{Face, Source};
use super::names::Kind;
#[cfg(feature = "embedded-fonts")]
use crate::layout::Typeface;

/// A font of `fonts/`.
struct Bundled {
    kind: Kind,
    name: &'static str,
    bytes: &'static [u8],
}

#[cfg(feature = "embedded-fonts")]
macro_rules! font {
    ($kind:expr, $name:literal, $file:literal) => {
        Bundled {
            kind: $kind,
            name: $name,
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file)),
        }
    };
}

/// Named as the makers name them in Chinese: readers of a notice know 思源宋体, not Noto Serif SC.
/// There is no open 小标宋: weight 700 of Noto Serif is nearest, 900 too heavy.
#[cfg(feature = "embedded-fonts")]
static FONTS: [Bundled; 7] = [
    font!(Kind::Chinese(Typeface::Songti), "思源宋体", "NotoSerifSC_400Regular.ttf"),
    font!(Kind::Chinese(Typeface::Kaiti), "霞鹜文楷 GB 轻便版", "LXGWWenKaiGBLite-Regular.ttf"),
    font!(Kind::Chinese(Typeface::Fangsong), "朱雀仿宋", "LXGWZhuqueFangsong-Regular.ttf"),
    font!(Kind::Chinese(Typeface::Heiti), "思源黑体", "NotoSansSC_500Medium.ttf"),
    font!(Kind::Chinese(Typeface::Xiaobiaosong), "思源宋体粗体", "NotoSerifSC_700Bold.ttf"),
    font!(Kind::Latin { bold: false }, "Liberation Serif", "LiberationSerif-Regular.ttf"),
    font!(Kind::Latin { bold: true }, "Liberation Serif Bold", "LiberationSerif-Bold.ttf"),
];

#[cfg(not(feature = "embedded-fonts"))]
static FONTS: [Bundled; 0] = [];

/// The bundled faces, none of them looked at.
pub(super) fn faces() -> impl Iterator<Item = (Kind, Face)> {
    FONTS.iter().map(|font| (font.kind, Face::new(font.name, Source::Bundled(font.bytes), 0)))
}

/// The file of the face of a kind.
pub(super) fn file(kind: Kind) -> Option<&'static [u8]> {
    FONTS.iter().find(|font| font.kind == kind).map(|font| font.bytes)
}

/// The names and files of all.
#[cfg(test)]
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FONTS.iter().map(|font| (font.name, font.bytes))
}
