//! The way to the server: the only thing about it that delivery knows.

use std::io;

use super::{Answer, Fault, Outgoing};

/// A way to deliver messages one by one.
pub trait Post {
    /// Delivers one message. When all of it is sent but its end, `before_end` is called: until it has
    /// returned `Ok`, the server must not take the message, even if this process is killed.
    ///
    /// # Errors
    /// Why not, and whether the recipient may have it all the same.
    fn deliver(
        &mut self,
        message: &Outgoing,
        before_end: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<Answer, Fault>;

    /// Says goodbye, before a long pause and at the end. The next message opens a new line.
    fn close(&mut self);
}
