//! One item (一条信息) and the pieces of text that items and attachments are made of.

use super::flow::Flow;
use super::ledger::names;
use super::{Composer, Paragraph, Run, generated, markup, number, spread};
use crate::diagnostic::{Code, Diagnostic};
use crate::issue::{Block, Item, Point, Reference, Roundup, Text};
use crate::layout::{ItemPart, Role, Template};

impl Composer<'_> {
    /// The paragraphs of an item, its parts in the layout's order.
    pub(super) fn item(&mut self, item: &Item, index: usize) -> Vec<Paragraph> {
        let mut flow = Flow::new(Some(index));
        let mut tail: Vec<Run> = Vec::new();
        for part in &self.layout.item.order {
            match part {
                ItemPart::Category => self.category(item, &mut flow),
                ItemPart::Headline => self.headline(item, &mut flow),
                ItemPart::Subheadline => self.subheadline(item, &mut flow),
                ItemPart::Lead => self.lead(item, &mut flow),
                ItemPart::Body => self.blocks(&item.body, &mut flow),
                ItemPart::References | ItemPart::Source | ItemPart::Author => {
                    let runs = match part {
                        ItemPart::References => self.references(item),
                        ItemPart::Source => self.source(item),
                        _ => self.author(item),
                    };
                    if !self.layout.item.tail_run_in {
                        tail.extend(runs);
                    } else if !runs.is_empty() {
                        flow.append(runs);
                    }
                }
            }
        }
        if let Some(first) = tail.first() {
            flow.block(first.role, tail);
        }
        flow.finish()
    }

    fn category(&mut self, item: &Item, flow: &mut Flow) {
        if let Some(text) = &item.category {
            let role = Role::Category;
            let mut runs = self.runs(text, role, names::CATEGORY);
            spread(self.layout, role, &mut runs);
            let runs = self.wrapped(role, runs, names::CATEGORY);
            flow.run_in(runs, self.gap(role, names::CATEGORY));
        }
    }

    fn headline(&mut self, item: &Item, flow: &mut Flow) {
        if let Some(text) = &item.headline {
            let role = Role::Headline;
            let mut runs = self.runs(text, role, names::HEADLINE);
            spread(self.layout, role, &mut runs);
            let runs = self.wrapped(role, runs, names::HEADLINE);
            if self.layout.item.headline_run_in {
                flow.run_in(runs, self.gap(role, names::HEADLINE));
            } else {
                flow.block(role, runs);
            }
        }
    }

    fn subheadline(&mut self, item: &Item, flow: &mut Flow) {
        if let Some(text) = &item.subheadline {
            let role = Role::Subtitle;
            let runs = self.runs(text, role, names::SUBTITLE);
            let runs = self.wrapped(role, runs, names::SUBTITLE);
            let gap = self.gap(role, names::SUBTITLE);
            if !self.layout.item.headline_run_in {
                flow.block(role, runs);
            } else if self.layout.style(role).before.is_empty() {
                flow.run_in(runs, gap);
            } else {
                // 标题——副题　正文: the sign before it takes the place of the headline's gap.
                flow.run_in_closely(runs, gap);
            }
        }
    }

    /// 导语 runs in with points that run on; before other text it is a paragraph.
    fn lead(&mut self, item: &Item, flow: &mut Flow) {
        if let Some(text) = &item.lead {
            let runs = self.runs(text, Role::Lead, names::LEAD);
            let runs = self.wrapped(Role::Lead, runs, names::LEAD);
            let points = matches!(item.body.first(), Some(Block::Points(_)));
            if points && self.layout.item.points_run_in {
                flow.run_in(runs, self.gap(Role::Lead, names::LEAD));
            } else {
                flow.paragraph(Role::Lead, runs);
            }
        }
    }

    /// The pieces of a text in order, headings numbered from one in each level.
    pub(super) fn blocks(&mut self, blocks: &[Block], flow: &mut Flow) {
        let mut counts = [0; 4];
        for block in blocks {
            match block {
                Block::Paragraph(text) => {
                    let runs = self.runs(text, Role::Body, names::BODY);
                    flow.paragraph(Role::Body, runs);
                }
                Block::Points(points) => self.points(points, flow),
                Block::Heading { level, text } => {
                    let index = usize::from(level.clamp(&1, &4) - 1);
                    counts[index] += 1;
                    counts[index + 1..].fill(0);
                    let role =
                        [Role::Heading1, Role::Heading2, Role::Heading3, Role::Heading4][index];
                    let form = &self.layout.numbers.headings[index];
                    let mut runs = self.number(role, form, counts[index], text, names::HEADING);
                    runs.extend(self.runs(text, role, names::HEADING));
                    let runs = self.wrapped(role, runs, names::HEADING);
                    flow.block(role, runs);
                }
                Block::Roundup(roundup) => self.roundup(roundup, flow),
                // No layout has a place for these; the ledger names them.
                Block::Other { .. } => {}
            }
        }
    }

    fn points(&mut self, points: &[Point], flow: &mut Flow) {
        let mut together = Vec::new();
        for (index, point) in points.iter().enumerate() {
            let runs = self.point(point, index + 1);
            if self.layout.item.points_run_in {
                together.extend(runs);
            } else {
                flow.paragraph(Role::Body, runs);
            }
        }
        flow.paragraph(Role::Body, together);
    }

    fn point(&mut self, point: &Point, index: usize) -> Vec<Run> {
        let field = names::POINTS;
        let mut runs = match &point.marker {
            Some(marker) => self.runs(marker, Role::Point, field),
            None => {
                let form = &self.layout.numbers.point;
                self.number(Role::Point, form, index, &point.lead, field)
            }
        };
        let mut texts = vec![(&point.lead, Role::Point)];
        texts.extend(point.text.as_ref().map(|text| (text, Role::Body)));
        let mut text = self.connected(&texts, field);
        let rest = text.iter().position(|run| run.role == Role::Body).unwrap_or(text.len());
        let rest = text.split_off(rest);
        runs.extend(text);
        let mut runs = self.wrapped(Role::Point, runs, field);
        if !rest.is_empty() {
            runs.extend(self.gap(Role::Point, field));
            runs.extend(rest);
        }
        runs
    }

    /// The generated number before a text. The reader refuses the usual ones in the text itself
    /// (一是, 一、); here those of the layout's own form are.
    fn number(
        &mut self,
        role: Role,
        form: &Template,
        index: usize,
        text: &Text,
        field: &'static str,
    ) -> Vec<Run> {
        if let Some(written) = number::written(form, &markup::plain(text)) {
            let written = number::fill(form, written);
            let message = format!("序号“{written}”由程序加，不写在文字里");
            let help = format!("删去开头的“{written}”，程序按先后编号");
            self.findings
                .push(Diagnostic::error(Code::IssueOwnNumber, text.span, message).with_help(help));
        }
        generated(role, &number::fill(form, index), field)
    }

    fn roundup(&mut self, roundup: &Roundup, flow: &mut Flow) {
        let label = self.runs(&roundup.label, Role::Roundup, names::ROUNDUP);
        let after = &self.layout.labels.roundup_after;
        let label = self.labelled(Role::Roundup, label, after, names::ROUNDUP);
        flow.run_in(label, self.gap(Role::Roundup, names::ROUNDUP));
        let mut together = Vec::new();
        for notice in &roundup.entries {
            let unit = self.runs(&notice.unit, Role::Unit, names::ROUNDUP);
            let after = &self.layout.labels.unit_after;
            let mut runs = self.labelled(Role::Unit, unit, after, names::ROUNDUP);
            runs.extend(self.gap(Role::Unit, names::ROUNDUP));
            runs.extend(self.runs(&notice.text, Role::Body, names::ROUNDUP));
            if self.layout.item.roundup_run_in {
                together.extend(runs);
            } else {
                flow.paragraph(Role::Body, runs);
            }
        }
        if let Some(closing) = &roundup.closing {
            let runs = self.runs(closing, Role::Body, names::ROUNDUP);
            if self.layout.item.roundup_run_in {
                together.extend(runs);
            } else {
                flow.paragraph(Role::Body, runs);
            }
        }
        flow.paragraph(Role::Body, together);
    }

    /// A label with the layout's sign after it, unless the editor wrote the sign.
    pub(super) fn labelled(
        &mut self,
        role: Role,
        runs: Vec<Run>,
        after: &str,
        field: &'static str,
    ) -> Vec<Run> {
        let mut runs = self.wrapped(role, runs, field);
        if let Some(last) = runs.last()
            && !last.text.ends_with(after)
        {
            let emphasis = last.emphasis;
            runs.extend(
                generated(role, after, field).into_iter().map(|run| Run { emphasis, ..run }),
            );
        }
        runs
    }

    /// （Ⅲ-55城市规划、Ⅲ-58城市精细化管理）.
    fn references(&mut self, item: &Item) -> Vec<Run> {
        let (role, field) = (Role::Reference, names::REFERENCES);
        let mut runs = Vec::new();
        for Reference { code, title } in &item.references {
            if !runs.is_empty() {
                runs.extend(generated(role, &self.layout.labels.joiner, field));
            }
            runs.extend(self.runs(code, role, field));
            if let Some(title) = title {
                runs.extend(generated(role, &self.layout.labels.reference_gap, field));
                runs.extend(self.runs(title, role, field));
            }
        }
        self.wrapped(role, runs, field)
    }

    fn source(&mut self, item: &Item) -> Vec<Run> {
        let runs = self.joined(&item.source, Role::Source, names::SOURCE);
        self.wrapped(Role::Source, runs, names::SOURCE)
    }

    fn author(&mut self, item: &Item) -> Vec<Run> {
        let runs = self.joined(&item.author, Role::Author, names::AUTHOR);
        self.wrapped(Role::Author, runs, names::AUTHOR)
    }
}
