//! Every key that a layout file may have, mapping by mapping. One list, so that the reader, its
//! suggestions and the reference in `docs/layout-format.md` cannot differ.

use crate::yaml::Key;

/// Keys without other names: a layout's keys are English, its values Chinese where that is natural.
macro_rules! keys {
    ($($(#[$doc:meta])* $list:ident: $($name:literal)*;)*) => {
        $($(#[$doc])* pub(super) const $list: &[Key] = &[$(Key::new($name, &[]),)*];)*

        /// Every list with its name.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &[Key])] = &[$((stringify!($list), $list),)*];
    };
}

keys! {
    /// The file.
    TOP: "base" "title" "page" "inks" "styles" "head" "head-gap" "order" "item" "numbers" "labels"
        "colophon" "page-number" "typography";
    /// `page`.
    PAGE: "paper" "top" "inner" "measure" "depth" "lines" "characters" "mirror";
    /// An element of `inks`.
    INK: "rgb" "cmyk" "spot";
    /// An element of `styles`.
    STYLE: "base" "font" "size" "bold" "ink" "align" "indent" "left" "right" "tracking" "pitch"
        "rows-before" "rows-after" "attach" "keep-next" "before" "after" "gap" "spread-two" "shrink-to";
    /// An element of `head`: exactly one of these.
    HEAD_ELEMENT: "marks" "line" "row" "rule";
    /// `marks`.
    MARKS: "left" "right";
    /// `line`, beside the role.
    LINE: "top" "gap";
    /// `row` in the head.
    ROW: "left" "right" "gap" "inset";
    /// `rule` in the head.
    RULE: "weight" "between" "ink" "gap";
    /// `item`.
    ITEM: "order" "headline" "points" "roundup" "tail";
    /// `numbers`.
    NUMBERS: "point" "headings" "date" "contents" "attachment" "attachment-single";
    /// `labels`.
    LABELS: "contents" "editor-note" "editor-note-after" "roundup-after" "unit-after"
        "recipients-after" "joiner" "reference-gap";
    /// `colophon`.
    COLOPHON: "pitch" "padding" "clearance" "between" "even-page" "end" "elements";
    /// An element of the colophon: exactly one of these.
    COLOPHON_ELEMENT: "rule" "entry" "row" "pairs";
    /// `rule` in the colophon.
    COLOPHON_RULE: "weight" "ink";
    /// `entry`.
    ENTRY: "label" "names" "end";
    /// `row` in the colophon.
    COLOPHON_ROW: "left" "right";
    /// `page-number`.
    PAGE_NUMBER: "shown" "form" "center" "inset" "dash-gap" "dash-weight" "odd" "even" "first";
    /// `typography`.
    TYPOGRAPHY: "autospace" "pair-min" "line-end-half" "line-start-half" "indent-half"
        "squeeze-stops" "dash-at-start" "stretch-max" "vary-paragraphs";
}
