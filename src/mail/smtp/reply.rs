//! Reads a server's reply: the code is ASCII, the text is whatever the server writes, and neither
//! has an end unless we set one.

use std::borrow::Cow;
use std::io::{self, BufRead};

use encoding_rs::GB18030;

/// The most bytes of a line that are kept. RFC 5321 (4.5.3.1.5) allows 512.
pub const LONGEST_LINE: usize = 8 * 1024;
/// The most bytes of a reply that are read.
pub const LONGEST: usize = 64 * 1024;
/// The most lines of a reply.
pub const MOST_LINES: usize = 100;

/// What a server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// 250, 550 …: from 200 to 599.
    pub code: u16,
    /// Its lines without their codes, as they were written: not fit to be shown.
    pub lines: Vec<String>,
}

/// Why there is no reply.
#[derive(Debug)]
pub enum Broken {
    /// What the system or TLS says.
    Io(io::Error),
    /// The line ended where a reply should be.
    Ended,
    /// A line that does not begin with a code.
    NoCode,
    /// A code and then another in the same reply.
    OtherCode,
    /// More lines or bytes than any server has to say.
    TooLong,
    /// Something was said that nobody asked for.
    Unasked,
}

impl Broken {
    /// What it says instead of SMTP, for the editor; `None` when the line itself broke.
    pub(super) fn why(&self) -> Option<&'static str> {
        match self {
            Broken::Io(_) | Broken::Ended => None,
            Broken::NoCode => Some("答复开头没有三位数的代码"),
            Broken::OtherCode => Some("一个答复里有两种代码"),
            Broken::TooLong => Some("答复太长，没有读完"),
            Broken::Unasked => Some("没有问，就先答复了"),
        }
    }
}

impl Reply {
    /// Whether it says that what was asked is done.
    pub fn is_done(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// Whether it refuses, for a while or for good.
    pub fn is_refused(&self) -> bool {
        self.code >= 400
    }

    /// All of it on one line.
    pub(super) fn text(&self) -> String {
        self.lines.join(" ")
    }
}

/// Reads one reply, of one line or many (RFC 5321, 4.2.1). What comes after it stays in `from`.
///
/// # Errors
/// What is no reply; a reply that is too long is not read to its end.
pub fn read(from: &mut impl BufRead) -> Result<Reply, Broken> {
    let (mut code, mut lines, mut left) = (None, Vec::new(), LONGEST);
    while lines.len() < MOST_LINES {
        let (line, cut) = line(from, &mut left)?;
        let (said, rest, last) = parts(&line)?;
        if *code.get_or_insert(said) != said {
            return Err(Broken::OtherCode);
        }
        lines.push(decode(rest, cut));
        if last {
            return Ok(Reply { code: said, lines });
        }
    }
    Err(Broken::TooLong)
}

/// A line without its end, and whether more was read than is kept.
fn line(from: &mut impl BufRead, left: &mut usize) -> Result<(Vec<u8>, bool), Broken> {
    let (mut line, mut cut) = (Vec::new(), false);
    loop {
        let bytes = match from.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Broken::Io(error)),
        };
        if bytes.is_empty() {
            return Err(Broken::Ended);
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let piece = &bytes[..end.map_or(bytes.len(), |end| end + 1)];
        let room = LONGEST_LINE - line.len();
        cut |= piece.len() > room;
        line.extend(&piece[..piece.len().min(room)]);
        let read = piece.len();
        from.consume(read);
        if read > *left {
            return Err(Broken::TooLong);
        }
        *left -= read;
        if end.is_some() {
            while line.last().is_some_and(|byte| b"\r\n".contains(byte)) {
                line.pop();
            }
            return Ok((line, cut));
        }
        // What has no code within its first bytes will not get one later.
        if line.len() >= 3 {
            code(&line)?;
        }
    }
}

fn code(line: &[u8]) -> Result<u16, Broken> {
    match line {
        [a @ b'2'..=b'5', b @ b'0'..=b'9', c @ b'0'..=b'9', ..] => {
            let digit = |byte: &u8| u16::from(byte - b'0');
            Ok(digit(a) * 100 + digit(b) * 10 + digit(c))
        }
        _ => Err(Broken::NoCode),
    }
}

/// Code, text, and whether it is the last line. Between code and text stands a space; some servers
/// leave it out before Chinese.
fn parts(line: &[u8]) -> Result<(u16, &[u8], bool), Broken> {
    let code = code(line)?;
    match &line[3..] {
        [] => Ok((code, &[], true)),
        [b'-', rest @ ..] => Ok((code, rest, false)),
        [b' ' | b'\t', rest @ ..] => Ok((code, rest, true)),
        rest @ [0x80..=0xff, ..] => Ok((code, rest, true)),
        _ => Err(Broken::NoCode),
    }
}

/// UTF-8, else GB18030, which reads GBK and GB2312 too. A line that was cut may end within a
/// character.
fn decode(bytes: &[u8], cut: bool) -> String {
    let text: Cow<'_, str> = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(wrong) if cut && wrong.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..wrong.valid_up_to()])
        }
        Err(_) => GB18030.decode_without_bom_handling(bytes).0,
    };
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor, Read};

    use proptest::prelude::*;

    use super::*;

    fn of(bytes: &[u8]) -> Result<(u16, String), String> {
        let reply = read(&mut Cursor::new(bytes)).map_err(|broken| format!("{broken:?}"))?;
        Ok((reply.code, reply.lines.join("|")))
    }

    fn good(code: u16, text: &str) -> Result<(u16, String), String> {
        Ok((code, text.to_owned()))
    }

    #[test]
    fn the_code_is_ascii_and_the_text_is_utf8_or_gbk() {
        assert_eq!(of(b"250 2.0.0 Ok\r\n"), good(250, "2.0.0 Ok"));
        assert_eq!(of("250 邮件已接收\r\n".as_bytes()), good(250, "邮件已接收"));
        // 邮件已接收, 用户不存在 in GBK.
        assert_eq!(
            of(b"250 \xd3\xca\xbc\xfe\xd2\xd1\xbd\xd3\xca\xd5\r\n"),
            good(250, "邮件已接收")
        );
        assert_eq!(
            of(b"550 5.1.1 \xd3\xc3\xbb\xa7\xb2\xbb\xb4\xe6\xd4\xda\r\n"),
            good(550, "5.1.1 用户不存在")
        );
        assert_eq!(of(b"550\xd3\xc3\xbb\xa7\r\n"), good(550, "用户"));
        // 𠀀 in GB18030, of four bytes; a pair whose second byte looks like a backslash.
        assert_eq!(of(b"250 \x95\x32\x82\x36\xd5\x5c\r\n"), good(250, "𠀀誠"));
        // Bytes that are neither are no reason to lose the code.
        assert_eq!(of(b"250 \xff\xfe\r\n").unwrap().0, 250);
    }

    #[test]
    fn replies_have_one_line_or_many() {
        assert_eq!(of(b"250-a\r\n250-b\r\n250 c\r\n"), good(250, "a|b|c"));
        assert_eq!(of(b"250\r\n"), good(250, ""));
        assert_eq!(of(b"250-\r\n250 \n"), good(250, "|"));
        let mut two = Cursor::new(b"250 a\r\n550 b\r\n");
        assert_eq!(read(&mut two).unwrap().code, 250);
        assert_eq!(read(&mut two).unwrap().code, 550);
    }

    #[test]
    fn what_is_no_reply_is_told_apart() {
        for (bytes, why) in [
            (&b""[..], "Ended"),
            (b"250 no end", "Ended"),
            (b"250-a\r\n", "Ended"),
            (b"hello?\r\n", "NoCode"),
            (b"\r\n", "NoCode"),
            (b"25\r\n", "NoCode"),
            (b"2500 x\r\n", "NoCode"),
            (b"999 x\r\n", "NoCode"),
            (b"100 x\r\n", "NoCode"),
            (b" 250 x\r\n", "NoCode"),
            (b"2\x005 x\r\n", "NoCode"),
            (b"\0\0\0\0\r\n", "NoCode"),
            ("２５０ x\r\n".as_bytes(), "NoCode"),
            (b"250-a\r\nb\r\n", "NoCode"),
            (b"250-a\r\n550 b\r\n", "OtherCode"),
            (b"HTTP/1.1 400 Bad Request\r\n", "NoCode"),
        ] {
            assert_eq!(of(bytes), Err(why.to_owned()), "{bytes:?}");
        }
    }

    /// Says the same for ever, and counts what was taken.
    struct Endless<'a>(&'a [u8], usize);

    impl Read for Endless<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            for byte in to.iter_mut() {
                *byte = self.0[self.1 % self.0.len()];
                self.1 += 1;
            }
            Ok(to.len())
        }
    }

    #[test]
    fn a_line_or_reply_without_end_is_cut() {
        for endless in [&b"250-x\r\n"[..], b"2", b"250 ", b"250-\r\n", b"\0", b"\xd3\xca"] {
            let mut endless = BufReader::new(Endless(endless, 0));
            let broken = read(&mut endless).unwrap_err();
            assert!(matches!(broken, Broken::TooLong | Broken::NoCode), "{broken:?}");
            assert!(endless.get_ref().1 <= LONGEST + 16 * 1024);
        }
        // A long line that ends is read; its beginning is kept, and no character is cut in two.
        let long =
            ["250 ".as_bytes(), "邮".repeat(10_000).as_bytes(), b"\r\n250 next\r\n"].concat();
        let mut from = Cursor::new(long);
        let reply = read(&mut from).unwrap();
        assert_eq!(reply.lines[0], "邮".repeat((LONGEST_LINE - 4) / 3));
        assert_eq!(read(&mut from).unwrap().lines, ["next"]);
    }

    proptest! {
        /// Whatever comes in whatever pieces: an end, never more than was allowed, and the same.
        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in prop::collection::vec(
                prop_oneof![Just(b'2'), Just(b'5'), Just(b'0'), Just(b'-'), Just(b' '), Just(b'\n'), any::<u8>()],
                0..200,
            ),
            piece in 1..40_usize,
        ) {
            let whole = of(&bytes);
            let mut pieces = BufReader::with_capacity(piece, Cursor::new(&bytes));
            let read = read(&mut pieces).map(|reply| (reply.code, reply.lines.join("|")));
            prop_assert_eq!(read.map_err(|broken| format!("{broken:?}")), whole.clone());
            if let Ok((code, text)) = whole {
                prop_assert!((200..600).contains(&code) && text.len() <= bytes.len() * 4);
            }
        }
    }
}
