//! Which unit a name means.

use std::collections::BTreeMap;

use crate::archive::words;
use crate::issue::Registry;

/// The names of a registry.
pub(super) struct Names<'r> {
    registry: &'r Registry,
    /// Every name of a unit, width and case aside, with its place in the registry.
    units: BTreeMap<String, usize>,
}

impl<'r> Names<'r> {
    pub fn new(registry: &'r Registry) -> Names<'r> {
        let mut units = BTreeMap::new();
        for (index, unit) in registry.units.iter().enumerate() {
            for name in std::iter::once(&unit.name).chain(&unit.aliases) {
                units.insert(folded(name), index);
            }
        }
        Names { registry, units }
    }

    /// The name a unit is counted by.
    pub fn unit(&self, name: &str) -> String {
        let known = self.units.get(&folded(name)).and_then(|at| self.registry.units.get(*at));
        known.map_or_else(|| name.to_owned(), |unit| unit.name.value.clone())
    }

    /// The units that are expected, in order.
    pub fn units(&self) -> Vec<String> {
        self.registry.units.iter().map(|unit| unit.name.value.clone()).collect()
    }

    /// The indicators that are expected, in order, with their words.
    pub fn indicators(&self) -> Vec<(String, Option<String>)> {
        let indicators = self.registry.indicators.iter();
        indicators
            .map(|one| {
                (one.code.value.clone(), one.title.as_ref().map(|title| title.value.clone()))
            })
            .collect()
    }
}

fn folded(name: &str) -> String {
    words::folded(name).join(" ")
}
