//! What a person does in a browser or on a telephone, without the library.

use std::{
    thread,
    time::{Duration, Instant},
};

use reqwest::{
    Method,
    blocking::{Client, RequestBuilder, Response},
    header::{ETAG, IF_MATCH, LOCATION},
    redirect,
};
use serde_json::{Value, json};

use super::Stage;
use crate::chance;

/// Of the e-Devlet simulator, which shows it on its page.
const PASSWORD: &str = "deneme";
/// How long a busy machine takes to ask.
const PATIENCE: Duration = Duration::from_secs(30);

impl Stage {
    /// The ETag of what stands there.
    pub(crate) fn etag(&self, path: &str) -> Result<String, String> {
        let answer = done(self.request(Method::GET, path)?)?;
        let tag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
        tag.map(str::to_owned).ok_or_else(|| format!("{path} has no ETag"))
    }

    /// Saves the form without a change of its open fields: Devam.
    pub(crate) fn save_form_as_it_is(&self) -> Result<(), String> {
        self.save_form(|_| {})
    }

    /// Saves the form with another value of one field.
    pub(crate) fn save_form_with(&self, field: &str, value: &str) -> Result<(), String> {
        self.save_form(|values| values[field] = json!(value))
    }

    fn save_form(&self, change: impl FnOnce(&mut Value)) -> Result<(), String> {
        let path = format!("/api/v1/applications/{}/form", self.application);
        let form = self.ask(&path, Some(&self.person_token()?))?;
        let form: Value = serde_json::from_slice(&form).map_err(|why| why.to_string())?;
        let mut values = form["values"].clone();
        for locked in form["locked"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            values.as_object_mut().and_then(|values| values.remove(locked));
        }
        change(&mut values);
        let request = self.request(Method::PUT, &path)?.header(IF_MATCH, self.etag(&path)?);
        done(json_body(request, &json!({ "values": values }))).map(|_| ())
    }

    /// The code of the last SMS.
    pub(crate) fn sms_code(&self) -> Result<String, String> {
        let messages = self.sandbox.admin().outbox().map_err(|why| why.to_string())?;
        let code = messages.iter().rev().find_map(kamusm_sandbox::Message::code);
        code.map(str::to_owned).ok_or("no SMS with a code was sent".to_owned())
    }

    /// Another program takes the code and does nothing more.
    pub(crate) fn redeem(&self, code: &str) -> Result<(), String> {
        let client = json!({ "name": "parity", "version": "1.0", "sdk_version": "0.1.0" });
        let accept = json!({ "profiles": ["CAdES-B-B"], "digests": ["sha-256"] });
        let address = format!("{}/api/v1/sign-sessions", self.sandbox.base_url());
        let request = Client::new().post(address).header("idempotency-key", idempotency_key());
        let body = json!({ "code": code, "client": client, "accept": accept });
        done(json_body(request, &body)).map(|_| ())
    }

    /// Does it once somebody waits for a change.
    pub(crate) fn when_waited_for<T>(&self, act: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        let end = Instant::now() + PATIENCE;
        while self.sandbox.admin().waiting() == 0 {
            if Instant::now() > end {
                return Err("nobody waits".to_owned());
            }
            thread::yield_now();
        }
        act()
    }

    /// The person signs in at the address; where the browser is sent back to.
    pub(crate) fn through_edevlet(&self, address: &str) -> Result<String, String> {
        let (page, query) = address.split_once('?').ok_or("the address asks for nothing")?;
        let typed = format!("{query}&tckn={}&password={PASSWORD}&action=giris", self.tckn);
        let browser = Client::builder().redirect(redirect::Policy::none()).build();
        let browser = browser.map_err(|why| why.to_string())?;
        let answer = browser
            .post(page)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(typed)
            .send()
            .map_err(|why| why.to_string())?;
        let back = answer.headers().get(LOCATION).and_then(|back| back.to_str().ok());
        back.map(str::to_owned).ok_or_else(|| format!("e-Devlet answers {}", answer.status()))
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, String> {
        let address = format!("{}{path}", self.sandbox.base_url());
        Ok(Client::new().request(method, address).bearer_auth(self.person_token()?))
    }
}

fn json_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header("content-type", "application/json").body(body.to_string())
}

fn done(request: RequestBuilder) -> Result<Response, String> {
    let answer = request.send().map_err(|why| why.to_string())?;
    if answer.status().is_success() {
        return Ok(answer);
    }
    Err(format!("the service answers {}: {}", answer.status(), answer.text().unwrap_or_default()))
}

fn idempotency_key() -> String {
    (0..4).map(|_| chance::tckn()).collect()
}
