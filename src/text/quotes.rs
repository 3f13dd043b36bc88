//! Quotation marks: “ ” ‘ ’ are shared by Chinese and Western text and take their nature from
//! what stands around them.

use super::class::{Kind, kind};

/// What a quotation mark turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    /// Full width, an opening bracket.
    ChineseOpen,
    /// Full width, a closing bracket.
    ChineseClose,
    /// Of an English passage.
    WesternOpen,
    /// Of an English passage.
    WesternClose,
    /// Within or after a Western word: it's, teachers’.
    Apostrophe,
}

/// Which script a character speaks for; marks, digits and spaces speak for none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Chinese,
}

fn script(c: char) -> Option<Script> {
    match kind(c) {
        Kind::Letter if c.is_alphabetic() => Some(Script::Latin),
        Kind::Han | Kind::NoStart => Some(Script::Chinese),
        // Full-width marks make a Chinese context even where no ideograph is near.
        Kind::Open | Kind::Close | Kind::Pause | Kind::Stop => Some(Script::Chinese),
        _ => None,
    }
}

/// Resolves the quotation marks among `characters` (the first of each cluster): one answer for
/// each mark, `None` for everything else.
pub(super) fn resolve(characters: &[char]) -> Vec<Option<Quote>> {
    let scripts: Vec<Option<Script>> = characters.iter().map(|&c| script(c)).collect();
    let context = Context::new(&scripts);
    let mut quotes = vec![None; characters.len()];
    let mut stack = Stack::default();
    for (i, &c) in characters.iter().enumerate() {
        match c {
            '“' | '‘' => {
                stack.push(i, c);
                quotes[i] = Some(Quote::ChineseOpen);
            }
            '’' if is_apostrophe(characters, i) => quotes[i] = Some(Quote::Apostrophe),
            '”' | '’' => {
                let opening = if c == '”' { '“' } else { '‘' };
                quotes[i] = Some(Quote::ChineseClose);
                match stack.close(opening) {
                    Some(open) if context.is_western(open, i) => {
                        quotes[open] = Some(Quote::WesternOpen);
                        quotes[i] = Some(Quote::WesternClose);
                    }
                    // A plural's possessive: the teachers’ room.
                    None if c == '’' && i > 0 && scripts[i - 1] == Some(Script::Latin) => {
                        quotes[i] = Some(Quote::Apostrophe);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    quotes
}

/// The marks that are open. It counts them, so that a thousand closing marks that match nothing do
/// not look through a thousand open ones each.
#[derive(Default)]
struct Stack {
    open: Vec<(usize, char)>,
    double: usize,
    single: usize,
}

impl Stack {
    fn count(&mut self, mark: char) -> &mut usize {
        if mark == '“' { &mut self.double } else { &mut self.single }
    }

    fn push(&mut self, place: usize, mark: char) {
        *self.count(mark) += 1;
        self.open.push((place, mark));
    }

    /// Takes the innermost mark of this kind, and what was left open within it.
    fn close(&mut self, opening: char) -> Option<usize> {
        if *self.count(opening) == 0 {
            return None;
        }
        while let Some((place, mark)) = self.open.pop() {
            *self.count(mark) -= 1;
            if mark == opening {
                return Some(place);
            }
        }
        None
    }
}

fn is_apostrophe(characters: &[char], i: usize) -> bool {
    let latin = |c: Option<&char>| c.is_some_and(|&c| script(c) == Some(Script::Latin));
    i > 0 && latin(characters.get(i - 1)) && latin(characters.get(i + 1))
}

/// Nearest strong characters on both sides of every place, found once: nested quotes would make
/// looking for them each time quadratic.
struct Context {
    before: Vec<Option<Script>>,
    after: Vec<Option<Script>>,
    /// How many Chinese and Latin characters stand before each place.
    chinese: Vec<usize>,
    latin: Vec<usize>,
}

impl Context {
    fn new(scripts: &[Option<Script>]) -> Context {
        let n = scripts.len();
        let mut context = Context {
            before: vec![None; n + 1],
            after: vec![None; n + 1],
            chinese: vec![0; n + 1],
            latin: vec![0; n + 1],
        };
        for (i, &script) in scripts.iter().enumerate() {
            let count = |of: Script| usize::from(script == Some(of));
            context.before[i + 1] = script.or(context.before[i]);
            context.chinese[i + 1] = context.chinese[i] + count(Script::Chinese);
            context.latin[i + 1] = context.latin[i] + count(Script::Latin);
        }
        for i in (0..n).rev() {
            context.after[i] = scripts[i].or(context.after[i + 1]);
        }
        context
    }

    /// A pair is Western when all that is inside is Latin and so are the neighbours outside; where
    /// there is none outside, the paragraph as a whole decides.
    fn is_western(&self, open: usize, close: usize) -> bool {
        let inside_chinese = self.chinese[close] - self.chinese[open + 1];
        let inside_latin = self.latin[close] - self.latin[open + 1];
        let latin_or_edge = |s: Option<Script>| s != Some(Script::Chinese);
        let only_latin = self.chinese[self.chinese.len() - 1] == 0;
        let (before, after) = (self.before[open], self.after[close + 1]);
        inside_chinese == 0
            && inside_latin > 0
            && latin_or_edge(before)
            && latin_or_edge(after)
            && (before.is_some() || after.is_some() || only_latin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        resolve(&characters)
            .into_iter()
            .flatten()
            .map(|quote| match quote {
                Quote::ChineseOpen => '(',
                Quote::ChineseClose => ')',
                Quote::WesternOpen => '<',
                Quote::WesternClose => '>',
                Quote::Apostrophe => '\'',
            })
            .collect()
    }

    #[test]
    fn quotation_marks_in_chinese_are_chinese_whatever_they_hold() {
        for text in ["针对“痛点”发力", "办理“7×24”工作", "展“logo”征", "“12345”、“96310”热线"]
        {
            assert_eq!(show(text), "()".repeat(text.matches('“').count()), "{text}");
        }
        assert_eq!(show("“他说‘好’。”"), "(())");
        assert_eq!(show("“OK”，他说"), "()");
    }

    #[test]
    fn a_quotation_within_english_is_western() {
        assert_eq!(show("he said “hello” to us"), "<>");
        assert_eq!(show("“Hello,” he said."), "<>");
        assert_eq!(show("It’s the teachers’ room"), "''");
        assert_eq!(show("会上说it’s good"), "'");
    }

    #[test]
    fn unpaired_marks_keep_their_direction() {
        assert_eq!(show("他说“好"), "(");
        assert_eq!(show("好”他说"), ")");
        assert_eq!(show("好’他说"), ")");
    }
}
