//! Long work: over all cores, told in the order it was given, with a bar where a person watches.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

/// Fewer things than this are done before a bar is seen.
const WORTH: usize = 4;

/// Does a job for each thing, several at once; what came of them is told one after the other, in
/// the order of the things. The bar is for those who watch: none is drawn into a file.
pub(super) fn each<T: Sync, R: Send>(
    what: &'static str,
    things: &[T],
    job: impl Fn(&T) -> R + Sync,
    mut tell: impl FnMut(&T, R, &ProgressBar),
) {
    let bar = bar(what, things.len());
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
                tell(&things[told], result, &bar);
                told += 1;
                bar.inc(1);
            }
        }
    });
    bar.finish_and_clear();
}

fn bar(what: &'static str, length: usize) -> ProgressBar {
    if length < WORTH {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{msg} {pos}/{len} [{bar:30}] 已用{elapsed} 还需{eta}");
    let bar = ProgressBar::new(length as u64).with_message(what);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
