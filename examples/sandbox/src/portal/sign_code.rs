//! E-İmza: the page of the doğrulama kodu (TAL.01.16, Şekil 8), which follows what becomes of the code.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::page::{Own, Page};
use crate::domain::application::commitment;
use crate::domain::application::sign_code::{self, Proof, Whole};
use crate::domain::problem::Problem;
use crate::domain::service::Changing as _;
use crate::domain::session::State as Session;
use crate::domain::time::seconds_left;
use crate::http::Shared;
use crate::http::caller::Address;

/// How long the script's question waits for an answer.
const WAIT_S: u32 = 25;

/// What became of the code, as far as the page tells it.
enum Stage {
    /// Nobody has redeemed it.
    Issued {
        code: String,
    },
    /// Somebody in another place has: is it the person?
    Confirming,
    /// The person reads and signs.
    Signing,
    /// A signature was refused; another one may come.
    Rejected,
    /// A signature came and is being checked.
    Received,
    Accepted,
    /// The code or its session is over, by this word.
    Over {
        why: &'static str,
    },
}

impl Stage {
    fn of(whole: &Whole) -> Self {
        match (whole.session_state(), &whole.grouped) {
            (Some(Session::AwaitingConfirmation), _) => Self::Confirming,
            (Some(Session::Open | Session::Lapsed), _) => Self::Signing,
            (Some(Session::Rejected), _) => Self::Rejected,
            (Some(Session::Received), _) => Self::Received,
            (Some(Session::Accepted), _) => Self::Accepted,
            (Some(Session::Expired), _) => Self::Over { why: "expired" },
            (Some(Session::Cancelled), _) => Self::Over { why: "cancelled" },
            (Some(Session::Superseded), _) => Self::Over { why: "revoked" },
            (None, Some(code)) => Self::Issued { code: code.clone() },
            (None, None) => Self::Over {
                why: match whole.state() {
                    "revoked" => "revoked",
                    "cancelled" => "cancelled",
                    _ => "expired",
                },
            },
        }
    }
}

#[derive(Template)]
#[template(path = "sign_code.html")]
struct Code<'a> {
    page: &'a Page,
    no: &'a str,
    whole: &'a Whole,
    stage: Stage,
    seconds: u32,
    mark: String,
    service: &'a str,
}

impl Code<'_> {
    /// Minutes and seconds as a clock shows them.
    fn left(&self) -> String {
        format!("{}:{:02}", self.seconds / 60, self.seconds % 60)
    }

    /// Whether the page still waits for something.
    fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Over { .. } | Stage::Accepted)
    }
}

/// A new code; the ones before it are over.
pub(super) async fn issue(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Address(address): Address,
    own: Own,
) -> Result<Redirect, Problem> {
    let views = commitment::views(&service, &own.person, &no).await?;
    let whole = sign_code::issue(&service, &own.person, &no, Proof::Views(&views), address).await?;
    Ok(Redirect::to(&format!("/basvurularim/{no}/e-imza/{}", whole.code.id)))
}

pub(super) async fn page(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
) -> Result<Response, Problem> {
    let whole = sign_code::read(&service, &own.person, &no, &id).await?;
    let stage = Stage::of(&whole);
    if matches!(stage, Stage::Accepted) {
        return Ok(Redirect::to(&result(&no)).into_response());
    }
    own.page.show(&Code {
        page: &own.page,
        no: &no,
        seconds: seconds_left(whole.code.expires_at, whole.now),
        mark: whole.mark(),
        stage,
        whole: &whole,
        service: &service.base_url,
    })
}

fn result(no: &str) -> String {
    format!("/basvurularim/{no}/sonuc")
}

#[derive(Deserialize)]
pub(super) struct Known {
    /// What the page shows already.
    mark: String,
}

/// For the script: answers when something is different from what the page shows, or after a while.
pub(super) async fn state(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    Query(known): Query<Known>,
    own: Own,
) -> Result<Json<Value>, Problem> {
    let mut watch = service.watch(WAIT_S);
    let whole = loop {
        let whole = sign_code::read(&service, &own.person, &no, &id).await?;
        if whole.mark() != known.mark || watch.is_over(&whole).await {
            break whole;
        }
    };
    let next = matches!(Stage::of(&whole), Stage::Accepted).then(|| result(&no));
    Ok(Json(json!({ "mark": whole.mark(), "next": next })))
}

#[derive(Deserialize)]
pub(super) struct Confirmation {
    /// `yes` or `no`.
    is_me: String,
}

/// "Evet, benim" or "Bu ben değilim, iptal et".
pub(super) async fn confirm(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
    Form(answer): Form<Confirmation>,
) -> Result<Redirect, Problem> {
    sign_code::confirm(&service, &own.person, &no, &id, answer.is_me == "yes").await?;
    Ok(Redirect::to(&format!("/basvurularim/{no}/e-imza/{id}")))
}

pub(super) async fn withdraw(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
) -> Result<Redirect, Problem> {
    sign_code::withdraw(&service, &own.person, &no, &id).await?;
    Ok(Redirect::to(&format!("/basvurularim/{no}/e-imza/{id}")))
}
