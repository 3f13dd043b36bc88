//! Draws the pages.

use std::collections::BTreeMap;

use krilla::Document;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::geom::{PathBuilder, Rect};
use krilla::page::Page as KrillaPage;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};

use super::faces::Faces;
use super::ink::Inks;
use super::line::{LineRun, Mark, Shown, marks};
use super::link::{PageLink, links, purpose};
use super::sheet::Sheet;
use super::space::spaces;
use super::stroke::{GlyphStroke, fill};
use super::structure::{Inline, Structure};
use super::watermark::Watermark;
use super::{Error, Options, Profile};
use crate::font::FontBook;
use crate::layout::{Layout, Role};
use crate::page::{Element, GlyphRun, Page, Pages, Part, Rule, RulePart};
use crate::unit::Length;

/// Draws all pages; returns the tag tree.
pub(super) fn draw<'a>(
    document: &mut Document,
    pages: &'a Pages,
    layout: &'a Layout,
    fonts: &FontBook,
    options: &Options,
    faces: &mut Faces<'_>,
    sheet: Sheet,
) -> Result<Structure<'a>, Error> {
    let watermark = match &options.watermark {
        Some(text) => Some(Watermark::new(text, fonts, faces)?),
        None => None,
    };
    let preprinted = matches!(&options.profile, Profile::Print(options) if options.preprinted);
    let mut pen = Pen {
        pages,
        inks: Inks::new(layout, &options.profile),
        faces,
        structure: Structure::new(&pages.blocks),
        sheet,
        spaces: spaces(pages),
        preprinted,
    };
    for (index, page) in pages.pages.iter().enumerate() {
        let mut sheet = document.start_page_with(pen.sheet.settings(page)?);
        let mut links = links(page);
        {
            let mut surface = sheet.surface();
            pen.page(&mut surface, index, page, watermark.as_ref(), &mut links)?;
            surface.finish();
        }
        for link in links {
            pen.link(&mut sheet, link);
        }
        pen.structure.end_page();
    }
    Ok(pen.structure)
}

/// Draws, and tells the tag tree what was drawn.
struct Pen<'a, 'f, 'b> {
    pages: &'a Pages,
    inks: Inks<'a>,
    faces: &'f mut Faces<'b>,
    structure: Structure<'a>,
    sheet: Sheet,
    /// White space of blocks that was left out at line ends, by page and element.
    spaces: BTreeMap<(usize, usize), String>,
    preprinted: bool,
}

impl<'a> Pen<'a, '_, '_> {
    fn page(
        &mut self,
        surface: &mut Surface<'_>,
        index: usize,
        page: &'a Page,
        watermark: Option<&Watermark>,
        links: &mut [PageLink<'_>],
    ) -> Result<(), Error> {
        self.grid(surface, page);
        if let Some(watermark) = watermark {
            artifact(surface, ArtifactType::Watermark);
            surface.set_fill(Some(fill(self.inks.pale())));
            surface.set_stroke(None);
            watermark.draw(surface, self.faces, page, &self.sheet);
            surface.end_tagged();
        }
        let mut at = 0;
        while at < page.elements.len() {
            at += match &page.elements[at] {
                Element::Rule(rule) => self.rule(surface, rule)?,
                Element::Link(_) => 1,
                Element::Glyphs(run) => self.line(surface, index, page, at, run, links)?,
            };
        }
        if let Some(path) = self.sheet.marks(page) {
            artifact(surface, ArtifactType::Page);
            surface.set_fill(Some(fill(self.inks.registration())));
            surface.set_stroke(None);
            surface.draw_path(&path);
            surface.end_tagged();
        }
        Ok(())
    }

    /// The inspection grid, under everything and in a colour of its own: it is no part of the page.
    fn grid(&self, surface: &mut Surface<'_>, page: &Page) {
        let mut path = PathBuilder::new();
        for element in &page.elements {
            if let Element::Rule(rule) = element
                && rule.part == RulePart::Grid
                && let Some(rect) = self.rect(rule)
            {
                path.push_rect(rect);
            }
        }
        if let Some(path) = path.finish() {
            artifact(surface, ArtifactType::Layout);
            surface.set_fill(Some(fill(self.inks.light())));
            surface.set_stroke(None);
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }

    fn rect(&self, rule: &Rule) -> Option<Rect> {
        self.sheet.rect(rule.x, rule.y, rule.width, rule.height)
    }

    fn rule(&self, surface: &mut Surface<'_>, rule: &Rule) -> Result<usize, Error> {
        let kind = match rule.part {
            RulePart::Grid => return Ok(1),
            RulePart::Head if self.preprinted => return Ok(1),
            RulePart::PageNumber => ArtifactType::PageNumber,
            RulePart::Head | RulePart::Colophon => ArtifactType::Layout,
        };
        let paint = self.inks.paint(&rule.ink)?;
        let mut path = PathBuilder::new();
        if let Some(rect) = self.rect(rule) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            artifact(surface, kind);
            surface.set_fill(Some(fill(paint)));
            surface.set_stroke(None);
            surface.draw_path(&path);
            surface.end_tagged();
        }
        Ok(1)
    }

    /// Draws the runs of one line of one block, beginning at an element; returns how many elements
    /// that was.
    fn line(
        &mut self,
        surface: &mut Surface<'_>,
        index: usize,
        page: &'a Page,
        start: usize,
        first: &GlyphRun,
        links: &mut [PageLink<'_>],
    ) -> Result<usize, Error> {
        let mut line = Vec::new();
        let mut count = 0;
        for element in &page.elements[start..] {
            match element {
                Element::Glyphs(run) if run.block == first.block && run.line == first.line => {
                    if !self.on_paper_already(run) {
                        let font = self.faces.number(run.face)?;
                        let trailing = self.spaces.get(&(index, start + count));
                        let trailing = trailing.cloned().unwrap_or_default();
                        line.push(LineRun { run, font, trailing });
                    }
                }
                Element::Link(_) => {}
                Element::Glyphs(_) | Element::Rule(_) => break,
            }
            count += 1;
        }
        let Some(block) = first.block else {
            self.artifacts(surface, first, &line)?;
            return Ok(count);
        };
        if block >= self.pages.blocks.len() {
            return Err(Error::new("内部错误：有一行字不属于任何段落，请把这期内容发给开发者"));
        }
        let marks = marks(&line, self.faces, |run, shown| {
            let middle = shown.x + shown.advance / 2;
            let inline = match links.iter().position(|link| link.covers(run, middle)) {
                Some(link) => Inline::Link(link),
                None if run.role == Role::Emphasis => Inline::Strong,
                None => Inline::Words,
            };
            (run.role, inline)
        })?;
        self.blanks(surface, first);
        for mark in marks {
            self.mark(surface, block, &line, &mark, links)?;
        }
        Ok(count)
    }

    /// Draws each blank glyph once as a space before it is put to other use: the first text of a
    /// glyph is the one that its font's map has for programs that know no ActualText.
    fn blanks(&mut self, surface: &mut Surface<'_>, near: &GlyphRun) {
        for (number, blank) in self.faces.new_blanks() {
            let shown = [Shown {
                id: blank.id,
                x: Length::ZERO,
                advance: blank.advance(near.size),
                rise: Length::ZERO,
                text: " ".to_owned(),
                joined: false,
            }];
            // In the corner of the paper, where it is in no line.
            let corner = GlyphRun { baseline: near.size, stroke: Length::ZERO, ..near.clone() };
            let place = (&self.sheet, None);
            let stroke = GlyphStroke::new(&corner, number, &shown, self.inks.pale(), place);
            artifact(surface, ArtifactType::Layout);
            stroke.draw(surface, self.faces);
            surface.end_tagged();
        }
    }

    /// Whether preprinted paper has a run already: coloured text of the title block.
    fn on_paper_already(&self, run: &GlyphRun) -> bool {
        let part = run.block.and_then(|block| self.pages.blocks.get(block)).map(|b| b.part);
        self.preprinted && part == Some(Part::Head) && !self.inks.is_black(&run.ink)
    }

    /// Text that is no part of the issue's: the page number.
    fn artifacts(
        &mut self,
        surface: &mut Surface<'_>,
        first: &GlyphRun,
        line: &[LineRun<'_>],
    ) -> Result<(), Error> {
        let marks = marks(line, self.faces, |run, _| run.role)?;
        self.blanks(surface, first);
        for mark in marks {
            let kind = match mark.key {
                Role::PageNumber => ArtifactType::PageNumber,
                _ => ArtifactType::PaginationOther,
            };
            let strokes = self.strokes(line, &mark, None)?;
            artifact(surface, kind);
            strokes.into_iter().for_each(|stroke| stroke.draw(surface, self.faces));
            surface.end_tagged();
        }
        Ok(())
    }

    fn mark(
        &mut self,
        surface: &mut Surface<'_>,
        block: usize,
        line: &[LineRun<'_>],
        mark: &Mark<(Role, Inline)>,
        links: &mut [PageLink<'_>],
    ) -> Result<(), Error> {
        let (role, inline) = mark.key;
        let node = self.structure.node(block, role, inline);
        if let Inline::Link(link) = inline {
            links[link].node = Some(node);
        }
        let strokes = self.strokes(line, mark, Some(block))?;
        let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        strokes.into_iter().for_each(|stroke| stroke.draw(surface, self.faces));
        surface.end_tagged();
        self.structure.content(node, block, id, &mark.text());
        Ok(())
    }

    /// The glyphs of a mark as krilla takes them.
    fn strokes<K>(
        &self,
        line: &[LineRun<'_>],
        mark: &Mark<K>,
        block: Option<usize>,
    ) -> Result<Vec<GlyphStroke>, Error> {
        let mut strokes = Vec::new();
        for part in &mark.parts {
            let LineRun { run, font, .. } = &line[part.run];
            let paint = self.inks.paint(&run.ink)?;
            let place = (&self.sheet, block);
            strokes.push(GlyphStroke::new(run, *font, &part.glyphs, paint, place));
        }
        Ok(strokes)
    }

    fn link(&mut self, page: &mut KrillaPage<'_>, link: PageLink<'_>) {
        let quads: Vec<_> = link
            .parts
            .iter()
            .filter_map(|part| self.sheet.rect(part.x, part.y, part.width, part.height))
            .map(Into::into)
            .collect();
        if quads.is_empty() || link.link.block >= self.pages.blocks.len() {
            return;
        }
        let action = LinkAction::new(link.link.target.clone());
        let annotation = LinkAnnotation::new_with_quad_points(quads, Target::Action(action.into()));
        let annotation = Annotation::new_link(annotation, Some(purpose(&link.link.target)));
        let id = page.add_tagged_annotation(annotation);
        self.structure.annotation(link.node, link.link.block, id);
    }
}

fn artifact(surface: &mut Surface<'_>, kind: ArtifactType) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
}
