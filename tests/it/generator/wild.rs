//! Issues as wild as the format allows: everything it has, in any mixture, tiny and tall. What the
//! other generator makes is what offices write; this is what they could.

use super::words as w;
use super::{Shape, Writer, Yaml};
use crate::dice::Dice;

/// The wild issue of a seed. With `modest`, only fields that a layout with few slots prints too.
pub fn issue(seed: u64, modest: bool) -> String {
    let mut dice = Dice::new(seed ^ 0xA11_0F17);
    // Paragraphs of a word, of a few lines, of half a page, of pages.
    let paragraph = *dice.pick(&[4, 8, 30, 60, 90, 160, 400, 900, 3000]);
    let mut shape = Shape { paragraph, ..Shape::of(seed) };
    shape.chinese_keys = false;
    let mut wild = Wild { writer: Writer { dice, yaml: Yaml::new(false), shape }, modest };
    wild.head(seed);
    wild.front();
    wild.text();
    wild.attachments();
    wild.foot();
    wild.writer.yaml.text
}

struct Wild {
    writer: Writer,
    modest: bool,
}

impl Wild {
    fn dice(&mut self) -> &mut Dice {
        &mut self.writer.dice
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.dice().one_in(n)
    }

    /// A number that is mostly small.
    fn few(&mut self, most: usize) -> usize {
        let most = if self.one_in(4) { most } else { most.min(3) };
        self.dice().range(0, most)
    }

    fn value(&mut self, key: &str, value: &str) {
        self.writer.yaml.value(key, value);
    }

    fn list(&mut self, key: &str, values: &[String]) {
        self.writer.yaml.list(key, values);
    }

    /// A title of at most about so many characters.
    fn title(&mut self, most: usize) -> String {
        let most = if self.one_in(3) { most } else { most.min(30) };
        let wanted = self.dice().range(2, most.max(2));
        let mut title = String::new();
        while title.chars().count() < wanted {
            let word = self.writer.word(w::VERBS);
            let object = self.writer.word(w::OBJECTS);
            title.push_str(word);
            title.push_str(object);
        }
        if self.one_in(8) {
            title.chars().take(wanted).filter(|c| !"“”《》".contains(*c)).collect()
        } else {
            title
        }
    }

    fn words(&mut self) -> String {
        let most = self.writer.shape.paragraph;
        self.writer.paragraph(most)
    }

    fn units(&mut self, most: usize) -> Vec<String> {
        (0..self.dice().range(1, most)).map(|_| self.writer.word(w::UNITS).to_owned()).collect()
    }

    /// How many offices issue it: mostly one, seldom more than a page has room for.
    fn joint(&mut self) -> usize {
        match self.dice().range(0, 39) {
            0 => self.dice().range(4, 12),
            1..=6 => self.dice().range(2, 3),
            _ => 1,
        }
    }

    fn head(&mut self, seed: u64) {
        let district = self.writer.word(w::DISTRICTS);
        let owners = self.joint();
        let owners: Vec<String> =
            (0..owners).map(|n| format!("{district}{}", w::CAUSES[n % w::CAUSES.len()])).collect();
        self.writer.yaml.within("masthead");
        self.list("owner", &owners);
        let name = self.writer.word(w::NAMES);
        self.value("name", name);
        if self.one_in(8) {
            self.value("subtitle", "专刊");
        }
        self.writer.yaml.out();
        if self.one_in(6) {
            self.value("classification", "秘密★1年");
            if !self.modest {
                self.value("urgency", "加急");
                self.value("handling", "会后收回");
                self.value("copy_number", "000017");
            }
        }
        self.writer.yaml.within("issue");
        self.writer.yaml.raw(&format!("  number: {}", 1 + seed % 999));
        self.writer.yaml.raw("  date: 2024-11-05");
        let offices = self.joint();
        let offices: Vec<String> = (0..offices)
            .map(|n| format!("{district}{}办公室", w::CAUSES[n % w::CAUSES.len()]))
            .collect();
        self.list("office", &offices);
        self.writer.yaml.out();
    }

    /// What may stand before the text.
    fn front(&mut self) {
        if self.one_in(5) {
            let count = self.few(40) + 1;
            let entries: Vec<String> = (0..count).map(|_| self.title(60)).collect();
            self.list("contents", &entries);
        }
        if self.one_in(5) {
            self.note("editor_note");
        }
        if self.one_in(3) {
            let title = self.title(200);
            self.value("title", &title);
            if self.one_in(2) {
                let subtitle = self.title(60);
                self.value("subtitle", &subtitle);
            }
        }
    }

    fn note(&mut self, key: &str) {
        let count = self.few(4) + 1;
        let texts: Vec<String> = (0..count).map(|_| self.words()).collect();
        self.list(key, &texts);
    }

    fn text(&mut self) {
        let titled = !self.one_in(3);
        self.writer.yaml.within("sections");
        for _ in 0..=self.few(if titled { 6 } else { 0 }) {
            self.writer.yaml.item();
            if titled {
                let title = if self.one_in(6) {
                    self.title(60)
                } else {
                    self.writer.word(w::SECTIONS).to_owned()
                };
                self.value("title", &title);
                if self.one_in(6) {
                    self.note("note");
                }
            }
            self.writer.yaml.within("items");
            for _ in 0..=self.few(8) {
                self.item();
            }
            self.writer.yaml.out();
            self.writer.yaml.out();
        }
        self.writer.yaml.out();
    }

    fn item(&mut self) {
        self.writer.yaml.item();
        let begun = self.one_in(2);
        if begun {
            let headline = self.title(120);
            self.value("headline", &headline);
            if self.one_in(5) && !self.modest {
                let subtitle = self.title(40);
                self.value("subheadline", &subtitle);
            }
        } else if self.one_in(4) {
            let category = self.writer.word(w::SECTIONS);
            self.value("category", category);
        }
        if self.one_in(6) && !self.modest {
            let lead = self.words();
            self.value("lead", &lead);
        }
        let left = self.writer.shape.paragraph * 3;
        match self.dice().range(0, 5) {
            0 => self.writer.points(left),
            1 => self.writer.roundup(left),
            2 => self.body(),
            3 => {
                let count = self.few(12) + 1;
                let texts: Vec<String> = (0..count).map(|_| self.words()).collect();
                self.list("paragraphs", &texts);
            }
            _ => {
                let text = self.words();
                self.value("text", &text);
            }
        }
        if self.one_in(2) {
            let most = if self.one_in(6) { 20 } else { 2 };
            let sources = self.units(most);
            self.list("source", &sources);
        }
        if self.one_in(8) && !self.modest {
            self.list("author", &["林知夏".to_owned(), "陈默".to_owned()]);
        }
        self.writer.yaml.out();
    }

    /// Paragraphs, points, round-ups and chains of headings, which may be the last.
    fn body(&mut self) {
        self.writer.yaml.within("body");
        for _ in 0..=self.few(14) {
            match self.dice().range(0, 4) {
                0 | 1 => {
                    let level = self.dice().range(1, 4);
                    let text = self.title(50);
                    self.writer.yaml.item();
                    self.value(&format!("heading{level}"), &text);
                    self.writer.yaml.out();
                }
                2 => {
                    self.writer.yaml.item();
                    let left = self.writer.shape.paragraph;
                    self.writer.points(left);
                    self.writer.yaml.out();
                }
                _ => {
                    let text = self.words();
                    self.writer.yaml.entry(&text);
                }
            }
        }
        self.writer.yaml.out();
    }

    fn attachments(&mut self) {
        if !self.one_in(5) {
            return;
        }
        self.writer.yaml.within("attachments");
        for _ in 0..=self.few(4) {
            let title = self.title(120);
            if self.one_in(3) {
                self.writer.yaml.entry(&title);
                continue;
            }
            self.writer.yaml.item();
            self.value("title", &title);
            self.body();
            self.writer.yaml.out();
        }
        self.writer.yaml.out();
    }

    /// A colophon of nothing, of some lines, of nearly a page.
    fn foot(&mut self) {
        if self.one_in(12) {
            return;
        }
        // Of a page's 22 lines, in three lists at most.
        let most = *self.dice().pick(&[1, 2, 3, 4, 6, 8, 10]);
        self.writer.yaml.within("distribution");
        for (key, words) in
            [("superiors", w::SUPERIORS), ("peers", w::PEERS), ("subordinates", w::SUBORDINATES)]
        {
            if key == "subordinates" || (self.one_in(2) && !(self.modest && key == "peers")) {
                let lines = self.dice().range(1, most);
                let names = self.writer.names(words, lines * 26);
                self.list(key, &names);
            }
        }
        self.writer.yaml.out();
        if self.one_in(3) {
            self.writer.yaml.within("contact");
            self.value("email", "kuaibao@qingshan.gov.cn");
            self.value("phone", "61806756");
            self.writer.yaml.out();
        }
        if self.one_in(4) && !self.modest {
            self.writer
                .yaml
                .raw("staff: {editor: [林知夏, 陈默], reviewer: 吴越, approver: 何以宁}");
            self.writer.yaml.raw("imprint: {office: 区政府办公室, date: 2024-11-06}");
        }
    }
}
