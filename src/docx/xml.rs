//! The one way a part of the package becomes XML.

use std::fmt::Display;

/// An element under construction. Names are those of the schema, prefix included.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An empty element.
    pub fn new(name: &'static str) -> Element {
        Element { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// An element with a `w:val`: the commonest kind in WordprocessingML.
    pub fn val(name: &'static str, value: impl Display) -> Element {
        Element::new(name).attr("w:val", value)
    }

    /// An on/off property. Off is written out, so that it also undoes what a style says.
    pub fn flag(name: &'static str, on: bool) -> Element {
        if on { Element::new(name) } else { Element::val(name, 0) }
    }

    /// Adds an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Display) -> Element {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// Adds an attribute if there is a value.
    pub fn attr_if(self, name: &'static str, value: Option<impl Display>) -> Element {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Adds a child.
    pub fn child(mut self, child: Element) -> Element {
        self.children.push(Node::Element(child));
        self
    }

    /// Adds children.
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Adds a child unless it says nothing at all.
    pub fn child_unless_empty(self, child: Element) -> Element {
        if child.is_empty() { self } else { self.child(child) }
    }

    /// Adds text.
    pub fn text(mut self, text: impl Into<String>) -> Element {
        self.children.push(Node::Text(text.into()));
        self
    }

    /// Whether it has neither attributes nor content.
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.children.is_empty()
    }

    /// The whole part with this root.
    pub fn into_part(self) -> Vec<u8> {
        let mut out =
            String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(&mut out);
        out.into_bytes()
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => escape(text, false, out),
            }
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

/// Whether XML 1.0 can hold the character at all, and a word processor has a use for it: one
/// control character makes the whole file unreadable.
fn is_writable(c: char) -> bool {
    matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars().filter(|&c| is_writable(c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            // A reader turns raw ones into spaces in attributes.
            '\t' if attribute => out.push_str("&#9;"),
            '\n' if attribute => out.push_str("&#10;"),
            _ => out.push(c),
        }
    }
}

/// What a run says, as its content: tabs and line breaks have elements of their own, and white
/// space is kept.
pub(super) fn run_content(text: &str) -> Vec<Element> {
    let mut content = Vec::new();
    let mut piece = String::new();
    let flush = |piece: &mut String, content: &mut Vec<Element>| {
        if !piece.is_empty() {
            let text = Element::new("w:t").attr("xml:space", "preserve");
            content.push(text.text(std::mem::take(piece)));
        }
    };
    for c in text.chars().filter(|&c| is_writable(c)) {
        match c {
            '\t' => {
                flush(&mut piece, &mut content);
                content.push(Element::new("w:tab"));
            }
            '\n' | '\u{2028}' => {
                flush(&mut piece, &mut content);
                content.push(Element::new("w:br"));
            }
            _ => piece.push(c),
        }
    }
    flush(&mut piece, &mut content);
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(element: &Element) -> String {
        let mut out = String::new();
        element.write(&mut out);
        out
    }

    #[test]
    fn special_characters_are_escaped() {
        let element = Element::new("a").attr("b", "<\"&'>\n").text("<\"&'>");
        assert_eq!(xml(&element), "<a b=\"&lt;&quot;&amp;'&gt;&#10;\">&lt;\"&amp;'&gt;</a>");
    }

    #[test]
    fn control_characters_are_dropped() {
        let element = Element::new("a").attr("b", "\u{1}c").text("\0d\u{7f}\u{85}\u{ffff}e\u{1f}");
        assert_eq!(xml(&element), "<a b=\"c\">de</a>");
    }

    #[test]
    fn tabs_and_line_breaks_are_elements() {
        let content: String = run_content("一\t二\r\n\u{3000}三 ").iter().map(xml).collect();
        assert_eq!(
            content,
            "<w:t xml:space=\"preserve\">一</w:t><w:tab/><w:t xml:space=\"preserve\">二</w:t>\
             <w:br/><w:t xml:space=\"preserve\">\u{3000}三 </w:t>"
        );
    }

    #[test]
    fn empty_text_has_no_content() {
        assert!(run_content("").is_empty());
        assert!(run_content("\u{2}").is_empty());
    }
}
