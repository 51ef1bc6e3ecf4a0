//! The admin's door of the service, as far as it is needed here.

use std::{io, time::Duration};

use reqwest::blocking::Client;
use serde_json::{Value, json};

/// Whose applications all are; the person of the service's seed.
const TCKN: &str = "10000000146";

/// The door of one start of the service.
#[derive(Clone)]
pub struct Door {
    client: Client,
    base_url: String,
    token: String,
}

impl Door {
    pub(crate) fn new(base_url: &str, token: &str) -> Self {
        let client =
            Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap_or_default();
        Self { client, base_url: base_url.to_owned(), token: token.to_owned() }
    }

    /// A new application with this many texts and a fresh code for it.
    pub fn application(&self, number: &str, texts: u64) -> io::Result<String> {
        let order = json!({ "no": number, "texts": texts, "form": [["Ünvan", "Mühendis"]] });
        self.post(&format!("/persons/{TCKN}/orders"), &order)?;
        self.code(number)
    }

    /// A fresh code.
    pub fn code(&self, application: &str) -> io::Result<String> {
        let issued = self.post(&format!("/orders/{application}/sign-codes"), &Value::Null)?;
        let code = issued["code"].as_str();
        code.map(str::to_owned).ok_or_else(|| io::Error::other("the service issued no code"))
    }

    /// Something goes wrong with the next request of this kind.
    pub fn fault(&self, method: &str, path_end: &str, kind: &str) -> io::Result<()> {
        let rule = json!({ "method": method, "path_end": path_end, "kind": kind });
        self.post("/faults", &rule).map(drop)
    }

    /// The service's clock goes on.
    pub fn advance(&self, seconds: u32) -> io::Result<()> {
        self.post("/clock", &json!({ "advance_seconds": seconds })).map(drop)
    }

    /// Turns something on or off.
    pub fn switch(&self, name: &str, value: Value) -> io::Result<()> {
        let body = Value::Object([(name.to_owned(), value)].into_iter().collect());
        let request = self.client.put(format!("{}/admin/v1/switches", self.base_url));
        self.ask(request, &body).map(drop)
    }

    fn post(&self, path: &str, body: &Value) -> io::Result<Value> {
        self.ask(self.client.post(format!("{}/admin/v1{path}", self.base_url)), body)
    }

    fn ask(&self, request: reqwest::blocking::RequestBuilder, body: &Value) -> io::Result<Value> {
        let request = request.bearer_auth(&self.token).header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().map_err(io::Error::other)?;
        let status = answer.status();
        let text = answer.text().map_err(io::Error::other)?;
        if !status.is_success() {
            return Err(io::Error::other(format!("the service answered {status}: {text}")));
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Door({})", self.base_url)
    }
}
