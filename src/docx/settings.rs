//! `word/settings.xml`: what the document asks of the program.

use super::embed::EmbeddedFont;
use super::package::NS_WORD;
use super::xml::Element;
use crate::layout::Layout;

/// `word/settings.xml`.
pub(super) fn part(layout: &Layout, even_footer: bool, embedded: &[EmbeddedFont]) -> Vec<u8> {
    let mut settings = Element::new("w:settings")
        .attr("xmlns:w", NS_WORD)
        .child(Element::new("w:zoom").attr("w:percent", 100));
    if !embedded.is_empty() {
        settings = settings.child(Element::new("w:embedTrueTypeFonts"));
    }
    if embedded.iter().any(|font| font.subset) {
        settings = settings.child(Element::new("w:saveSubsetFonts"));
    }
    if layout.page.mirror {
        settings = settings.child(Element::new("w:mirrorMargins"));
    }
    settings = settings.child(Element::val("w:defaultTabStop", 420));
    if even_footer {
        settings = settings.child(Element::new("w:evenAndOddHeaders"));
    }
    settings
        .child(Element::val("w:characterSpacingControl", "compressPunctuation"))
        .children((!layout.typography.dash_at_start).then(line_start_prohibitions))
        .child(compatibility())
        .child(Element::val("w:themeFontLang", "en-US").attr("w:eastAsia", "zh-CN"))
        .child(Element::val("w:decimalSymbol", "."))
        .child(Element::val("w:listSeparator", ","))
        .into_part()
}

/// What may not begin a line: GB/T 15834 §5.1, and —— where the layout forbids it too. Word has
/// such a list itself; giving one replaces it.
fn line_start_prohibitions() -> Element {
    let marks = "!%),.:;>?]}¢°·—’”…‰′″℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠";
    Element::new("w:noLineBreaksBefore").attr("w:lang", "zh-CN").attr("w:val", marks)
}

/// Word 2013 and later, with what a Chinese Word sets in its own documents: among them that a
/// line ended by hand is not spread to the measure.
fn compatibility() -> Element {
    let setting = |name: &str, value: u32| {
        Element::new("w:compatSetting")
            .attr("w:name", name)
            .attr("w:uri", "http://schemas.microsoft.com/office/word")
            .attr("w:val", value)
    };
    Element::new("w:compat")
        .child(Element::new("w:spaceForUL"))
        .child(Element::new("w:balanceSingleByteDoubleByteWidth"))
        .child(Element::new("w:doNotLeaveBackslashAlone"))
        .child(Element::new("w:ulTrailSpace"))
        .child(Element::new("w:doNotExpandShiftReturn"))
        .child(Element::new("w:useFELayout"))
        .child(setting("compatibilityMode", 15))
        .child(setting("overrideTableStyleFontSizeAndJustification", 1))
        .child(setting("enableOpenTypeFeatures", 1))
        .child(setting("doNotFlipMirrorIndents", 1))
        .child(setting("differentiateMultirowTableHeaders", 1))
        .child(setting("useWord2013TrackBottomHyphenation", 0))
}
