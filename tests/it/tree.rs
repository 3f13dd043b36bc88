//! The structure of an issue: what stands in what, under which name.

use std::collections::BTreeSet;

use hongtou::compose::{Content, Document, Kind, Node, values_of};
use hongtou::compose::{HeadBlock, Id, Paragraph};
use hongtou::diagnostic::{Sources, Span};
use hongtou::issue::read_issue;
use hongtou::layout::{Layout, Role};
use hongtou::page;

use crate::generator;
use crate::support::pages::{ISSUE_155, bundled, compose, fonts};

const HEAD: &str = "\
masthead: {owner: 青山区创建全国文明城市, name: 工作快报}
issue: {number: 155, date: 2019-03-14, office: 青山区总指挥部办公室}
";

fn composed(yaml: &str) -> Document {
    compose(yaml, bundled("kuaibao")).document
}

/// A line for each node: what it is, its name, how its words begin.
fn shown(node: &Node, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match &node.content {
        Content::Nodes(nodes) => {
            let called = node.name.as_ref().map(|name| format!(" = {name}")).unwrap_or_default();
            lines.push(format!("{indent}{:?} {}{called}", node.kind, node.id));
            nodes.iter().for_each(|node| shown(node, depth + 1, lines));
        }
        Content::Words(words) => {
            let text: String = node.text().chars().take(12).collect();
            lines.push(format!("{indent}{} {} “{text}”", words.role.key(), node.id));
        }
    }
}

/// After a change that is meant: `HONGTOU_UPDATE=1 cargo test tree_of_issue_155`, and read it.
#[test]
fn the_tree_of_issue_155_is_the_one_that_was_read() {
    let document = composed(ISSUE_155);
    let mut lines = Vec::new();
    for node in &document.body {
        shown(node, 0, &mut lines);
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mentougou-155-tree.txt");
    if std::env::var_os("HONGTOU_UPDATE").is_some() {
        std::fs::write(path, lines.join("\n") + "\n").expect("it can be written");
    }
    let expected = std::fs::read_to_string(path).expect("the snapshot is there");
    for (number, (line, expected)) in lines.iter().zip(expected.lines()).enumerate() {
        assert_eq!(line, expected, "line {}", number + 1);
    }
    assert_eq!(lines.len(), expected.lines().count());
}

fn ids(document: &Document) -> Vec<Id> {
    document.nodes().into_iter().map(|node| node.id.clone()).collect()
}

#[test]
fn no_two_nodes_have_one_name() {
    let samples = ["mentougou-155", "jianbao-chengguan", "jianxun-anquan", "quanbu-yaosu"];
    let samples = samples.map(|name| {
        let path = format!("{}/samples/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("a sample")
    });
    let layouts = ["kuaibao", "jianbao", "xinxi"].map(bundled);
    for yaml in samples.into_iter().chain((0..20).map(generator::issue)) {
        // Not every layout has a place for everything.
        for document in layouts.iter().filter_map(|layout| tried(&yaml, layout)) {
            let ids = ids(&document);
            let different: BTreeSet<&Id> = ids.iter().collect();
            assert_eq!(different.len(), ids.len(), "{ids:?}");
        }
    }
}

/// The document, where the issue can be read and the layout has a place for all of it.
fn tried(yaml: &str, layout: &Layout) -> Option<Document> {
    let mut sources = Sources::default();
    let file = sources.add("甲.yaml", yaml);
    let (issue, _) = read_issue(&sources, file, None).ok()?;
    hongtou::compose::compose(&issue, layout).ok().map(|(document, _)| document)
}

/// Whatever becomes of one value's text, no node gets another name: who points to one, finds it
/// after every keystroke.
#[test]
fn names_stay_when_texts_are_edited() {
    let layout = bundled("kuaibao");
    let mut edits = 0;
    for seed in 0..5 {
        let yaml = generator::issue(seed);
        let before = composed(&yaml);
        let names = ids(&before);
        let nodes = before.nodes();
        let written = nodes.iter().filter(|node| node.role().is_some_and(editable));
        for span in written.filter_map(|node| node.span) {
            let old = &yaml[span.start as usize..span.end as usize];
            // A point's first sentence is the editor's to end: it stays one.
            let end = old.chars().next_back().filter(|c| "。！？；".contains(*c));
            let new = format!("改过之后{}", end.map(String::from).unwrap_or_default());
            let edited = replaced(&yaml, span, &new);
            let Some(after) = tried(&edited, &layout) else { continue };
            assert_eq!(ids(&after), names, "seed {seed}: {old} became {new}");
            edits += 1;
        }
    }
    assert!(edits > 100, "{edits} edits");
}

fn editable(role: Role) -> bool {
    use Role::{Body, Category, Headline, Point, Roundup, SectionTitle, Source, Unit};
    [Body, Category, Headline, Point, Roundup, SectionTitle, Source, Unit].contains(&role)
}

fn replaced(yaml: &str, span: Span, new: &str) -> String {
    format!("{}{new}{}", &yaml[..span.start as usize], &yaml[span.end as usize..])
}

#[test]
fn names_of_the_text_stay_in_another_layout() {
    let names = |layout| -> BTreeSet<Id> {
        let document = compose(ISSUE_155, bundled(layout)).document;
        document.body.iter().flat_map(Node::walk).map(|node| node.id.clone()).collect()
    };
    assert_eq!(names("kuaibao"), names("xinxi"));
}

/// A node reaches from the first word that was written in it to the last, and says what it says.
#[test]
fn nodes_know_where_they_were_written() {
    for seed in 0..20 {
        let yaml = generator::issue(seed);
        for node in composed(&yaml).nodes() {
            for below in node.nodes() {
                let (Some(all), Some(one)) = (node.span, below.span) else { continue };
                assert!(
                    all.start <= one.start && one.end <= all.end,
                    "{} in {}",
                    below.id,
                    node.id
                );
            }
            let written = node.runs().iter().any(|run| run.span.is_some());
            assert_eq!(node.span.is_some(), written, "seed {seed}: {}", node.id);
        }
    }
}

#[test]
fn points_have_their_markers() {
    let yaml = format!(
        "{HEAD}points:\n  - 抓宣传。入户。\n  - {{marker: 其次，, lead: 抓落实。, text: 到人。}}\n"
    );
    let document = composed(&yaml);
    let nodes = document.nodes();
    let of = |kind| nodes.iter().filter(|node| node.kind == kind).collect::<Vec<_>>();
    let markers: Vec<_> = of(Kind::Marker).iter().map(|node| (node.text(), node.span)).collect();
    assert_eq!(markers[0], ("一是".to_owned(), None));
    assert_eq!(markers[1].0, "其次，");
    let span = markers[1].1.expect("an editor wrote it");
    assert_eq!(&yaml[span.start as usize..span.end as usize], "其次，");
    let points: Vec<String> = of(Kind::Point).iter().map(|node| node.text()).collect();
    assert_eq!(points, ["一是抓宣传。入户。", "其次，抓落实。到人。"]);
}

/// What stands in one paragraph stands in what all of it stands in.
#[test]
fn a_paragraph_knows_what_it_stands_in() {
    let yaml =
        format!("{HEAD}items:\n  - headline: 甲\n    points: [乙。, 丙。]\n    source: 丁\n");
    let steps = |points_run_in| -> Vec<Vec<Kind>> {
        let mut layout = bundled("kuaibao");
        layout.item.points_run_in = points_run_in;
        let kinds = |paragraph: &Paragraph| paragraph.within.0.iter().map(|s| s.kind).collect();
        compose(&yaml, layout).document.paragraphs().iter().map(kinds).collect()
    };
    use Kind::{Item, Point, Points, Section};
    assert_eq!(steps(true), [vec![Section, Item, Points]]);
    // The unit that runs on after the last point leaves it a point.
    let point = vec![Section, Item, Points, Point];
    assert_eq!(steps(false), [point.clone(), point]);
}

#[test]
fn joint_offices_are_a_list() {
    let yaml =
        HEAD.replace("office: 青山区总指挥部办公室", "office: [甲委员会, 乙局]") + "text: 丙。\n";
    let document = composed(&yaml);
    let left = document.head.iter().find_map(|block| match block {
        HeadBlock::Row { left, .. } => Some(left),
        _ => None,
    });
    let left = left.expect("the row with office and date");
    let names = values_of(left);
    let names = names.iter().map(|runs| runs.iter().map(|run| run.text.as_str()).collect());
    assert_eq!(names.collect::<Vec<String>>(), ["甲委员会、", "乙局"]);
    let [list] = left.as_slice() else { panic!("{left:?}") };
    assert_eq!(list.kind, Kind::List);
    let written = list.nodes().iter().map(|office| office.span.expect("an editor wrote it"));
    let written = written.map(|span| &yaml[span.start as usize..span.end as usize]);
    assert_eq!(written.collect::<Vec<_>>(), ["甲委员会", "乙局"]);
}

/// Offices are parted because there are several, not because of the sign between them.
#[test]
fn joint_offices_have_lines_of_their_own_whatever_joins_them() {
    let offices = ["甲市委城市精神文明建设工作领导小组", "甲市人民政府办公厅信息公开处"];
    let yaml = HEAD
        .replace("office: 青山区总指挥部办公室", &format!("office: [{}]", offices.join(", ")))
        + "text: 丙。\n";
    for joiner in ["、", "", "　"] {
        let mut layout = bundled("kuaibao");
        layout.labels.joiner = joiner.to_owned();
        let composed = compose(&yaml, layout);
        let pages = page::paginate(&composed.document, &composed.layout, fonts()).expect("pages");
        let mut lines: Vec<(usize, String)> = Vec::new();
        for element in &pages.pages[0].elements {
            if let page::Element::Glyphs(run) = element
                && run.role == Role::Office
            {
                match lines.last_mut().filter(|(line, _)| *line == run.line) {
                    Some((_, text)) => text.push_str(&run.text),
                    None => lines.push((run.line, run.text.clone())),
                }
            }
        }
        let lines: Vec<&str> =
            lines.iter().map(|(_, text)| text.trim_end_matches(joiner)).collect();
        assert_eq!(lines, offices, "{joiner:?}");
    }
}

/// Every run says where in its block it stands, so nobody has to look for its words.
#[test]
fn runs_and_lines_are_found_in_their_blocks() {
    let offices = "office: [甲市委城市精神文明建设工作领导小组, 甲市人民政府办公厅信息公开处]";
    let joint = HEAD.replace("office: 青山区总指挥部办公室", offices) + "text: 甲open data乙。\n";
    for yaml in (0..20).map(generator::issue).chain([ISSUE_155.to_owned(), joint]) {
        let composed = compose(&yaml, bundled("kuaibao"));
        let pages = page::paginate(&composed.document, &composed.layout, fonts()).expect("pages");
        for element in pages.pages.iter().flat_map(|page| &page.elements) {
            if let page::Element::Glyphs(run) = element
                && let Some(block) = run.block
            {
                let text = &pages.blocks[block].text;
                assert_eq!(text.get(run.start..run.start + run.text.len()), Some(&*run.text));
            }
        }
        for line in &pages.report.lines {
            let text = &pages.blocks[line.block].text;
            assert_eq!(text.get(line.range.clone()), Some(line.text.as_str()));
        }
    }
}
