//! Which kind of type a font is, by its names.

use super::sfnt::FontName;
use crate::layout::Typeface;

/// What a face is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Chinese of this kind of type.
    Chinese(Typeface),
    /// Latin letters and digits.
    Latin {
        /// The bold weight.
        bold: bool,
    },
    /// Steps in for characters that no other face has.
    Other,
}

/// Names of fonts, best first within a kind of type: what offices have by rule, then what comes
/// near. Family, full and PostScript names, Chinese and English; compared without case, spaces,
/// `-` and `_`.
const CHINESE: &[(Typeface, &[&str])] = &[
    (
        Typeface::Xiaobiaosong,
        &[
            "方正小标宋简体",
            "FZXBSJW",
            "FZXBSJW--GB1-0",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05",
            "FZXBSK",
            "FZXBSK--GBK1-0",
            "小标宋",
            "小标宋体",
            "文星标宋",
            "华文中宋",
            "STZhongsong",
            "Noto Serif SC Bold",
            "NotoSerifCJKsc-Bold",
            "思源宋体 Bold",
            "SourceHanSerifSC-Bold",
            "SourceHanSerifCN-Bold",
        ],
    ),
    (
        Typeface::Fangsong,
        &[
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "方正仿宋_GBK",
            "FZFangSong-Z02",
            "FZFSK--GBK1-0",
            "方正仿宋简体",
            "FZFangSong-Z02S",
            "FZFSJW--GB1-0",
            "华文仿宋",
            "STFangsong",
            "朱雀仿宋",
            "朱雀仿宋（预览测试版）",
            "Zhuque Fangsong (technical preview)",
            "ZhuqueFangsong-Regular",
            "FandolFang",
            "FandolFang R",
        ],
    ),
    (
        Typeface::Kaiti,
        &[
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "方正楷体_GBK",
            "FZKai-Z03",
            "FZKTK--GBK1-0",
            "方正楷体简体",
            "FZKai-Z03S",
            "FZKTJW--GB1-0",
            "华文楷体",
            "STKaiti",
            "霞鹜文楷 GB 轻便版",
            "LXGW WenKai GB Lite",
            "霞鹜文楷 GB",
            "LXGW WenKai GB",
            "霞鹜文楷",
            "LXGW WenKai",
            "FandolKai",
        ],
    ),
    (
        Typeface::Heiti,
        &[
            "黑体",
            "SimHei",
            "方正黑体_GBK",
            "FZHei-B01",
            "FZHTK--GBK1-0",
            "方正黑体简体",
            "FZHei-B01S",
            "FZHTJW--GB1-0",
            "方正黑体",
            "华文黑体",
            "STHeiti",
            "Noto Sans SC Medium",
            "NotoSansCJKsc-Medium",
            "思源黑体 Medium",
            "SourceHanSansSC-Medium",
            "SourceHanSansCN-Medium",
            "FandolHei",
        ],
    ),
    (
        Typeface::Songti,
        &[
            "宋体",
            "SimSun",
            "方正书宋_GBK",
            "FZShuSong-Z01",
            "FZSSK--GBK1-0",
            "方正书宋简体",
            "FZShuSong-Z01S",
            "FZSSJW--GB1-0",
            "华文宋体",
            "STSong",
            "Noto Serif SC Regular",
            "NotoSerifCJKsc-Regular",
            "思源宋体",
            "SourceHanSerifSC-Regular",
            "SourceHanSerifCN-Regular",
            "FandolSong",
        ],
    ),
];

/// Families for Latin letters and digits; the weight comes from the style.
const LATIN: &[&str] = &[
    "Times New Roman",
    "TimesNewRomanPSMT",
    "TimesNewRomanPS-BoldMT",
    "Liberation Serif",
    "Tinos",
];

/// The kind of a font and its rank among those of its kind (small is better).
pub(super) fn kind(names: &[FontName], bold: bool, italic: bool) -> (Kind, usize) {
    let names: Vec<String> = names.iter().map(|name| plain(&name.text)).collect();
    let rank = |list: &[&str]| list.iter().position(|known| names.contains(&plain(known)));
    for (typeface, list) in CHINESE {
        // Bold families have several files with one family name: the exact names of weights
        // stand in the table instead.
        if let Some(rank) = rank(list) {
            return (Kind::Chinese(*typeface), rank);
        }
    }
    match rank(LATIN) {
        // Bulletins have no italics: such a face would only be taken by mistake.
        Some(rank) if !italic => (Kind::Latin { bold }, rank),
        _ => (Kind::Other, 0),
    }
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{3000}'));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, bold: bool, italic: bool) -> Kind {
        let name = FontName { id: 4, chinese: false, text: name.to_owned() };
        kind(&[name], bold, italic).0
    }

    #[test]
    fn office_faces_are_known_by_chinese_and_english_names() {
        for (name, typeface) in [
            ("方正小标宋简体", Typeface::Xiaobiaosong),
            ("方正小标宋_GBK", Typeface::Xiaobiaosong),
            ("FZXBSJW--GB1-0", Typeface::Xiaobiaosong),
            ("FZXiaoBiaoSong-B05", Typeface::Xiaobiaosong),
            ("仿宋_GB2312", Typeface::Fangsong),
            ("仿宋", Typeface::Fangsong),
            ("fangsong", Typeface::Fangsong),
            ("楷体_GB2312", Typeface::Kaiti),
            ("KaiTi", Typeface::Kaiti),
            ("SimHei", Typeface::Heiti),
            ("方正黑体", Typeface::Heiti),
            ("SimSun", Typeface::Songti),
        ] {
            assert_eq!(of(name, false, false), Kind::Chinese(typeface), "{name}");
        }
    }

    #[test]
    fn latin_weight_comes_from_the_style_and_italics_are_left_out() {
        assert_eq!(of("Times New Roman", false, false), Kind::Latin { bold: false });
        assert_eq!(of("Times New Roman", true, false), Kind::Latin { bold: true });
        assert_eq!(of("Times New Roman", false, true), Kind::Other);
        assert_eq!(of("SimSun-ExtB", false, false), Kind::Other);
    }

    #[test]
    fn the_rule_face_ranks_before_the_substitute() {
        let rank = |name: &str| {
            let name = FontName { id: 1, chinese: true, text: name.to_owned() };
            kind(&[name], false, false).1
        };
        assert!(rank("仿宋_GB2312") < rank("华文仿宋"));
        assert!(rank("方正小标宋简体") < rank("华文中宋"));
    }

    #[test]
    fn no_name_stands_for_two_kinds() {
        let mut seen = std::collections::BTreeSet::new();
        let chinese = CHINESE.iter().flat_map(|(_, list)| list.iter());
        for name in chinese.chain(LATIN) {
            assert!(seen.insert(plain(name)), "{name} twice");
        }
    }
}
