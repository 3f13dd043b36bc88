//! Draws the pages.

use std::collections::BTreeMap;

use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::Page as KrillaPage;
use krilla::paint::{Fill, FillRule, LineJoin, Paint, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::faces::Faces;
use super::ink::{Inks, cmyk_profile};
use super::line::{LineRun, Mark, Shown, marks};
use super::metadata::{metadata, midnight, outline};
use super::sheet::Sheet;
use super::structure::{Inline, NodeId, Structure};
use super::violation::{errors, location};
use super::watermark::Watermark;
use super::{Attachment, Error, Options, Profile, Relationship};
use crate::font::FontBook;
use crate::layout::{Layout, Role};
use crate::page::{Element, GlyphRun, Link, Page, Pages, Part, Rule, RulePart};
use crate::unit::Length;

/// Writes the whole file.
pub(super) fn document(
    pages: &Pages,
    layout: &Layout,
    fonts: &FontBook,
    options: &Options,
) -> Result<Vec<u8>, Vec<Error>> {
    let mut document = Document::new_with(settings(options).map_err(|error| vec![error])?);
    let mut faces = Faces::new(fonts);
    let sheet = Sheet::new(&options.profile);
    document.set_metadata(metadata(pages));
    document.set_outline(outline(pages, &sheet));
    for attachment in &options.attachments {
        embed(&mut document, attachment, pages).map_err(|error| vec![error])?;
    }
    let tree = draw(&mut document, pages, layout, fonts, options, &mut faces, sheet)
        .map_err(|error| vec![error])?;
    document.set_tag_tree(tree.finish());
    document.finish().map_err(|error| errors(error, &faces, &pages.blocks))
}

/// The standards that the file conforms to. Tags are in every file: with them a program takes the
/// text out right, and they are small.
fn settings(options: &Options) -> Result<SerializeSettings, Error> {
    let archive = options.profile == Profile::Archive;
    if !archive && !options.attachments.is_empty() {
        return Err(Error::new(
            "只有存档用的 PDF 可以嵌入文件，请去掉 --embed-source 或改用 --profile archive",
        ));
    }
    let builder = ConfigurationBuilder::new();
    let builder = match (archive, options.attachments.is_empty()) {
        (true, true) => builder.with_archival_validator(Archival::A2_A),
        (true, false) => builder.with_archival_validator(Archival::A3_A),
        (false, _) => builder.with_archival_validator(Archival::A2_U),
    };
    let builder =
        if archive { builder.with_accessibility_validator(Accessibility::UA1) } else { builder };
    let configuration = builder
        .finish()
        .map_err(|error| Error::new(format!("内部错误：PDF 标准不能并用（{error:?}）")))?;
    let press = matches!(options.profile, Profile::Print(_));
    Ok(SerializeSettings {
        configuration,
        cmyk_profile: if press { cmyk_profile() } else { None },
        enable_tagging: true,
        ..SerializeSettings::default()
    })
}

fn embed(document: &mut Document, file: &Attachment, pages: &Pages) -> Result<(), Error> {
    let name = &file.name;
    let mime = MimeType::new(&file.mime)
        .ok_or_else(|| Error::new(format!("附件“{name}”的文件类型“{}”不对", file.mime)))?;
    let embedded = EmbeddedFile {
        path: name.clone(),
        mime_type: Some(mime),
        description: Some(file.description.clone()),
        association_kind: match file.relationship {
            Relationship::Source => AssociationKind::Source,
            Relationship::Data => AssociationKind::Data,
            Relationship::Alternative => AssociationKind::Alternative,
            Relationship::Supplement => AssociationKind::Supplement,
        },
        data: file.bytes.clone().into(),
        modification_date: Some(midnight(pages.metadata.date)),
        compress: None,
        location: None,
    };
    document.embed_file(embedded).ok_or_else(|| Error::new(format!("有两个附件都叫“{name}”")))
}

fn draw<'a>(
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
        structure: Structure::new(&pages.blocks, layout),
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

/// A link with the text that it covers on a page; several rectangles when it wraps.
struct PageLink<'a> {
    link: &'a Link,
    parts: Vec<&'a Link>,
    node: Option<NodeId>,
}

impl PageLink<'_> {
    fn covers(&self, run: &GlyphRun, x: Length) -> bool {
        run.block == Some(self.link.block)
            && self.parts.iter().any(|part| {
                (part.x..part.x + part.width).contains(&x)
                    && (part.y..part.y + part.height).contains(&run.baseline)
            })
    }
}

/// The links of a page; parts of one that wraps are together.
fn links(page: &Page) -> Vec<PageLink<'_>> {
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

/// White space that a block has between two of its runs and neither of them: a space that fell
/// away at a line end still parts two words for whoever takes the text out.
fn spaces(pages: &Pages) -> BTreeMap<(usize, usize), String> {
    let mut spaces = BTreeMap::new();
    // How far each block has been read, and where its last run is. `None`: it does not read on.
    type Reading = Option<(usize, Option<(usize, usize)>)>;
    let mut read: Vec<Reading> = vec![Some((0, None)); pages.blocks.len()];
    for (index, page) in pages.pages.iter().enumerate() {
        for (element, run) in runs(page) {
            let Some(block) = run.block.filter(|&block| block < read.len()) else { continue };
            let Some((at, last)) = read[block] else { continue };
            let rest = &pages.blocks[block].text[at..];
            let gap = rest.len() - rest.trim_start().len();
            let skipped = [0, gap].into_iter().find(|&skip| rest[skip..].starts_with(&run.text));
            read[block] = skipped.map(|skip| {
                if let Some(last) = last.filter(|_| skip > 0) {
                    spaces.insert(last, rest[..skip].to_owned());
                }
                (at + skip + run.text.len(), Some((index, element)))
            });
        }
    }
    spaces
}

fn runs(page: &Page) -> impl Iterator<Item = (usize, &GlyphRun)> {
    page.elements.iter().enumerate().filter_map(|(index, element)| match element {
        Element::Glyphs(run) => Some((index, run)),
        Element::Rule(_) | Element::Link(_) => None,
    })
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
            let x = near.glyphs.first().map_or(Length::ZERO, |glyph| glyph.x);
            let shown = [Shown {
                id: blank.id,
                x,
                advance: blank.advance(near.size),
                rise: Length::ZERO,
                text: " ".to_owned(),
                joined: false,
            }];
            let stroke =
                GlyphStroke::new(near, number, &shown, self.inks.pale(), (&self.sheet, None));
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

/// What a link does, for those who hear it (ISO 14289-1 §7.18.5).
fn purpose(target: &str) -> String {
    match target.split_once(':') {
        Some(("mailto", address)) => format!("发邮件到 {address}"),
        Some(("tel", number)) => format!("拨打电话 {number}"),
        _ => format!("打开网址 {target}"),
    }
}

fn artifact(surface: &mut Surface<'_>, kind: ArtifactType) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
}

/// Overlapping contours are one shape: never even-odd.
fn fill(paint: Paint) -> Fill {
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// Glyphs of one run that are drawn with one call.
struct GlyphStroke {
    start: Point,
    glyphs: Vec<KrillaGlyph>,
    text: String,
    font: usize,
    size: f32,
    paint: Paint,
    stroke: f32,
}

impl GlyphStroke {
    fn new(
        run: &GlyphRun,
        font: usize,
        glyphs: &[Shown],
        paint: Paint,
        (sheet, block): (&Sheet, Option<usize>),
    ) -> GlyphStroke {
        let first = glyphs.first().map_or(Length::ZERO, |glyph| glyph.x);
        let size = run.size.pt();
        let em = |length: Length| length.pt() / size;
        let mut text = String::new();
        let mut drawn: Vec<KrillaGlyph> = Vec::with_capacity(glyphs.len());
        // Where krilla is, in ems from the first glyph: it adds up what it is given in single
        // precision, so what rounding took from one glyph is given to the next.
        let mut reached = 0.0_f64;
        for (index, glyph) in glyphs.iter().enumerate() {
            let next = glyphs.get(index + 1).map_or(glyph.x + glyph.advance, |next| next.x);
            let advance = (em(next - first) - reached) as f32;
            reached += f64::from(advance);
            let range = match drawn.last() {
                Some(before) if glyph.joined => before.text_range.clone(),
                _ => {
                    text.push_str(&glyph.text);
                    text.len() - glyph.text.len()..text.len()
                }
            };
            drawn.push(KrillaGlyph::new(
                GlyphId::new(u32::from(glyph.id)),
                advance,
                0.0,
                em(glyph.rise) as f32,
                0.0,
                range,
                location(block),
            ));
        }
        GlyphStroke {
            start: Point::from_xy(sheet.x(first), sheet.y(run.baseline)),
            glyphs: drawn,
            text,
            font,
            size: size as f32,
            paint,
            stroke: run.stroke.pt() as f32,
        }
    }

    fn draw(self, surface: &mut Surface<'_>, faces: &Faces<'_>) {
        // Round joins: a mitre would grow spikes on the sharp corners of strokes.
        let stroke = (self.stroke > 0.0).then(|| Stroke {
            paint: self.paint.clone(),
            width: self.stroke,
            line_join: LineJoin::Round,
            ..Stroke::default()
        });
        surface.set_fill(Some(fill(self.paint)));
        surface.set_stroke(stroke);
        let font = faces.font(self.font).clone();
        surface.draw_glyphs(self.start, &self.glyphs, font, &self.text, self.size, false);
    }
}
