//! Pages made by hand: two sides of a bulletin with everything that the writer has to deal with.
//! Set through the font book as `page` does it, but line by line as told.

use chrono::NaiveDate;
use hongtou::compose::{Id, Kind, Metadata, Step, Within};
use hongtou::font::{FontBook, Request};
use hongtou::layout::{Align, Ink, Layout, PageGeometry, Role, Style, Typeface};
use hongtou::page::{
    Block, Element, Glyph, GlyphRun, Link, OutlineEntry, Page, Pages, Part, Report, Rule, RulePart,
};
use hongtou::unit::Length;

/// Sets lines on pages.
pub struct Setter<'a> {
    pub fonts: &'a FontBook,
    pub pages: Pages,
    page: usize,
}

/// One line of a block.
pub struct Line<'a> {
    pub block: Option<usize>,
    pub line: usize,
    /// Left edge and baseline in points.
    pub at: (f64, f64),
    /// Words by role.
    pub words: &'a [(Role, &'a str)],
    /// Extra space between characters in ems.
    pub tracking: f64,
}

/// The layout of the DOCX tests, with what matters to a writer of PDF: inks.
pub fn layout() -> Layout {
    let ink = |rgb, cmyk, spot: &str| Ink { rgb, cmyk, spot: spot.to_owned() };
    let base = crate::support::docx::layout();
    Layout {
        name: "fixture".to_owned(),
        title: "样张".to_owned(),
        page: PageGeometry { mirror: false, ..base.page },
        inks: [
            ("black".to_owned(), ink([0, 0, 0], [0, 0, 0, 100], "Black")),
            ("red".to_owned(), ink([0xFF, 0, 0], [0, 80, 80, 0], "Red")),
        ]
        .into(),
        styles: Role::ALL
            .iter()
            .map(|&role| (role, style(role, &base.styles[&Role::Body])))
            .collect(),
        ..base
    }
}

fn style(role: Role, base: &Style) -> Style {
    let (typeface, size, ink) = match role {
        Role::MastheadOwner => (Typeface::Xiaobiaosong, 24.0, "red"),
        Role::MastheadName => (Typeface::Xiaobiaosong, 60.0, "red"),
        Role::Classification | Role::SectionTitle => (Typeface::Heiti, 16.0, "black"),
        Role::Reference => (Typeface::Kaiti, 16.0, "black"),
        Role::Contact | Role::DistributionLabel | Role::DistributionNames => {
            (Typeface::Fangsong, 14.0, "black")
        }
        Role::PageNumber => (Typeface::Songti, 14.0, "black"),
        _ => (Typeface::Fangsong, 16.0, "black"),
    };
    Style {
        typeface,
        size: Length::from_pt(size),
        bold: if matches!(role, Role::Headline | Role::Emphasis) { 22 } else { 0 },
        ink: ink.to_owned(),
        align: Align::Justify,
        indent: 0,
        ..base.clone()
    }
}

/// A cluster for each character, one for ——.
fn clusters(words: &str) -> Vec<(std::ops::Range<usize>, bool)> {
    let mut clusters: Vec<(std::ops::Range<usize>, bool)> = Vec::new();
    for (at, character) in words.char_indices() {
        let end = at + character.len_utf8();
        match clusters.last_mut() {
            Some((range, _)) if character == '—' && words[range.clone()] == *"—" => {
                range.end = end
            }
            _ => clusters.push((at..end, western(character))),
        }
    }
    clusters
}

/// Whether a character is set in the Latin face.
fn western(character: char) -> bool {
    character.is_ascii() && character != ' '
}

impl<'a> Setter<'a> {
    pub fn new(fonts: &'a FontBook) -> Setter<'a> {
        let metadata = Metadata {
            title: "门头沟区创建全国文明城市工作快报第155期".to_owned(),
            bulletin: "门头沟区创建全国文明城市工作快报".to_owned(),
            subject: "第155期".to_owned(),
            authors: vec!["门头沟区创建全国文明城市总指挥部办公室".to_owned()],
            keywords: ["155", "生活环境建设", "城子街道", "Ⅲ-58"].map(str::to_owned).to_vec(),
            date: NaiveDate::from_ymd_opt(2019, 3, 14).unwrap(),
            stem: "门头沟区创建全国文明城市工作快报第155期".to_owned(),
        };
        let pages = Pages {
            metadata,
            pages: Vec::new(),
            blocks: Vec::new(),
            outline: Vec::new(),
            report: Report::default(),
        };
        Setter { fonts, pages, page: 0 }
    }

    pub fn page(&mut self) {
        let number = self.pages.pages.len() as u32 + 1;
        self.pages.pages.push(Page {
            number,
            width: Length::from_mm(210.0),
            height: Length::from_mm(297.0),
            left: Length::from_mm(28.0),
            elements: Vec::new(),
        });
        self.page = self.pages.pages.len() - 1;
    }

    pub fn push(&mut self, element: Element) {
        self.pages.pages[self.page].elements.push(element);
    }

    pub fn block(&mut self, part: Part, role: Role, item: Option<usize>, text: &str) -> usize {
        let number = self.pages.blocks.len();
        let mut steps: Vec<Step> = Vec::new();
        let mut step = |id: Id, kind| steps.push(Step { id, kind });
        let titles = self.pages.blocks.iter().filter(|block| block.role == Role::SectionTitle);
        let sections = titles.count() + usize::from(role == Role::SectionTitle);
        let contents = matches!(role, Role::ContentsTitle | Role::Contents);
        if part == Part::Body && sections > 0 && !contents {
            step(Id::section(sections - 1), Kind::Section);
        }
        if contents {
            step(Id::new("contents"), Kind::Contents);
        }
        if let Some(item) = item {
            step(Id::item(0, item), Kind::Item);
            if role == Role::Point {
                let points = Id::item(0, item).field("points");
                step(points.clone(), Kind::Points);
                step(points.at(number), Kind::Point);
            }
        }
        // Points are paragraphs of text, of which the first words are points.
        let role = if role == Role::Point { Role::Body } else { role };
        let (text, within) = (text.to_owned(), Within(steps));
        self.pages.blocks.push(Block { part, role, text, within });
        number
    }

    /// A block of one line, alone in its role.
    pub fn simple(&mut self, part: Part, role: Role, item: Option<usize>, text: &str, y: f64) {
        let block = self.block(part, role, item, text);
        self.line(&Line {
            block: Some(block),
            line: 0,
            at: (79.37, y),
            words: &[(role, text)],
            tracking: 0.0,
        });
    }

    pub fn bookmark(&mut self, level: u8, text: &str, y: f64) {
        let entry =
            OutlineEntry { level, text: text.to_owned(), page: self.page, y: Length::from_pt(y) };
        self.pages.outline.push(entry);
    }

    pub fn rule(&mut self, part: RulePart, ink: &str, [x, y, width, height]: [f64; 4]) {
        let length = Length::from_pt;
        self.push(Element::Rule(Rule {
            x: length(x),
            y: length(y),
            width: length(width),
            height: length(height),
            ink: ink.to_owned(),
            part,
        }));
    }

    pub fn link(&mut self, block: usize, target: &str, [x, y, width, height]: [f64; 4]) {
        let length = Length::from_pt;
        self.push(Element::Link(Link {
            x: length(x),
            y: length(y),
            width: length(width),
            height: length(height),
            target: target.to_owned(),
            block,
        }));
    }

    /// Where a run begins in its block: after the run before, or white that fell away behind that.
    fn start(&self, run: &GlyphRun) -> usize {
        let Some(block) = run.block.and_then(|block| self.pages.blocks.get(block)) else {
            return 0;
        };
        let before = self.pages.pages.iter().flat_map(|page| &page.elements).rev();
        let before = before.filter_map(|element| match element {
            Element::Glyphs(before) => Some(before),
            _ => None,
        });
        let before = before.filter(|before| before.block == run.block);
        let ends = before.map(|before| before.start + before.text.len());
        let at = ends.max().unwrap_or(0);
        at + block.text[at..].find(&run.text).unwrap_or(0)
    }

    /// Sets a line; returns where it ends in points.
    pub fn line(&mut self, line: &Line<'_>) -> f64 {
        let layout = layout();
        let mut x = Length::from_pt(line.at.0);
        let mut runs: Vec<GlyphRun> = Vec::new();
        let mut before = None;
        for &(role, words) in line.words {
            let style = layout.style(role);
            let clusters = clusters(words);
            let request = Request {
                typeface: style.typeface,
                bold: style.bold > 0,
                size: style.size,
                em: style.size,
                text: words,
                clusters: &clusters,
            };
            let shaped = self.fonts.shape(&request).expect("every character has a glyph");
            for ((range, latin), shaped) in clusters.into_iter().zip(shaped) {
                let text = &words[range.clone()];
                let character = text.chars().next();
                x += gap(before, character, style.size);
                before = character;
                let fits = runs.last().is_some_and(|run| {
                    run.face == shaped.face && run.role == role && run.size == shaped.size
                });
                if !fits {
                    runs.push(GlyphRun {
                        face: shaped.face,
                        size: shaped.size,
                        ink: style.ink.clone(),
                        stroke: if latin {
                            Length::ZERO
                        } else {
                            style.size.thousandths(style.bold)
                        },
                        baseline: Length::from_pt(line.at.1),
                        role,
                        block: line.block,
                        line: line.line,
                        start: 0,
                        text: String::new(),
                        glyphs: Vec::new(),
                    });
                }
                let run = runs.last_mut().expect("just pushed");
                let start = run.text.len();
                run.text.push_str(text);
                run.glyphs.extend(shaped.glyphs.iter().map(|glyph| Glyph {
                    id: glyph.id,
                    x: x + glyph.x,
                    advance: glyph.advance,
                    rise: glyph.rise,
                    range: start + glyph.start..start + glyph.end,
                }));
                x += shaped.advance + Length::from_pt(line.tracking * style.size.pt());
            }
        }
        for mut run in runs {
            run.start = self.start(&run);
            self.push(Element::Glyphs(run));
        }
        x.pt()
    }
}

/// ¼ em between Han and Western, half an em less between a closing and an opening mark.
fn gap(before: Option<char>, character: Option<char>, em: Length) -> Length {
    let (Some(before), Some(character)) = (before, character) else { return Length::ZERO };
    let han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    match (before, character) {
        ('，' | '。' | '：' | '”' | '）', '“' | '（' | '《') => -(em / 2),
        (a, b) if (han(a) && western(b)) || (western(a) && han(b)) => em / 4,
        _ => Length::ZERO,
    }
}

const LEFT: f64 = 79.37;
const WIDTH: f64 = 442.2;

/// Two sides of a bulletin.
pub fn bulletin(fonts: &FontBook) -> Pages {
    let mut set = Setter::new(fonts);
    set.page();
    head(&mut set);
    first_item(&mut set);
    set.page();
    second_page(&mut set);
    set.pages
}

fn head(set: &mut Setter<'_>) {
    set.rule(RulePart::Grid, "red", [LEFT, 104.88, WIDTH, 0.25]);
    set.simple(Part::Head, Role::Classification, None, "内部资料　注意保存", 118.96);
    set.simple(Part::Head, Role::MastheadOwner, None, "门头沟区创建全国文明城市", 170.0);
    let name = set.block(Part::Head, Role::MastheadName, None, "工作快报");
    set.line(&Line {
        block: Some(name),
        line: 0,
        at: (140.0, 250.0),
        words: &[(Role::MastheadName, "工作快报")],
        tracking: 0.3,
    });
    set.simple(Part::Head, Role::IssueNumber, None, "第155期", 290.0);
    set.simple(Part::Head, Role::Date, None, "2019年3月14日", 320.0);
    set.rule(RulePart::Head, "red", [LEFT, 330.0, WIDTH, 2.0]);
}

fn first_item(set: &mut Setter<'_>) {
    set.bookmark(1, "生活环境建设", 360.0);
    set.simple(Part::Body, Role::SectionTitle, None, "【生活环境建设】", 375.0);
    let headline = "城子街道紧盯创城“痛点”对症“开药方”　";
    let rest = [
        "通过购买服务方式，引",
        "入12名保洁员——每天巡查：“双减一加”；一一落实。详见",
        "creek open",
        "data平台。（Ⅲ-58城市精细化管理）",
    ];
    let whole = format!("{headline}{}{}{} {}", rest[0], rest[1], rest[2], rest[3]);
    let block = set.block(Part::Body, Role::Body, Some(0), &whole);
    set.bookmark(2, "城子街道紧盯创城“痛点”对症“开药方”", 390.0);
    let third = [(Role::Body, rest[2])];
    let first = [(Role::Headline, headline), (Role::Body, rest[0])];
    let at = |number: usize| (LEFT, 404.0 + 29.6 * number as f64);
    let line = |number, words| Line {
        block: Some(block),
        line: number,
        at: at(number),
        words,
        tracking: 0.0,
    };
    set.line(&line(0, &first));
    let second = [
        (Role::Body, "入12名保洁员——每天巡查：“双减一加”；"),
        (Role::Emphasis, "一一落实"),
        (Role::Body, "。详见"),
    ];
    set.line(&line(1, &second));
    set.line(&line(2, &third));
    let fourth = [(Role::Body, "data平台。"), (Role::Reference, "（Ⅲ-58城市精细化管理）")];
    page_number(set, "1");
    set.page();
    set.line(&Line { at: (LEFT, 118.96), ..line(3, &fourth) });
}

fn second_page(set: &mut Setter<'_>) {
    // The page was begun by the paragraph that goes on.
    set.pages.pages.pop();
    set.page = set.pages.pages.len() - 1;
    set.simple(Part::Body, Role::Headline, Some(1), "区民政局三招推进社区服务", 148.6);
    set.bookmark(2, "区民政局三招推进社区服务", 134.0);
    set.simple(Part::Body, Role::Point, Some(1), "一是建阵地。", 178.2);
    set.simple(Part::Body, Role::Point, Some(1), "二是强队伍。", 207.8);
    set.simple(Part::Body, Role::Point, Some(1), "三是抓服务。", 237.4);
    set.bookmark(1, "简讯", 260.0);
    set.simple(Part::Body, Role::SectionTitle, None, "【简　讯】", 267.0);
    let text = "市场环境建设：区工商分局到鑫源市场检查。";
    let block = set.block(Part::Body, Role::Body, Some(2), text);
    set.bookmark(2, "市场环境建设", 282.0);
    let words = [(Role::Category, "市场环境建设："), (Role::Body, "区工商分局到鑫源市场检查。")];
    set.line(&Line {
        block: Some(block),
        line: 0,
        at: (LEFT, 296.6),
        words: &words,
        tracking: 0.0,
    });
    set.rule(RulePart::Colophon, "black", [LEFT, 656.0, WIDTH, 0.992]);
    let names = set.block(Part::Colophon, Role::DistributionNames, None, "报：首都文明办、区委");
    let words = [(Role::DistributionLabel, "报："), (Role::DistributionNames, "首都文明办、区委")];
    set.line(&Line {
        block: Some(names),
        line: 0,
        at: (93.0, 676.0),
        words: &words,
        tracking: 0.0,
    });
    let text = "电子邮箱：mtgccbxcz@163.com";
    let block = set.block(Part::Colophon, Role::Contact, None, text);
    let line =
        |words| Line { block: Some(block), line: 0, at: (93.0, 704.0), words, tracking: 0.0 };
    let start = {
        // Where the address begins, set on a page that is thrown away.
        let mut probe = Setter::new(set.fonts);
        probe.page();
        probe.line(&line(&[(Role::Contact, "电子邮箱：")]))
    };
    let end = set.line(&line(&[(Role::Contact, text)]));
    set.link(block, "mailto:mtgccbxcz@163.com", [start, 691.0, end - start, 15.0]);
    set.rule(RulePart::Colophon, "black", [LEFT, 741.685, WIDTH, 0.992]);
    page_number(set, "2");
}

fn page_number(set: &mut Setter<'_>, number: &str) {
    set.rule(RulePart::PageNumber, "black", [460.0, 762.2, 14.0, 0.6]);
    set.line(&Line {
        block: None,
        line: 0,
        at: (480.0, 767.0),
        words: &[(Role::PageNumber, number)],
        tracking: 0.0,
    });
    set.rule(RulePart::PageNumber, "black", [494.0, 762.2, 14.0, 0.6]);
}
