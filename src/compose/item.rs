//! One item (一条信息) and the pieces of text that items and attachments are made of.

use super::ledger::names;
use super::{Composer, Id, Kind, Node, Run, Stand, generated, markup, number, spread, values};
use crate::diagnostic::{Code, Diagnostic};
use crate::issue::{Block, Item, Point, Reference, Roundup, Text};
use crate::layout::{ItemPart, Role, Template};

impl Composer<'_> {
    /// An item, its parts in the layout's order.
    pub(super) fn item(&mut self, item: &Item, id: Id) -> Node {
        let mut nodes = Vec::new();
        let mut tail: Vec<Node> = Vec::new();
        for part in &self.layout.item.order {
            match part {
                ItemPart::Category => nodes.extend(self.category(item, &id)),
                ItemPart::Headline => nodes.extend(self.headline(item, &id)),
                ItemPart::Subheadline => nodes.extend(self.subheadline(item, &id)),
                ItemPart::Lead => nodes.extend(self.lead(item, &id)),
                ItemPart::Body => nodes.extend(self.blocks(&item.body, &id)),
                ItemPart::References | ItemPart::Source | ItemPart::Author => {
                    let (key, role, list) = match part {
                        ItemPart::References => ("refs", Role::Reference, self.references(item)),
                        ItemPart::Source => ("source", Role::Source, self.source(item)),
                        _ => ("author", Role::Author, self.author(item)),
                    };
                    let stand = match (self.layout.item.tail_run_in, tail.is_empty()) {
                        (true, _) => Stand::After,
                        (false, true) => Stand::Alone(role),
                        (false, false) => Stand::With,
                    };
                    let node = values(&id.field(key), role, list, stand);
                    match self.layout.item.tail_run_in {
                        true => nodes.extend(node),
                        false => tail.extend(node),
                    }
                }
            }
        }
        nodes.extend(tail);
        let mut node = Node::group(id, Kind::Item, nodes);
        node.span = Some(item.span);
        node
    }

    fn category(&mut self, item: &Item, id: &Id) -> Option<Node> {
        let role = Role::Category;
        let mut runs = self.runs(item.category.as_ref()?, role, names::CATEGORY);
        spread(self.layout, role, &mut runs);
        let runs = self.wrapped(role, runs, names::CATEGORY);
        let node = Node::words(id.field("category"), role, runs).standing(Stand::Before);
        Some(node.with_gap(self.has_gap(role)))
    }

    fn headline(&mut self, item: &Item, id: &Id) -> Option<Node> {
        let role = Role::Headline;
        let mut runs = self.runs(item.headline.as_ref()?, role, names::HEADLINE);
        spread(self.layout, role, &mut runs);
        let runs = self.wrapped(role, runs, names::HEADLINE);
        let node = Node::words(id.field("headline"), role, runs);
        Some(match self.layout.item.headline_run_in {
            true => node.standing(Stand::Before).with_gap(self.has_gap(role)),
            false => node,
        })
    }

    fn subheadline(&mut self, item: &Item, id: &Id) -> Option<Node> {
        let role = Role::Subtitle;
        let runs = self.runs(item.subheadline.as_ref()?, role, names::SUBTITLE);
        let runs = self.wrapped(role, runs, names::SUBTITLE);
        let node = Node::words(id.field("subheadline"), role, runs);
        if !self.layout.item.headline_run_in {
            return Some(node);
        }
        // 标题——副题　正文: the sign before it takes the place of the headline's gap.
        let free = self.layout.style(role).before.is_empty();
        let stand = if free { Stand::Before } else { Stand::Closely };
        Some(node.standing(stand).with_gap(self.has_gap(role)))
    }

    /// 导语 runs in with points that run on; before other text it is a paragraph.
    fn lead(&mut self, item: &Item, id: &Id) -> Option<Node> {
        let runs = self.runs(item.lead.as_ref()?, Role::Lead, names::LEAD);
        let runs = self.wrapped(Role::Lead, runs, names::LEAD);
        let node = Node::words(id.field("lead"), Role::Lead, runs);
        let points = matches!(item.body.first(), Some(Block::Points(_)));
        Some(match points && self.layout.item.points_run_in {
            true => node.standing(Stand::Before).with_gap(self.has_gap(Role::Lead)),
            false => node.standing(Stand::Begin(Role::Lead)),
        })
    }

    /// The pieces of the text of an item or an attachment in order, headings numbered from one in
    /// each level.
    pub(super) fn blocks(&mut self, blocks: &[Block], of: &Id) -> Vec<Node> {
        let mut counts = [0; 4];
        let mut nodes = Vec::new();
        for (place, block) in blocks.iter().enumerate() {
            let id = of.field("body").at(place);
            match block {
                Block::Paragraph(text) => {
                    let runs = self.runs(text, Role::Body, names::BODY);
                    let text = Node::words(id, Role::Body, runs);
                    nodes.push(text.standing(Stand::Begin(Role::Body)));
                }
                Block::Points(points) => nodes.push(self.points(points, id)),
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
                    nodes.push(Node::words(id, role, runs));
                }
                Block::Roundup(roundup) => nodes.push(self.roundup(roundup, id)),
                // No layout has a place for these; the ledger names them.
                Block::Other { .. } => {}
            }
        }
        nodes
    }

    /// How the parts of a paragraph's worth of text begin: each its own paragraph, or all after the
    /// first in that of the first.
    fn part(run_in: bool, index: usize) -> Stand {
        if run_in && index > 0 { Stand::With } else { Stand::Begin(Role::Body) }
    }

    fn points(&mut self, points: &[Point], id: Id) -> Node {
        let run_in = self.layout.item.points_run_in;
        let nodes = points.iter().enumerate().map(|(index, point)| {
            self.point(point, index, id.at(index), Self::part(run_in, index))
        });
        let nodes = nodes.collect();
        Node::group(id, Kind::Points, nodes)
    }

    fn point(&mut self, point: &Point, index: usize, id: Id, stand: Stand) -> Node {
        let (role, field) = (Role::Point, names::POINTS);
        let marker = match &point.marker {
            Some(marker) => self.runs(marker, role, field),
            None => {
                let form = &self.layout.numbers.point;
                self.number(role, form, index + 1, &point.lead, field)
            }
        };
        let mut texts = vec![(&point.lead, role)];
        texts.extend(point.text.as_ref().map(|text| (text, Role::Body)));
        let mut lead = self.connected(&texts, field);
        let rest = lead.iter().position(|run| run.role == Role::Body).unwrap_or(lead.len());
        let rest = lead.split_off(rest);
        let mut set = self.all_wrapped(role, vec![marker, lead], field).into_iter();
        let mut next = || set.next().unwrap_or_default();
        let (marker, lead) = (next(), next());
        let gap = self.has_gap(role) && !rest.is_empty();
        let mut marker = Node::words(id.field("marker"), role, marker);
        marker.kind = Kind::Marker;
        let lead = Node::words(id.field("lead"), role, lead).with_gap(gap);
        let rest = Node::words(id.field("text"), Role::Body, rest);
        let parts = [marker, lead, rest].into_iter().filter(|part| !part.runs().is_empty());
        let parts = parts
            .enumerate()
            .map(|(index, part)| part.standing(if index == 0 { stand } else { Stand::With }));
        let parts = parts.collect();
        Node::group(id, Kind::Point, parts)
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

    fn roundup(&mut self, roundup: &Roundup, id: Id) -> Node {
        let field = names::ROUNDUP;
        let run_in = self.layout.item.roundup_run_in;
        let label = self.runs(&roundup.label, Role::Roundup, field);
        let after = &self.layout.labels.roundup_after;
        let label = self.labelled(Role::Roundup, label, after, field);
        let label = Node::words(id.field("label"), Role::Roundup, label).standing(Stand::Before);
        let mut nodes = vec![label.with_gap(self.has_gap(Role::Roundup))];
        for (index, notice) in roundup.entries.iter().enumerate() {
            let id = id.field("entries").at(index);
            let unit = self.runs(&notice.unit, Role::Unit, field);
            let after = &self.layout.labels.unit_after;
            let unit = self.labelled(Role::Unit, unit, after, field);
            let unit = Node::words(id.field("unit"), Role::Unit, unit)
                .standing(Self::part(run_in, index))
                .with_gap(self.has_gap(Role::Unit));
            let text = self.runs(&notice.text, Role::Body, field);
            let text = Node::words(id.field("text"), Role::Body, text).standing(Stand::With);
            nodes.push(Node::group(id, Kind::Notice, vec![unit, text]));
        }
        if let Some(closing) = &roundup.closing {
            let runs = self.runs(closing, Role::Body, field);
            let closing = Node::words(id.field("closing"), Role::Body, runs);
            nodes.push(closing.standing(Self::part(run_in, roundup.entries.len())));
        }
        Node::group(id, Kind::Roundup, nodes)
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
    fn references(&mut self, item: &Item) -> Vec<Vec<Run>> {
        let (role, field) = (Role::Reference, names::REFERENCES);
        let mut list = Vec::new();
        for (index, Reference { code, title }) in item.references.iter().enumerate() {
            let mut runs = self.runs(code, role, field);
            if let Some(title) = title {
                runs.extend(generated(role, &self.layout.labels.reference_gap, field));
                runs.extend(self.runs(title, role, field));
            }
            if index + 1 < item.references.len() {
                runs.extend(generated(role, &self.layout.labels.joiner, field));
            }
            list.push(runs);
        }
        self.all_wrapped(role, list, field)
    }

    fn source(&mut self, item: &Item) -> Vec<Vec<Run>> {
        let list = self.joined(&item.source, Role::Source, names::SOURCE);
        self.all_wrapped(Role::Source, list, names::SOURCE)
    }

    fn author(&mut self, item: &Item) -> Vec<Vec<Run>> {
        let list = self.joined(&item.author, Role::Author, names::AUTHOR);
        self.all_wrapped(Role::Author, list, names::AUTHOR)
    }
}
