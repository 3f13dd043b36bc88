#!/usr/bin/env bash
# lettre 0.11.23 (crates.io), its blocking SMTP connection without TLS.
#
# A server may put any text behind the three digits of a reply; RFC 5321 asks for ASCII there, and
# servers in China answer in GBK all the same. A good guess: the digits decide, the text is shown
# as well as may be; so a reply "250" with a text in GBK is a success, and "550" a refusal.
# What happens: the connection reads lines into a UTF-8 string. The text makes the read fail, the
# digits are lost, and success and refusal look alike: an error that has no status and is no
# refusal. Behind the last dot of a message the caller cannot know then whether it was taken.
#
# Seen: "ascii 250: reply 250", "utf-8 250: reply 250", and for GBK, 250 as 550:
# "no reply, no status (network error)".
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2021"

[dependencies]
lettre = { version = "=0.11.23", default-features = false, features = ["builder", "smtp-transport"] }
TOML
cat >"$work/src/main.rs" <<'RUST'
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::Noop;
use lettre::transport::smtp::extension::ClientId;

/// A server that greets, answers EHLO, and then says one thing.
fn ask(said: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut line, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(line.try_clone().unwrap());
        line.write_all(b"220 here\r\n").unwrap();
        let mut command = String::new();
        reader.read_line(&mut command).unwrap();
        line.write_all(b"250 here\r\n").unwrap();
        reader.read_line(&mut command).unwrap();
        line.write_all(said).unwrap();
        let _ = reader.read_line(&mut command);
    });
    let hello = ClientId::Domain("localhost".into());
    let timeout = Some(Duration::from_secs(10));
    let mut connection = SmtpConnection::connect(address, timeout, &hello, None, None).unwrap();
    match connection.command(Noop) {
        Ok(reply) => format!("reply {}", reply.code()),
        Err(error) => match error.status() {
            Some(code) => format!("refused {code}"),
            None if error.is_response() => "no reply, no status (response error)".into(),
            None => "no reply, no status (network error)".into(),
        },
    }
}

fn main() {
    println!("ascii 250: {}", ask(b"250 Ok: queued\r\n"));
    println!("utf-8 250: {}", ask("250 已收\r\n".as_bytes()));
    println!("gbk 250: {}", ask(b"250 \xd2\xd1\xca\xd5\r\n"));
    println!("gbk 550: {}", ask(b"550 \xce\xde\xb4\xcb\xc8\xcb\r\n"));
}
RUST
(cd "$work" && cargo run --quiet 2>&1) >"$work/out"
cat "$work/out"
expected='ascii 250: reply 250
utf-8 250: reply 250
gbk 250: no reply, no status (network error)
gbk 550: no reply, no status (network error)'
[ "$(cat "$work/out")" = "$expected" ]
echo 'as described'
