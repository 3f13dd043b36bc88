//! The issue as a tree: what each part is, where it was written, and a name of its own that stays.

use std::fmt;

use super::run::Run;
use crate::diagnostic::Span;
use crate::layout::Role;

/// The name of a node: the way to it through the fields of the issue, `sections/0/items/2/source/1`
/// (lists count from 0). In head and colophon, whose order is the layout's, the way begins with the
/// element of the layout: `head/3/left/0`.
///
/// It is made of keys and of places in lists, never of words: whatever the text of a value becomes,
/// this and all other nodes keep their names. What is put into a list, taken out or moved renames
/// what comes after it in that list, and nothing else. The layout has no part in the names of the
/// text, so they stay when another layout is chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// A field of the issue, or a part of the page.
    pub fn new(key: &str) -> Id {
        Id(key.to_owned())
    }

    /// A field of this.
    pub fn field(&self, key: &str) -> Id {
        Id(format!("{}/{key}", self.0))
    }

    /// What stands at this place (from 0) of the list that this is.
    pub fn at(&self, index: usize) -> Id {
        Id(format!("{}/{index}", self.0))
    }

    /// A section of the issue.
    pub fn section(section: usize) -> Id {
        Id::new("sections").at(section)
    }

    /// An item of a section.
    pub fn item(section: usize, item: usize) -> Id {
        Id::section(section).field("items").at(item)
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A part of the issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
    /// Where it was written: from its first word to its last. `None` when all of it is generated.
    pub span: Option<Span>,
    /// What it is called in an outline or a list of items.
    pub name: Option<String>,
    /// Its level in the outline, from 1; `None` keeps it out.
    pub level: Option<u8>,
    /// What it is made of.
    pub content: Content,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 本期要目, its title and its entries.
    Contents,
    /// 按语: its label and its paragraphs.
    Note,
    /// 栏目: its title, if it has one, its note and its items.
    Section,
    /// 一条信息.
    Item,
    /// 要点, a list.
    Points,
    /// One of them: its marker, its first sentence, what follows.
    Point,
    /// 一是, 首先.
    Marker,
    /// 本刊综合 and its notices.
    Roundup,
    /// One unit's notice.
    Notice,
    /// 附件.
    Attachment,
    /// A field with several values, each a text: joint offices, units, recipients.
    List,
    /// Words.
    Text,
}

/// What a node is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Other nodes, in reading order.
    Nodes(Vec<Node>),
    /// Words of a role.
    Words(Words),
}

/// Words, and how they stand with those before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What they are.
    pub role: Role,
    /// The words; generated numbers, labels and signs among them.
    pub runs: Vec<Run>,
    /// How they stand.
    pub stand: Stand,
    /// Whether white is set after them, when text follows in the same paragraph.
    pub gap: bool,
}

/// How words of the text stand with their neighbours. In head and colophon, where the layout puts
/// every text at its place, it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// A paragraph of this role of their own: nothing runs in before them or on after them.
    Alone(Role),
    /// They begin a paragraph of this role, after what runs in with it.
    Begin(Role),
    /// They go on where the words before them stand.
    With,
    /// They run in with the text that follows.
    Before,
    /// The same, closely after what ran in before, whose gap moves behind them.
    Closely,
    /// They run on after the text before them, if there is any, or else run in with what follows.
    After,
}

impl Node {
    /// Words that are a paragraph of their own.
    pub fn words(id: Id, role: Role, runs: Vec<Run>) -> Node {
        let span = hull(runs.iter().filter_map(|run| run.span));
        let words = Words { role, runs, stand: Stand::Alone(role), gap: false };
        Node::of(id, Kind::Text, span, Content::Words(words))
    }

    /// A node that is made of others.
    pub fn group(id: Id, kind: Kind, nodes: Vec<Node>) -> Node {
        let span = hull(nodes.iter().filter_map(|node| node.span));
        Node::of(id, kind, span, Content::Nodes(nodes))
    }

    fn of(id: Id, kind: Kind, span: Option<Span>, content: Content) -> Node {
        Node { id, kind, span, name: None, level: None, content }
    }

    /// Words that stand so.
    pub fn standing(mut self, stand: Stand) -> Node {
        if let Content::Words(words) = &mut self.content {
            words.stand = stand;
        }
        self
    }

    /// Words with white after them, or not.
    pub fn with_gap(mut self, gap: bool) -> Node {
        if let Content::Words(words) = &mut self.content {
            words.gap = gap;
        }
        self
    }

    /// As an entry of the outline.
    pub fn in_outline(mut self, level: u8, name: String) -> Node {
        self.level = Some(level);
        self.name = Some(name);
        self
    }

    /// What it is made of; nothing if it is words.
    pub fn nodes(&self) -> &[Node] {
        match &self.content {
            Content::Nodes(nodes) => nodes,
            Content::Words(_) => &[],
        }
    }

    /// What its words are, if it is words.
    pub fn role(&self) -> Option<Role> {
        match &self.content {
            Content::Nodes(_) => None,
            Content::Words(words) => Some(words.role),
        }
    }

    /// This node and all below it, in reading order.
    pub fn walk(&self) -> Vec<&Node> {
        let below = self.nodes().iter().flat_map(Node::walk);
        std::iter::once(self).chain(below).collect()
    }

    /// Its runs, in reading order.
    pub fn runs(&self) -> Vec<&Run> {
        match &self.content {
            Content::Nodes(nodes) => runs_of(nodes),
            Content::Words(words) => words.runs.iter().collect(),
        }
    }

    /// What it says.
    pub fn text(&self) -> String {
        self.runs().into_iter().map(|run| run.text.as_str()).collect()
    }

    /// The first and the last of its words, to be added to.
    pub(super) fn last_runs(&mut self) -> Option<&mut Vec<Run>> {
        match &mut self.content {
            Content::Nodes(nodes) => nodes.last_mut()?.last_runs(),
            Content::Words(words) => Some(&mut words.runs),
        }
    }

    pub(super) fn first_runs(&mut self) -> Option<&mut Vec<Run>> {
        match &mut self.content {
            Content::Nodes(nodes) => nodes.first_mut()?.first_runs(),
            Content::Words(words) => Some(&mut words.runs),
        }
    }
}

/// The runs of nodes, in reading order.
pub fn runs_of(nodes: &[Node]) -> Vec<&Run> {
    nodes.iter().flat_map(Node::runs).collect()
}

/// The runs of nodes, parted before each further value of a list: joint offices.
pub fn values_of(nodes: &[Node]) -> Vec<Vec<&Run>> {
    let mut values: Vec<Vec<&Run>> = vec![Vec::new()];
    for node in nodes {
        match node.kind {
            Kind::List => {
                for (index, value) in node.nodes().iter().enumerate() {
                    if index > 0 {
                        values.push(Vec::new());
                    }
                    values.last_mut().expect("never empty").extend(value.runs());
                }
            }
            _ => values.last_mut().expect("never empty").extend(node.runs()),
        }
    }
    values
}

/// From the first of some places to the last, in the file of the first.
fn hull(mut spans: impl Iterator<Item = Span>) -> Option<Span> {
    let first = spans.next()?;
    let grow = |all: Span, one: Span| match one.file == all.file {
        true => Span { start: all.start.min(one.start), end: all.end.max(one.end), ..all },
        false => all,
    };
    Some(spans.fold(first, grow))
}

/// A node that something stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
}

/// The nodes that something stands in, outermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within(pub Vec<Step>);

impl Within {
    /// The innermost node of a kind.
    pub fn find(&self, kind: Kind) -> Option<&Id> {
        self.0.iter().rev().find(|step| step.kind == kind).map(|step| &step.id)
    }

    /// The item.
    pub fn item(&self) -> Option<&Id> {
        self.find(Kind::Item)
    }
}
