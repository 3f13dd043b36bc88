//! `page`, `inks`, `page-number` and `typography`.

use std::collections::BTreeMap;

use super::context::{Context, mm, show};
use super::style::ALIGNS;
use crate::diagnostic::{Code, FileId, FileKind, Span, Spanned};
use crate::layout::{
    Align, Field, Ink, PageGeometry, PageNumber, Role, Style, TemplatePart, Typography, keys, units,
};
use crate::unit::Length;
use crate::yaml::{Node, Value};

/// `page` as written. The size of its characters is the body's.
pub(super) struct Raw {
    paper: Spanned<(Length, Length)>,
    top: Spanned<Length>,
    inner: Spanned<Length>,
    measure: Spanned<Length>,
    depth: Spanned<Length>,
    lines: Spanned<u32>,
    characters: Spanned<u32>,
    mirror: bool,
}

pub(super) fn page(cx: &mut Context<'_>, node: &Node) -> Option<Raw> {
    let fields = cx.mapping(node, "页面（page）", keys::PAGE)?;
    let paper = cx.need(&fields, "paper").and_then(|node| cx.scalar(node, "paper", units::paper));
    let mut length =
        |name, range| cx.need(&fields, name).and_then(|n| cx.length(n, name, mm(range)));
    let top = length("top", 0.0..=500.0);
    let inner = length("inner", 0.0..=500.0);
    let measure = length("measure", 20.0..=1000.0);
    let depth = length("depth", 20.0..=1000.0);
    let lines = cx.need(&fields, "lines").and_then(|node| cx.count(node, "lines", 2..=100));
    let characters =
        cx.need(&fields, "characters").and_then(|node| cx.count(node, "characters", 4..=200));
    let mirror = cx.need(&fields, "mirror").and_then(|node| cx.reader.boolean(node, "mirror"));
    Some(Raw {
        paper: paper?,
        top: top?,
        inner: inner?,
        measure: measure?,
        depth: depth?,
        lines: lines?,
        characters: characters?,
        mirror: mirror?.value,
    })
}

impl Raw {
    /// The geometry with the body's size, if its figures agree with each other. Of two figures that
    /// do not, the one in `file` is pointed at: the other may be the base's.
    pub(super) fn geometry(
        &self,
        cx: &mut Context<'_>,
        size: Length,
        file: FileId,
    ) -> Option<PageGeometry> {
        let blame = |spans: &[Span]| {
            spans.iter().copied().find(|span| span.file == file).unwrap_or(spans[0])
        };
        let (width, height) = self.paper.value;
        let page = PageGeometry {
            width,
            height,
            top: self.top.value,
            inner: self.inner.value,
            measure: self.measure.value,
            depth: self.depth.value,
            lines: self.lines.value,
            characters: self.characters.value,
            size,
            mirror: self.mirror,
        };
        let mut sound = true;
        let mut wrong = |span, message: String, help: &str| {
            cx.error(Code::LayoutNoRoom, span, message, help);
            sound = false;
        };
        if page.inner + page.measure > width {
            wrong(
                blame(&[self.measure.span, self.inner.span, self.paper.span]),
                format!(
                    "版心超出纸张：左白边{}加版心宽{}大于纸宽{}",
                    show(page.inner),
                    show(page.measure),
                    show(width)
                ),
                "减小“inner”或“measure”",
            );
        }
        if page.top + page.depth > height {
            wrong(
                blame(&[self.depth.span, self.top.span, self.paper.span]),
                format!(
                    "版心超出纸张：上白边{}加版心高{}大于纸高{}",
                    show(page.top),
                    show(page.depth),
                    show(height)
                ),
                "减小“top”或“depth”",
            );
        }
        // A character may be set a little closer than its em (28 of 16 pt in 156 mm are), not more.
        if page.cell() < size.scale(9, 10) {
            let most = page.measure.0 / size.0;
            wrong(
                blame(&[self.characters.span, self.measure.span]),
                format!("每行{}字排不下：版心宽只够{most}字", page.characters),
                "减少“characters”，或加大“measure”，或减小正文字号",
            );
        } else if page.cell() > size * 3 {
            wrong(
                blame(&[self.characters.span, self.measure.span]),
                format!("每行{}字太稀：字距超过字宽的3倍", page.characters),
                "增加“characters”，或加大正文字号",
            );
        }
        if page.pitch() < size {
            let most = page.depth.0 / size.0;
            wrong(
                blame(&[self.lines.span, self.depth.span]),
                format!("每面{}行排不下：版心高最多{most}行", page.lines),
                "减少“lines”，或加大“depth”，或减小正文字号",
            );
        }
        sound.then_some(page)
    }
}

pub(super) fn inks(cx: &mut Context<'_>, node: &Node) -> Option<BTreeMap<String, Ink>> {
    let Value::Mapping(entries) = &node.value else {
        cx.reader.wrong_kind(node, "inks", "一组“颜色名: 颜色”");
        return None;
    };
    let read: Vec<Option<(String, Ink)>> = entries
        .iter()
        .map(|entry| Some((entry.key.clone(), ink(cx, &entry.value, &entry.key)?)))
        .collect();
    read.into_iter().collect()
}

fn ink(cx: &mut Context<'_>, node: &Node, name: &str) -> Option<Ink> {
    let fields = cx.mapping(node, &format!("颜色“{name}”"), keys::INK)?;
    let rgb = cx.need(&fields, "rgb").and_then(|node| cx.scalar(node, "rgb", units::rgb));
    let cmyk = cx.need(&fields, "cmyk").and_then(|node| cmyk(cx, node));
    let spot = cx.need(&fields, "spot").and_then(|node| cx.reader.text(node, "spot"));
    Some(Ink { rgb: rgb?.value, cmyk: cmyk?, spot: spot?.value })
}

fn cmyk(cx: &mut Context<'_>, node: &Node) -> Option<[u8; 4]> {
    let parts = cx.reader.list(node, "cmyk", |reader, node, what| {
        let part = reader.integer::<u8>(node, what)?;
        if part.value > 100 {
            reader.error(
                Code::OutOfRange(FileKind::Layout),
                node.span,
                "“cmyk”的数值大于100",
                "青、品红、黄、黑各为0至100",
            );
            return None;
        }
        Some(part.value)
    })?;
    let wrong = matches!(&node.value, Value::Sequence(nodes) if nodes.len() != 4);
    if wrong {
        cx.error(
            Code::BadValue(FileKind::Layout),
            node.span,
            "“cmyk”应有四个数",
            "依次为青、品红、黄、黑，如“[0, 80, 80, 0]”",
        );
    }
    <[u8; 4]>::try_from(parts).ok()
}

pub(super) fn page_number(cx: &mut Context<'_>, node: &Node) -> Option<(PageNumber, Span)> {
    let fields = cx.mapping(node, "页码（page-number）", keys::PAGE_NUMBER)?;
    let shown = cx.need(&fields, "shown").and_then(|node| cx.reader.boolean(node, "shown"));
    let form = cx.need(&fields, "form").and_then(|node| {
        let form = cx.template(node, "form", &[Field::Page])?;
        if form.parts.iter().any(|part| matches!(part, TemplatePart::Field(_))) {
            return Some(form);
        }
        cx.error(
            Code::LayoutTemplate,
            node.span,
            "“form”里没有页码",
            "写明“{page}”，如“— {page} —”",
        );
        None
    });
    let center =
        cx.need(&fields, "center").and_then(|node| cx.length(node, "center", mm(0.0..=2000.0)));
    let mut ems =
        |name: &str, most| cx.need(&fields, name).and_then(|node| cx.ems(node, name, 0..=most));
    let (inset, dash_gap) = (ems("inset", 20_000), ems("dash-gap", 4000));
    let dash_weight = ems("dash-weight", 500);
    let mut side = |name: &str| {
        let node = cx.need(&fields, name)?;
        let side = cx.reader.choice(node, name, ALIGNS)?;
        if side.value == Align::Justify {
            cx.error(
                Code::BadValue(FileKind::Layout),
                node.span,
                format!("“{name}”不能两端对齐"),
                "可用的有：居左、居中、居右",
            );
            return None;
        }
        Some(side.value)
    };
    let (odd, even) = (side("odd"), side("even"));
    let first = cx.need(&fields, "first").and_then(|node| cx.reader.boolean(node, "first"));
    let shown = shown?;
    if shown.value {
        cx.roles.push(Spanned { value: Role::PageNumber, span: shown.span });
    }
    let center = center?;
    let number = PageNumber {
        shown: shown.value,
        form: form?,
        center: center.value,
        inset: inset?.value,
        dash_gap: dash_gap?.value,
        dash_weight: dash_weight?.value,
        odd: odd?,
        even: even?,
        first: first?.value,
    };
    Some((number, center.span))
}

/// Reports a page number that stands in the text or off the paper.
pub(super) fn check_number(
    cx: &mut Context<'_>,
    number: &PageNumber,
    span: Span,
    style: &Style,
    page: &PageGeometry,
) {
    if !number.shown {
        return;
    }
    let half = style.size / 2;
    let above = number.center + half <= page.top;
    let below = number.center - half >= page.bottom();
    if number.center - half < Length::ZERO || number.center + half > page.height {
        cx.error(Code::LayoutNoRoom, span, "页码超出纸张", format!("纸高{}", show(page.height)));
    } else if !above && !below {
        cx.error(
            Code::LayoutNoRoom,
            span,
            "页码落在版心里",
            format!("版心自{}至{}，页码应在其外", show(page.top), show(page.bottom())),
        );
    }
    if style.size.thousandths(number.inset) + style.size * 4 > page.measure {
        cx.error(Code::LayoutNoRoom, span, "页码离版心边缘太远，排不下", "减小“inset”");
    }
}

pub(super) fn typography(cx: &mut Context<'_>, node: &Node) -> Option<Typography> {
    let fields = cx.mapping(node, "排版（typography）", keys::TYPOGRAPHY)?;
    let mut ems = |name: &str, range| {
        cx.need(&fields, name).and_then(|node| cx.ems(node, name, range)).map(|ems| ems.value)
    };
    let autospace = ems("autospace", 0..=500);
    let pair_min = ems("pair-min", 1000..=2000);
    let stretch_max = ems("stretch-max", 0..=500);
    let mut choice = |name: &str| {
        let node = cx.need(&fields, name)?;
        cx.reader.boolean(node, name).map(|choice| choice.value)
    };
    let line_end_half = choice("line-end-half");
    let line_start_half = choice("line-start-half");
    let indent_half = choice("indent-half");
    let squeeze_stops = choice("squeeze-stops");
    let dash_at_start = choice("dash-at-start");
    let vary_paragraphs = choice("vary-paragraphs");
    Some(Typography {
        autospace: autospace?,
        pair_min: pair_min?,
        line_end_half: line_end_half?,
        line_start_half: line_start_half?,
        indent_half: indent_half?,
        squeeze_stops: squeeze_stops?,
        dash_at_start: dash_at_start?,
        stretch_max: stretch_max?,
        vary_paragraphs: vary_paragraphs?,
    })
}
