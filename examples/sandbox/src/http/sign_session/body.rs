//! The bodies of the sign session, with their schemas.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::application::warnings;
use crate::domain::digest::field;
use crate::domain::mask;
use crate::domain::service::Service;
use crate::domain::session::certificate_check::Checked;
use crate::domain::session::read::Whole;
use crate::domain::session::{EXTENSIONS, GRACE_S, SUBMISSIONS, State, expires_in};
use crate::domain::text;
use crate::domain::time::{rfc3339, seconds_left};
use crate::http::discovery::{ENVIRONMENT, SignaturePolicy};

/// A code is redeemed.
#[derive(Deserialize, ToSchema)]
pub(super) struct Redemption {
    /// As the person typed or pasted it.
    pub(super) code: String,
    pub(super) client: Client,
    pub(super) accept: Option<Accept>,
}

/// The program that redeems.
#[derive(Deserialize, ToSchema)]
pub(super) struct Client {
    /// Shown on the portal.
    #[schema(max_length = 100)]
    pub(super) name: String,
    #[schema(max_length = 100)]
    pub(super) version: String,
    /// The library below it; compared with the configuration's `min_client`.
    pub(super) sdk_version: Option<String>,
}

/// What the program can make; what is left out is taken as everything.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct Accept {
    pub(super) profiles: Option<Vec<String>>,
    pub(super) digests: Option<Vec<String>>,
}

/// The session with the token for everything that follows.
#[derive(Serialize, ToSchema)]
pub(super) struct Redeemed {
    pub(super) session: Session,
    pub(super) token: String,
    #[schema(value_type = String)]
    pub(super) token_type: &'static str,
}

/// A sign session.
#[derive(Serialize, ToSchema)]
pub(super) struct Session {
    id: String,
    state: State,
    server_time: String,
    /// Oluşturma Tarihi; the texts hold the same characters.
    created_at: String,
    /// Kalan Süre: seconds left of the window; absent before it was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<u32>,
    hard_expires_in: u32,
    extensions_left: i64,
    grace_seconds: u32,
    #[schema(value_type = String)]
    environment: &'static str,
    service: ServiceName,
    applicant: Applicant,
    application: Application,
    documents: Vec<Document>,
    signature_policy: SignaturePolicy,
    /// Four digits that both screens show.
    match_code: String,
    submissions_left: i64,
}

#[derive(Serialize, ToSchema)]
struct ServiceName {
    #[schema(value_type = String)]
    name: &'static str,
    origin: String,
}

/// The person, masked.
#[derive(Serialize, ToSchema)]
struct Applicant {
    name: String,
    tckn: String,
}

#[derive(Serialize, ToSchema)]
struct Application {
    no: String,
    institution: String,
    product: String,
    reason: String,
    /// `revokes_existing`, `production_date_may_differ` or a later one.
    #[schema(value_type = Vec<String>)]
    warnings: Vec<&'static str>,
}

/// A text to sign.
#[derive(Serialize, ToSchema)]
struct Document {
    id: String,
    index: i64,
    count: usize,
    /// `İmzalanacak Metin 1:`
    title: String,
    #[schema(value_type = String)]
    media_type: &'static str,
    /// Octets.
    length: usize,
    /// As `Repr-Digest` has it: `sha-256=:…:`.
    digest: String,
}

impl Session {
    pub(super) fn new(service: &Service, whole: &Whole) -> Self {
        let Whole { session, application, applicant, documents, state, now } = whole;
        let count = documents.len();
        let texts = documents.iter().map(|document| Document {
            id: document.id.clone(),
            index: document.place,
            count,
            title: format!("İmzalanacak Metin {}:", document.place),
            media_type: text::MEDIA_TYPE,
            length: document.content.len(),
            digest: field(&document.digest),
        });
        Self {
            id: session.id.clone(),
            state: *state,
            server_time: rfc3339(*now),
            created_at: rfc3339(session.created_at),
            expires_in: expires_in(session, *now),
            hard_expires_in: seconds_left(session.hard_ends_at, *now),
            extensions_left: (EXTENSIONS - session.extensions_used).max(0),
            grace_seconds: GRACE_S,
            environment: ENVIRONMENT,
            service: ServiceName { name: "Kamu SM deneme hizmeti", origin: service.base_url.clone() },
            applicant: Applicant { name: mask::name(&applicant.name), tckn: mask::tckn(&applicant.tckn) },
            application: Application {
                no: application.no.clone(),
                institution: application.institution.clone(),
                product: application.product.clone(),
                reason: application.reason.clone(),
                warnings: warnings(application),
            },
            documents: texts.collect(),
            signature_policy: SignaturePolicy::ONLY,
            match_code: session.match_code.clone(),
            submissions_left: (SUBMISSIONS - session.submissions_used).max(0),
        }
    }
}

/// The certificate that is to sign.
#[derive(Deserialize, ToSchema)]
pub(super) struct CertificateCheck {
    /// DER, base64.
    pub(super) certificate: String,
}

/// The certificate may sign.
#[derive(Serialize, ToSchema)]
pub(super) struct CertificateChecked {
    /// SHA-256 of the certificate that is bound now, `sha-256=:…:`.
    certificate_digest: String,
    not_after: String,
    /// `tckn_checksum`, `expires_soon` or a later one.
    #[schema(value_type = Vec<String>)]
    warnings: Vec<&'static str>,
}

impl CertificateChecked {
    pub(super) fn new(checked: &Checked) -> Self {
        Self {
            certificate_digest: field(&checked.hash),
            not_after: rfc3339(checked.not_after_s.saturating_mul(1000)),
            warnings: checked.warnings.clone(),
        }
    }
}

/// Why the person gives up.
#[derive(Deserialize, ToSchema)]
pub(super) struct Cancellation {
    #[schema(max_length = 64)]
    pub(super) reason: String,
}

/// All signatures of the session.
#[derive(Deserialize, ToSchema)]
pub(super) struct Submission {
    pub(super) items: Vec<Item>,
}

/// One signature.
#[derive(Deserialize, ToSchema)]
pub(super) struct Item {
    pub(super) document_id: String,
    /// DER of the `ContentInfo`, base64.
    pub(super) cms: String,
}

/// What became of the signatures.
#[derive(Serialize, ToSchema)]
pub(super) struct Submitted {
    /// `received`, `accepted` or `rejected`.
    pub(super) state: State,
    pub(super) received_at: String,
    /// Compact JWS, ES256; its claims are `Claims`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<String>,
    /// Why it was rejected; as a problem document without `instance` and `request_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub(super) problem: Option<serde_json::Value>,
}
