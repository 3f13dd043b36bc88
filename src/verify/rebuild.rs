//! Makes a file again of the texts inside it, unless that would take too long.

use super::limits::Limits;
use super::words::Owned;
use crate::build::{Composed, Options, Product, Recipe, Source};
use crate::diagnostic::{Diagnostic, Sources};
use crate::disk::size;
use crate::font::FontBook;

/// What was made again.
pub(super) struct Again {
    pub(super) product: Product,
    composed: Composed,
    sources: Sources,
}

impl Again {
    /// The words of the issue, and which of them an editor wrote.
    pub(super) fn words(&self) -> Owned {
        Owned::new(&self.composed, &self.sources)
    }
}

/// Why nothing was made.
pub(super) enum Failed {
    /// It would take too long; in the user's words.
    Refused(String),
    /// The texts are wrong.
    Source(Vec<Diagnostic>),
    /// It cannot be set or written: for want of a glyph.
    Setting(Vec<Diagnostic>),
}

/// Makes a file of its texts; of those that a stranger wrote, only within limits.
pub(super) fn again(
    source: &Source,
    recipe: &Recipe,
    fonts: &FontBook,
    limits: Option<&Limits>,
) -> Result<Again, Failed> {
    if let Some(limits) = limits {
        let config = source.config.as_ref().map_or(0, String::len);
        if source.issue.len() + config + source.layout.len() > limits.source {
            let most = size(limits.source as u64);
            return Err(Failed::Refused(format!("嵌入的源文件超过{most}，不重新排版")));
        }
    }
    let mut sources = Sources::default();
    let composed = source.compose(&mut sources).map_err(Failed::Source)?;
    if let Some(limits) = limits {
        bounded(&composed, recipe, limits)?;
    }
    let options =
        Options { pdf: Some(recipe.clone()), source: Some(source.clone()), ..Options::default() };
    let product = composed.finish(fonts, &options).map_err(Failed::Setting)?;
    Ok(Again { product, composed, sources })
}

/// Refuses what has too many characters or paragraphs, or would have too many pages, before they are
/// set: all are known from the words and the looks. What setting takes grows with nothing else.
fn bounded(composed: &Composed, recipe: &Recipe, limits: &Limits) -> Result<(), Failed> {
    let Composed { document, layout, .. } = composed;
    let page = &layout.page;
    let refused = |found: String, most: String| {
        Err(Failed::Refused(format!("嵌入的源文件排出来有{found}，超过{most}，不重新排版")))
    };
    let (mut characters, mut area) = (0, 0.0);
    for run in document.runs() {
        let count = run.text.chars().count();
        let scale = (layout.style(run.role).size.pt() / page.size.pt()).max(1.0);
        characters += count;
        area += count as f64 * scale * scale;
    }
    if characters > limits.characters {
        return refused(format!("{characters}字"), format!("{}字", limits.characters));
    }
    let blocks = document.head.len() + document.paragraphs().len() + document.colophon.len();
    if blocks > limits.blocks {
        return refused(format!("{blocks}段"), format!("{}段", limits.blocks));
    }
    // Twice the room that characters take side by side: indents, and what may not begin a line.
    let row = f64::from(page.characters);
    let sheets = (2.0 * area / row + blocks as f64) / f64::from(page.lines) + 1.0;
    if sheets > limits.sheets as f64 {
        return refused(format!("约{sheets:.0}页"), format!("{}页", limits.sheets));
    }
    let cells = sheets * row * f64::from(page.lines);
    if recipe.grid && cells > limits.cells as f64 {
        return refused(format!("约{cells:.0}个格子"), format!("{}个", limits.cells));
    }
    Ok(())
}
