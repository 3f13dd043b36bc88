//! What programs want to know of the file: document information, XMP, bookmarks.

use chrono::{Datelike, NaiveDate};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};

use super::sheet::Sheet;
use crate::page::{OutlineEntry, Pages};

/// The language of an issue (RFC 3066).
pub(super) const LANGUAGE: &str = "zh-CN";

/// Document information, the same in the information dictionary and in XMP.
pub(super) fn metadata(pages: &Pages, creator: &str) -> Metadata {
    let about = &pages.metadata;
    let creator = if creator.is_empty() { "hongtou" } else { creator };
    Metadata::new()
        .title(about.title.clone())
        .description(about.subject.clone())
        .authors(about.authors.clone())
        .keywords(about.keywords.clone())
        .language(LANGUAGE.to_owned())
        .creator(creator.to_owned())
        .producer(concat!("hongtou ", env!("CARGO_PKG_VERSION")).to_owned())
        .creation_date(midnight(about.date))
        // The same issue keeps its identifier when it is corrected; krilla makes the second one,
        // of this very file, from its bytes.
        .document_id(format!("{}\n{}\n{}", about.title, about.subject, about.date))
}

/// The beginning of a day in China. The clock is not asked: the same issue gives the same bytes.
pub(super) fn midnight(date: NaiveDate) -> DateTime {
    DateTime::new(u16::try_from(date.year()).unwrap_or(0))
        .month(date.month() as u8)
        .day(date.day() as u8)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(8)
        .utc_offset_minute(0)
}

/// Bookmarks, nested by level and open.
pub(super) fn outline(pages: &Pages, sheet: &Sheet) -> Outline {
    let mut outline = Outline::new();
    let mut rest = pages.outline.as_slice();
    while !rest.is_empty() {
        let (node, used) = bookmark(rest, pages, sheet);
        outline.push_child(node);
        rest = &rest[used..];
    }
    outline
}

/// The first entry with those below it, and how many they are.
fn bookmark(entries: &[OutlineEntry], pages: &Pages, sheet: &Sheet) -> (OutlineNode, usize) {
    let entry = &entries[0];
    let page = entry.page.min(pages.pages.len().saturating_sub(1));
    let point = Point::from_xy(sheet.x(crate::unit::Length::ZERO), sheet.y(entry.y));
    let destination = XyzDestination::new(page, point);
    let mut node = OutlineNode::new(entry.text.clone(), destination).with_open(true);
    let mut used = 1;
    while entries.get(used).is_some_and(|below| below.level > entry.level) {
        let (child, count) = bookmark(&entries[used..], pages, sheet);
        node.push_child(child);
        used += count;
    }
    (node, used)
}
