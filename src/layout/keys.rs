//! Every key that a layout file may have, mapping by mapping. One list, so that the reader, its
//! suggestions and the reference in `docs/layout-format.md` cannot differ.

use crate::yaml::{keys, places_of};

// Keys without other names: a layout's keys are English, its values Chinese where that is natural.
keys! {
    /// Every list with what it is called in messages.
    pub(super) ALL;

    /// The file.
    TOP, "最外层": "base" "title" "page" "inks" "styles" "head" "head-gap" "order" "item" "numbers" "labels"
        "colophon" "page-number" "typography";
    /// `page`.
    PAGE, "page": "paper" "top" "inner" "measure" "depth" "lines" "characters" "mirror";
    /// An element of `inks`.
    INK, "inks的一种颜色": "rgb" "cmyk" "spot";
    /// An element of `styles`.
    STYLE, "styles的一种文字": "base" "font" "size" "bold" "ink" "align" "indent" "left" "right" "tracking" "pitch"
        "rows-before" "rows-after" "attach" "keep-next" "before" "after" "gap" "spread-two" "shrink-to";
    /// An element of `head`: exactly one of these.
    HEAD_ELEMENT, "head的一条": "marks" "line" "row" "rule";
    /// `marks`.
    MARKS, "head的marks": "left" "right";
    /// `line`, beside the role.
    LINE, "head的line": "top" "gap";
    /// `row` in the head.
    ROW, "head的row": "left" "right" "gap" "inset";
    /// `rule` in the head.
    RULE, "head的rule": "weight" "between" "ink" "gap";
    /// `item`.
    ITEM, "item": "order" "headline" "points" "roundup" "tail";
    /// `numbers`.
    NUMBERS, "numbers": "point" "headings" "date" "contents" "attachment" "attachment-single";
    /// `labels`.
    LABELS, "labels": "contents" "editor-note" "editor-note-after" "roundup-after" "unit-after"
        "recipients-after" "joiner" "reference-gap";
    /// `colophon`.
    COLOPHON, "colophon": "pitch" "pitch-min" "padding" "clearance" "between" "even-page" "end" "elements";
    /// An element of the colophon: exactly one of these.
    COLOPHON_ELEMENT, "colophon的elements": "rule" "entry" "row" "pairs";
    /// `rule` in the colophon.
    COLOPHON_RULE, "colophon的rule": "weight" "ink";
    /// `entry`.
    ENTRY, "colophon的entry": "label" "names" "end";
    /// `row` in the colophon.
    COLOPHON_ROW, "colophon的row": "left" "right";
    /// `page-number`.
    PAGE_NUMBER, "page-number": "shown" "form" "center" "inset" "dash-gap" "dash-weight" "odd" "even" "first";
    /// `typography`.
    TYPOGRAPHY, "typography": "autospace" "pair-min" "line-end-half" "line-start-half" "indent-half"
        "squeeze-stops" "dash-at-start" "stretch-max" "vary-paragraphs";
}

/// What to say of a key that has no place where it stands.
pub(super) fn hint(written: &str) -> Option<String> {
    places_of(written, ALL)
}
