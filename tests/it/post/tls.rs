//! The guard of the line: who the server is, told apart by what is wrong with its certificate.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use hongtou::mail::Security;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::*;

/// What the server heard, in clear and within TLS.
type Heard = Arc<Mutex<Vec<String>>>;

fn file(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mail/tls/");
    std::fs::read(format!("{folder}{name}.pem")).unwrap()
}

/// A server with this certificate; its port.
fn server(certificate: &str, security: Security) -> (u16, Heard) {
    let chain = vec![CertificateDer::from_pem_slice(&file(certificate)).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(&file("key")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let (config, heard) = (Arc::new(config), Heard::default());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, shared) = (listener.local_addr().unwrap().port(), Arc::clone(&heard));
    thread::spawn(move || {
        for tcp in listener.incoming().flatten() {
            // Whoever does not like the certificate hangs up.
            let _ = serve(tcp, &config, security, &shared);
        }
    });
    (port, heard)
}

fn serve(
    mut tcp: TcpStream,
    config: &Arc<ServerConfig>,
    security: Security,
    heard: &Heard,
) -> std::io::Result<()> {
    if security == Security::Starttls {
        tcp.write_all(b"220 go on\r\n")?;
        talk(&mut tcp, "clear", heard)?;
    }
    let connection = ServerConnection::new(Arc::clone(config)).unwrap();
    let mut tls = StreamOwned::new(connection, tcp);
    if security == Security::Smtps {
        tls.write_all(b"220 go on\r\n")?;
    }
    talk(&mut tls, "tls", heard)
}

/// Says yes to everything, up to STARTTLS.
fn talk(stream: &mut (impl Read + Write), how: &str, heard: &Heard) -> std::io::Result<()> {
    let mut stream = BufReader::with_capacity(1, stream);
    let mut line = String::new();
    let mut data = false;
    while stream.read_line(&mut line)? > 0 {
        let command = line.trim_end().to_owned();
        line.clear();
        let answer = match command.split(' ').next().unwrap_or_default() {
            "." => "250 queued",
            _ if data => continue,
            "EHLO" => "250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN",
            "STARTTLS" => "220 go",
            "DATA" => "354 go",
            "AUTH" => "235 ok",
            _ => "250 ok",
        };
        data = command == "DATA";
        heard.lock().unwrap().push(format!("{how} {}", &command[..command.len().min(4)]));
        stream.get_mut().write_all(format!("{answer}\r\n").as_bytes())?;
        if command == "STARTTLS" {
            return Ok(());
        }
    }
    Ok(())
}

fn deliver(certificate: &str, security: Security) -> (Result<String, Reason>, Vec<String>) {
    let (port, heard) = server(certificate, security);
    let settings = Settings { security, ..settings_for(port) };
    let login = Login { user: "office".into(), password: Secret::new("s3cret") };
    let mut smtp = Smtp::new(settings, Some(login), Some(&file("ca"))).unwrap();
    let result = smtp.deliver(&outgoing(&people("a")[0]), &mut || Ok(()));
    smtp.close();
    let heard = heard.lock().unwrap().clone();
    (result.map(|answer| answer.to_string()).map_err(|fault| fault.reason), heard)
}

#[test]
fn a_server_is_believed_by_its_certificate_alone() {
    const TLS: [&str; 6] = ["tls EHLO", "tls AUTH", "tls MAIL", "tls RCPT", "tls DATA", "tls ."];
    for security in [Security::Smtps, Security::Starttls] {
        let (answer, heard) = deliver("good", security);
        assert_eq!(answer, Ok("250 queued".to_owned()), "{security:?}");
        let clear =
            if security == Security::Starttls { &["clear EHLO", "clear STAR"][..] } else { &[] };
        assert_eq!(heard[..clear.len() + TLS.len()], [clear, &TLS].concat());
        for (certificate, reason) in [
            ("stranger", Reason::CertificateUntrusted),
            ("itself", Reason::CertificateUntrusted),
            ("expired", Reason::CertificateExpired),
            ("future", Reason::CertificateNotYetValid),
            ("name", Reason::CertificateWrongName),
        ] {
            let (answer, heard) = deliver(certificate, security);
            assert_eq!(answer, Err(reason), "{certificate} {security:?}");
            // Neither the password nor a name was said.
            assert!(heard.iter().all(|line| clear.contains(&line.as_str())), "{heard:?}");
        }
    }
}

#[test]
fn certificates_to_trust_are_read_or_refused() {
    let settings = || Settings { security: Security::Smtps, ..settings_for(1) };
    let new = |pem: &[u8]| Smtp::new(settings(), None, Some(pem)).map(drop);
    let (ca, other) = (file("ca"), file("itself"));
    assert_eq!(new(&[&ca[..], &other].concat()), Ok(()));
    assert!(new(b"nothing").unwrap_err().contains("PEM"));
    assert!(new(&file("key")).unwrap_err().contains("PEM"));
    assert!(new(&ca[..ca.len() / 2]).is_err());
}
