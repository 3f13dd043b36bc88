//! Pages in the making.

use crate::compose::{Metadata, Within};
use crate::layout::{Layout, Role};
use crate::unit::Length;

use super::setting::Setter;
use super::{Block, OutlineEntry, Page, Part, Report};

/// What the steps of pagination fill in turn.
pub(crate) struct Builder<'a> {
    pub layout: &'a Layout,
    pub setter: Setter<'a>,
    pub pages: Vec<Page>,
    pub blocks: Vec<Block>,
    pub outline: Vec<OutlineEntry>,
    pub report: Report,
}

impl<'a> Builder<'a> {
    pub fn new(layout: &'a Layout, setter: Setter<'a>) -> Builder<'a> {
        Builder {
            layout,
            setter,
            pages: Vec::new(),
            blocks: Vec::new(),
            outline: Vec::new(),
            report: Report::default(),
        }
    }

    /// The page with this index; it and those before it come to be when first asked for.
    pub fn page(&mut self, index: usize) -> &mut Page {
        while self.pages.len() <= index {
            let number = self.pages.len() as u32 + 1;
            self.pages.push(Page {
                number,
                width: self.layout.page.width,
                height: self.layout.page.height,
                left: self.layout.page.left(number),
                elements: Vec::new(),
            });
        }
        &mut self.pages[index]
    }

    /// Left edge of the type area of the page with this index.
    pub fn left(&self, index: usize) -> Length {
        self.layout.page.left(index as u32 + 1)
    }

    /// Adds a logical block and returns its index.
    pub fn add_block(&mut self, part: Part, role: Role, text: &str, within: Within) -> usize {
        self.blocks.push(Block { part, role, text: text.to_owned(), within });
        self.blocks.len() - 1
    }

    /// The block added last.
    pub fn last_block(&self) -> usize {
        self.blocks.len().saturating_sub(1)
    }

    pub fn finish(self, metadata: Metadata) -> super::Pages {
        super::Pages {
            metadata,
            pages: self.pages,
            blocks: self.blocks,
            outline: self.outline,
            report: self.report,
        }
    }
}
