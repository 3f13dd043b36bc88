//! Any edits of all samples: what was asked for is read back, the rest keeps its bytes, comments
//! stay, and the way back gives the same bytes.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::*;
use crate::yaml::{Node, Value};

/// Rounds of three edits in each form of each file: so many bytes are gone through, about.
const BYTES: usize = 30_000;

/// Files made of signs, most of which are no YAML.
const WILD: usize = 10_000;

const TEXTS: [&str; 18] = [
    "甲",
    "全区各单位，抓好落实",
    "000017",
    "甲：乙",
    "甲: 乙",
    "甲 #1",
    "- 甲",
    "[重点] 甲",
    "it's",
    "\"甲\"",
    "a, b",
    "甲\n乙",
    "甲\n\n乙\n",
    "  甲\n乙\n\n",
    "",
    " 甲 ",
    "甲\u{85}乙\u{feff}",
    "近日，区民政局到各镇街开展慰问活动，送去米面油等物资。",
];
/// What no sample has, but YAML allows.
const ODD_SIGNS: &str = "\
a:
- 一 二 三
- - x # 甲
  -
  # 乙
  - 'y
    z'
b: {c: , d, \"e\":1, f: [g: h, [], {}]} # 丙
# 丁
l: >+2
   折
  叠


? k
: v
m: \"p
  q\"
n: [
  r, # 戊
  # 己
  s,
]
o: p
  q
  # 庚
t: |
";
const ODD_LINES: &str = "\
# 上

x:
    # 其中
    - # 横线
      k: 'v' # 自己

      # 之前
      l:
      - 1
      - |-
        一

          二
      # 之后
    -   - a
        - b
    - {a: [b, {c: d}], 'e f': \"g\\n\"}
    -
      - >
        一
        二
      # 丙
    # 最后


y: # 丁
  ~
z:
  w # 戊
# 下";
const KEYS: [&str; 5] = ["新", "标题", "title", "甲: 乙", "#"];

/// An editor who does anything.
struct Editor(Dice);

impl Editor {
    fn new(seed: u64) -> Editor {
        Editor(Dice::new(seed))
    }

    fn content(&mut self, depth: usize) -> Content {
        match self.0.below(if depth > 2 { 6 } else { 10 }) {
            0 => Content::Null,
            1..6 => Content::from(*self.0.pick(&TEXTS)),
            6 | 7 => Content::List((0..self.0.below(3)).map(|_| self.content(depth + 1)).collect()),
            _ => {
                let kept: Vec<&str> = KEYS.into_iter().filter(|_| self.0.below(3) > 0).collect();
                let entry = |key: &str| (key.to_owned(), self.content(depth + 1));
                Content::Map(kept.into_iter().map(entry).collect())
            }
        }
    }

    fn place(&mut self, node: &Node) -> Place {
        let steps: Vec<Step> = match &node.value {
            Value::Sequence(nodes) => (0..nodes.len()).map(Step::Index).collect(),
            Value::Mapping(entries) => entries.iter().map(|e| Step::Key(e.key.clone())).collect(),
            _ => Vec::new(),
        };
        match self.0.below(4) {
            0 => Place::First,
            1 if !steps.is_empty() => Place::Before(self.0.pick(&steps).clone()),
            2 if !steps.is_empty() => Place::After(self.0.pick(&steps).clone()),
            _ => Place::Last,
        }
    }

    fn operation(&mut self, root: &Node) -> Operation {
        let mut paths = Vec::new();
        all(root, &Path::root(), &mut paths);
        // The root last: an edit of it leaves nothing to look at.
        let at = self.0.pick(&paths[usize::from(paths.len() > 1)..]).clone();
        let lists: Vec<&Path> = paths
            .iter()
            .filter(|path| !matches!(path.resolve(root).unwrap().value, Value::Scalar { .. }))
            .collect();
        let to = if lists.is_empty() { at.clone() } else { (*self.0.pick(&lists)).clone() };
        let target = to.resolve(root).unwrap();
        let place = self.place(target);
        let value = self.content(0);
        let key = (*self.0.pick(&KEYS)).to_owned();
        match self.0.below(12) {
            0..2 => Operation::Set { at, value },
            2..4 => Operation::Set { at, value: Content::from(*self.0.pick(&TEXTS)) },
            4..6 => Operation::Remove { at },
            6 => Operation::Rename { at, key },
            7..9 => Operation::Move { from: at, to, place },
            _ => match target.value {
                Value::Mapping(_) => Operation::AddEntry { to, key, value, place },
                _ => Operation::AddElement { to, value, place },
            },
        }
    }
}

fn all(node: &Node, path: &Path, out: &mut Vec<Path>) {
    out.push(path.clone());
    match &node.value {
        Value::Sequence(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                all(node, &path.clone().then(index), out);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                all(&entry.value, &path.clone().then(entry.key.as_str()), out);
            }
        }
        _ => {}
    }
}

/// Every sample and layout, with the line ends, marks and endings that a file may have.
fn files() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("tests/data/every-key.yaml")];
    for folder in ["samples", "layouts"] {
        let found = std::fs::read_dir(root.join(folder)).unwrap().map(|f| f.unwrap().path());
        paths.extend(found.filter(|path| path.extension().is_some_and(|e| e == "yaml")));
    }
    paths.sort();
    assert!(paths.len() > 6, "{paths:?}");
    let mut files = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        files.push((format!("{name}, unended"), text.trim_end().to_owned()));
        files.push((format!("{name}, CRLF"), windows));
        files.push((name, text));
    }
    for (name, text) in [("odd signs", ODD_SIGNS), ("odd lines", ODD_LINES)] {
        files.push((name.to_owned(), text.to_owned()));
        files.push((format!("{name}, CRLF"), format!("\u{feff}{}", text.replace('\n', "\r\n"))));
    }
    files
}

fn slices(text: &str, ranges: &[std::ops::Range<usize>]) -> Vec<String> {
    ranges.iter().map(|range| text[range.clone()].to_owned()).collect()
}

/// Whether `some` is `all` with some taken away.
fn is_part(some: &[String], all: &[String]) -> bool {
    let mut all = all.iter();
    some.iter().all(|comment| all.any(|other| other == comment))
}

#[test]
fn any_edit_keeps_what_is_around_it_and_has_a_way_back() {
    let (mut made, mut refused) = (0, 0);
    for (name, text) in files() {
        for seed in 0..(BYTES / text.len()) as u64 + 3 {
            let mut editor = Editor::new(seed * 1000 + text.len() as u64);
            let (mut now, mut undo) = (text.clone(), Vec::new());
            for _ in 0..3 {
                let root = crate::yaml::parse(FileId(0), &now).unwrap();
                let operation = editor.operation(&root);
                match try_edit(&now, &operation) {
                    Ok(edited) => {
                        look(&now, &root, &operation, &edited);
                        now = edited.text;
                        undo.push(edited.undo);
                        made += 1;
                    }
                    Err(why) => {
                        let told = why.why != Why::NotKept && why.why != Why::Unreadable;
                        assert!(told, "{name}, {seed}: {operation:?}\n{why:?}\n{now}");
                        refused += 1;
                    }
                }
            }
            while let Some(change) = undo.pop() {
                now = change.apply(&now).unwrap();
            }
            assert!(now == text, "{name}, {seed}");
        }
    }
    assert!(made > refused * 3, "{made} made, {refused} refused");
}

/// What stands outside the value that was edited.
fn look(text: &str, root: &Node, operation: &Operation, edited: &Edited) {
    let after = crate::yaml::parse(FileId(0), &edited.text).unwrap();
    let touched = match operation {
        Operation::Set { at, .. } | Operation::Remove { at } => Some(at),
        Operation::Move { from, .. } => Some(from),
        _ => None,
    };
    let slice =
        |text: &str, node: &Node| text[node.span.start as usize..node.span.end as usize].to_owned();
    let mut paths = Vec::new();
    all(root, &Path::root(), &mut paths);
    let said = || format!("{operation:?} in\n{text}\nbecame\n{}", edited.text);
    let kept: Vec<&Path> =
        paths.iter().filter(|path| !touched.is_some_and(|touched| touched.holds(path))).collect();
    let mut places = BTreeSet::new();
    for (index, path) in kept.iter().enumerate() {
        let node = path.resolve(root).unwrap();
        // Where an empty block text stands, the parser tells one way or another.
        if !matches!(&node.value, Value::Scalar { text, .. } if !text.is_empty()) {
            continue;
        }
        places.insert(node.span.start as usize);
        // One in a few of a long file: each is looked for in the whole tree.
        if paths.len() > 50 && !(index + text.len()).is_multiple_of(8) {
            continue;
        }
        let now = edited.follow(path).and_then(|path| path.resolve(&after).cloned());
        let now = now.unwrap_or_else(|| panic!("{path} is gone: {}", said()));
        assert_eq!(slice(&edited.text, &now), slice(text, node), "{path}: {}", said());
    }
    said_what_was_asked(root, &after, operation, edited);
    let (old, new) = (lines::comments(text), lines::comments(&edited.text));
    let (mut before, mut now) = (slices(text, &old), slices(&edited.text, &new));
    match operation {
        Operation::Move { .. } => {
            before.sort();
            now.sort();
            assert_eq!(before, now, "{}", said());
        }
        Operation::Set { at, .. } | Operation::Remove { at } => {
            let leaf =
                matches!(at.resolve(root).unwrap().value, Value::Scalar { .. } | Value::Null);
            if leaf && matches!(operation, Operation::Set { .. }) {
                assert_eq!(before, now, "{}", said());
            }
            assert!(is_part(&now, &before), "{}", said());
            // No other value stands between the one that is gone and a comment that went with it.
            let here = at.resolve(root).unwrap().span;
            let (start, end) = (here.start as usize, here.end as usize);
            let floor = places.range(..start).next_back().copied().unwrap_or(0);
            let top = places.range(end..).next().copied().unwrap_or(text.len());
            let beside = old.iter().filter(|at| floor < at.start && at.end <= top).count();
            assert!(before.len() - now.len() <= beside, "{}", said());
        }
        _ => assert_eq!(before, now, "{}", said()),
    }
}

/// The value that was edited, looked for in what is read, by other means than the edit's own.
fn said_what_was_asked(root: &Node, after: &Node, operation: &Operation, edited: &Edited) {
    let read = |path: &Path| path.resolve(after).map(Content::from);
    let before = |path: &Path| path.resolve(root).map(Content::from);
    match operation {
        Operation::Set { at, value } => assert_eq!(read(at).as_ref(), Some(value)),
        Operation::AddEntry { to, key, value, place } => {
            assert_eq!(read(&to.clone().then(key.as_str())).as_ref(), Some(value), "{place:?}");
        }
        Operation::AddElement { to, value, place } => {
            let (Some(Content::List(new)), old) = (read(to), before(to)) else { panic!("a list") };
            let old = if let Some(Content::List(old)) = old { old } else { Vec::new() };
            let at = match place {
                Place::First => 0,
                Place::Before(Step::Index(index)) => *index,
                Place::After(Step::Index(index)) => index + 1,
                _ => old.len(),
            };
            assert_eq!((new.len(), &new[at]), (old.len() + 1, value));
        }
        Operation::Remove { at } => assert_eq!(edited.follow(at), None),
        Operation::Move { from, .. } => {
            let now = edited.follow(from).expect("it is there");
            assert_eq!(read(&now), before(from));
        }
        Operation::Rename { at, key } => {
            let now = at.split().unwrap().0.then(key.as_str());
            assert_eq!(read(&now), before(at));
        }
    }
}

#[test]
fn whatever_yaml_allows_is_edited_or_refused() {
    const SIGNS: [&str; 27] = [
        "a", "b", "甲", ": ", ":", "- ", "-", "? ", "[", "]", "{", "}", ", ", "#", " # 注", "'",
        "\"", "|", ">", "+", "2", "~", "\n", "\n  ", "\n    ", "\r\n", " ",
    ];
    let mut editor = Editor::new(7);
    let (mut made, mut not_kept) = (0, 0);
    for _ in 0..WILD {
        let text: String = (0..4 + editor.0.below(14)).map(|_| *editor.0.pick(&SIGNS)).collect();
        let Ok(root) = crate::yaml::parse(FileId(0), &text) else { continue };
        for _ in 0..4 {
            let operation = editor.operation(&root);
            match try_edit(&text, &operation) {
                Ok(edited) => {
                    assert_eq!(edited.undo.apply(&edited.text).as_deref(), Some(text.as_str()));
                    look(&text, &root, &operation, &edited);
                    made += 1;
                }
                Err(refused) => not_kept += usize::from(refused.why == Why::NotKept),
            }
        }
    }
    assert!(not_kept * 50 < made, "{made} made, {not_kept} not kept");
}
