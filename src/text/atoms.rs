//! Text into atoms: grapheme clusters, and the two-character units —— and …….

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::class::{Kind, is_mark, kind};

/// A cluster before its neighbours are looked at.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub range: Range<usize>,
    /// Its first character, which decides.
    pub c: char,
    pub kind: Kind,
}

/// Splits a text; the clusters cover it without gaps.
pub(super) fn split(text: &str) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::with_capacity(text.len() / 3);
    for (start, grapheme) in text.grapheme_indices(true) {
        let mut characters = grapheme.char_indices();
        let Some((_, c)) = characters.next() else { continue };
        // A mark after a space has no base: the space must stay a space.
        match characters.next() {
            Some((rest, mark)) if is_spacing(kind(c)) && is_mark(mark) => {
                push(&mut clusters, start..start + rest, c);
                push(&mut clusters, start + rest..start + grapheme.len(), mark);
            }
            _ => push(&mut clusters, start..start + grapheme.len(), c),
        }
    }
    clusters
}

fn is_spacing(kind: Kind) -> bool {
    matches!(kind, Kind::Space | Kind::ZeroSpace)
}

/// Adds a cluster, or joins the second half of —— or …… to the first.
fn push(clusters: &mut Vec<Cluster>, range: Range<usize>, c: char) {
    let single = range.len() == c.len_utf8();
    if let Some(last) = clusters.last_mut() {
        let half = last.range.len() == c.len_utf8() && last.c == c;
        if single && half && matches!(c, '—' | '―' | '…' | '⋯') {
            last.range.end = range.end;
            last.kind = if matches!(c, '—' | '―') { Kind::Dash } else { Kind::Ellipsis };
            return;
        }
    }
    clusters.push(Cluster { range, c, kind: kind(c) });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|cluster| &text[cluster.range]).collect()
    }

    #[test]
    fn dashes_and_ellipses_are_units_of_two() {
        assert_eq!(pieces("好——坏"), ["好", "——", "坏"]);
        assert_eq!(pieces("好———"), ["好", "——", "—"]);
        assert_eq!(pieces("等…………"), ["等", "……", "……"]);
        assert_eq!(pieces("…"), ["…"]);
    }

    #[test]
    fn marks_stay_with_their_base() {
        assert_eq!(pieces("葛\u{E0100}e\u{301}👨‍👩‍👧"), ["葛\u{E0100}", "e\u{301}", "👨‍👩‍👧"]);
        assert_eq!(pieces(" \u{302A}国"), [" ", "\u{302A}", "国"]);
    }
}
