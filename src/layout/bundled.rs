//! The layouts that come with the program.

use super::{Layout, read};
use crate::diagnostic::{Diagnostic, Sources};

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

/// Reads a bundled layout; `None` when there is none of this name.
///
/// # Errors
/// Never for the layouts of a released program: a test reads them all.
pub fn read_bundled(sources: &mut Sources, name: &str) -> Option<Result<Layout, Vec<Diagnostic>>> {
    let file = sources.add(format!("内置版式{name}.yaml"), bundled(name)?);
    Some(read(sources, file, name))
}
