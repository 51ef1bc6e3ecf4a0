//! The service without threads, port and clock of its own: requests are handed to it as values. For simulations, which
//! decide what happens when; nothing here is different but what is around the service.

use std::cell::RefCell;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::digest::{Context, SHA256};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse as _;
use kamusm_test_ca::{Issued, LeafSpec};
use tower::ServiceExt as _;

use crate::admin::{AdminError, EvidenceRow, IssuedCode};
use crate::connection::Peer;
use crate::domain::control;
use crate::domain::pki::{Ocsp, issue};
use crate::domain::service::Service;
use crate::domain::submission::worker;
use crate::http;
use crate::sandbox::{Builder, DATABASE, StartError, open};
use crate::store::{Setup, Store};

thread_local! {
    static CHANCE: RefCell<Option<Chance>> = const { RefCell::new(None) };
}

/// The octets of a seed, block by block.
struct Chance {
    seed: u64,
    count: u64,
}

/// From now on what this thread takes as random follows from the seed, and none of it is secret.
pub fn seed(seed: u64) {
    CHANCE.set(Some(Chance { seed, count: 0 }));
}

/// Fills with the octets of the thread's seed; false where it has none.
pub(crate) fn fill(octets: &mut [u8]) -> bool {
    CHANCE.with_borrow_mut(|chance| {
        let Some(chance) = chance else { return false };
        for part in octets.chunks_mut(32) {
            let mut block = Context::new(&SHA256);
            block.update(&chance.seed.to_be_bytes());
            block.update(&chance.count.to_be_bytes());
            chance.count += 1;
            part.copy_from_slice(&block.finish().as_ref()[..part.len()]);
        }
        true
    })
}

/// What arrives of a request.
#[derive(Clone)]
pub struct Arrival {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body, as much of it as arrives.
    pub body: Vec<u8>,
    /// The connection breaks in the middle of the body.
    pub is_broken: bool,
}

/// What is answered.
#[derive(Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A service that does only what it is asked to, in the thread that asks.
pub struct InProcess {
    service: Arc<Service>,
    router: Router,
}

impl Builder {
    /// Opens the service over the database of this directory, through this SQLite VFS, with one connection.
    pub async fn in_process(self, directory: &Path, vfs: &'static str) -> Result<InProcess, StartError> {
        let setup = Setup { vfs: Some(vfs), connections: 1 };
        let store = Store::open(&directory.join(DATABASE), &setup).await?;
        let service = open(self, store, BASE_URL.to_owned()).await?;
        Ok(InProcess { router: http::router(service.clone()), service })
    }
}

/// Nobody listens there.
pub const BASE_URL: &str = "http://127.0.0.1:1";

impl InProcess {
    /// Answers a request.
    pub async fn call(&self, arrival: Arrival) -> Answer {
        let peer = Peer::new(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 2));
        let mut request = Request::builder().method(arrival.method.as_str()).uri(arrival.path);
        for (name, value) in &arrival.headers {
            request = request.header(name, value);
        }
        let body = if arrival.is_broken { http::broken_body(arrival.body) } else { Body::from(arrival.body) };
        let response = match request.extension(ConnectInfo(peer)).body(body) {
            Ok(request) => match self.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        };
        let (parts, body) = response.into_parts();
        let headers = parts
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        let headers = headers.collect();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
        Answer { status: parts.status.as_u16(), headers, body }
    }

    /// The worker's turn: one try for everything that is `received`. False where the database could not be read.
    pub async fn finish_received(&self) -> bool {
        worker::finish_all(&self.service).await.is_ok()
    }

    /// Issues a code as the person's page would, from this machine.
    pub async fn issue_sign_code(&self, application: &str) -> Result<IssuedCode, AdminError> {
        let (id, code) = control::issue_sign_code(&self.service, application).await?;
        Ok(IssuedCode { id, code })
    }

    /// Issues a certificate.
    pub async fn issue_certificate(&self, spec: LeafSpec) -> Result<Issued, AdminError> {
        Ok(issue::issue(&self.service, spec).await?)
    }

    /// The accepted signatures of an order.
    pub async fn evidence(&self, application: &str) -> Result<Vec<EvidenceRow>, AdminError> {
        let rows = control::evidence(&self.service, application).await?;
        Ok(rows.into_iter().map(EvidenceRow::from).collect())
    }

    /// Whether the database is in order.
    pub async fn is_intact(&self) -> bool {
        self.service.store.is_intact().await.unwrap_or(false)
    }

    /// Whether the OCSP responder answers.
    pub fn set_ocsp(&self, ocsp: Ocsp) {
        self.service.pki.set_ocsp(ocsp);
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.service.store.close().await;
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").finish_non_exhaustive()
    }
}
