//! A door with TLS before the service, with the faults that TLS can have (protocol, section 8).

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::io::{AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};

/// What is wrong with a TLS door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsFault {
    /// Nothing.
    None,
    /// The certificate is for another host.
    OtherHost,
    /// The certificate is over.
    Expired,
    /// The certificate comes from a root that nobody knows.
    UnknownRoot,
    /// The connection is dropped during the handshake.
    Dropped,
    /// The door speaks no TLS.
    PlainHttp,
}

/// An address with TLS; closed when dropped.
#[derive(Debug)]
pub struct TlsDoor {
    address: SocketAddr,
    root: String,
    closed: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsDoorError {
    /// The port or the thread.
    #[error("the door cannot be opened")]
    Io(#[from] io::Error),
    /// The certificates.
    #[error("the door's certificates cannot be made")]
    Certificate(#[from] rcgen::Error),
    /// The configuration of TLS.
    #[error("the door cannot speak TLS")]
    Tls(#[from] tokio_rustls::rustls::Error),
}

impl TlsDoor {
    /// A door to the service at this address.
    pub(crate) fn open(service: SocketAddr, fault: TlsFault) -> Result<Self, TlsDoorError> {
        let (root, acceptor) = authority(fault)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
        let address = listener.local_addr()?;
        let (closed, closing) = oneshot::channel();
        let thread = thread::Builder::new().name("tls-door".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = keep(listener, service, fault, acceptor) => {}
                    _ = closing => {}
                }
            });
        })?;
        Ok(Self { address, root, closed: Some(closed), thread: Some(thread) })
    }

    /// `https://127.0.0.1:port`
    pub fn base_url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The root to trust, PEM.
    pub fn root_pem(&self) -> &str {
        &self.root
    }
}

impl Drop for TlsDoor {
    fn drop(&mut self) {
        drop(self.closed.take());
        if let Some(thread) = self.thread.take() {
            // A door that panicked has said why.
            let _ = thread.join();
        }
    }
}

async fn keep(listener: TcpListener, service: SocketAddr, fault: TlsFault, acceptor: TlsAcceptor) {
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            if let Err(error) = pass(stream, service, fault, acceptor).await {
                tracing::debug!(%error, "a connection through the door ended");
            }
        });
    }
}

async fn pass(
    mut stream: TcpStream,
    service: SocketAddr,
    fault: TlsFault,
    acceptor: TlsAcceptor,
) -> io::Result<()> {
    match fault {
        TlsFault::Dropped => return stream.shutdown().await,
        TlsFault::PlainHttp => return stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await,
        _ => {}
    }
    let mut within = acceptor.accept(stream).await?;
    let mut behind = TcpStream::connect(service).await?;
    copy_bidirectional(&mut within, &mut behind).await.map(drop)
}

/// The root that is handed out, and a certificate of it, or of another one.
fn authority(fault: TlsFault) -> Result<(String, TlsAcceptor), TlsDoorError> {
    let (known, unknown) = (root()?, root()?);
    let host = if fault == TlsFault::OtherHost { "other.example" } else { "127.0.0.1" };
    let mut params = CertificateParams::new(vec![host.to_owned()])?;
    if fault == TlsFault::Expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    }
    let issuer = if fault == TlsFault::UnknownRoot { &unknown.1 } else { &known.1 };
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, issuer)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    Ok((known.0, TlsAcceptor::from(Arc::new(config))))
}

fn root() -> Result<(String, Issuer<'static, KeyPair>), TlsDoorError> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok((certificate.pem(), Issuer::new(params, key)))
}
