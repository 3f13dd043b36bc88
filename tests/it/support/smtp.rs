//! A mail server on loopback that misbehaves as the address of the recipient says.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server saw.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Addresses to which a message was taken, in order.
    pub taken: Vec<String>,
    /// The messages, with them.
    pub messages: Vec<Vec<u8>>,
    /// How many lines were opened.
    pub lines: usize,
    /// How often each address was named in a command.
    pub asked: Vec<String>,
    /// What it was told by AUTH LOGIN.
    pub login: Vec<String>,
}

/// How it greets.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manners {
    /// What it says first instead of 220.
    pub greeting: Option<&'static str>,
    /// How it raves at once instead of greeting: `~nul`.
    pub raves: Option<&'static str>,
    /// The largest message.
    pub size: Option<usize>,
    /// Messages on one line before it says 421.
    pub most: Option<usize>,
    /// What it says to MAIL FROM instead of 250.
    pub sender: Option<&'static str>,
    /// What it says to AUTH instead of 235.
    pub login: Option<&'static str>,
    /// What it says behind the code to everything that it takes.
    pub echo: Option<&'static str>,
    /// It offers STARTTLS and answers so; TLS never comes.
    pub starttls: Option<&'static str>,
    /// Of AUTH it knows LOGIN only.
    pub only_login: bool,
}

/// A server; it ends with the test.
pub struct Server {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    pub fn new(manners: Manners) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&shared);
                seen.lock().unwrap().lines += 1;
                thread::spawn(move || {
                    let reader = BufReader::new(stream.try_clone().unwrap());
                    let mut line = Line { stream, reader, seen, manners, done: 0 };
                    // Whoever hangs up has seen enough.
                    let _ = line.talk();
                });
            }
        });
        Server { port, seen }
    }

    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

struct Line {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
    seen: Arc<Mutex<Seen>>,
    manners: Manners,
    done: usize,
}

impl Line {
    fn say(&mut self, text: &str) -> std::io::Result<()> {
        self.stream.write_all(format!("{text}\r\n").as_bytes())
    }

    /// Says what no server should, as the end of a name asks for it; whether the line goes on, `None`
    /// when the name asks for nothing. What has no end goes on until the other side hangs up.
    fn rave(&mut self, name: &str) -> std::io::Result<Option<bool>> {
        const ENDLESS: Duration = Duration::from_millis(50);
        let Some((_, how)) = name.rsplit_once('~') else { return Ok(None) };
        let mut forever = |piece: &[u8]| -> std::io::Result<bool> {
            // Bounded all the same: a client that reads on is caught by the test's limits.
            for _ in 0..4096 {
                self.stream.write_all(&piece.repeat(64))?;
            }
            Ok(false)
        };
        match how {
            "endless-line" => return forever(b"250 x").map(Some),
            "endless-digits" => return forever(b"2").map(Some),
            "endless-reply" => return forever(b"250-x\r\n").map(Some),
            "endless-nul" => return forever(b"\0").map(Some),
            "drip" => {
                // A byte before anybody calls it silence.
                for byte in b"250-".iter().chain(std::iter::repeat_n(&b'x', 400)) {
                    self.stream.write_all(&[*byte])?;
                    thread::sleep(ENDLESS);
                }
                return Ok(Some(false));
            }
            "nul" => self.stream.write_all(b"25\x000 ok\r\n")?,
            "nul-text" => self.stream.write_all(b"250 o\0k\r\n")?,
            "nocode" => self.say("ok")?,
            "empty" => self.say("")?,
            "code-999" => self.say("999 ok")?,
            "code-334" => self.say("334 go on")?,
            "code-2500" => self.say("2500 ok")?,
            "two-codes" => self.say("250-ok\r\n550 no")?,
            "half" => {
                self.stream.write_all(b"250 o")?;
                return Ok(Some(false));
            }
            "twice" => self.say("250 ok\r\n250 ok")?,
            // 邮件已接收, 用户不存在, 稍后再试 in GBK.
            "gbk-250" => {
                self.stream.write_all(b"250 \xd3\xca\xbc\xfe\xd2\xd1\xbd\xd3\xca\xd5\r\n")?
            }
            "gbk-550" => {
                self.stream.write_all(b"550 \xd3\xc3\xbb\xa7\xb2\xbb\xb4\xe6\xd4\xda\r\n")?;
            }
            "gbk-450" => self.stream.write_all(b"450 \xc9\xd4\xba\xf3\xd4\xd9\xca\xd4\r\n")?,
            "escapes" => self.say("250 \u{1b}[2J\u{202e}done\u{9b}1m")?,
            _ => return Ok(None),
        }
        Ok(Some(true))
    }

    fn talk(&mut self) -> std::io::Result<()> {
        if let Some(how) = self.manners.raves {
            return self.rave(how).map(drop);
        }
        self.say(self.manners.greeting.unwrap_or("220 scripted"))?;
        let (mut to, mut text) = (String::new(), String::new());
        loop {
            text.clear();
            if self.reader.read_line(&mut text)? == 0 {
                return Ok(());
            }
            let command = text.trim_end().to_owned();
            match command.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => {
                    let size = self.manners.size.map(|most| format!("SIZE {most}"));
                    self.say("250-scripted")?;
                    if self.manners.starttls.is_some() {
                        self.say("250-STARTTLS")?;
                    }
                    self.say(match self.manners.only_login {
                        true => "250-AUTH=LOGIN",
                        false => "250-AUTH PLAIN LOGIN",
                    })?;
                    self.say(&format!("250 {}", size.as_deref().unwrap_or("HELP")))?;
                }
                "AUTH" if self.manners.only_login => {
                    let mut words = Vec::new();
                    for ask in ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"] {
                        self.say(ask)?;
                        let mut line = String::new();
                        self.reader.read_line(&mut line)?;
                        words.push(line.trim_end().to_owned());
                    }
                    self.seen.lock().unwrap().login = words;
                    self.say("235 ok")?;
                }
                "AUTH" => self.say(self.manners.login.unwrap_or("235 2.7.0 ok"))?,
                "MAIL" if self.manners.most.is_some_and(|most| self.done >= most) => {
                    return self.say("421 4.7.0 too many messages");
                }
                "MAIL" => self.say(self.manners.sender.unwrap_or("250 2.1.0 ok"))?,
                "RCPT" => {
                    let start = command.find('<').map_or(0, |at| at + 1);
                    let end = command.find('>').unwrap_or(command.len());
                    to = command[start..end].to_owned();
                    self.seen.lock().unwrap().asked.push(to.clone());
                    let times = self.times(&to);
                    if !self.recipient(&to, times)? {
                        return Ok(());
                    }
                }
                "DATA" => {
                    self.say("354 go")?;
                    if !self.data(&to)? {
                        return Ok(());
                    }
                }
                "STARTTLS" if self.manners.starttls.is_some() => {
                    return self.say(self.manners.starttls.unwrap_or_default());
                }
                "QUIT" => return self.say("221 bye"),
                _ => self.say("250 ok")?,
            }
        }
    }

    /// How often this address was named so far.
    fn times(&self, to: &str) -> usize {
        self.seen.lock().unwrap().asked.iter().filter(|asked| *asked == to).count()
    }

    /// The answer to RCPT; whether the line goes on.
    fn recipient(&mut self, to: &str, times: usize) -> std::io::Result<bool> {
        let name = to.split('@').next().unwrap_or_default();
        if name.starts_with("rcpt~")
            && let Some(goes_on) = self.rave(name)?
        {
            return Ok(goes_on);
        }
        match name {
            "rcpt-drops" => Ok(false),
            "rcpt-421" => self.say("421 4.3.2 going down").map(|()| false),
            "rcpt-slow" => {
                thread::sleep(Duration::from_secs(4));
                self.say("250 late").map(|()| true)
            }
            "rcpt-noise" => self.say("hello?").map(|()| true),
            "rcpt-450-once" if times == 1 => self.say("450 4.2.0 Greylisted").map(|()| true),
            "rcpt-450" => self.say("450 4.2.0 Greylisted").map(|()| true),
            "rcpt-550" => self.say("550 5.1.1 User unknown").map(|()| true),
            "rcpt-452" => self.say("452 4.2.2 Mailbox full").map(|()| true),
            _ => self.say("250 2.1.5 ok").map(|()| true),
        }
    }

    /// A message; whether the line goes on.
    fn data(&mut self, to: &str) -> std::io::Result<bool> {
        let name = to.split('@').next().unwrap_or_default().to_owned();
        let mut message = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.reader.read_until(b'\n', &mut line)? == 0 || name == "body-drops" {
                return Ok(false);
            }
            match line.as_slice() {
                b".\r\n" => break,
                [b'.', rest @ ..] => message.extend(rest),
                line => message.extend(line),
            }
        }
        if name.starts_with("end~") {
            // It has it, whatever it says.
            self.take(to, message.clone());
            if let Some(goes_on) = self.rave(&name)? {
                return Ok(goes_on);
            }
        }
        let answer = match name.as_str() {
            "end-451" => "451 4.7.1 Try again later",
            "end-421" => "421 4.3.2 going down",
            "end-552" => "552 5.3.4 Message too big",
            "end-554" => "554 5.7.1 Looks like spam",
            "end-drops" => {
                self.take(to, message);
                return Ok(false);
            }
            "end-noise" => "hello?",
            _ => "250 2.0.0 Ok: queued as 4F",
        };
        let answer = &match self.manners.echo {
            Some(echo) if answer.starts_with("250") => format!("250 {echo}"),
            _ => answer.to_owned(),
        };
        if answer.starts_with("250") {
            self.take(to, message);
        }
        if name == "end-slow" {
            thread::sleep(Duration::from_secs(3));
        }
        self.done += 1;
        self.say(answer)?;
        Ok(!matches!(name.as_str(), "end-421" | "end-then-drops"))
    }

    fn take(&mut self, to: &str, message: Vec<u8>) {
        let mut seen = self.seen.lock().unwrap();
        seen.taken.push(to.to_owned());
        seen.messages.push(message);
    }
}
