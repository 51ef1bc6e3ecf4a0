//! The default transport: reqwest with rustls, one kept connection, no redirects (feature `http`).

use std::{
    io::Read,
    sync::mpsc,
    thread::{self, JoinHandle},
    time::Duration,
};

use kamusm_token::cancel::CancelToken;
use reqwest::{blocking, redirect};

use crate::{
    config::{Config, Proxy},
    drive::{Failure, Transport},
    error::{Code, Error, Result},
    request::{Method, Request, Response, TransportFailure},
};

/// How often a waiting caller looks whether it was cancelled.
const LOOK: Duration = Duration::from_millis(20);

/// Performs requests; shareable between sessions and threads.
#[derive(Clone, Debug)]
pub struct HttpClient {
    client: blocking::Client,
}

impl HttpClient {
    /// A client with the configuration's trust roots and proxy.
    pub fn new(config: &Config) -> Result<Self> {
        let mut builder = blocking::Client::builder()
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_millis(config.timeout_ms().min(10_000)))
            // A kept connection outlives the 150 s in which the person reads and types.
            .pool_idle_timeout(Duration::from_secs(180));
        builder = match config.proxy() {
            Proxy::System => builder,
            Proxy::None => builder.no_proxy(),
            Proxy::Url(url) => builder
                .proxy(reqwest::Proxy::all(url).map_err(|_| wrong("the proxy's address is not a URL"))?),
        };
        if let Some(pem) = config.trust_roots_pem() {
            let roots = reqwest::Certificate::from_pem_bundle(pem)
                .map_err(|_| wrong("the trust roots are not PEM certificates"))?;
            builder = builder.tls_certs_only(roots);
        }
        let client = builder.build().map_err(|_| wrong("the HTTP client cannot be set up"))?;
        Ok(Self { client })
    }

    /// The exchange runs on a thread of its own, so that a cancelled caller need not wait for the network.
    fn start(
        &self,
        request: &Request,
    ) -> (mpsc::Receiver<Result<Response, TransportFailure>>, JoinHandle<()>) {
        let (sender, receiver) = mpsc::channel();
        let (client, request) = (self.client.clone(), request.clone());
        let thread = thread::spawn(move || {
            // The caller may be gone.
            let _ = sender.send(exchange(&client, &request));
        });
        (receiver, thread)
    }
}

impl Transport for HttpClient {
    fn perform(&self, request: &Request, cancel: &CancelToken) -> Result<Response, Failure> {
        if cancel.is_cancelled() && !request.after_cancel {
            return Err(Failure::Cancelled);
        }
        let (exchange, thread) = self.start(request);
        loop {
            match exchange.recv_timeout(LOOK) {
                Ok(answer) => {
                    // The host may free the client and unload the library next: nothing of ours runs then.
                    let _ = thread.join();
                    return answer.map_err(Failure::Transport);
                }
                Err(mpsc::RecvTimeoutError::Timeout) if cancel.is_cancelled() => {
                    return Err(Failure::Cancelled);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(Failure::Transport(TransportFailure::Unreachable));
                }
            }
        }
    }
}

fn exchange(client: &blocking::Client, request: &Request) -> Result<Response, TransportFailure> {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut builder = client.request(method, &request.url).timeout(Duration::from_millis(request.timeout_ms));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    if !request.body.is_empty() {
        builder = builder.body(request.body.clone());
    }
    let response = builder.send().map_err(|error| failure(&error))?;
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
    let headers = headers.collect();
    let limit = request.max_response_octets;
    let mut body = Vec::new();
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    response.take(one_more).read_to_end(&mut body).map_err(|_| TransportFailure::Unreachable)?;
    if body.len() > limit {
        return Err(TransportFailure::TooLarge);
    }
    Ok(Response::new(status, headers, body))
}

fn failure(error: &reqwest::Error) -> TransportFailure {
    if error.is_timeout() {
        return TransportFailure::Timeout;
    }
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(current) = cause {
        if is_tls(current) {
            return TransportFailure::Tls;
        }
        cause = current.source();
    }
    TransportFailure::Unreachable
}

/// Whether the error is one of TLS; an error of I/O holds it, and does not tell it as its source.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let held = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || held.is_some_and(|held| held.is::<rustls::Error>() || is_tls(held))
}

fn wrong(reason: &str) -> Error {
    Error::new(Code::Config, reason)
}
