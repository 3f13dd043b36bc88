//! The connection: in clear or within TLS.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// Whom to believe, and who is to be spoken to.
#[derive(Clone, Debug)]
pub(super) struct Tls {
    config: Arc<ClientConfig>,
    server: String,
}

impl Tls {
    /// TLS 1.2 and 1.3, the server's certificate always checked. With certificates of the office's
    /// own (PEM) no other is believed: its server has one of these.
    ///
    /// # Errors
    /// Certificates that cannot be used.
    pub(super) fn new(server: &str, ca: Option<&[u8]>) -> Result<Tls, String> {
        let mut roots = RootCertStore::empty();
        match ca {
            Some(pem) => {
                if !String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----") {
                    return Err(
                        "里面没有证书（要PEM格式，有“-----BEGIN CERTIFICATE-----”一行）".to_owned()
                    );
                }
                for certificate in CertificateDer::pem_slice_iter(pem) {
                    let certificate = certificate.map_err(|error| error.to_string())?;
                    roots.add(certificate).map_err(|error| error.to_string())?;
                }
            }
            // Those of the system that cannot be read are no use to anybody.
            None => {
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        // Named, so that it does not depend on what else is in the program.
        let provider = Arc::new(ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Tls { config: Arc::new(config), server: server.to_owned() })
    }
}

/// A connection.
pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Stream {
    /// Puts a connection in clear within TLS: the whole handshake, so that it is known afterwards
    /// who the server is.
    ///
    /// # Errors
    /// What the system or TLS says.
    pub(super) fn secure(mut tcp: TcpStream, tls: &Tls) -> io::Result<Stream> {
        let name = ServerName::try_from(tls.server.clone()).map_err(io::Error::other)?;
        let connection = ClientConnection::new(Arc::clone(&tls.config), name);
        let mut connection = connection.map_err(io::Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut tcp)?;
        }
        Ok(Stream::Tls(Box::new(StreamOwned::new(connection, tcp))))
    }

    pub(super) fn is_encrypted(&self) -> bool {
        matches!(self, Stream::Tls(_))
    }

    /// How long the other side may be silent.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn set_silence(&self, time: Duration) -> io::Result<()> {
        let tcp = match self {
            Stream::Plain(tcp) => tcp,
            Stream::Tls(tls) => &tls.sock,
        };
        tcp.set_read_timeout(Some(time))?;
        tcp.set_write_timeout(Some(time))
    }
}

impl Read for Stream {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(tcp) => tcp.read(to),
            Stream::Tls(tls) => tls.read(to),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(tcp) => tcp.write(bytes),
            Stream::Tls(tls) => tls.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(tcp) => tcp.flush(),
            Stream::Tls(tls) => tls.flush(),
        }
    }
}
