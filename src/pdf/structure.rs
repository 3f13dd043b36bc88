//! The tag tree: the real structure of the issue, for screen readers and for whoever takes the text
//! out again.
//!
//! Built while the pages are drawn, because headings and links that run in with the text are known
//! by their runs only. Blocks give the order; a block that goes on over the page is one paragraph.

use std::num::NonZeroU16;

use krilla::tagging::{
    Identifier, ListNumbering, Node as TagNode, Placement, Tag, TagGroup, TagKind, TagTree,
};

use super::metadata::LANGUAGE;
use crate::compose::{Id, Kind as Of};
use crate::layout::Role;
use crate::page::{Block, Part};

/// The tag tree as it grows.
pub(super) struct Structure<'a> {
    blocks: &'a [Block],
    nodes: Vec<Node>,
    /// Where the contents of each block go.
    places: Vec<Place>,
    /// The headings that the text stands under, and the item each was met in.
    headings: Vec<(u8, Option<Id>)>,
    /// Whether the issue has sections. A single article has none: its title is its first heading.
    sections: bool,
}

/// A node of the tree.
pub(super) type NodeId = usize;

struct Node {
    kind: Kind,
    text: String,
    children: Vec<Child>,
}

enum Kind {
    /// Leaves its place to its children.
    Transparent,
    /// A heading of this level.
    Heading { level: NonZeroU16, run_in: bool },
    /// Anything else.
    Tag(TagKind),
}

enum Child {
    Node(NodeId),
    Content(Identifier),
}

/// The state of a block.
struct Place {
    node: NodeId,
    /// Where what runs in before the first point of a list goes: it is no part of the list.
    before: Option<NodeId>,
    /// The segment that is being filled.
    segment: Option<(Class, NodeId)>,
    /// The element within it.
    inline: Option<(Inline, NodeId)>,
}

/// What a stretch of a block is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A heading of this rank.
    Heading(u8),
    Text,
}

/// What a stretch of a segment is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Inline {
    /// Words.
    Words,
    /// Words that are stressed.
    Strong,
    /// The text of a link, by its number on the page.
    Link(usize),
}

const ROOT: NodeId = 0;

impl<'a> Structure<'a> {
    /// The frame of the tree: head, sections, items, lists, colophon.
    pub(super) fn new(blocks: &'a [Block]) -> Structure<'a> {
        let root = Node { kind: Kind::Transparent, text: String::new(), children: Vec::new() };
        let mut structure = Structure {
            blocks,
            nodes: vec![root],
            places: Vec::new(),
            headings: Vec::new(),
            sections: blocks.iter().any(|block| block.role == Role::SectionTitle),
        };
        structure.frame();
        structure
    }

    fn frame(&mut self) {
        let lists = lists(self.blocks);
        let mut open = Open::default();
        for (block, list) in self.blocks.iter().zip(lists) {
            let container = open.container(self, block);
            let (before, container) = match list {
                None => {
                    open.list = None;
                    (None, container)
                }
                Some(list) => open.listed(self, container, list),
            };
            let node = self.add(container, Kind::Transparent);
            self.places.push(Place { node, before, segment: None, inline: None });
        }
    }

    fn add(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { kind, text: String::new(), children: Vec::new() });
        self.nodes[parent].children.push(Child::Node(id));
        id
    }

    fn tag(&mut self, parent: NodeId, tag: impl Into<TagKind>) -> NodeId {
        self.add(parent, Kind::Tag(tag.into()))
    }

    /// The node that content of a block belongs to.
    pub(super) fn node(&mut self, block: usize, role: Role, inline: Inline) -> NodeId {
        let segment = self.segment(block, role);
        match self.places[block].inline {
            Some((open, node)) if open == inline => return node,
            _ => {}
        }
        let node = match inline {
            Inline::Words => segment,
            Inline::Strong => self.tag(segment, Tag::Strong),
            Inline::Link(_) => self.tag(segment, Tag::Link),
        };
        self.places[block].inline = Some((inline, node));
        node
    }

    /// The paragraph or heading that a run of a block belongs to.
    fn segment(&mut self, block: usize, role: Role) -> NodeId {
        let own = self.blocks[block].role;
        let whole = match own {
            // An attachment has its own title, whatever the issue has.
            Role::Title if !self.sections || self.attached(block) => Some(SECTION),
            _ => rank(own),
        };
        let class = match whole.or(rank(role)) {
            Some(rank) => Class::Heading(rank),
            None => Class::Text,
        };
        let begins_list = self.places[block].before.is_some() && role == Role::Point;
        if let Some((open, node)) = self.places[block].segment
            && open == class
            && !begins_list
        {
            return node;
        }
        let place = &mut self.places[block];
        // With the first words of a point the list begins.
        let parent = place.before.filter(|_| role != Role::Point).unwrap_or(place.node);
        if parent == place.node {
            place.before = None;
        }
        let kind = match class {
            Class::Heading(rank) => Kind::Heading {
                level: self.level(rank, self.blocks[block].within.item()),
                run_in: whole.is_none(),
            },
            Class::Text => Kind::Tag(paragraph(own)),
        };
        let node = self.add(parent, kind);
        let place = &mut self.places[block];
        place.segment = Some((class, node));
        place.inline = None;
        node
    }

    /// Whether a block belongs to an attachment.
    fn attached(&self, block: usize) -> bool {
        self.blocks[block].within.find(Of::Attachment).is_some()
    }

    /// The level of a heading: one below the heading that it stands under, so that none is left
    /// out (ISO 14289-1 §7.4.2). A heading of another item is no heading of this one.
    fn level(&mut self, rank: u8, item: Option<&Id>) -> NonZeroU16 {
        self.headings.retain(|(above, of)| *above < rank && (of.is_none() || of.as_ref() == item));
        self.headings.push((rank, item.filter(|_| rank > SECTION).cloned()));
        let level = u16::try_from(self.headings.len()).unwrap_or(u16::MAX);
        NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN)
    }

    /// Puts marked content into a node.
    pub(super) fn content(&mut self, node: NodeId, block: usize, id: Identifier, text: &str) {
        self.nodes[node].children.push(Child::Content(id));
        if let Some((_, segment)) = self.places[block].segment {
            self.nodes[segment].text.push_str(text);
        }
    }

    /// Puts the annotation of a link beside the text that it covers; a link that covers no text
    /// stands at the end of its block.
    pub(super) fn annotation(&mut self, node: Option<NodeId>, block: usize, id: Identifier) {
        let node = node.unwrap_or_else(|| {
            let segment = self.segment(block, self.blocks[block].role);
            self.tag(segment, Tag::Link)
        });
        self.nodes[node].children.push(Child::Content(id));
    }

    /// Forgets the links of a page: their numbers begin anew on the next.
    pub(super) fn end_page(&mut self) {
        for place in &mut self.places {
            if matches!(place.inline, Some((Inline::Link(_), _))) {
                place.inline = None;
            }
        }
    }

    /// The finished tree.
    pub(super) fn finish(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
        tree.children = self.children(ROOT);
        tree
    }

    fn children(&self, id: NodeId) -> Vec<TagNode> {
        let mut nodes = Vec::new();
        for child in &self.nodes[id].children {
            match *child {
                Child::Content(content) => nodes.push(content.into()),
                Child::Node(node) => {
                    let children = self.children(node);
                    match self.nodes[node].tag() {
                        None => nodes.extend(children),
                        Some(_) if children.is_empty() => {}
                        Some(tag) => nodes.push(TagGroup::with_children(tag, children).into()),
                    }
                }
            }
        }
        nodes
    }
}

impl Node {
    fn tag(&self) -> Option<TagKind> {
        match &self.kind {
            Kind::Transparent => None,
            Kind::Tag(tag) => Some(tag.clone()),
            Kind::Heading { level, run_in } => {
                let tag = Tag::Hn(*level, Some(self.text.trim().to_owned()));
                // A heading in the line of its text would be read as a block of its own.
                Some(tag.with_placement(run_in.then_some(Placement::Inline)).into())
            }
        }
    }
}

/// The containers that are open while the frame is made.
#[derive(Default)]
struct Open<'a> {
    part: Option<(Part, NodeId)>,
    section: Option<(&'a Id, NodeId)>,
    item: Option<(&'a Id, NodeId)>,
    contents: Option<NodeId>,
    list: Option<(&'a Id, NodeId)>,
}

impl<'a> Open<'a> {
    /// Where a block belongs.
    fn container(&mut self, tree: &mut Structure<'_>, block: &'a Block) -> NodeId {
        match self.part {
            Some((part, _)) if part == block.part => {}
            _ => {
                let node = match block.part {
                    Part::Body => tree.add(ROOT, Kind::Transparent),
                    Part::Head | Part::Colophon => tree.tag(ROOT, Tag::Div),
                };
                *self = Open { part: Some((block.part, node)), ..Open::default() };
            }
        }
        let part = self.part.map_or(ROOT, |(_, node)| node);
        // A section without a title is none to a reader: what is in it stands in the text itself.
        let within = block.within.find(Of::Attachment).or(block.within.find(Of::Section));
        let begins = matches!(block.role, Role::SectionTitle | Role::Attachment);
        match (within, self.section) {
            (Some(within), Some((open, _))) if within == open => {}
            (Some(within), _) if begins => {
                self.section = Some((within, tree.tag(part, Tag::Section)));
            }
            _ => self.section = None,
        }
        let section = self.section.map_or(part, |(_, node)| node);
        if block.within.find(Of::Contents).is_some() {
            let contents = *self.contents.get_or_insert_with(|| tree.tag(section, Tag::TOC));
            return match block.role {
                Role::ContentsTitle => tree.tag(contents, Tag::Caption),
                _ => tree.tag(contents, Tag::TOCI),
            };
        }
        self.contents = None;
        match (block.within.item(), self.item) {
            (None, _) => {
                self.item = None;
                section
            }
            (Some(item), Some((open, node))) if item == open => node,
            (Some(item), _) => {
                let node = tree.tag(section, Tag::Article);
                self.item = Some((item, node));
                node
            }
        }
    }

    /// Where a point of a list belongs, and where what runs in before the first of them does.
    fn listed(
        &mut self,
        tree: &mut Structure<'_>,
        container: NodeId,
        list: &'a Id,
    ) -> (Option<NodeId>, NodeId) {
        let (before, node) = match self.list {
            Some((open, node)) if open == list => (None, node),
            _ => {
                let before = tree.add(container, Kind::Transparent);
                (Some(before), tree.tag(container, Tag::L(ListNumbering::None)))
            }
        };
        self.list = Some((list, node));
        let item = tree.tag(node, Tag::LI);
        (before, tree.tag(item, Tag::LBody))
    }
}

const SECTION: u8 = 1;

/// Whether a role is a heading, and which stand under which. The label of an attachment (附件1) is
/// a paragraph before its title; a title is a heading where there are no sections.
fn rank(role: Role) -> Option<u8> {
    role.rank().filter(|_| !matches!(role, Role::Title | Role::Attachment))
}

/// The tag of a block that is no heading.
fn paragraph(role: Role) -> TagKind {
    if role.names_the_issue() { Tag::Title.into() } else { Tag::P.into() }
}

/// For each block, the list that it is a point of, if any: points are a list where each is a
/// paragraph, and there are two or more.
fn lists(blocks: &[Block]) -> Vec<Option<&Id>> {
    let lists: Vec<Option<&Id>> = blocks.iter().map(list).collect();
    let same = |at: usize, other: Option<usize>| {
        other.and_then(|other| lists.get(other)).is_some_and(|other| *other == lists[at])
    };
    let alone = |at: usize| !same(at, at.checked_sub(1)) && !same(at, Some(at + 1));
    (0..lists.len()).map(|at| lists[at].filter(|_| !alone(at))).collect()
}

/// The list that a block is a point of.
fn list(block: &Block) -> Option<&Id> {
    block.within.find(Of::Point).and(block.within.find(Of::Points))
}
