//! Links of a page.

use super::structure::NodeId;
use crate::page::{Element, GlyphRun, Link, Page};
use crate::unit::Length;

/// A link with the text that it covers on a page; several rectangles when it wraps.
pub(super) struct PageLink<'a> {
    /// Its first part.
    pub(super) link: &'a Link,
    /// All of it.
    pub(super) parts: Vec<&'a Link>,
    /// Where its text stands in the tag tree.
    pub(super) node: Option<NodeId>,
}

impl PageLink<'_> {
    pub(super) fn covers(&self, run: &GlyphRun, x: Length) -> bool {
        run.block == Some(self.link.block)
            && self.parts.iter().any(|part| {
                (part.x..part.x + part.width).contains(&x)
                    && (part.y..part.y + part.height).contains(&run.baseline)
            })
    }
}

/// The links of a page; parts of one that wraps are together.
pub(super) fn links(page: &Page) -> Vec<PageLink<'_>> {
    let mut links: Vec<PageLink<'_>> = Vec::new();
    for element in &page.elements {
        let Element::Link(link) = element else { continue };
        match links.last_mut() {
            Some(last) if last.link.block == link.block && last.link.target == link.target => {
                last.parts.push(link);
            }
            _ => links.push(PageLink { link, parts: vec![link], node: None }),
        }
    }
    links
}

/// What a link does, for those who hear it (ISO 14289-1 §7.18.5).
pub(super) fn purpose(target: &str) -> String {
    match target.split_once(':') {
        Some(("mailto", address)) => format!("发邮件到 {address}"),
        Some(("tel", number)) => format!("拨打电话 {number}"),
        _ => format!("打开网址 {target}"),
    }
}
