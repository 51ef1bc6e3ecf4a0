//! The bodies of the person's side, with their schemas.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::application::machine::{Payment, Step};
use crate::domain::application::sign_code::Whole;
use crate::domain::application::status::{Status, status};
use crate::domain::application::warnings;
use crate::domain::application::{change, evidence, read};
use crate::domain::digest::field;
use crate::domain::problem::Problem;
use crate::domain::session::State;
use crate::domain::time::{rfc3339, seconds_left};
use crate::store;

/// A request without content: `{}`.
#[derive(Deserialize, ToSchema)]
pub(super) struct Empty {}

/// The person's orders, the latest first.
#[derive(Serialize, ToSchema)]
pub(super) struct List {
    pub(super) items: Vec<Application>,
}

/// An order.
#[derive(Serialize, ToSchema)]
#[schema(as = Order)]
pub(super) struct Application {
    /// Sipariş No
    no: String,
    /// Başvuru Tarihi
    applied_on: String,
    institution: String,
    product: String,
    /// `first`, `other`, `renewal`, `lost_or_stolen`, `hardware_fault`, `identity_change`, `pin_puk_lost` or a later one.
    reason: String,
    institution_change: bool,
    /// `institution` or `person`.
    payer: String,
    prepaid: bool,
    /// Başvuru Durumu
    status: Status,
    #[schema(value_type = Vec<String>)]
    warnings: Vec<&'static str>,
    /// How far it is; there may be later steps.
    state: Step,
    /// `pending`, `saved` or `submitted`.
    #[schema(value_type = String)]
    form: &'static str,
    payment: Payment,
    production: Production,
}

/// How far the card is.
#[derive(Serialize, ToSchema)]
struct Production {
    /// `not_started`, `scheduled`, `in_production`, `shipped` or `delivered`.
    #[schema(value_type = String)]
    state: &'static str,
    /// The first day of production, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest_on: Option<String>,
}

impl Application {
    pub(super) fn new(application: &store::application::Application) -> Result<Self, Problem> {
        let state = change::state(application)?;
        let form = match state.step {
            step if step.is_approved() => "submitted",
            Step::PreApplication => "pending",
            Step::Cancelled if application.form == "[]" => "pending",
            _ => "saved",
        };
        let production = match state.step {
            Step::ProductionPending => "scheduled",
            Step::InProduction => "in_production",
            Step::Shipped => "shipped",
            Step::Delivered | Step::Active => "delivered",
            _ => "not_started",
        };
        Ok(Self {
            no: application.no.clone(),
            applied_on: application.applied_on.clone(),
            institution: application.institution.clone(),
            product: application.product.clone(),
            reason: application.reason.clone(),
            institution_change: application.institution_change,
            payer: application.payer.clone(),
            prepaid: application.prepaid,
            status: status(application),
            warnings: warnings(application),
            state: state.step,
            form,
            payment: state.payment,
            production: Production { state: production, earliest_on: application.earliest_on.clone() },
        })
    }
}

/// The result page.
#[derive(Serialize, ToSchema)]
#[schema(as = Result)]
pub(super) struct Outcome {
    /// `waiting`, `received`, `done` or `rejected`.
    #[schema(value_type = String)]
    state: &'static str,
    /// "İşlem Başarılı" when it is done.
    #[schema(value_type = String)]
    title: &'static str,
    /// The receipt of the accepted signatures.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
    /// Where the order stands now; its text holds the next steps.
    status: Status,
}

impl Outcome {
    pub(super) fn new(outcome: &read::Outcome) -> Self {
        let submission = outcome.submission.as_ref();
        let (state, title) = match submission.map(|submission| submission.state.as_str()) {
            _ if outcome.is_approved => ("done", "İşlem Başarılı"),
            Some("received") => ("received", "İmzanız alındı, denetleniyor"),
            Some(_) => ("rejected", "İmza kabul edilmedi"),
            None => ("waiting", "İmza bekleniyor"),
        };
        Self {
            state,
            title,
            receipt: submission.and_then(|submission| submission.receipt.clone()),
            status: status(&outcome.application),
        }
    }
}

/// Accepted signatures and e-onays.
#[derive(Serialize, ToSchema)]
pub(super) struct EvidenceList {
    pub(super) items: Vec<Evidence>,
}

/// An accepted signature, or what was approved by e-onay.
#[derive(Serialize, ToSchema)]
pub(super) struct Evidence {
    id: String,
    /// Of a signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    /// Of a signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<String>,
    /// `application/cms`, or `application/json` for an e-onay
    #[schema(value_type = String)]
    media_type: &'static str,
    /// Octets.
    length: usize,
    /// `sha-256=:…:`
    digest: String,
    created_at: String,
}

impl Evidence {
    pub(super) fn new(evidence: evidence::Evidence) -> Self {
        let media_type = evidence.media_type();
        let (session_id, document_id) = evidence.signed.unzip();
        Self {
            id: evidence.id,
            session_id,
            document_id,
            media_type,
            length: evidence.octets.len(),
            digest: field(&evidence.digest),
            created_at: rfc3339(evidence.created_at),
        }
    }
}

/// A code is asked for.
#[derive(Deserialize, ToSchema)]
pub(super) struct SignCodeRequest {
    /// The proofs of reading.
    #[serde(default)]
    pub(super) view_ids: Vec<String>,
}

/// A doğrulama kodu.
#[derive(Serialize, ToSchema)]
pub(super) struct SignCode {
    id: String,
    /// `issued`, `redeemed`, `expired`, `revoked` or `cancelled`.
    state: String,
    /// `XXXX-XXXX-XXXX-XXXX`, until it is redeemed or over.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    created_at: String,
    /// Seconds left to redeem it.
    expires_in: u32,
    /// How often somebody tried it after it was redeemed.
    second_redemptions: i64,
    /// The session, once it is redeemed.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<CodeSession>,
}

/// What the page shows of the session.
#[derive(Serialize, ToSchema)]
struct CodeSession {
    state: State,
    /// Four digits that both screens show.
    match_code: String,
    client: CodeClient,
    created_at: String,
    hard_expires_in: u32,
}

/// The program that redeemed the code.
#[derive(Serialize, ToSchema)]
struct CodeClient {
    name: String,
    version: String,
    /// The network it is in, not its address.
    network: String,
    /// Whether the page is in another one.
    is_other_network: bool,
}

impl SignCode {
    pub(super) fn new(whole: &Whole) -> Self {
        let Whole { code, session, grouped, now } = whole;
        let session = session.as_ref().zip(whole.session_state()).map(|(session, state)| CodeSession {
            state,
            match_code: session.match_code.clone(),
            client: CodeClient {
                name: session.client_name.clone(),
                version: session.client_version.clone(),
                network: session.network.clone(),
                is_other_network: session.network != code.network,
            },
            created_at: rfc3339(session.created_at),
            hard_expires_in: seconds_left(session.hard_ends_at, *now),
        });
        Self {
            id: code.id.clone(),
            state: whole.state().to_owned(),
            code: grouped.clone(),
            created_at: rfc3339(code.created_at),
            expires_in: seconds_left(code.expires_at, *now),
            second_redemptions: code.second_redemptions,
            session,
        }
    }
}

/// The page's answer to "Bu siz misiniz?".
#[derive(Deserialize, ToSchema)]
pub(super) struct Confirmation {
    /// True: "Evet, benim". False: "Bu ben değilim", which ends session and code.
    pub(super) confirmed: bool,
}
