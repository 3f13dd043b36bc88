//! The time that a dialogue may take in all. A server that says a byte now and then is never silent
//! for long; so somebody else looks at the time and ends the connection, whatever waits on it.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Watches one connection.
pub(super) struct Watch {
    stream: TcpStream,
    over: Arc<AtomicBool>,
    /// Dropped, it tells the watching thread to go.
    running: Option<Sender<()>>,
}

impl Watch {
    /// Of this connection; nothing is watched yet.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn new(stream: &TcpStream) -> io::Result<Watch> {
        Ok(Watch { stream: stream.try_clone()?, over: Arc::default(), running: None })
    }

    /// From now on the connection has this much time, in place of what it had before.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn begin(&mut self, time: Duration) -> io::Result<()> {
        self.rest();
        let (stream, over) = (self.stream.try_clone()?, Arc::clone(&self.over));
        let (running, stopped) = channel();
        thread::Builder::new().spawn(move || {
            if stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
                over.store(true, Ordering::SeqCst);
                // One that is closed already is as good.
                let _ = stream.shutdown(Shutdown::Both);
            }
        })?;
        self.running = Some(running);
        Ok(())
    }

    /// Stops watching, while nothing is asked.
    pub(super) fn rest(&mut self) {
        self.running = None;
    }

    /// Whether the time was up, and the connection ended.
    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}
