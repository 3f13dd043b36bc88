//! Cuts the glyph runs of one line into marks: what is drawn, tagged and copied together.
//!
//! What a reader copies comes from two places. A font's ToUnicode map has one text for each glyph;
//! where that is not what the line says here (a second text for one glyph, a cluster of several
//! glyphs, text that has no glyph at all), the mark carries the text itself (ActualText). So does a
//! mark across an unusual gap: between Han and digits, in a spread title, after a squeezed mark.
//! Programs that read text off a page take a wide gap for a space and an overlap for a new line.

use std::ops::Range;

use super::Error;
use super::faces::Faces;
use crate::page::GlyphRun;

/// A run of a line and the text after it that has no glyphs (a space at the end of the line).
pub(super) struct LineRun<'a> {
    /// The run.
    pub(super) run: &'a GlyphRun,
    /// Number of its font.
    pub(super) font: usize,
    /// Glyphless text that follows.
    pub(super) trailing: String,
}

/// What is drawn, tagged and copied together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark<K> {
    /// Whose it is.
    pub(super) key: K,
    /// The glyphs, by run.
    pub(super) parts: Vec<Part>,
    /// What it says.
    pub(super) text: String,
    /// Whether what it says must be written beside it.
    pub(super) actual: bool,
}

/// Glyphs of one run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Index of the run in the line.
    pub(super) run: usize,
    /// Indices of the glyphs in the run.
    pub(super) glyphs: Range<usize>,
}

/// The widest gap, as a share of the em, that no program takes for a space: poppler ends a word at
/// 0.1 em.
const BOND: f64 = 0.08;

/// A glyph of the line.
struct Item<K> {
    run: usize,
    glyph: usize,
    key: K,
    /// What it says here.
    said: Said,
    /// Whether the font's map says the same.
    plain: bool,
}

/// What a glyph says.
#[derive(Clone, Default)]
struct Said {
    /// Its text, and text without glyphs that follows it.
    text: String,
    /// What its font's map should say.
    wanted: String,
    /// Whether it belongs to one cluster with the glyph before it.
    continues: bool,
}

/// Cuts a line into marks. `key` says whose a glyph is.
///
/// # Errors
/// A glyph whose text is not in its run.
pub(super) fn marks<K: Clone + PartialEq>(
    line: &[LineRun<'_>],
    faces: &mut Faces<'_>,
    mut key: impl FnMut(&GlyphRun, usize) -> K,
) -> Result<Vec<Mark<K>>, Error> {
    let mut items: Vec<Item<K>> = Vec::new();
    // Text of runs that have no glyphs goes to the glyph before it, at the beginning to the first.
    let mut waiting = String::new();
    for (index, part) in line.iter().enumerate() {
        for (glyph, mut said) in said(part.run)?.into_iter().enumerate() {
            said.text.insert_str(0, &std::mem::take(&mut waiting));
            let id = part.run.glyphs[glyph].id;
            let plain = faces.text(part.font, id, &said.wanted) == said.text;
            items.push(Item { run: index, glyph, key: key(part.run, glyph), said, plain });
        }
        let bare = if part.run.glyphs.is_empty() { part.run.text.as_str() } else { "" };
        match items.last_mut() {
            Some(item) if !bare.is_empty() || !part.trailing.is_empty() => {
                item.said.text.push_str(bare);
                item.said.text.push_str(&part.trailing);
                item.plain = false;
            }
            Some(_) => {}
            None => waiting.extend([bare, &part.trailing]),
        }
    }
    Ok(group(line, items))
}

/// What each glyph of a run says.
fn said(run: &GlyphRun) -> Result<Vec<Said>, Error> {
    let GlyphRun { text, glyphs, block, .. } = run;
    let broken = || Error::at(*block, "内部错误：字形与文字对不上，请把这期内容发给开发者");
    let mut said: Vec<Said> = vec![Said::default(); glyphs.len()];
    let mut at = 0;
    let mut index = 0;
    while index < glyphs.len() {
        let range = glyphs[index].range.clone();
        let cluster = text.get(range.clone()).filter(|text| !text.is_empty()).ok_or_else(broken)?;
        let bare = text.get(at..range.start).ok_or_else(broken)?;
        // Text without glyphs goes to the glyph before it, at the beginning to the first.
        said[index.saturating_sub(1)].text.push_str(bare);
        let count = glyphs[index..].iter().take_while(|glyph| glyph.range == range).count();
        for (nth, own) in share(cluster, count).into_iter().enumerate() {
            let glyph = &mut said[index + nth];
            glyph.text.push_str(own);
            glyph.wanted = if own.is_empty() { cluster } else { own }.to_owned();
            glyph.continues = nth > 0;
        }
        index += count;
        at = range.end;
    }
    if let Some(last) = said.last_mut() {
        last.text.push_str(&text[at..]);
    }
    Ok(said)
}

/// Shares a cluster's characters out among its glyphs: one each, the rest to the last.
fn share(cluster: &str, glyphs: usize) -> Vec<&str> {
    let mut rest = cluster;
    (1..=glyphs)
        .map(|nth| {
            let width = rest.chars().next().map_or(0, char::len_utf8);
            let (own, left) = rest.split_at(if nth == glyphs { rest.len() } else { width });
            rest = left;
            own
        })
        .collect()
}

/// Puts together what has one owner and must not, or need not, be parted.
fn group<K: PartialEq>(line: &[LineRun<'_>], items: Vec<Item<K>>) -> Vec<Mark<K>> {
    let glyph = |item: &Item<K>| &line[item.run].run.glyphs[item.glyph];
    let bonds: Vec<bool> = items
        .windows(2)
        .map(|pair| {
            let em = line[pair[0].run].run.size.min(line[pair[1].run].run.size);
            let gap = glyph(&pair[1]).x - glyph(&pair[0]).x - glyph(&pair[0]).advance;
            let apart = gap.abs().pt() > BOND * em.pt();
            let torn = pair[1].said.continues && !(pair[0].plain && pair[1].plain);
            pair[0].key == pair[1].key && (apart || torn)
        })
        .collect();
    let mut marks: Vec<Mark<K>> = Vec::new();
    let mut bound = false;
    for (index, item) in items.into_iter().enumerate() {
        let next = bonds.get(index).copied().unwrap_or(false);
        let actual = bound || next || !item.plain;
        match marks.last_mut() {
            // A glyph goes to the mark before it when it is bound to it, or when both are plain.
            Some(mark) if bound || (!actual && !mark.actual && mark.key == item.key) => {
                mark.text.push_str(&item.said.text);
                mark.push(item.run, item.glyph);
            }
            _ => {
                let glyphs = item.glyph..item.glyph + 1;
                marks.push(Mark {
                    key: item.key,
                    parts: vec![Part { run: item.run, glyphs }],
                    text: item.said.text,
                    actual,
                });
            }
        }
        bound = next;
    }
    marks
}

impl<K> Mark<K> {
    fn push(&mut self, run: usize, glyph: usize) {
        match self.parts.last_mut() {
            Some(part) if part.run == run => part.glyphs.end = glyph + 1,
            _ => self.parts.push(Part { run, glyphs: glyph..glyph + 1 }),
        }
    }
}
