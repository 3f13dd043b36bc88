//! `word/styles.xml`: a style for every role, under its Chinese name.

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::characters::{CharacterStyle, by_script, camel};
use super::colophon::strip_format;
use super::fonts::FontProfile;
use super::format::{Looks, paragraph_properties};
use super::para::{Para, Piece, StyleKey};
use super::plan::Plan;
use super::stand::{Format, role_format};
use super::xml::Element;
use crate::layout::{Align, Layout, Role};

/// The styles of a document.
pub(super) struct Styles {
    /// Formats of the paragraph styles.
    formats: BTreeMap<StyleKey, Format>,
    /// Roles with a character style, and the roles of the paragraphs that it stands in.
    inline: BTreeMap<Role, BTreeSet<Role>>,
    /// Character styles that are no role's alone.
    variants: BTreeSet<CharacterStyle>,
    /// The looks of the roles.
    looks: BTreeMap<Role, Looks>,
    /// Roles that the document has.
    used: BTreeSet<Role>,
    normal: Format,
}

impl Styles {
    /// The styles that a plan needs, and those of the roles that it has not.
    pub fn new<'p>(
        plan: &'p Plan<'_>,
        footers: impl Iterator<Item = &'p Para<'p>>,
        layout: &Layout,
        fonts: FontProfile,
    ) -> Styles {
        let looks = |&role: &Role| Some((role, Looks::new(layout, fonts, role)?));
        let normal =
            Format { line: plan.sheet.pitch, align: Some(Align::Justify), ..Format::default() };
        let none = |&role: &Role| (role, BTreeSet::new());
        let mut styles = Styles {
            formats: BTreeMap::new(),
            inline: Role::ALL.iter().filter(|role| role.is_inline()).map(none).collect(),
            variants: BTreeSet::new(),
            looks: Role::ALL.iter().filter_map(looks).collect(),
            used: BTreeSet::new(),
            normal,
        };
        // In the text a style is what the layout says; in head and foot, where a paragraph's
        // place is part of it, what the first paragraph of its kind needs.
        for role in plan.body.iter().filter_map(Para::role) {
            styles.formats.insert(StyleKey::Role(role), role_format(layout, &plan.sheet, role));
        }
        for paragraph in plan.paragraphs().chain(footers) {
            let format = || paragraph.format.clone();
            styles.formats.entry(paragraph.style).or_insert_with(format);
            styles.see(paragraph);
        }
        for &role in Role::ALL.iter().filter(|role| !role.is_inline()) {
            let format = || role_format(layout, &plan.sheet, role);
            styles.formats.entry(StyleKey::Role(role)).or_insert_with(format);
        }
        for key in [StyleKey::ColophonEnd, StyleKey::Anchor] {
            styles.formats.insert(key, strip_format());
        }
        styles
    }

    fn see(&mut self, paragraph: &Para<'_>) {
        let Some(host) = paragraph.role() else { return };
        self.used.insert(host);
        for piece in &paragraph.pieces {
            let Piece::Run { run, text, .. } = piece else { continue };
            let style = CharacterStyle::of(run, Some(host));
            let role = style.map_or(host, |style| style.role);
            self.used.insert(role);
            if role != host {
                self.inline.entry(role).or_default().insert(host);
            }
            let mut styles = vec![style];
            styles.extend(self.in_style(style, host, text).into_iter().map(|(style, _)| style));
            self.variants.extend(styles.into_iter().flatten().filter(|one| one.base().is_some()));
        }
    }

    /// A text in this style, within a paragraph of a role, parted where letters and digits need
    /// another.
    pub fn in_style<'t>(
        &self,
        style: Option<CharacterStyle>,
        host: Role,
        text: &'t str,
    ) -> Vec<(Option<CharacterStyle>, &'t str)> {
        let looks = self.looks.get(&style.map_or(host, CharacterStyle::looks));
        let bolder =
            CharacterStyle { bolder: true, ..style.unwrap_or(CharacterStyle::plain(host)) };
        let pieces = by_script(looks, text).into_iter();
        pieces.map(|(latin, text)| (if latin { Some(bolder) } else { style }, text)).collect()
    }

    /// Whether characters in this style are bold, where the style cannot say so itself: bold of a
    /// character style undoes that of its paragraph's in Word (ECMA-376 part 1, §17.7.3), and what
    /// is not bold there does not become so.
    pub fn weight(&self, style: Option<CharacterStyle>, host: Role) -> Option<bool> {
        let bold = |role| self.looks.get(&role).is_some_and(|looks| looks.bold);
        let style = style.filter(|_| bold(host))?;
        Some(style.bolder || bold(style.looks()))
    }

    /// What the style of a paragraph already says.
    pub fn format(&self, key: StyleKey) -> &Format {
        self.formats.get(&key).unwrap_or(&self.normal)
    }

    /// `word/styles.xml`.
    pub fn part(&self, layout: &Layout, options: &Options) -> Vec<u8> {
        let mut styles = Element::new("w:styles")
            .attr("xmlns:w", super::package::NS_WORD)
            .child(defaults(layout, options))
            .child(latent())
            .children(base_styles(&self.normal, layout));
        for (&key, format) in &self.formats {
            styles = styles.child(self.paragraph_style(key, format, layout, options));
        }
        for (&role, hosts) in &self.inline {
            styles = styles.child(self.character_style(role, hosts, layout, options));
        }
        for &variant in &self.variants {
            styles = styles.child(self.variant(variant));
        }
        styles.into_part()
    }

    fn paragraph_style(
        &self,
        key: StyleKey,
        format: &Format,
        layout: &Layout,
        options: &Options,
    ) -> Element {
        let id = paragraph_id(key);
        let (name, alias) = paragraph_name(key);
        let mut style = Element::new("w:style").attr("w:type", "paragraph");
        if !is_built_in(key) {
            style = style.attr("w:customStyle", 1);
        }
        style = style.attr("w:styleId", &id).child(Element::val("w:name", name));
        if let Some(alias) = alias {
            style = style.child(Element::val("w:aliases", alias));
        }
        style = style.child(Element::val("w:basedOn", NORMAL));
        if format.outline.is_some() {
            let next = paragraph_id(StyleKey::Role(Role::Body));
            style = style.child(Element::val("w:next", next));
        }
        let StyleKey::Role(role) = key else {
            return self.plain_style(style, key, format, layout, options);
        };
        if self.inline.contains_key(&role) {
            style = style.child(Element::val("w:link", character_id(role)));
        }
        style = self.rank(style, role);
        let properties = paragraph_properties(None, format, &self.normal);
        style = style.child_unless_empty(properties);
        match Looks::new(layout, options.fonts, role) {
            Some(looks) => style.child(looks.properties()),
            None => style,
        }
    }

    /// The styles that are no role's.
    fn plain_style(
        &self,
        style: Element,
        key: StyleKey,
        format: &Format,
        layout: &Layout,
        options: &Options,
    ) -> Element {
        let style = style.child(Element::val("w:uiPriority", 99)).child(paragraph_properties(
            None,
            format,
            &self.normal,
        ));
        if key == StyleKey::EvenPageNumber {
            return match Looks::new(layout, options.fonts, Role::PageNumber) {
                Some(looks) => style.child(looks.properties()),
                None => style,
            };
        }
        // As low as type can be: the line must not be higher than it says.
        let looks =
            Element::new("w:rPr").child(Element::val("w:sz", 2)).child(Element::val("w:szCs", 2));
        style.child(looks)
    }

    fn character_style(
        &self,
        role: Role,
        hosts: &BTreeSet<Role>,
        layout: &Layout,
        options: &Options,
    ) -> Element {
        let linked = self.formats.contains_key(&StyleKey::Role(role));
        let built_in = role == Role::Emphasis;
        let mut style = Element::new("w:style").attr("w:type", "character");
        if !built_in {
            style = style.attr("w:customStyle", 1);
        }
        let name = match (built_in, linked) {
            (true, _) => "Emphasis".to_owned(),
            (false, true) => format!("{} 字符", role.chinese()),
            (false, false) => role.chinese().to_owned(),
        };
        style = style
            .attr("w:styleId", character_id(role))
            .child(Element::val("w:name", name))
            .children(built_in.then(|| Element::val("w:aliases", role.chinese())))
            .child(Element::val("w:basedOn", DEFAULT_FONT));
        if linked {
            let paragraph = paragraph_id(StyleKey::Role(role));
            style = style.child(Element::val("w:link", paragraph));
        }
        style = self.rank(style, role);
        let looks = |role| Looks::new(layout, options.fonts, role);
        let hosts: Vec<Looks> = match hosts.is_empty() {
            true => looks(Role::Body).into_iter().collect(),
            false => hosts.iter().filter_map(|&host| looks(host)).collect(),
        };
        let Some(looks) = looks(role) else { return style };
        if role == Role::Emphasis {
            // Only the face changes, whatever it stands in.
            let alike = |host: &Looks| host.east_asia == looks.east_asia;
            let fonts = (!hosts.iter().all(alike)).then(|| looks.fonts());
            let face = Element::new("w:rPr").children(fonts).children(looks.weight());
            return style.child(face);
        }
        style.child_unless_empty(looks.properties_within(&hosts))
    }

    /// A character style that changes the weight, or the face too, of another.
    fn variant(&self, variant: CharacterStyle) -> Element {
        // In a paragraph of the role itself there is no other.
        let base = match variant.base() {
            Some(base) if base.emphasised || self.inline.contains_key(&base.role) => base.id(),
            _ => DEFAULT_FONT.to_owned(),
        };
        let style = Element::new("w:style")
            .attr("w:type", "character")
            .attr("w:customStyle", 1)
            .attr("w:styleId", variant.id())
            .child(Element::val("w:name", variant.name()))
            .child(Element::val("w:basedOn", base))
            .child(Element::val("w:uiPriority", 99));
        let bold = [Element::new("w:b"), Element::new("w:bCs")];
        let properties = match self.looks.get(&variant.looks()).filter(|_| !variant.bolder) {
            Some(looks) => looks.face_properties(),
            None => bold.into(),
        };
        style.child(Element::new("w:rPr").children(properties))
    }

    /// Place in the lists of styles: those that the document has stand in the gallery.
    fn rank(&self, style: Element, role: Role) -> Element {
        let place = Role::ALL.iter().position(|&other| other == role).unwrap_or(0);
        let style = style.child(Element::val("w:uiPriority", place + 1));
        if self.used.contains(&role) { style.child(Element::new("w:qFormat")) } else { style }
    }
}

const NORMAL: &str = "Normal";
const DEFAULT_FONT: &str = "DefaultParagraphFont";

/// The id of a paragraph style.
pub(super) fn paragraph_id(key: StyleKey) -> String {
    match key {
        StyleKey::Role(Role::SectionTitle) => "Heading1".into(),
        StyleKey::Role(Role::Headline) => "Heading2".into(),
        StyleKey::Role(Role::PageNumber) => "Footer".into(),
        // Heading1 and so on are taken.
        StyleKey::Role(Role::Heading1) => "Level1".into(),
        StyleKey::Role(Role::Heading2) => "Level2".into(),
        StyleKey::Role(Role::Heading3) => "Level3".into(),
        StyleKey::Role(Role::Heading4) => "Level4".into(),
        StyleKey::Role(role) => camel(role),
        StyleKey::HeadRule => "HeadRule".into(),
        StyleKey::EvenPageNumber => "FooterEven".into(),
        StyleKey::ColophonEnd => "ColophonEnd".into(),
        StyleKey::Anchor => "ColophonAnchor".into(),
    }
}

/// The id of a role's character style.
fn character_id(role: Role) -> String {
    CharacterStyle::plain(role).id()
}

/// A paragraph style's name, and the Chinese one beside it where Word has a style of its own for
/// the role: programs know headings by their built-in names, and a Chinese Word shows 标题 for
/// `Title` itself, so that an own style of that name would clash.
fn paragraph_name(key: StyleKey) -> (&'static str, Option<&'static str>) {
    match key {
        StyleKey::Role(role) => match role {
            Role::SectionTitle => ("heading 1", Some(role.chinese())),
            Role::Headline => ("heading 2", Some(role.chinese())),
            Role::Title => ("Title", Some(role.chinese())),
            Role::Subtitle => ("Subtitle", Some(role.chinese())),
            Role::PageNumber => ("footer", Some(role.chinese())),
            role => (role.chinese(), None),
        },
        StyleKey::HeadRule => ("报头分隔线", None),
        StyleKey::EvenPageNumber => ("双页页码", None),
        StyleKey::ColophonEnd => ("版记底行", None),
        StyleKey::Anchor => ("版记定位", None),
    }
}

fn is_built_in(key: StyleKey) -> bool {
    paragraph_name(key).1.is_some()
}

fn defaults(layout: &Layout, options: &Options) -> Element {
    let looks = Looks::new(layout, options.fonts, Role::Body)
        .map(|looks| std::iter::once(looks.fonts()).chain(looks.sizes()));
    let language =
        Element::val("w:lang", "en-US").attr("w:eastAsia", "zh-CN").attr("w:bidi", "ar-SA");
    let run = Element::new("w:rPr").children(looks.into_iter().flatten()).child(language);
    Element::new("w:docDefaults")
        .child(Element::new("w:rPrDefault").child(run))
        .child(Element::new("w:pPrDefault"))
}

/// Word's own styles stay out of the gallery.
fn latent() -> Element {
    Element::new("w:latentStyles")
        .attr("w:defLockedState", 0)
        .attr("w:defUIPriority", 99)
        .attr("w:defSemiHidden", 1)
        .attr("w:defUnhideWhenUsed", 1)
        .attr("w:defQFormat", 0)
        .attr("w:count", 376)
}

/// What every document has: the defaults of paragraphs, characters, tables and lists.
fn base_styles(normal: &Format, layout: &Layout) -> Vec<Element> {
    let style = |kind, id, name| {
        Element::new("w:style")
            .attr("w:type", kind)
            .attr("w:default", 1)
            .attr("w:styleId", id)
            .child(Element::val("w:name", name))
    };
    let hidden = |style: Element| {
        style
            .child(Element::val("w:uiPriority", 99))
            .child(Element::new("w:semiHidden"))
            .child(Element::new("w:unhideWhenUsed"))
    };
    let margin = |name| Element::new(name).attr("w:w", 0).attr("w:type", "dxa");
    let cells = Element::new("w:tblPr")
        .child(Element::new("w:tblInd").attr("w:w", 0).attr("w:type", "dxa"))
        .child(Element::new("w:tblCellMar").children([
            margin("w:top"),
            margin("w:left"),
            margin("w:bottom"),
            margin("w:right"),
        ]));
    vec![
        style("paragraph", NORMAL, "Normal").child(normal_properties(normal, layout)),
        hidden(style("character", DEFAULT_FONT, "Default Paragraph Font")),
        hidden(style("table", "TableNormal", "Normal Table")).child(cells),
        hidden(style("numbering", "NoList", "No List")),
    ]
}

/// What all paragraphs have in common.
fn normal_properties(normal: &Format, layout: &Layout) -> Element {
    let typography = &layout.typography;
    let gap = typography.autospace > 0;
    let spacing = Element::new("w:spacing")
        .attr("w:before", 0)
        .attr("w:after", 0)
        .attr("w:line", normal.line)
        .attr("w:lineRule", "exact");
    Element::new("w:pPr")
        .child(Element::flag("w:widowControl", true))
        .child(Element::flag("w:kinsoku", true))
        .child(Element::flag("w:wordWrap", true))
        // LibreOffice 25.2 hangs punctuation when this is off or absent, and once lost a 、.
        .child(Element::val("w:overflowPunct", 1))
        .child(Element::flag("w:topLinePunct", typography.line_start_half))
        .child(Element::flag("w:autoSpaceDE", gap))
        .child(Element::flag("w:autoSpaceDN", gap))
        // An active character grid breaks LibreOffice 7.4; the exact pitch does the grid's work.
        .child(Element::flag("w:snapToGrid", false))
        .child(spacing)
        .child(Element::val("w:jc", "both"))
}
