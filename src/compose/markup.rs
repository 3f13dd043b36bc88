//! `**emphasis**`, all the markup there is.

/// The pieces of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pieces<'a> {
    /// Pieces without marks, and whether each is emphasised. No piece is empty.
    pub(super) list: Vec<(&'a str, bool)>,
    /// Whether emphasis is still on at the end.
    pub(super) open: bool,
}

const MARK: &str = "**";

/// Parts a text at its marks; `open` says whether emphasis is on at its beginning.
pub(super) fn pieces(text: &str, open: bool) -> Pieces<'_> {
    let mut list = Vec::new();
    let mut emphasis = open;
    for (index, piece) in text.split(MARK).enumerate() {
        if index > 0 {
            emphasis = !emphasis;
        }
        if !piece.is_empty() {
            list.push((piece, emphasis));
        }
    }
    Pieces { list, open: emphasis }
}

/// The text without its marks.
pub fn plain(text: &str) -> String {
    text.replace(MARK, "")
}

/// The parts of a title between the places where its editor would have a line end: `|`, or `｜` as
/// Chinese input methods write it.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '｜']).map(str::trim)
}

/// A title without its marks.
pub fn title(text: &str) -> String {
    lines(&plain(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_part_a_title_and_are_no_text() {
        assert_eq!(lines("关于 | 全市｜的通知").collect::<Vec<_>>(), ["关于", "全市", "的通知"]);
        assert_eq!(title("关于|**全市**的通知"), "关于全市的通知");
    }

    #[test]
    fn marks_switch_emphasis() {
        let pieces = pieces("一**二**三", false);
        assert_eq!(pieces.list, [("一", false), ("二", true), ("三", false)]);
        assert!(!pieces.open);
    }

    #[test]
    fn emphasis_reaches_into_the_next_text() {
        let first = pieces("**整合力量。", false);
        assert_eq!((first.list, first.open), (vec![("整合力量。", true)], true));
        let second = pieces("**分类整合", true);
        assert_eq!((second.list, second.open), (vec![("分类整合", false)], false));
    }

    #[test]
    fn a_single_asterisk_is_no_mark() {
        assert_eq!(pieces("3*4", false).list, [("3*4", false)]);
    }

    #[test]
    fn empty_emphasis_leaves_nothing() {
        assert_eq!(pieces("****", false).list, []);
        assert_eq!(plain("甲**乙**"), "甲乙");
    }
}
