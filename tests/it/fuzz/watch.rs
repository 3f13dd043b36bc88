//! Watches the clock: an input that a reader does not come to an end with is kept and named.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What is being read now.
struct Now {
    reader: &'static str,
    number: u64,
    input: Vec<u8>,
    since: Instant,
}

/// A thread that looks on.
pub struct Watch(Arc<Mutex<Option<Now>>>);

impl Watch {
    /// Ends the process when one input takes longer than this.
    pub fn new(crashes: PathBuf, longest: Duration) -> Watch {
        let now: Arc<Mutex<Option<Now>>> = Arc::default();
        let seen = Arc::downgrade(&now);
        thread::spawn(move || {
            while let Some(now) = seen.upgrade() {
                let late = now.lock().unwrap().take_if(|now| now.since.elapsed() > longest);
                if let Some(Now { reader, number, input, .. }) = late {
                    super::save(&crashes, reader, number, &input);
                    eprintln!(
                        "{reader}, input {number}: not read after {longest:?}; kept in {}",
                        crashes.display()
                    );
                    std::process::exit(1);
                }
                drop(now);
                thread::sleep(Duration::from_millis(100));
            }
        });
        Watch(now)
    }

    pub(super) fn begin(&self, reader: &'static str, number: u64, input: &[u8]) {
        let input = input.to_vec();
        *self.0.lock().unwrap() = Some(Now { reader, number, input, since: Instant::now() });
    }

    pub(super) fn end(&self) {
        *self.0.lock().unwrap() = None;
    }
}
