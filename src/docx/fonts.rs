//! Which fonts a document names: an office PC has the official faces, so those are named, not the
//! open ones that the PDF embeds.

use super::embed::EmbeddedFont;
use super::xml::Element;
use crate::layout::Typeface;

/// A set of font names for the five kinds of Chinese type and the Latin one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FontProfile {
    /// 仿宋_GB2312, 楷体_GB2312, 方正小标宋简体: what offices install for official documents.
    #[default]
    Gb2312,
    /// 仿宋, 楷体, 黑体, 宋体: what every Chinese Windows has; they know rare names.
    Windows,
    /// 方正…_GBK.
    Fangzheng,
    /// The open fonts that come with this program.
    Open,
}

impl FontProfile {
    /// Every profile, the default first.
    pub const ALL: &'static [FontProfile] =
        &[FontProfile::Gb2312, FontProfile::Windows, FontProfile::Fangzheng, FontProfile::Open];

    /// The name on the command line and in `hongtou.yaml`.
    pub fn key(self) -> &'static str {
        match self {
            FontProfile::Gb2312 => "gb2312",
            FontProfile::Windows => "windows",
            FontProfile::Fangzheng => "fangzheng",
            FontProfile::Open => "open",
        }
    }

    /// The profile with this name.
    pub fn from_key(key: &str) -> Option<FontProfile> {
        FontProfile::ALL.iter().copied().find(|profile| profile.key() == key)
    }

    /// The fonts of a profile that may be put into a document for others to edit; none where they
    /// are not ours to give away.
    pub fn open_fonts(self) -> Vec<NamedFont> {
        if self != FontProfile::Open {
            return Vec::new();
        }
        let chinese = TYPEFACES.map(|typeface| {
            let face = self.face(typeface);
            NamedFont { name: face.name, bold: face.bold, typeface: Some(typeface) }
        });
        let latin =
            [false, true].map(|bold| NamedFont { name: self.latin().name, bold, typeface: None });
        latin.into_iter().chain(chinese).collect()
    }

    /// The face that stands for a kind of type.
    pub(super) fn face(self, typeface: Typeface) -> Face {
        use FontProfile::{Fangzheng, Gb2312, Open, Windows};
        use Typeface::{Fangsong, Heiti, Kaiti, Songti, Xiaobiaosong};
        let (name, alternative, bold) = match (self, typeface) {
            (Gb2312, Xiaobiaosong) => ("方正小标宋简体", "方正小标宋_GBK", false),
            (Gb2312, Fangsong) => ("仿宋_GB2312", "仿宋", false),
            (Gb2312, Kaiti) => ("楷体_GB2312", "楷体", false),
            (Gb2312 | Windows, Heiti) => ("黑体", "SimHei", false),
            (Gb2312 | Windows, Songti) => ("宋体", "SimSun", false),
            // Windows has no 小标宋; its 宋体 made bold comes nearest.
            (Windows, Xiaobiaosong) => ("宋体", "SimSun", true),
            (Windows, Fangsong) => ("仿宋", "FangSong", false),
            (Windows, Kaiti) => ("楷体", "KaiTi", false),
            (Fangzheng, Xiaobiaosong) => ("方正小标宋_GBK", "方正小标宋简体", false),
            (Fangzheng, Fangsong) => ("方正仿宋_GBK", "方正仿宋简体", false),
            (Fangzheng, Kaiti) => ("方正楷体_GBK", "方正楷体简体", false),
            (Fangzheng, Heiti) => ("方正黑体_GBK", "方正黑体简体", false),
            (Fangzheng, Songti) => ("方正书宋_GBK", "方正书宋简体", false),
            (Open, Xiaobiaosong) => ("Noto Serif SC", "思源宋体", true),
            // Its English name has 35 characters; Word and Windows cut names at 31.
            (Open, Fangsong) => ("朱雀仿宋（预览测试版）", "Zhuque Fangsong", false),
            (Open, Kaiti) => ("LXGW WenKai GB Lite", "霞鹜文楷 GB 轻便版", false),
            (Open, Heiti) => ("Noto Sans SC Medium", "Noto Sans SC", false),
            (Open, Songti) => ("Noto Serif SC", "思源宋体", false),
        };
        Face { name, alternative: Some(alternative), bold, roman: false }
    }

    /// The face of Latin letters and digits.
    pub(super) fn latin(self) -> Face {
        let name = match self {
            FontProfile::Open => "Liberation Serif",
            _ => "Times New Roman",
        };
        let alternative = matches!(self, FontProfile::Open).then_some("Times New Roman");
        Face { name, alternative, bold: false, roman: true }
    }
}

/// A font of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedFont {
    /// The family's name.
    pub name: &'static str,
    /// Whether it is the family's bold.
    pub bold: bool,
    /// The kind of Chinese type that it is for; `None` for the Latin one.
    pub typeface: Option<Typeface>,
}

/// A font by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Face {
    /// The name.
    pub name: &'static str,
    /// What to take where the first is missing. Word reads one, of 31 characters at most.
    pub alternative: Option<&'static str>,
    /// Whether the kind of type is this font's bold.
    pub bold: bool,
    /// Whether it is a Latin font.
    pub roman: bool,
}

const TYPEFACES: [Typeface; 5] = [
    Typeface::Xiaobiaosong,
    Typeface::Fangsong,
    Typeface::Kaiti,
    Typeface::Heiti,
    Typeface::Songti,
];

/// The fonts of a profile, each once.
pub(super) fn faces(profile: FontProfile) -> Vec<Face> {
    let mut faces = vec![profile.latin()];
    for face in TYPEFACES.map(|typeface| profile.face(typeface)) {
        if faces.iter().all(|known| known.name != face.name) {
            faces.push(face);
        }
    }
    faces
}

/// `word/fontTable.xml`. Embedded fonts are related to by their place among `embedded`.
pub(super) fn font_table(profile: FontProfile, embedded: &[EmbeddedFont]) -> Vec<u8> {
    let fonts = faces(profile).into_iter().map(|face| font(face, embedded));
    Element::new("w:fonts")
        .attr("xmlns:w", super::package::NS_WORD)
        .attr("xmlns:r", super::package::NS_RELATIONSHIPS)
        .children(fonts)
        .into_part()
}

fn font(face: Face, embedded: &[EmbeddedFont]) -> Element {
    let mut font = Element::new("w:font").attr("w:name", face.name);
    if let Some(alternative) = face.alternative {
        font = font.child(Element::val("w:altName", alternative));
    }
    // 86 is the GB 2312 character set, 00 the Western one.
    font = font
        .child(Element::val("w:charset", if face.roman { "00" } else { "86" }))
        .child(Element::val("w:family", if face.roman { "roman" } else { "auto" }))
        .child(Element::val("w:pitch", "variable"));
    for bold in [false, true] {
        let index = embedded.iter().position(|own| own.name == face.name && own.bold == bold);
        if let Some(index) = index {
            let name = if bold { "w:embedBold" } else { "w:embedRegular" };
            let reference = Element::new(name)
                .attr("r:id", format!("rId{}", index + 1))
                .attr("w:fontKey", super::embed::key(&embedded[index]))
                .attr_if("w:subsetted", embedded[index].subset.then_some(1));
            font = font.child(reference);
        }
    }
    font
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_enough_for_word() {
        for &profile in FontProfile::ALL {
            assert_eq!(FontProfile::from_key(profile.key()), Some(profile));
            for face in faces(profile) {
                assert!(face.name.chars().count() <= 31, "{}", face.name);
                assert!(face.alternative.is_none_or(|name| name.chars().count() <= 31));
            }
        }
    }

    #[test]
    fn the_default_names_the_official_faces() {
        let names: Vec<_> = faces(FontProfile::default()).iter().map(|face| face.name).collect();
        assert_eq!(
            names,
            ["Times New Roman", "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"]
        );
    }
}
