//! Long work: over all cores, told in the order it was given, with a bar where a person watches.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::progress::{Progress, SLOW};

/// Does a job for each thing, several at once; what came of them is told one after the other, in
/// the order of the things.
pub(super) fn each<T: Sync, R: Send>(
    what: &'static str,
    things: &[T],
    job: impl Fn(&T) -> R + Sync,
    mut tell: impl FnMut(&T, R, &Progress),
) {
    let progress = Progress::new(what, SLOW);
    progress.report(0, things.len());
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(things.len());
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(workers * 2);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, next, job) = (sender.clone(), &next, &job);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(thing) = things.get(index) else { break };
                    if sender.send((index, job(thing))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut told = 0;
        for (index, result) in receiver {
            early.insert(index, result);
            while let Some(result) = early.remove(&told) {
                tell(&things[told], result, &progress);
                told += 1;
                progress.report(told, things.len());
            }
        }
    });
}
