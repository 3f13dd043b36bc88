//! Which style characters have: none where they are their paragraph's own, that of their role, or a
//! variant of either for what a role alone does not say, for a run has one style and no other
//! formatting.

use super::format::Looks;
use crate::compose::Run;
use crate::layout::Role;

/// The style of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CharacterStyle {
    /// What they are.
    pub role: Role,
    /// Whether they are emphasised within a role that has a style of its own.
    pub emphasised: bool,
    /// Whether they are letters and digits that must be bolder than the Chinese type beside them.
    pub bolder: bool,
}

impl CharacterStyle {
    /// The style of a role.
    pub fn plain(role: Role) -> CharacterStyle {
        CharacterStyle { role, emphasised: false, bolder: false }
    }

    /// What a run has within a paragraph of a role; `None` for the paragraph's own.
    pub fn of(run: &Run, host: Option<Role>) -> Option<CharacterStyle> {
        match (Some(run.role) == host, run.emphasis) {
            (true, false) => None,
            (true, true) => Some(CharacterStyle::plain(Role::Emphasis)),
            (false, emphasised) => {
                Some(CharacterStyle { emphasised, ..CharacterStyle::plain(run.role) })
            }
        }
    }

    /// The role that its type is that of.
    pub fn looks(self) -> Role {
        if self.emphasised { Role::Emphasis } else { self.role }
    }

    /// What it is a variant of; `None` for the style of a role.
    pub fn base(self) -> Option<CharacterStyle> {
        match self {
            CharacterStyle { bolder: true, .. } => Some(CharacterStyle { bolder: false, ..self }),
            CharacterStyle { emphasised: true, .. } => Some(CharacterStyle::plain(self.role)),
            _ => None,
        }
    }

    /// Its id.
    pub fn id(self) -> String {
        let emphasis = if self.emphasised { "Emphasis" } else { "" };
        let bolder = if self.bolder { "Latin" } else { "" };
        match self {
            CharacterStyle { role: Role::Emphasis, bolder: false, .. } => "Emphasis".to_owned(),
            _ => format!("{}{emphasis}{bolder}Char", camel(self.role)),
        }
    }

    /// Its name, where it is a variant.
    pub fn name(self) -> String {
        let emphasis = if self.emphasised { "强调" } else { "" };
        let bolder = if self.bolder { "西文" } else { "" };
        format!("{}{emphasis}{bolder}", self.role.chinese())
    }
}

/// `SectionTitle` from `section-title`.
pub(super) fn camel(role: Role) -> String {
    let capital = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    };
    role.key().split('-').map(capital).collect()
}

/// The pieces of a text that are Latin letters, digits and what stands between them, and the others,
/// in turn: whether a piece is, and its text. One piece where the type makes no difference.
pub(super) fn by_script<'t>(looks: Option<&Looks>, text: &'t str) -> Vec<(bool, &'t str)> {
    if !looks.is_some_and(|looks| looks.latin_is_bolder) {
        return vec![(false, text)];
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let latin = is_latin(first);
        let end = rest.find(|c| is_latin(c) != latin).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push((latin, piece));
        rest = after;
    }
    pieces
}

/// What a word processor sets in the Latin font beside Chinese text.
fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() || (('\u{c0}'..='\u{24f}').contains(&c) && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docx::FontProfile;
    use crate::layout::{Typeface, read_bundled};

    #[test]
    fn letters_and_digits_are_parted_where_they_look_different() {
        let layout = read_bundled(&mut Default::default(), "kuaibao").expect("bundled");
        let layout = layout.expect("sound");
        let heiti = layout.styles.iter().find(|(_, style)| style.typeface == Typeface::Heiti);
        let (&heiti, _) = heiti.expect("a role in 黑体");
        let looks = |profile, role| Looks::new(&layout, profile, role);
        let parted =
            |profile, role| by_script(looks(profile, role).as_ref(), "“12345”热线·Café3×2");
        let whole = [(false, "“12345”热线·Café3×2")];
        assert_eq!(parted(FontProfile::Gb2312, Role::Body), whole);
        // 宋体 made bold stands for 小标宋 there: its digits are bold with it.
        assert_eq!(parted(FontProfile::Windows, Role::MastheadName), whole);
        let pieces = [
            (false, "“"),
            (true, "12345"),
            (false, "”热线·"),
            (true, "Café3"),
            (false, "×"),
            (true, "2"),
        ];
        assert_eq!(parted(FontProfile::Gb2312, heiti), pieces);
        assert_eq!(parted(FontProfile::Gb2312, Role::MastheadName), pieces);
    }
}
