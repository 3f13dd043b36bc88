//! Which unit a name means.

use std::collections::BTreeMap;

use crate::archive::words;
use crate::issue::Registry;

/// What a bulletin's own staff sign with.
const OWN: [&str; 6] = ["本刊", "本刊讯", "本刊综合", "本刊编辑部", "本刊记者", "编辑部"];

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

    /// The name a unit is counted by; `None` for the bulletin's own staff, which is no unit unless
    /// the registry says so.
    pub fn unit(&self, name: &str) -> Option<String> {
        let known = self.units.get(&folded(name)).and_then(|at| self.registry.units.get(*at));
        match known {
            Some(unit) => Some(unit.name.value.clone()),
            None if OWN.contains(&name.trim()) => None,
            None => Some(name.to_owned()),
        }
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
