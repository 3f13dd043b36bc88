//! The title block (报头): elements stacked from the head of the first page.

use crate::compose::{HeadBlock, Node, Run, Within, runs_of, values_of};
use crate::layout::{Align, Space};
use crate::text::{Line, Shape};
use crate::unit::Length;

use super::builder::Builder;
use super::place::{ASCENT, Spot, align_offset, last_tracking, place_line};
use super::setting::Typeset;
use super::{Element, Part, Rule, RulePart};

/// Sets the title block on the first page and returns its lower edge, or `None` without one.
pub(crate) fn set(builder: &mut Builder<'_>, head: &[HeadBlock]) -> Option<Length> {
    let mut stack = Stack { y: builder.layout.page.top, first: true };
    for block in head {
        match block {
            HeadBlock::Marks { left, right } => marks(builder, &mut stack, left, right),
            HeadBlock::Line { lines, top, gap, .. } => {
                let at = stack.next(builder, *gap);
                stack.y = top.map_or(at, |top| top.max(at));
                line_block(builder, &mut stack, lines);
            }
            HeadBlock::Row { left, right, gap, inset } => {
                stack.y = stack.next(builder, *gap);
                row(builder, &mut stack, left, right, *inset);
            }
            HeadBlock::Rule { weights, between, ink, gap } => {
                stack.y = stack.next(builder, *gap);
                rules(builder, &mut stack, weights, *between, ink);
            }
        }
    }
    (!stack.first).then_some(stack.y)
}

/// Where the next element may begin.
struct Stack {
    y: Length,
    first: bool,
}

impl Stack {
    fn next(&mut self, builder: &Builder<'_>, gap: Space) -> Length {
        self.first = false;
        self.y
            + match gap {
                Space::Length(length) => length,
                Space::Rows(rows) => builder.layout.page.pitch() * i64::from(rows),
            }
    }
}

/// Marks stand in grid rows from the first, at both edges, and close up (§7.2.1 to 7.2.3).
fn marks(builder: &mut Builder<'_>, stack: &mut Stack, left: &[Node], right: &[Node]) {
    let rows = left.len().max(right.len());
    for row in 0..rows {
        let top = builder.layout.page.row_top(row as u32);
        for (side, align) in [(left, Align::Left), (right, Align::Right)] {
            if let Some(mark) = side.get(row) {
                let typeset = builder.setter.typeset(&mark.runs(), 1000);
                if let Some(line) = builder.setter.one_line(&typeset) {
                    put(builder, &typeset, &line, align, top, Length::ZERO);
                }
                stack.y = stack.y.max(top + typeset.size());
                stack.first = false;
            }
        }
    }
}

/// Lines of their own, all in one size: shrunk to the measure if the style allows it, else broken.
fn line_block(builder: &mut Builder<'_>, stack: &mut Stack, lines: &[Node]) {
    let measure = builder.layout.page.measure;
    let lines: Vec<Vec<&Run>> = lines.iter().map(Node::runs).collect();
    let Some(role) = lines.iter().flatten().map(|run| run.role).next() else { return };
    let style = builder.layout.style(role).clone();
    let fit = fit(builder, &lines, style.size, style.shrink_to);
    let mut previous: Option<Length> = None;
    for runs in lines.iter().filter(|runs| !runs.is_empty()) {
        let typeset = builder.setter.typeset_tracked(runs, fit.scale, fit.tracking);
        let size = typeset.size();
        let pitch = style.pitch.map(|pitch| pitch.thousandths(fit.scale));
        let pitch = pitch.unwrap_or(size.thousandths(1250));
        let set = match fit.broken {
            true => builder.setter.balanced(&typeset, &whole_measure(builder)),
            false => builder.setter.one_line(&typeset).into_iter().collect(),
        };
        let block = builder.add_block(Part::Head, role, &typeset.text, Within::default());
        for (index, line) in set.iter().enumerate() {
            if let Some(above) = previous {
                stack.y += (pitch - above).max(Length::ZERO);
            }
            let offset = align_offset(style.align, &typeset, line, measure);
            let spot = Spot {
                x: builder.left(0) + offset,
                baseline: stack.y + size.thousandths(ASCENT),
                block: Some(block),
                line: index,
                start: 0,
            };
            let elements = place_line(&typeset, line, spot);
            builder.page(0).elements.extend(elements);
            stack.y += size;
            previous = Some(size);
        }
    }
}

fn whole_measure(builder: &Builder<'_>) -> Shape {
    Shape {
        measure: builder.layout.page.measure,
        first_indent: Length::ZERO,
        rest_indent: Length::ZERO,
        justify: false,
    }
}

/// What makes lines fit, in thousandths: of the style's size, of the space between characters.
#[derive(Clone, Copy)]
struct Scale {
    scale: i64,
    tracking: i64,
    /// Whether a text needs more than one line.
    broken: bool,
}

/// How long texts are made to fit the measure. They first give up the space between characters,
/// then size, down to the style's least, each to stand on one line. What is too long even then is
/// broken, in the largest size that needs no more lines than the least size does.
fn fit(
    builder: &mut Builder<'_>,
    lines: &[Vec<&Run>],
    size: Length,
    least: Option<Length>,
) -> Scale {
    let whole = Scale { scale: 1000, tracking: 1000, broken: false };
    let measure = builder.layout.page.measure;
    let wide = widest(builder, lines, whole.tracking);
    if wide <= measure {
        return whole;
    }
    let Some(least) = least.filter(|least| *least <= size) else {
        return Scale { broken: true, ..whole };
    };
    let narrow = widest(builder, lines, 0);
    if narrow <= measure {
        // A step less than would just do: sizes are rounded.
        let tracking = share(measure - narrow, wide - narrow) - 5;
        return Scale { tracking: tracking.max(0), ..whole };
    }
    let scale = share(measure, narrow) * 995 / 1000;
    let smallest = share(least, size);
    if scale >= smallest {
        return Scale { scale, tracking: 0, broken: false };
    }
    let count = |builder: &mut Builder<'_>, scale| most_lines(builder, lines, scale);
    let fewest = count(builder, smallest);
    // Lines that are all full leave no choice where to part them: an eighth stays free.
    let full = share(measure, narrow) * fewest as i64 * 7 / 8;
    let mut scale = full.clamp(smallest, 1000);
    while scale > smallest && count(builder, scale) > fewest {
        scale = (scale - 20).max(smallest);
    }
    Scale { scale, tracking: 0, broken: true }
}

/// A part of a whole in thousandths, rounded down.
fn share(part: Length, whole: Length) -> i64 {
    (i128::from(part.0) * 1000 / i128::from(whole.0.max(1))) as i64
}

/// The width of the longest of some texts in the style's size.
fn widest(builder: &mut Builder<'_>, lines: &[Vec<&Run>], tracking: i64) -> Length {
    let mut widest = Length::ZERO;
    for runs in lines {
        let typeset = builder.setter.typeset_tracked(runs, 1000, tracking);
        if let Some(line) = builder.setter.one_line(&typeset) {
            widest = widest.max(line.end - last_tracking(&typeset, &line));
        }
    }
    widest
}

/// How many lines the longest of some texts needs.
fn most_lines(builder: &mut Builder<'_>, lines: &[Vec<&Run>], scale: i64) -> usize {
    let shape = whole_measure(builder);
    let mut most = 1;
    for runs in lines {
        let typeset = builder.setter.typeset_tracked(runs, scale, 0);
        most = most.max(builder.setter.balanced(&typeset, &shape).len());
    }
    most
}

/// One row, left and right (编发机关 and date). A left text that does not fit beside the right one
/// takes first what was to stay free at the sides, then several lines, the right one standing on
/// the last.
fn row(builder: &mut Builder<'_>, stack: &mut Stack, left: &[Node], right: &[Node], inset: i64) {
    let whole = builder.setter.typeset(&runs_of(left), 1000);
    let right = builder.setter.typeset(&runs_of(right), 1000);
    let look = whole.looks.first().or(right.looks.first());
    let Some((em, size)) = look.map(|look| (look.em, look.size)) else { return };
    let right_line = builder.setter.one_line(&right);
    let right_width = right_line.as_ref().map_or(Length::ZERO, |line| line.end + em);
    // A text that is too long for the room between takes that at the sides first.
    let left_width = builder.setter.one_line(&whole).map_or(Length::ZERO, |line| line.end);
    let free = (builder.layout.page.measure - left_width - right_width) / 2;
    let wanted = em.thousandths(inset);
    let inset = if free >= Length::ZERO { wanted.min(free) } else { wanted };
    let measure = builder.layout.page.measure - inset * 2;
    let shape = Shape {
        measure: (measure - right_width).max(em * 4),
        first_indent: Length::ZERO,
        rest_indent: Length::ZERO,
        justify: false,
    };
    let pitch = builder.layout.page.pitch();
    let size = size.max(whole.size()).max(right.size());
    let mut rows = 0;
    // How much of the text stands above.
    let mut start = 0;
    for names in left_lines(builder, left, whole, &shape) {
        for line in builder.setter.balanced(&names, &shape) {
            let top = stack.y + pitch * rows as i64;
            put_in_block(builder, &names, &line, Align::Left, top, inset, (rows, start));
            rows += 1;
        }
        start += names.text.len();
    }
    if let (Some(block), true) = (builder.blocks.last_mut(), rows > 0) {
        block.text = left.iter().map(Node::text).collect();
    }
    let rows = rows.max(1);
    let last = stack.y + pitch * (rows as i64 - 1);
    if let Some(line) = &right_line {
        put(builder, &right, line, Align::Right, last, inset);
    }
    stack.y = last + size;
}

/// The left text of a row: whole if it fits on one line, else a line or more for each of the joint
/// offices.
fn left_lines(
    builder: &mut Builder<'_>,
    left: &[Node],
    whole: Typeset,
    shape: &Shape,
) -> Vec<Typeset> {
    if left.is_empty() {
        return Vec::new();
    }
    if builder.setter.best(&whole, shape).len() < 2 {
        return vec![whole];
    }
    values_of(left).iter().map(|name| builder.setter.typeset(name, 1000)).collect()
}

/// A rule or a double one, as wide as the measure (§7.2.7).
fn rules(
    builder: &mut Builder<'_>,
    stack: &mut Stack,
    weights: &[Length],
    between: Length,
    ink: &str,
) {
    let x = builder.left(0);
    let width = builder.layout.page.measure;
    for (index, weight) in weights.iter().enumerate() {
        if index > 0 {
            stack.y += between;
        }
        let ink = ink.to_owned();
        let rule = Rule { x, y: stack.y, width, height: *weight, ink, part: RulePart::Head };
        builder.page(0).elements.push(Element::Rule(rule));
        stack.y += *weight;
    }
}

fn put(
    builder: &mut Builder<'_>,
    typeset: &Typeset,
    line: &Line,
    align: Align,
    top: Length,
    inset: Length,
) {
    put_in_block(builder, typeset, line, align, top, inset, (0, 0));
}

/// Places a line of the title block: its number, and where the text of `typeset` begins in its
/// block. The first line opens a block.
fn put_in_block(
    builder: &mut Builder<'_>,
    typeset: &Typeset,
    line: &Line,
    align: Align,
    top: Length,
    inset: Length,
    (index, start): (usize, usize),
) {
    let Some(look) = typeset.looks.first() else { return };
    let block = if index == 0 {
        builder.add_block(Part::Head, look.role, &typeset.text, Within::default())
    } else {
        builder.last_block()
    };
    let measure = builder.layout.page.measure - inset * 2;
    let spot = Spot {
        x: builder.left(0) + inset + align_offset(align, typeset, line, measure),
        baseline: top + typeset.size().thousandths(ASCENT),
        block: Some(block),
        line: index,
        start,
    };
    let elements = place_line(typeset, line, spot);
    builder.page(0).elements.extend(elements);
}
