//! Runs the content of a page: text, filled shapes, marks.

use std::rc::Rc;

use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Number, Object, Rect};
use hayro_syntax::page::Page;

use super::fonts::{Fonts, Loaded};
use super::{Mark, PdfGlyph, PdfLine, PdfLink, PdfPage, PdfRule, boxes, name, relative, string};

type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Reads a page.
pub fn page(source: &Page<'_>, fonts: &mut Fonts, separations: &mut Vec<String>) -> PdfPage {
    let (trim, media) = boxes(source.raw());
    let relate = |key| super::rect(source.raw(), key).map(|rect| relative(rect, trim));
    let mut page = PdfPage {
        width: trim.x1 - trim.x0,
        height: trim.y1 - trim.y0,
        media: relative(media, trim),
        bleed: relate("BleedBox"),
        trim: relate("TrimBox"),
        links: links(source.raw(), trim),
        ..PdfPage::default()
    };
    let mut machine = Machine {
        source,
        fonts,
        separations,
        page: &mut page,
        trim,
        state: State::default(),
        saved: Vec::new(),
        text: IDENTITY,
        marks: Vec::new(),
        path: Vec::new(),
    };
    let mut content = UntypedIter::new(source.page_stream().unwrap_or(&[]));
    while let Some(instruction) = content.next() {
        machine.step(&instruction);
    }
    assert!(machine.marks.is_empty(), "a mark is not closed");
    page.lines = lines(&page.glyphs);
    page
}

fn links(page: &Dict<'_>, trim: Rect) -> Vec<PdfLink> {
    let Some(list) = page.get::<Array<'_>>("Annots") else { return Vec::new() };
    list.iter::<Dict<'_>>()
        .map(|annotation| {
            assert_eq!(name(&annotation, "Subtype").as_deref(), Some("Link"));
            let action: Dict<'_> = annotation.get("A").expect("link without action");
            let quads = annotation.get::<Array<'_>>("QuadPoints");
            PdfLink {
                rect: relative(super::rect(&annotation, "Rect").expect("no rectangle"), trim),
                target: string(&action, "URI").expect("link without target"),
                description: string(&annotation, "Contents").unwrap_or_default(),
                quads: quads.map_or(0, |quads| quads.iter::<Object<'_>>().count() / 8),
            }
        })
        .collect()
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    fill_space: String,
    fill: String,
    stroke_space: String,
    stroke: String,
    line: f64,
    mode: i64,
    font: Option<(Rc<Loaded>, f64)>,
}

impl Default for State {
    fn default() -> State {
        State {
            matrix: IDENTITY,
            fill_space: "gray".to_owned(),
            fill: "gray 0".to_owned(),
            stroke_space: "gray".to_owned(),
            stroke: "gray 0".to_owned(),
            line: 1.0,
            mode: 0,
            font: None,
        }
    }
}

/// An open mark.
struct Open {
    mark: Mark,
    /// Text that stands for everything in it, until the first glyph has taken it.
    actual: Option<String>,
    replaced: bool,
}

struct Machine<'m, 'p, 'f> {
    source: &'m Page<'p>,
    fonts: &'f mut Fonts,
    separations: &'f mut Vec<String>,
    page: &'m mut PdfPage,
    trim: Rect,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    marks: Vec<Open>,
    /// Points of each part of the path, whether straight.
    path: Vec<(Vec<(f64, f64)>, bool)>,
}

impl Machine<'_, '_, '_> {
    fn step(&mut self, instruction: &Instruction<'_, '_>) {
        let operands: Vec<Object<'_>> = instruction.operands().cloned().collect();
        let numbers: Vec<f64> = operands
            .iter()
            .filter_map(|object| match object {
                Object::Number(number) => Some(Number::as_f64(number)),
                _ => None,
            })
            .collect();
        match &**instruction.operator {
            b"q" => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().expect("Q without q"),
            b"cm" => self.state.matrix = multiply(&matrix(&numbers), &self.state.matrix),
            b"gs" | b"j" | b"J" | b"M" | b"BT" | b"ET" | b"d" => {}
            b"w" => self.state.line = numbers[0],
            b"cs" => self.state.fill_space = self.space(&operands[0]),
            b"CS" => self.state.stroke_space = self.space(&operands[0]),
            b"sc" | b"scn" => self.state.fill = color(&self.state.fill_space, &numbers),
            b"SC" | b"SCN" => self.state.stroke = color(&self.state.stroke_space, &numbers),
            b"Tf" => self.font(&operands[0], numbers[0]),
            b"Tm" => self.text = matrix(&numbers),
            b"Tr" => self.state.mode = numbers[0] as i64,
            b"Tj" | b"TJ" => self.show(&operands[0]),
            b"BMC" => self.open(&operands[0], None),
            b"BDC" => {
                let properties = operands[1].clone().into_dict().expect("named properties");
                self.open(&operands[0], Some(properties));
            }
            b"EMC" => drop(self.marks.pop().expect("EMC without mark")),
            b"m" => self.path.push((vec![(numbers[0], numbers[1])], true)),
            b"l" => self.part().0.push((numbers[0], numbers[1])),
            b"c" => {
                self.part().0.push((numbers[4], numbers[5]));
                self.part().1 = false;
            }
            b"h" => {}
            b"re" => {
                let [x, y, width, height] = numbers[..] else { panic!("re") };
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
                self.path.push((corners.to_vec(), true));
            }
            b"f" => self.fill(),
            other => panic!("operator {}", String::from_utf8_lossy(other)),
        }
    }

    fn part(&mut self) -> &mut (Vec<(f64, f64)>, bool) {
        self.path.last_mut().expect("path without beginning")
    }

    fn space(&mut self, operand: &Object<'_>) -> String {
        let Object::Name(name) = operand else { panic!("colour space") };
        let space = self.source.resources().get_color_space(name);
        let space = space.unwrap_or_else(|| panic!("colour space {}", name.as_str()));
        let Object::Array(array) = space else { panic!("colour space {}", name.as_str()) };
        let items: Vec<Object<'_>> = array.iter::<Object<'_>>().collect();
        let word = |object: &Object<'_>| match object {
            Object::Name(name) => name.as_str().to_owned(),
            _ => String::new(),
        };
        match word(&items[0]).as_str() {
            "ICCBased" => {
                let Object::Stream(profile) = &items[1] else { panic!("profile") };
                match profile.dict().get::<i32>("N") {
                    Some(1) => "gray".to_owned(),
                    Some(3) => "rgb".to_owned(),
                    Some(4) => "cmyk".to_owned(),
                    count => panic!("profile of {count:?} colours"),
                }
            }
            "Separation" => {
                self.separations.push(word(&items[1]));
                word(&items[1])
            }
            other => panic!("colour space {other}"),
        }
    }

    fn font(&mut self, operand: &Object<'_>, size: f64) {
        let Object::Name(name) = operand else { panic!("font") };
        let font = self.source.resources().get_font(name).expect("unknown font");
        self.state.font = Some((self.fonts.load(&font), size));
    }

    fn show(&mut self, operand: &Object<'_>) {
        match operand {
            Object::String(codes) => self.codes(codes.as_bytes()),
            Object::Array(array) => {
                for item in array.iter::<Object<'_>>() {
                    match item {
                        Object::String(codes) => self.codes(codes.as_bytes()),
                        Object::Number(back) => {
                            let size = self.state.font.as_ref().expect("no font").1;
                            self.advance(-back.as_f64() / 1000.0 * size);
                        }
                        other => panic!("in TJ: {other}"),
                    }
                }
            }
            other => panic!("in Tj: {other}"),
        }
    }

    fn advance(&mut self, by: f64) {
        self.text = multiply(&[1.0, 0.0, 0.0, 1.0, by, 0.0], &self.text);
    }

    fn codes(&mut self, codes: &[u8]) {
        let (font, size) = self.state.font.clone().expect("no font");
        for pair in codes.chunks(2) {
            let code = u16::from_be_bytes([pair[0], pair[1]]);
            let place = multiply(&self.text, &self.state.matrix);
            let (x, y) = self.place(place[4], place[5]);
            let mapped = font.text(code).to_owned();
            let text = self.said(&mapped);
            let stroke = || (self.state.stroke.clone(), self.state.line);
            self.page.glyphs.push(PdfGlyph {
                text,
                mapped,
                x,
                y,
                size: size * place[0].hypot(place[1]),
                advance: font.width(code) * size,
                font: font.name.clone(),
                color: self.state.fill.clone(),
                stroke: (self.state.mode == 2).then(stroke),
                mark: self.mark(),
            });
            self.advance(font.width(code) * size);
        }
    }

    /// What a glyph says here: of the innermost ActualText, all of it on its first glyph.
    fn said(&mut self, mapped: &str) -> String {
        match self.marks.iter_mut().rev().find(|open| open.replaced) {
            Some(open) => open.actual.take().unwrap_or_default(),
            None => mapped.to_owned(),
        }
    }

    /// Of the sheet, to from the trimmed page's corner downwards.
    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        (x - self.trim.x0, self.trim.y1 - y)
    }

    fn mark(&self) -> Mark {
        let marks = self.marks.iter().rev().map(|open| &open.mark);
        marks.into_iter().find(|mark| **mark != Mark::None).cloned().unwrap_or_default()
    }

    fn open(&mut self, tag: &Object<'_>, properties: Option<Dict<'_>>) {
        let Object::Name(tag) = tag else { panic!("mark without name") };
        let number = properties.as_ref().and_then(|dict| dict.get::<i32>("MCID"));
        let actual = properties.as_ref().and_then(|dict| string(dict, "ActualText"));
        let kind = properties.as_ref().and_then(|dict| name(dict, "Type"));
        let mark = match (tag.as_str(), number) {
            ("Artifact", None) => Mark::Artifact(kind.unwrap_or_default()),
            (_, Some(number)) => Mark::Content(number),
            (_, None) => Mark::None,
        };
        // Programs disagree about what text in such text means.
        let nested = self.marks.iter().any(|open| open.replaced);
        assert!(actual.is_none() || !nested, "ActualText in ActualText");
        self.marks.push(Open { mark, replaced: actual.is_some(), actual });
    }

    fn fill(&mut self) {
        for (points, straight) in std::mem::take(&mut self.path) {
            let corners: Vec<(f64, f64)> = points
                .iter()
                .map(|&(x, y)| {
                    let at = multiply(&[1.0, 0.0, 0.0, 1.0, x, y], &self.state.matrix);
                    self.place(at[4], at[5])
                })
                .collect();
            let (xs, ys): (Vec<f64>, Vec<f64>) = corners.iter().copied().unzip();
            let low = |values: &[f64]| values.iter().copied().fold(f64::MAX, f64::min);
            let high = |values: &[f64]| values.iter().copied().fold(f64::MIN, f64::max);
            let boxed = |&(x, y): &(f64, f64)| {
                (x == low(&xs) || x == high(&xs)) && (y == low(&ys) || y == high(&ys))
            };
            if !straight || points.len() < 4 || !corners.iter().all(boxed) {
                self.page.shapes += 1;
                continue;
            }
            self.page.rules.push(PdfRule {
                x: low(&xs),
                y: low(&ys),
                width: high(&xs) - low(&xs),
                height: high(&ys) - low(&ys),
                color: self.state.fill.clone(),
                mark: self.mark(),
                after: self.page.glyphs.len(),
            });
        }
    }
}

fn matrix(numbers: &[f64]) -> Matrix {
    numbers.try_into().expect("a matrix has six numbers")
}

fn multiply(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// Two decimals are all that a colour of eight bits tells.
fn color(space: &str, values: &[f64]) -> String {
    let values = values.iter().map(|value| format!(" {}", (value * 100.0).round() / 100.0));
    format!("{space}{}", values.collect::<String>())
}

/// Glyphs put together by baseline; drawing elsewhere ends a line.
fn lines(glyphs: &[PdfGlyph]) -> Vec<PdfLine> {
    let mut lines: Vec<PdfLine> = Vec::new();
    let mut base = f64::NAN;
    for glyph in glyphs {
        let artifact = matches!(glyph.mark, Mark::Artifact(_));
        match lines.last_mut() {
            // A raised glyph is of its line still.
            Some(line)
                if (glyph.y - base).abs() < 0.3 * glyph.size
                    && line.artifact == artifact
                    && glyph.x > line.right - 0.7 * glyph.size =>
            {
                line.text.push_str(&glyph.text);
                line.right = glyph.x + glyph.advance;
            }
            _ => {
                base = glyph.y;
                lines.push(PdfLine {
                    text: glyph.text.clone(),
                    x: glyph.x,
                    y: glyph.y,
                    right: glyph.x + glyph.advance,
                    size: glyph.size,
                    font: glyph.font.clone(),
                    color: glyph.color.clone(),
                    artifact,
                });
            }
        }
    }
    lines
}
