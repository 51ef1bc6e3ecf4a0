//! The configuration of a scenario, its transport, and the signing service that stands for somebody's HSM.

use kamusm::{
    config::{Config, Environment, Proxy},
    drive::{Failure, Transport},
    error::{Language, Result},
    http::HttpClient,
    request::{Request, Response, TransportFailure},
};
use kamusm_token::cancel::CancelToken;
use reqwest::blocking::Client;

use crate::scenario::Scenario;

pub(crate) fn config(scenario: &Scenario) -> Result<Config> {
    let mut builder = Config::builder(scenario.text("base_url"), Environment::Sandbox);
    if let Some(name) = scenario.get("client") {
        builder = builder.client(name, "1.0");
    }
    if let Some(language) = scenario.get("language") {
        builder = builder.language(if language == "en" { Language::English } else { Language::Turkish });
    }
    if let Some(milliseconds) = scenario.number("timeout_ms") {
        builder = builder.timeout_ms(milliseconds);
    }
    if scenario.get("intermediates").is_some() {
        builder = builder.intermediates_pem(&String::from_utf8_lossy(&scenario.file("intermediates")));
    }
    if scenario.get("trust_roots").is_some() {
        builder = builder.trust_roots_pem(&scenario.file("trust_roots"));
    }
    builder = match scenario.get("proxy") {
        None => builder,
        Some("system") => builder.proxy(Proxy::System),
        Some("none") => builder.proxy(Proxy::None),
        Some(url) => builder.proxy(Proxy::Url(url.to_owned())),
    };
    let keys: Vec<&str> = scenario.all("receipt_key").collect();
    builder.receipt_keys(&keys).other_text_profiles(scenario.get("other_text_profiles").is_some()).build()
}

/// The SDK's transport, or one that knows nothing of it.
pub(crate) enum Network {
    Sdk(HttpClient),
    Own(Client),
}

impl Network {
    pub(crate) fn new(scenario: &Scenario, config: &Config) -> Result<Self> {
        Ok(match scenario.get("http") {
            Some(_) => Self::Own(Client::new()),
            None => Self::Sdk(HttpClient::new(config)?),
        })
    }
}

impl Transport for Network {
    fn perform(&self, request: &Request, cancel: &CancelToken) -> Result<Response, Failure> {
        match self {
            Self::Sdk(client) => client.perform(request, cancel),
            Self::Own(client) => {
                exchange(client, request).map_err(|_| Failure::Transport(TransportFailure::Unreachable))
            }
        }
    }
}

fn exchange(client: &Client, request: &Request) -> reqwest::Result<Response> {
    let method = request.method.name().parse().unwrap_or_default();
    let mut builder = client.request(method, &request.url).body(request.body.clone());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let response = builder.send()?;
    let status = response.status().as_u16();
    let header = |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    let headers = response.headers().iter().filter_map(header).collect();
    Ok(Response::new(status, headers, response.bytes()?.to_vec()))
}

/// What the signing service answers: the signature over these octets.
pub(crate) fn remote_signature(address: &str, to_be_signed: &[u8]) -> Vec<u8> {
    let answer = Client::new().post(address).body(to_be_signed.to_vec()).send();
    answer.and_then(|answer| answer.bytes()).expect("the signing service answers").to_vec()
}
