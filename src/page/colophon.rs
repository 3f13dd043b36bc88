//! The colophon (版记, 报尾): a block between rules that ends at the foot of the type area.

use crate::compose::{ColophonBlock, Node, Within, runs_of};
use crate::layout::{Align, Layout, Role};
use crate::text::{Line, Shape};
use crate::unit::Length;

use super::builder::Builder;
use super::place::{ASCENT, Spot, align_offset, place_line};
use super::setting::Typeset;
use super::{Element, Part, Rule, RulePart};

enum Row {
    Rule { y: Length, weight: Length, ink: String },
    Text { y: Length, size: Length, cells: Vec<Cell> },
}

/// A line of a block, or the left or right part of a row.
struct Cell {
    block: usize,
    line: usize,
    set: Line,
    align: Align,
    left: Length,
    right: Length,
}

/// A block of the colophon, typeset once, whose cells refer to it.
struct SetBlock {
    role: Role,
    typeset: Typeset,
}

/// Blocks and rows in the making.
#[derive(Default)]
struct Draft {
    blocks: Vec<SetBlock>,
    rows: Vec<Row>,
}

/// A colophon with its lines made and its height known, to be put on the last page.
pub(crate) struct Colophon {
    rows: Vec<Row>,
    /// The typeset blocks that the rows show.
    blocks: Vec<SetBlock>,
    /// From line to line.
    pub pitch: Length,
    height: Length,
}

impl Colophon {
    /// Puts its lines so far apart.
    pub fn stack(&mut self, layout: &Layout, pitch: Length) {
        let mut at = Length::ZERO;
        // Size of the type of the row above; `None` after a rule or at the top.
        let mut above: Option<Length> = None;
        for (index, row) in self.rows.iter_mut().enumerate() {
            match row {
                Row::Rule { y, weight, .. } => {
                    if above.take().is_some() {
                        at += layout.colophon.padding;
                    }
                    *y = at;
                    at += *weight;
                }
                Row::Text { y, size, .. } => {
                    at += match above {
                        Some(above) => (pitch - above).max(Length::ZERO),
                        None if index == 0 => Length::ZERO,
                        None => layout.colophon.padding,
                    };
                    *y = at;
                    at += *size;
                    above = Some(*size);
                }
            }
        }
        (self.pitch, self.height) = (pitch, at);
    }

    /// From the upper edge of the first rule to the lower edge of the last.
    pub fn height(&self) -> Length {
        self.height
    }

    /// Lines of text.
    pub fn lines(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row, Row::Text { .. })).count()
    }
}

/// Makes the lines of the colophon.
pub(crate) fn set(builder: &mut Builder<'_>, blocks: &[ColophonBlock]) -> Colophon {
    let mut draft = Draft::default();
    for block in blocks {
        match block {
            ColophonBlock::Rule { weight, ink } => {
                let rule = Row::Rule { y: Length::ZERO, weight: *weight, ink: ink.clone() };
                draft.rows.push(rule);
            }
            ColophonBlock::Entry { label, names } => draft.entry(builder, label, names),
            ColophonBlock::Row { left, right } => draft.row(builder, left, right),
        }
    }
    let Draft { rows, blocks } = draft;
    let mut colophon = Colophon { rows, blocks, pitch: Length::ZERO, height: Length::ZERO };
    colophon.stack(builder.layout, builder.layout.colophon.pitch);
    colophon
}

/// Puts it on the last page, its lower edge at the foot of the type area (GB/T 9704 §7.4.1).
pub(crate) fn place(builder: &mut Builder<'_>, colophon: Colophon, page: usize) {
    let page_geometry = &builder.layout.page;
    let top = page_geometry.bottom() - colophon.height;
    let measure = page_geometry.measure;
    let x = builder.left(page);
    let mut numbers: Vec<Option<usize>> = vec![None; colophon.blocks.len()];
    for row in &colophon.rows {
        match row {
            Row::Rule { y, weight, ink } => {
                let rule = Rule {
                    x,
                    y: top + *y,
                    width: measure,
                    height: *weight,
                    ink: ink.clone(),
                    part: RulePart::Colophon,
                };
                builder.page(page).elements.push(Element::Rule(rule));
            }
            Row::Text { y, cells, .. } => {
                for cell in cells {
                    let block = &colophon.blocks[cell.block];
                    let number = *numbers[cell.block].get_or_insert_with(|| {
                        builder.add_block(
                            Part::Colophon,
                            block.role,
                            &block.typeset.text,
                            Within::default(),
                        )
                    });
                    let free = measure - cell.left - cell.right;
                    let spot = Spot {
                        x: x + cell.left
                            + align_offset(cell.align, &block.typeset, &cell.set, free),
                        baseline: top + *y + block.typeset.size().thousandths(ASCENT),
                        block: Some(number),
                        line: cell.line,
                        start: 0,
                    };
                    let elements = place_line(&block.typeset, &cell.set, spot);
                    builder.page(page).elements.extend(elements);
                }
            }
        }
    }
}

impl Draft {
    /// Names hang under the first character after the label (§7.4.2).
    fn entry(&mut self, builder: &mut Builder<'_>, label: &[Node], names: &[Node]) {
        let (label, names) = (runs_of(label), runs_of(names));
        let Some(role) = label.first().or(names.first()).map(|run| run.role) else { return };
        let style = builder.layout.style(role).clone();
        let label_set = builder.setter.typeset(&label, 1000);
        let hang = label_set.measured.iter().map(|atom| atom.advance).sum();
        let runs = [label, names].concat();
        let typeset = builder.setter.typeset(&runs, 1000);
        let em = builder.setter.em(style.size);
        let (left, right) = (em.thousandths(style.left), em.thousandths(style.right));
        let shape = Shape {
            measure: builder.layout.page.measure - left - right,
            first_indent: Length::ZERO,
            rest_indent: hang,
            justify: true,
        };
        let lines = builder.setter.best(&typeset, &shape);
        let size = typeset.size();
        let block = self.add(role, typeset);
        for (index, set) in lines.into_iter().enumerate() {
            let cell = Cell { block, line: index, set, align: Align::Left, left, right };
            self.text(size, vec![cell]);
        }
    }

    /// Left and right on one row; on rows of their own when they do not fit beside each other.
    fn row(&mut self, builder: &mut Builder<'_>, left: &[Node], right: &[Node]) {
        let mut cells: Vec<(Vec<Cell>, Length)> = Vec::new();
        for (text, align) in [(left, Align::Left), (right, Align::Right)] {
            let runs = runs_of(text);
            let Some(role) = runs.first().map(|run| run.role) else { continue };
            let style = builder.layout.style(role).clone();
            let em = builder.setter.em(style.size);
            let (inset_left, inset_right) =
                (em.thousandths(style.left), em.thousandths(style.right));
            let typeset = builder.setter.typeset(&runs, 1000);
            let shape = Shape {
                measure: builder.layout.page.measure - inset_left - inset_right,
                first_indent: Length::ZERO,
                rest_indent: Length::ZERO,
                justify: false,
            };
            let lines = builder.setter.best(&typeset, &shape);
            let size = typeset.size();
            let block = self.add(role, typeset);
            let cell = |(line, set)| Cell {
                block,
                line,
                set,
                align,
                left: inset_left,
                right: inset_right,
            };
            cells.push((lines.into_iter().enumerate().map(cell).collect(), size));
        }
        if let [(a, size), (b, other)] = &cells[..]
            && let ([a], [b]) = (&a[..], &b[..])
        {
            let size = *size.max(other);
            let between = size.thousandths(builder.layout.colophon.between);
            let width = a.left + a.set.end + between + b.set.end + b.right;
            if width <= builder.layout.page.measure {
                let both = cells.into_iter().flat_map(|(cells, _)| cells).collect();
                self.text(size, both);
                return;
            }
        }
        for (cells, size) in cells {
            for cell in cells {
                self.text(size, vec![cell]);
            }
        }
    }

    fn add(&mut self, role: Role, typeset: Typeset) -> usize {
        self.blocks.push(SetBlock { role, typeset });
        self.blocks.len() - 1
    }

    fn text(&mut self, size: Length, cells: Vec<Cell>) {
        self.rows.push(Row::Text { y: Length::ZERO, size, cells });
    }
}
