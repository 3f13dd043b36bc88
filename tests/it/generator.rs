//! Issues of every kind, made from a seed: the same seed, the same text, on every machine.
//!
//! They are YAML, so that the reader is exercised with the rest. What is written stays within
//! what the layout `kuaibao` prints. Also reached by `cargo run --example generate`, which writes
//! them to a folder for the checks with programs from outside.
#![allow(dead_code)] // the tests and the example use different parts

#[path = "generator/wild.rs"]
pub mod wild;
#[path = "generator/words.rs"]
pub mod words;

use words as w;

use crate::dice::Dice;

/// What kind of issue is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sections with items: points, round-ups, texts; 简讯 last.
    Bulletin,
    /// One article with a title and headings of four levels.
    Article,
}

/// What an issue is to have.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its kind.
    pub kind: Kind,
    /// Characters of text, about; 600 fill a page.
    pub characters: usize,
    /// Longest paragraph, about.
    pub paragraph: usize,
    /// Lines of the distribution list, about; 2 to 12.
    pub distribution: usize,
    /// Whether optional fields of head and colophon are given: each on its own.
    pub optional: u32,
    /// Whether the keys are the Chinese ones.
    pub chinese_keys: bool,
}

impl Shape {
    /// A shape for a seed: every kind, from one line to ten pages.
    pub fn of(seed: u64) -> Shape {
        let mut dice = Dice::new(seed ^ 0x5EED);
        let pages = [(4, 40), (40, 300), (300, 700), (700, 1500), (1500, 3000), (3000, 6200)];
        let (least, most) = *dice.pick(&pages);
        Shape {
            kind: if dice.one_in(4) { Kind::Article } else { Kind::Bulletin },
            characters: dice.range(least, most),
            paragraph: *dice.pick(&[12, 60, 160, 400, 900]),
            distribution: dice.range(2, 12),
            optional: dice.next() as u32,
            chinese_keys: dice.one_in(3),
        }
    }
}

/// The issue of a seed.
pub fn issue(seed: u64) -> String {
    issue_with(seed, Shape::of(seed))
}

/// Issues of one bulletin, `per_year` in each year from 2000 on: no two have the same number or year,
/// dates follow the numbers. The index is the seed of its words.
pub fn of_bulletin(index: u64, per_year: u64) -> String {
    let shape = Shape::of(index);
    let yaml = Yaml::new(shape.chinese_keys);
    let mut writer = Writer { dice: Dice::new(index), yaml, shape };
    let (year, number) = (2000 + index / per_year, 1 + index % per_year);
    let day = (number - 1) * 360 / per_year;
    let date = format!("{year}-{:02}-{:02}", 1 + day / 30, 1 + (day % 30).min(27));
    writer.head_of(("青山区", "创建全国文明城市", "工作快报"), number, &date);
    writer.text_and_foot()
}

/// An issue of a shape; the seed chooses the words.
pub fn issue_with(seed: u64, shape: Shape) -> String {
    let mut writer = Writer { dice: Dice::new(seed), yaml: Yaml::new(shape.chinese_keys), shape };
    writer.head(seed);
    writer.text_and_foot()
}

/// An issue whose text is exactly `count` lines of 28 Han characters, in paragraphs of at most
/// five lines, for pushing text line by line through a page. No line needs any adjustment.
pub fn lines(count: usize) -> String {
    lines_of(count, 28)
}

/// As [`lines`], for lines of so many characters.
pub fn lines_of(count: usize, characters: usize) -> String {
    let mut yaml = Yaml::new(false);
    yaml.raw("masthead:\n  owner: 青山区创建全国文明城市\n  name: 工作快报");
    let office = "青山区创建全国文明城市总指挥部办公室";
    yaml.raw(&format!("issue: {{number: {}, date: 2019-03-14, office: {office}}}", count.max(1)));
    yaml.raw("sections:\n  - items:\n      - paragraphs:");
    let mut han = w::HAN.chars().filter(|c| !c.is_whitespace()).cycle();
    let mut left = count.max(1);
    while left > 0 {
        let paragraph = if left == 6 { 3 } else { left.min(5) };
        // Two characters of indent; the last line is three quarters full.
        let length = paragraph * characters - 2 - characters / 4;
        let text: String = han.by_ref().take(length - 1).chain(['。']).collect();
        yaml.raw(&format!("          - {text}"));
        left -= paragraph;
    }
    yaml.raw("distribution:\n  superiors: [区委, 区政府]\n  subordinates: [全区各单位]");
    yaml.text
}

/// YAML being written.
struct Yaml {
    text: String,
    chinese: bool,
    depth: usize,
    /// Whether the next line begins an item of a list.
    dash: bool,
}

impl Yaml {
    fn new(chinese: bool) -> Yaml {
        Yaml { text: String::new(), chinese, depth: 0, dash: false }
    }

    fn raw(&mut self, lines: &str) {
        self.text.push_str(lines);
        self.text.push('\n');
    }

    fn line(&mut self, line: &str) {
        let indent = "  ".repeat(self.depth);
        if std::mem::take(&mut self.dash) {
            self.text.push_str(&indent[2..]);
            self.text.push_str("- ");
        } else {
            self.text.push_str(&indent);
        }
        self.raw(line);
    }

    fn key(&self, key: &str) -> String {
        let chinese =
            if self.chinese { KEYS.iter().find(|(english, _)| *english == key) } else { None };
        chinese.map_or(key, |(_, chinese)| chinese).to_owned()
    }

    fn value(&mut self, key: &str, value: &str) {
        let line = format!("{}: {}", self.key(key), scalar(value));
        self.line(&line);
    }

    fn list(&mut self, key: &str, values: &[String]) {
        let values: Vec<_> = values.iter().map(|value| flow_scalar(value)).collect();
        let line = format!("{}: [{}]", self.key(key), values.join(", "));
        self.line(&line);
    }

    fn within(&mut self, key: &str) {
        let line = format!("{}:", self.key(key));
        self.line(&line);
        self.depth += 1;
    }

    /// Begins an item of a list: a mapping.
    fn item(&mut self) {
        self.depth += 1;
        self.dash = true;
    }

    fn entry(&mut self, value: &str) {
        self.item();
        let value = scalar(value);
        self.line(&value);
        self.out();
    }

    fn out(&mut self) {
        self.depth -= 1;
    }
}

/// The Chinese keys that the generator writes.
const KEYS: &[(&str, &str)] = &[
    ("masthead", "报头"),
    ("owner", "冠名"),
    ("name", "简报名称"),
    ("issue", "本期"),
    ("number", "期号"),
    ("date", "日期"),
    ("office", "编发机关"),
    ("sections", "栏目"),
    ("items", "条目"),
    ("headline", "标题"),
    ("title", "标题"),
    ("subtitle", "副题"),
    ("category", "分类"),
    ("text", "文字"),
    ("paragraphs", "段落"),
    ("body", "正文"),
    ("heading1", "一级标题"),
    ("heading2", "二级标题"),
    ("points", "要点"),
    ("lead", "首句"),
    ("roundup", "综合"),
    ("entries", "各单位"),
    ("closing", "结语"),
    ("refs", "指标"),
    ("source", "来源"),
    ("distribution", "分送"),
    ("superiors", "报"),
    ("peers", "送"),
    ("subordinates", "发"),
    ("contact", "联系方式"),
    ("email", "邮箱"),
    ("phone", "电话"),
];

/// A value as YAML: bare where that is safe, else in double quotes.
fn scalar(text: &str) -> String {
    let first = text.chars().next();
    let plain = first.is_some_and(|c| !c.is_ascii() && !c.is_whitespace())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.contains(['\n', '"', '\\']);
    if plain { text.to_owned() } else { quoted(text) }
}

/// As [`scalar`], within brackets.
fn flow_scalar(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}', ':']) { quoted(text) } else { scalar(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// One issue being written.
struct Writer {
    dice: Dice,
    yaml: Yaml,
    shape: Shape,
}

impl Writer {
    /// Whether the optional field with this index is given.
    fn has(&self, index: u32) -> bool {
        self.shape.optional >> index & 1 == 1
    }

    fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.dice.range(0, words.len() - 1)]
    }

    fn text_and_foot(mut self) -> String {
        match self.shape.kind {
            Kind::Bulletin => self.bulletin(),
            Kind::Article => self.article(),
        }
        self.foot();
        self.yaml.text
    }

    fn head(&mut self, seed: u64) {
        let district = self.word(w::DISTRICTS);
        let cause = self.word(w::CAUSES);
        let name = self.word(w::NAMES);
        let (month, day) = (self.dice.range(1, 12), self.dice.range(1, 28));
        let date = format!("{}-{month:02}-{day:02}", 2015 + seed % 12);
        self.head_of((district, cause, name), 1 + seed % 999, &date);
    }

    fn head_of(&mut self, (district, cause, name): (&str, &str, &str), number: u64, date: &str) {
        self.yaml.within("masthead");
        self.yaml.value("owner", &format!("{district}{cause}"));
        self.yaml.value("name", name);
        self.yaml.out();
        self.yaml.within("issue");
        self.yaml.raw(&format!("  {}: {number}", self.yaml.key("number")));
        self.yaml.raw(&format!("  {}: {date}", self.yaml.key("date")));
        self.yaml.value("office", &format!("{district}{cause}工作领导小组办公室"));
        self.yaml.out();
    }

    fn foot(&mut self) {
        let lines = self.shape.distribution;
        self.yaml.within("distribution");
        // A line holds some 28 characters, an entry five or so.
        let with_peers = self.has(0) && lines > 2;
        let share = lines / if with_peers { 3 } else { 2 };
        for (key, words, given) in [
            ("superiors", w::SUPERIORS, true),
            ("peers", w::PEERS, with_peers),
            ("subordinates", w::SUBORDINATES, true),
        ] {
            if given {
                let names = self.names(words, share.max(1) * 26);
                self.yaml.list(key, &names);
            }
        }
        self.yaml.out();
        if self.has(1) {
            self.yaml.within("contact");
            self.yaml.value("email", "kuaibao@qingshan.gov.cn");
            if self.has(2) {
                self.yaml.value("phone", "61806756");
            }
            self.yaml.out();
        }
    }

    /// Names of about so many characters in all, at least one.
    fn names(&mut self, words: &[&'static str], characters: usize) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut length = 0;
        while names.is_empty() || length < characters.saturating_sub(6) {
            let plain = self.word(words).to_owned();
            let name = if names.contains(&plain) { self.word(w::UNITS).to_owned() } else { plain };
            length += name.chars().count() + 1;
            names.push(name);
        }
        names
    }

    fn bulletin(&mut self) {
        let brief = self.dice.one_in(2) && self.shape.characters > 300;
        let mut left = self.shape.characters;
        let mut used = 0;
        // A section without a title stands alone.
        let titled = self.shape.characters > 100 || self.has(3);
        self.yaml.within("sections");
        while left > 0 {
            self.yaml.item();
            if titled {
                self.yaml.value("title", w::SECTIONS[used % w::SECTIONS.len()]);
            }
            used += 1;
            self.yaml.within("items");
            let items = if titled { self.dice.range(1, 4) } else { usize::MAX };
            for _ in 0..items {
                if left == 0 {
                    break;
                }
                left = left.saturating_sub(self.item(left));
            }
            self.yaml.out();
            self.yaml.out();
        }
        if brief {
            self.briefs();
        }
        self.yaml.out();
    }

    fn briefs(&mut self) {
        self.yaml.item();
        self.yaml.value("title", "简讯");
        self.yaml.within("items");
        for _ in 0..self.dice.range(1, 5) {
            self.yaml.item();
            let category = self.word(w::SECTIONS);
            self.yaml.value("category", category);
            let text = self.paragraph(90);
            self.yaml.value("text", &text);
            self.references(1);
            self.source();
            self.yaml.out();
        }
        self.yaml.out();
        self.yaml.out();
    }

    /// An item of at most about `left` characters; returns how many it took.
    fn item(&mut self, left: usize) -> usize {
        self.yaml.item();
        let before = self.yaml.text.len();
        let most = left.min(self.shape.paragraph);
        match self.dice.range(0, 5) {
            _ if left < 40 => {
                let text = self.paragraph(left);
                self.yaml.value("text", &text);
            }
            0 | 1 => {
                self.headline();
                self.points(left);
                self.references(3);
                self.source();
            }
            2 => self.roundup(left),
            3 => {
                self.headline();
                let text = self.paragraph(most);
                self.yaml.value("text", &text);
                self.source();
            }
            _ => {
                self.headline();
                self.yaml.within("paragraphs");
                for _ in 0..self.dice.range(1, 5) {
                    let text = self.paragraph(most);
                    self.yaml.entry(&text);
                }
                self.yaml.out();
                self.references(2);
                self.source();
            }
        }
        self.yaml.out();
        // Three bytes a character, whatever stands between.
        ((self.yaml.text.len() - before) / 3).max(1)
    }

    fn headline(&mut self) {
        let unit = self.word(w::UNITS);
        let (verb, object) = (self.word(w::VERBS), self.word(w::OBJECTS));
        let clause = self.word(w::CLAUSES);
        let headline = match self.dice.range(0, 3) {
            0 => format!("{unit}{verb}{object}"),
            1 => format!("{unit}“三举措”{clause}"),
            2 => format!("{object}——{unit}{clause}"),
            _ => format!("{unit}{verb}{object} {clause}").replace(' ', "，"),
        };
        self.yaml.value("headline", &headline);
    }

    fn points(&mut self, left: usize) {
        self.yaml.within("points");
        let count = if self.dice.one_in(12) { 12 } else { self.dice.range(2, 5) };
        let each = (left.min(self.shape.paragraph * 2) / count).max(10);
        for _ in 0..count {
            let (verb, object) = (self.word(w::VERBS), self.word(w::OBJECTS));
            let clause = self.word(w::CLAUSES);
            let lead = format!("{verb}{object}，{clause}。");
            let text = self.paragraph(each);
            match self.dice.range(0, 3) {
                0 => {
                    self.yaml.item();
                    self.yaml.value("lead", &lead);
                    self.yaml.value("text", &text);
                    self.yaml.out();
                }
                1 => self.yaml.entry(&lead),
                _ => self.yaml.entry(&format!("{lead}{text}")),
            }
        }
        self.yaml.out();
    }

    fn roundup(&mut self, left: usize) {
        self.yaml.value("roundup", "本刊综合");
        self.yaml.within("entries");
        let count = self.dice.range(2, 5);
        let each = (left.min(self.shape.paragraph) / count).max(15);
        let first = self.dice.range(0, w::UNITS.len() - 1);
        for index in 0..count {
            let text = self.paragraph(each);
            let unit = w::UNITS[(first + index) % w::UNITS.len()];
            self.yaml.item();
            self.yaml.value(unit, &text);
            self.yaml.out();
        }
        self.yaml.out();
        if self.dice.one_in(3) {
            let units = format!("{}、{}", self.word(w::UNITS), self.word(w::UNITS));
            self.yaml.value("closing", &format!("{units}等单位也纷纷开展形式多样的活动。"));
        }
        self.references(3);
    }

    fn references(&mut self, most: usize) {
        let count = self.dice.range(0, most);
        if count > 0 {
            let first = self.dice.range(0, w::INDICATORS.len() - 1);
            let refs: Vec<_> = (first..first + count)
                .map(|index| w::INDICATORS[index % w::INDICATORS.len()])
                .map(|(code, title)| format!("{code} {title}"))
                .collect();
            self.yaml.list("refs", &refs);
        }
    }

    fn source(&mut self) {
        if !self.dice.one_in(5) {
            let unit = self.word(w::UNITS);
            self.yaml.value("source", unit);
        }
    }

    /// One article: title, headings numbered by the program, paragraphs and points.
    fn article(&mut self) {
        let (verb, object) = (self.word(w::VERBS), self.word(w::OBJECTS));
        let cause = self.word(w::CAUSES);
        self.yaml.value(
            "title",
            &format!("{verb}{object}{}", ["", "的情况报告"][self.dice.range(0, 1)]),
        );
        if self.has(4) {
            self.yaml.value("subtitle", &format!("{cause}工作综述"));
        }
        self.yaml.within("sections");
        self.yaml.item();
        self.yaml.within("items");
        self.yaml.item();
        self.yaml.within("body");
        let mut left = self.shape.characters;
        let mut level = 0;
        while left > 0 {
            if left > 200 && self.dice.one_in(3) {
                level = self.dice.range(1, (level + 1).min(4));
                let text = format!("{}{}", self.word(w::VERBS), self.word(w::OBJECTS));
                self.yaml.item();
                self.yaml.value(&format!("heading{level}"), &text);
                self.yaml.out();
            }
            let most = left.min(self.shape.paragraph);
            let text = self.paragraph(most);
            left = left.saturating_sub(text.chars().count());
            self.yaml.entry(&text);
        }
        self.yaml.out();
        self.source();
        self.yaml.out();
        self.yaml.out();
        self.yaml.out();
        self.yaml.out();
    }

    /// Sentences of about so many characters.
    fn paragraph(&mut self, characters: usize) -> String {
        let least = characters.div_ceil(3).max(4);
        let wanted = self.dice.range(least, characters.max(least));
        let mut text = String::new();
        while text.chars().count() < wanted {
            let left = wanted - text.chars().count();
            let sentence = self.sentence(left);
            text.push_str(&sentence);
        }
        text
    }

    fn sentence(&mut self, characters: usize) -> String {
        if characters < 14 {
            return format!("{}。", self.word(w::CLAUSES));
        }
        let mut text = String::new();
        match self.dice.range(0, 4) {
            0 => text.push_str("近日，"),
            1 => text.push_str(&format!("{}日，", self.dice.range(1, 28))),
            _ => {}
        }
        let (unit, verb, object) =
            (self.word(w::UNITS), self.word(w::VERBS), self.word(w::OBJECTS));
        text.push_str(&format!("{unit}{verb}{object}"));
        for _ in 0..self.dice.range(0, (characters / 14).min(4)) {
            text.push('，');
            let clause = self.clause();
            text.push_str(&clause);
        }
        if !text.ends_with(['！', '？']) {
            text.push('。');
        }
        if self.dice.one_in(30) { format!("**{text}**") } else { text }
    }

    fn clause(&mut self) -> String {
        match self.dice.range(0, 19) {
            0..=2 => self.word(w::FACTS).to_owned(),
            3 | 4 => self.word(w::NESTED).to_owned(),
            5 => self.word(w::SIGNS).to_owned(),
            6 => self.word(w::LATIN).to_owned(),
            7 if self.dice.one_in(2) => self.word(w::ADDRESSES).to_owned(),
            8 => format!("{}、{}等同志参加", self.word(w::RARE), self.word(w::RARE)),
            9 => format!("{}{}", self.name(), "等志愿者带头示范"),
            _ => self.word(w::CLAUSES).to_owned(),
        }
    }

    fn name(&mut self) -> String {
        let surnames: Vec<char> = w::SURNAMES.chars().collect();
        let given: Vec<char> = w::GIVEN.chars().collect();
        let mut name = String::from(*self.dice.pick(&surnames));
        for _ in 0..self.dice.range(1, 2) {
            name.push(*self.dice.pick(&given));
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_issue() {
        assert_eq!(issue(7), issue(7));
        assert_ne!(issue(7), issue(8));
    }

    #[test]
    fn seeds_reach_every_kind_and_length() {
        let shapes: Vec<Shape> = (0..60).map(Shape::of).collect();
        assert!(shapes.iter().any(|shape| shape.kind == Kind::Article));
        assert!(shapes.iter().any(|shape| shape.characters < 40));
        assert!(shapes.iter().any(|shape| shape.characters > 5000));
        assert!(shapes.iter().any(|shape| shape.distribution == 2));
        assert!(shapes.iter().any(|shape| shape.distribution >= 11));
        let text: String = (0..60).map(issue).collect();
        for part in ["roundup", "points", "简讯", "heading", "——", "……", "https://", "𬱖", "‘"]
        {
            assert!(text.contains(part), "{part}");
        }
    }

    #[test]
    fn lines_are_as_long_as_asked() {
        for count in 1..60 {
            let text = lines(count);
            let total: usize = text
                .lines()
                .filter_map(|line| line.strip_prefix("          - "))
                .map(|text| (text.chars().count() + 2).div_ceil(28))
                .sum();
            assert_eq!(total, count);
        }
    }
}
