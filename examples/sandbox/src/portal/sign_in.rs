//! Giriş: by e-Devlet (the OAuth simulator) or by e-İmza, and Çıkış.

use askama::Template;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;

use super::action::file;
use super::cookie;
use super::page::{Page, Session};
use crate::domain::digest::sha256;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::{random_token, same};
use crate::domain::sign_in::{self, SignedIn, edevlet, eimza};
use crate::domain::time::seconds_left;
use crate::http::Shared;
use crate::http::caller::Address;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Choice<'a> {
    page: &'a Page,
}

pub(super) async fn page(page: Page) -> Result<Response, Problem> {
    page.show(&Choice { page: &page })
}

/// Sends the browser to e-Devlet. State and verifier wait in a cookie: only this browser can bring the answer.
pub(super) async fn to_edevlet(State(service): State<Shared>) -> Response {
    let (state, verifier) = (random_token(), random_token());
    let challenge = URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes()));
    let back = url::form_urlencoded::byte_serialize(back(&service).as_bytes()).collect::<String>();
    let address = format!(
        "/oauth/authorize?response_type=code&client_id={}&redirect_uri={back}&state={state}\
         &code_challenge={challenge}&code_challenge_method=S256",
        edevlet::PORTAL
    );
    let mut response = Redirect::to(&address).into_response();
    cookie::set(response.headers_mut(), cookie::SIGN_IN, &format!("{state}.{verifier}"));
    response
}

fn back(service: &Shared) -> String {
    format!("{}{}", service.base_url, edevlet::PORTAL_RETURN)
}

#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// What e-Devlet answered by the browser.
pub(super) async fn from_edevlet(
    State(service): State<Shared>,
    Address(address): Address,
    Query(answer): Query<Answer>,
    headers: axum::http::HeaderMap,
) -> Result<Response, Problem> {
    let kept = cookie::read(&headers, cookie::SIGN_IN).and_then(|kept| kept.split_once('.'));
    let (state, verifier) = kept.ok_or(Kind::Forbidden)?;
    if !same(state.as_bytes(), answer.state.as_bytes()) {
        return Err(Kind::Forbidden.into());
    }
    if answer.code.is_empty() {
        // The person changed their mind there.
        return Ok(Redirect::to("/giris").into_response());
    }
    let exchange = edevlet::Exchange {
        grant_type: "authorization_code",
        code: &answer.code,
        redirect_uri: &back(&service),
        client_id: edevlet::PORTAL,
        code_verifier: verifier,
    };
    let mut response = admitted(&edevlet::exchange(&service, &exchange, address).await?);
    cookie::remove(response.headers_mut(), cookie::SIGN_IN);
    Ok(response)
}

/// The session begins with a value that nobody knew before.
fn admitted(signed_in: &SignedIn) -> Response {
    let mut response = Redirect::to("/").into_response();
    cookie::set(response.headers_mut(), cookie::SESSION, &signed_in.token);
    response
}

pub(super) async fn begin_eimza(
    State(service): State<Shared>,
    Address(address): Address,
) -> Result<Redirect, Problem> {
    let challenge = eimza::begin(&service, address).await?;
    Ok(Redirect::to(&format!("/giris/e-imza/{}", challenge.id)))
}

#[derive(Template)]
#[template(path = "sign_in_eimza.html")]
struct Eimza<'a> {
    page: &'a Page,
    id: &'a str,
    text: &'a str,
    seconds: u32,
}

/// The text to sign in with: a program signs it, the signature comes back as a file.
pub(super) async fn eimza_page(
    State(service): State<Shared>,
    Path(id): Path<String>,
    page: Page,
) -> Result<Response, Problem> {
    let challenge = eimza::read(&service, &id).await?;
    let text = String::from_utf8_lossy(&challenge.text);
    let seconds = seconds_left(challenge.expires_at, service.now());
    page.show(&Eimza { page: &page, id: &id, text: &text, seconds })
}

pub(super) async fn eimza_text(
    State(service): State<Shared>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let challenge = eimza::read(&service, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"giris.txt\""),
    ];
    Ok((headers, challenge.text).into_response())
}

pub(super) async fn finish_eimza(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Address(address): Address,
    form: Multipart,
) -> Result<Response, Problem> {
    let octets = file(form, "cms").await.ok_or(Kind::Malformed)?;
    Ok(admitted(&eimza::finish(&service, &id, &der(&octets), address).await?))
}

/// Programs write a CMS as it is, or as PEM.
fn der(octets: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(octets) else { return octets.to_vec() };
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    STANDARD.decode(lines.collect::<String>()).unwrap_or_else(|_| octets.to_vec())
}

pub(super) async fn leave(State(service): State<Shared>, session: Session) -> Result<Response, Problem> {
    if let Session(Some(token)) = session {
        sign_in::sign_out(&service, &token).await?;
    }
    let mut response = Redirect::to("/giris").into_response();
    cookie::remove(response.headers_mut(), cookie::SESSION);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_comes_as_it_is_or_as_pem() {
        let pem = "-----BEGIN CMS-----\nMAMC\nAQE=\n-----END CMS-----\n";
        assert_eq!(der(pem.as_bytes()), [0x30, 3, 2, 1, 1]);
        assert_eq!(der(&[0x30, 0x80, 0xFF]), [0x30, 0x80, 0xFF]);
    }
}
