//! The pages and the token endpoint of the e-Devlet simulator.

use askama::Template;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::SignedIn;
use crate::domain::problem::{Kind, Problem};
use crate::domain::sign_in::edevlet;
use crate::http::Shared;
use crate::http::caller::Address;
use crate::http::form::{Form, Parameters};
use crate::http::problem::Refused;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(show_authorization, give_authorization))
        .routes(routes!(exchange_code))
}

/// No scripts, nothing from elsewhere, no frame. Where the form leads is not limited: it goes on to the client.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/// The request of the client, RFC 6749, 4.1.1 and RFC 7636, 4.3.
#[derive(Deserialize, utoipa::IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
struct Authorization {
    /// `code`
    #[serde(default)]
    response_type: String,
    /// `kamusm-sdk` or the portal's own.
    client_id: String,
    /// For the SDK `http://127.0.0.1:<port>/…` or `tr.gov.kamusm.app:/giris`.
    redirect_uri: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    state: String,
    /// SHA-256 of the verifier in base64url, 43 letters.
    #[serde(default)]
    code_challenge: String,
    /// `S256`
    #[serde(default)]
    code_challenge_method: String,
}

impl Authorization {
    fn asked(&self) -> edevlet::Asked<'_> {
        edevlet::Asked {
            response_type: &self.response_type,
            client_id: &self.client_id,
            redirect_uri: &self.redirect_uri,
            state: &self.state,
            code_challenge: &self.code_challenge,
            code_challenge_method: &self.code_challenge_method,
        }
    }
}

#[derive(Template)]
#[template(path = "e-devlet.html")]
struct Page<'a> {
    asked: &'a Authorization,
    tckn: &'a str,
    password: &'static str,
    is_refused: bool,
}

impl Page<'_> {
    fn show(&self) -> Result<Response, Problem> {
        let text = self.render().map_err(|error| {
            tracing::error!(%error, "a page cannot be written");
            Problem::new(Kind::Internal)
        })?;
        let headers = [
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        Ok((headers, Html(text)).into_response())
    }
}

/// The e-Devlet simulator's page
///
/// For a browser. The answer goes to `redirect_uri` with `code` and `state`, or with `error` (RFC 6749, 4.1.2).
#[utoipa::path(
    get,
    path = "/oauth/authorize",
    tag = "sign-in",
    params(Authorization),
    responses(
        (status = 200, content_type = "text/html", body = String),
        (status = 303, description = "Back to the client with an error"),
        (status = "default", response = Refused)
    )
)]
async fn show_authorization(
    State(service): State<Shared>,
    Parameters(asked): Parameters<Authorization>,
) -> Result<Response, Problem> {
    let way_back = edevlet::way_back(&service, &asked.asked())?;
    match edevlet::fault(&asked.asked()) {
        Some(error) => Ok(Redirect::to(&way_back.refused(error)).into_response()),
        None => Page { asked: &asked, tckn: "", password: edevlet::PASSWORD, is_refused: false }.show(),
    }
}

/// What the page sends.
#[derive(Deserialize, ToSchema)]
struct Consent {
    #[serde(flatten)]
    asked: Authorization,
    #[serde(default)]
    tckn: String,
    #[serde(default)]
    password: String,
    /// `vazgec` where the person does not want to.
    #[serde(default)]
    action: String,
}

/// The e-Devlet simulator's form
#[utoipa::path(
    post,
    path = "/oauth/authorize",
    tag = "sign-in",
    request_body(content = Consent, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, content_type = "text/html", body = String, description = "Number or password were wrong"),
        (status = 303, description = "Back to the client"),
        (status = "default", response = Refused)
    )
)]
async fn give_authorization(
    State(service): State<Shared>,
    Address(address): Address,
    Form(consent): Form<Consent>,
) -> Result<Response, Problem> {
    let Consent { asked, tckn, password, action } = &consent;
    if action == "vazgec" {
        let way_back = edevlet::way_back(&service, &asked.asked())?;
        return Ok(Redirect::to(&way_back.refused("access_denied")).into_response());
    }
    match edevlet::authorize(&service, &asked.asked(), tckn, password, address).await {
        Ok(way_back) => Ok(Redirect::to(&way_back).into_response()),
        Err(problem) if problem.kind() == Kind::Forbidden => {
            Page { asked, tckn, password: edevlet::PASSWORD, is_refused: true }.show()
        }
        Err(problem) => Err(problem),
    }
}

/// The client's code, RFC 6749, 4.1.3.
#[derive(Deserialize, ToSchema)]
struct Exchange {
    /// `authorization_code`
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    code_verifier: String,
}

/// Exchange the code for the person's token
///
/// A code is good once and for a minute. Problems have the member `error` of RFC 6749, 5.2.
#[utoipa::path(
    post,
    path = "/oauth/token",
    tag = "sign-in",
    request_body(content = Exchange, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = SignedIn), (status = "default", response = Refused))
)]
async fn exchange_code(
    State(service): State<Shared>,
    Address(address): Address,
    Form(asked): Form<Exchange>,
) -> Result<Answer<SignedIn>, Problem> {
    let asked = edevlet::Exchange {
        grant_type: &asked.grant_type,
        code: &asked.code,
        redirect_uri: &asked.redirect_uri,
        client_id: &asked.client_id,
        code_verifier: &asked.code_verifier,
    };
    Ok(Answer(SignedIn::new(edevlet::exchange(&service, &asked, address).await?)))
}
