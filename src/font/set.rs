//! Sets a run: Western neighbours together, other clusters one by one.

use super::{FontBook, Missing, Request, Shaped, chinese, western};

/// Shapes a run.
pub(super) fn shape(book: &FontBook, request: &Request<'_>) -> Result<Vec<Shaped>, Vec<Missing>> {
    let mut shaped = Vec::with_capacity(request.clusters.len());
    let mut missing = Vec::new();
    let mut next = 0;
    while next < request.clusters.len() {
        let run = western::run(book, request, next);
        if !run.is_empty() {
            next = run.end;
            shaped.extend(western::shape(book, request, run));
            continue;
        }
        match chinese::cluster(book, request, next) {
            Some(cluster) => shaped.push(cluster),
            None => {
                let range = request.clusters[next].0.clone();
                let cluster = request.text.get(range.clone()).unwrap_or_default().to_owned();
                missing.push(Missing { range, cluster });
            }
        }
        next += 1;
    }
    if missing.is_empty() { Ok(shaped) } else { Err(missing) }
}
