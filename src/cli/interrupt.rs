//! Ctrl-C, and being asked to end (SIGTERM, SIGHUP; on Windows the window that is closed): what is
//! unfinished is taken away, and the program ends. A second time it ends at once.

use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::terminal;
use crate::scratch;

/// What a program that was stopped ends with: 128 and the number of Ctrl-C, as of a shell.
const STOPPED: i32 = 130;

/// What to know of work that was stopped half way.
static REMARK: OnceLock<&str> = OnceLock::new();

/// Whoever is stopped from here on says this too.
pub(super) fn remark(text: &'static str) {
    let _ = REMARK.set(text);
}

/// From here on whoever stops the program stops it so. Where one of these signals is to be ignored
/// (`nohup`), all stay as they are: what is left then, the next run clears.
pub(super) fn prepare() {
    let stopping = AtomicBool::new(false);
    let _ = ctrlc::try_set_handler(move || {
        if stopping.swap(true, Ordering::SeqCst) {
            process::exit(STOPPED);
        }
        // A folder on a share may keep it waiting: not this thread, which hears the second time.
        let clearing = thread::Builder::new().spawn(|| {
            scratch::clear_all();
            let mut words = vec!["已停止；没写完的文件已清除"];
            words.extend(REMARK.get());
            terminal::last_words(&words);
            process::exit(STOPPED);
        });
        if clearing.is_err() {
            process::exit(STOPPED);
        }
    });
}
