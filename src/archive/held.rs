//! A locked file.

use std::fs::File;
use std::ops::Deref;

/// A file whose lock this process has until the value is dropped.
///
/// Closing a file is not enough to let go of its lock: a program that another thread starts at that
/// moment still has a copy of the file, and the lock with it.
#[derive(Debug)]
pub struct Held(File);

impl Held {
    /// Holds a file that was locked.
    pub fn new(locked: File) -> Held {
        Held(locked)
    }
}

impl Deref for Held {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Where there are no locks there is none to let go of.
        let _ = self.0.unlock();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A copy of the file, such as a started program has for a moment, keeps no lock.
    #[test]
    fn a_copy_keeps_no_lock() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let locked = File::open(file.path()).unwrap();
        locked.lock().unwrap();
        let copy = locked.try_clone().unwrap();
        let held = Held::new(locked);
        let other = File::open(file.path()).unwrap();
        assert!(other.try_lock().is_err());
        drop(held);
        assert!(other.try_lock().is_ok());
        drop(copy);
    }
}
