//! The page of the simulated virtual POS: no card is asked for, a button pays. Outside the protocol's description.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;

use super::Shared;
use crate::domain::application::payment;
use crate::domain::problem::{Kind, Problem};

/// Nothing is loaded, and the page can be in no frame.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/pos/{id}", get(page).post(pay))
}

async fn page(State(service): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let pos = payment::pos(&service, &id).await?;
    let body = if pos.is_open {
        "<form method=\"post\"><button type=\"submit\">Öde</button></form>"
    } else if pos.is_paid {
        "<p role=\"status\">Ödeme alındı. Bu sayfayı kapatabilirsiniz.</p>"
    } else {
        "<p role=\"status\">Bu ödeme artık yapılamaz. Başvuru sayfasından yeniden başlatın.</p>"
    };
    let amount = pos.intent.amount_kurus;
    let page = format!(
        "<!doctype html><html lang=\"tr\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Sanal POS (deneme)</title>\
         <style>body{{font:1.125rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}\
         button{{font:inherit;padding:.75rem 2rem}}</style>\
         <main><h1>Sanal POS (deneme)</h1><p>Sipariş No: {no}</p><p>Tutar: {lira},{kurus:02} TL</p>\
         <p>Bu sayfa bir denemedir; kart bilgisi istenmez, para çekilmez.</p>{body}</main></html>",
        no = escape(&pos.intent.application_no),
        lira = amount / 100,
        kurus = amount % 100,
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The address is the credential: no other site is told of it, and no cache keeps the page.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Html(page)).into_response())
}

async fn pay(
    State(service): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Redirect, Problem> {
    // A browser names the page that a form was on; a form of another site pays nothing.
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    if origin.is_some_and(|origin| origin != service.base_url) {
        return Err(Kind::Forbidden.into());
    }
    payment::pay(&service, &id).await?;
    Ok(Redirect::to(&format!("/pos/{}", escape(&id))))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
