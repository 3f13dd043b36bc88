//! The layouts that come with the program.

/// Name and text, by name.
const BUNDLED: &[(&str, &str)] = &[
    ("jianbao", include_str!("../../layouts/jianbao.yaml")),
    ("kuaibao", include_str!("../../layouts/kuaibao.yaml")),
    ("xinxi", include_str!("../../layouts/xinxi.yaml")),
];

/// The text of the layout with this name.
pub fn bundled(name: &str) -> Option<&'static str> {
    BUNDLED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The names of all bundled layouts, sorted.
pub fn bundled_names() -> impl Iterator<Item = &'static str> {
    BUNDLED.iter().map(|(name, _)| *name)
}
