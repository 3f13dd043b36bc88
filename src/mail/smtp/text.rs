//! The text of a message on the line (RFC 5321, 4.5.2): a dot at the beginning of a line is doubled,
//! so that only ours ends the message.

/// What ends a message.
pub(super) const END: &[u8] = b"\r\n.\r\n";

/// Whether a message can be put on the line: a CR or an LF alone, which some servers take for the
/// end of a line, could end it early and begin another.
pub(super) fn is_sendable(message: &[u8]) -> bool {
    let mut before = 0;
    for byte in message {
        if *byte == 0 || (*byte == b'\n') != (before == b'\r') {
            return false;
        }
        before = *byte;
    }
    before != b'\r'
}

/// Doubles dots, piece by piece.
pub(super) struct Stuffing {
    at_start: bool,
}

impl Stuffing {
    /// At the beginning of a message.
    pub(super) fn new() -> Stuffing {
        Stuffing { at_start: true }
    }

    /// A piece as it goes on the line.
    pub(super) fn piece(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(piece.len() + 16);
        for byte in piece {
            if self.at_start && *byte == b'.' {
                out.push(b'.');
            }
            out.push(*byte);
            self.at_start = *byte == b'\n';
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_whole_line_ends_are_sent() {
        for good in [&b""[..], b"a\r\n.\r\n", b"\r\n\r\n", b"a"] {
            assert!(is_sendable(good), "{good:?}");
        }
        for bad in [&b"\n"[..], b"a\n.\r\n", b"\r", b"a\r.\r\n", b"\r\r\n", b"a\0b", b"\n\r\n"] {
            assert!(!is_sendable(bad), "{bad:?}");
        }
    }

    proptest! {
        /// What a server makes of it is the message, and no line but the last is a dot alone.
        #[test]
        fn a_message_comes_out_as_it_went_in(
            lines in prop::collection::vec("[.ab]{0,4}", 0..12),
            size in 1..9_usize,
        ) {
            let message = lines.join("\r\n").into_bytes();
            prop_assert!(is_sendable(&message));
            let mut stuffing = Stuffing::new();
            let sent: Vec<u8> = message.chunks(size).flat_map(|p| stuffing.piece(p)).collect();
            let sent = String::from_utf8(sent).unwrap();
            let taken: Vec<&str> = sent.split("\r\n").collect();
            prop_assert!(taken.iter().all(|line| *line != "."));
            let taken: Vec<&str> = taken.iter().map(|l| l.strip_prefix('.').unwrap_or(l)).collect();
            prop_assert_eq!(taken.join("\r\n").into_bytes(), message);
        }
    }
}
