//! The lines of a paragraph: those of text, and those of a title.

use super::balance::balanced;
use super::search::with_search;
use super::{Analysis, Fit, Measured, Settings, Shape};

pub(super) fn fit(
    analysis: &Analysis,
    measured: &[Measured],
    shape: &Shape,
    settings: &Settings,
    slack: usize,
) -> Vec<Fit> {
    with_search(analysis, measured, shape, settings, |search| {
        if let Some(best) = search.best() {
            return match slack {
                0 => vec![search.fit(&best)],
                _ if !shape.justify => vec![search.fit(&best)],
                _ => search.with_slack(best, slack),
            };
        }
        vec![search.beyond_limits()]
    })
}

pub(super) fn fit_balanced(
    analysis: &Analysis,
    measured: &[Measured],
    shape: &Shape,
    settings: &Settings,
) -> Fit {
    let shape = Shape { justify: false, ..*shape };
    let em = measured.iter().map(|m| m.em.0).max().unwrap_or(0);
    let mut fits = with_search(analysis, measured, &shape, settings, |search| {
        vec![match balanced(search, &analysis.senses, em) {
            Some(way) => search.fit(&way),
            None => search.beyond_limits(),
        }]
    });
    fits.swap_remove(0)
}
