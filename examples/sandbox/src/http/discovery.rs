//! Discovery: what a client must know before it sends a code.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Refused;
use super::{JSON_OCTETS, SUBMISSION_OCTETS, Shared, prefer};
use crate::domain::application::sign_code::LIFETIME_S;
use crate::domain::policy;
use crate::domain::rate::SESSION_REQUESTS;
use crate::domain::session::{EXTENSIONS, GRACE_S, HARD_END_S, SUBMISSIONS, WINDOW_S};
use crate::domain::text;

/// The environment's name.
pub(super) const ENVIRONMENT: &str = "sandbox";

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(get_configuration))
        .routes(routes!(get_health))
        .routes(routes!(get_keys))
}

/// The service in its own words.
#[derive(Serialize, ToSchema)]
struct Configuration {
    /// The service's origin; receipts name it.
    issuer: String,
    /// `sandbox` or `production`.
    #[schema(value_type = String)]
    environment: &'static str,
    /// Versions of the protocol, newest last.
    #[schema(value_type = Vec<String>)]
    api_versions: [&'static str; 1],
    /// Keys of the receipts, RFC 7517.
    jwks_uri: String,
    /// Sign-in by e-Devlet, RFC 8414.
    authorization_endpoint: String,
    /// Sign-in by e-Devlet, RFC 8414.
    token_endpoint: String,
    limits: Limits,
    code_format: CodeFormat,
    signature_policies: Vec<SignaturePolicy>,
    /// Profiles of the texts to sign.
    #[schema(value_type = Vec<String>)]
    text_profiles: [&'static str; 1],
    min_client: MinClient,
    support: Support,
}

#[derive(Serialize, ToSchema)]
struct Limits {
    json_octets: usize,
    submission_octets: usize,
    document_octets: usize,
    documents: usize,
    window_seconds: u32,
    grace_seconds: u32,
    hard_end_seconds: u32,
    extensions: i64,
    submissions: i64,
    long_poll_seconds: u32,
    session_requests_per_minute: i64,
}

#[derive(Serialize, ToSchema)]
struct CodeFormat {
    /// The symbols, in the order of their values.
    #[schema(value_type = String)]
    alphabet: &'static str,
    /// Symbols without the dashes.
    length: usize,
    /// The first symbol of this environment's codes.
    #[schema(value_type = String)]
    environment_symbol: &'static str,
    lifetime_seconds: i64,
}

/// How texts are signed.
#[derive(Serialize, ToSchema)]
pub(super) struct SignaturePolicy {
    /// `CAdES-B-B`: the four signed attributes of BTK profile P1.
    #[schema(value_type = String)]
    pub(super) profile: &'static str,
    #[schema(value_type = Vec<String>)]
    pub(super) digests: [&'static str; 3],
    /// Whether the text is inside the CMS.
    pub(super) attached: bool,
}

impl SignaturePolicy {
    pub(super) const ONLY: Self = Self { profile: policy::PROFILE, digests: policy::DIGESTS, attached: true };
}

#[derive(Serialize, ToSchema)]
struct MinClient {
    /// The oldest SDK that is served.
    sdk_version: String,
}

#[derive(Serialize, ToSchema)]
struct Support {
    #[schema(value_type = String)]
    phone: &'static str,
    #[schema(value_type = String)]
    email: &'static str,
}

/// What a client must know before it sends a code
#[utoipa::path(
    get,
    path = "/.well-known/kamusm-configuration",
    tag = "discovery",
    responses((status = 200, body = Configuration), (status = "default", response = Refused))
)]
async fn get_configuration(State(service): State<Shared>) -> Json<Configuration> {
    Json(Configuration {
        issuer: service.base_url.clone(),
        environment: ENVIRONMENT,
        api_versions: ["v1"],
        authorization_endpoint: format!("{}/oauth/authorize", service.base_url),
        token_endpoint: format!("{}/oauth/token", service.base_url),
        jwks_uri: format!("{}/.well-known/jwks.json", service.base_url),
        limits: Limits {
            json_octets: JSON_OCTETS,
            submission_octets: SUBMISSION_OCTETS,
            document_octets: text::MAX_OCTETS,
            documents: 10,
            window_seconds: WINDOW_S,
            grace_seconds: GRACE_S,
            hard_end_seconds: HARD_END_S,
            extensions: EXTENSIONS,
            submissions: SUBMISSIONS,
            long_poll_seconds: prefer::LONGEST_S,
            session_requests_per_minute: SESSION_REQUESTS.most,
        },
        code_format: CodeFormat {
            alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
            length: 16,
            environment_symbol: "S",
            lifetime_seconds: LIFETIME_S,
        },
        signature_policies: vec![SignaturePolicy::ONLY],
        text_profiles: ["urn:kamusm:signed-text:1"],
        min_client: MinClient { sdk_version: policy::min_sdk() },
        support: Support { phone: policy::SUPPORT_PHONE, email: "bilgi@kamusm.gov.tr" },
    })
}

#[derive(Serialize, ToSchema)]
struct Health {
    #[schema(value_type = String)]
    status: &'static str,
}

/// Whether the service is up
#[utoipa::path(
    get,
    path = "/health",
    tag = "discovery",
    responses((status = 200, body = Health), (status = "default", response = Refused))
)]
async fn get_health() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Keys of the receipts; retired ones stay.
#[derive(Serialize, ToSchema)]
struct KeySet {
    keys: Vec<Key>,
}

/// A P-256 key, RFC 7518 6.2.
#[derive(Serialize, ToSchema)]
struct Key {
    #[schema(value_type = String)]
    kty: &'static str,
    #[schema(value_type = String)]
    crv: &'static str,
    x: String,
    y: String,
    /// RFC 7638 thumbprint.
    kid: String,
    #[serde(rename = "use")]
    #[schema(value_type = String)]
    purpose: &'static str,
    #[schema(value_type = String)]
    alg: &'static str,
}

/// Keys of the receipts, RFC 7517
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "discovery",
    responses((status = 200, body = KeySet), (status = "default", response = Refused))
)]
async fn get_keys(State(service): State<Shared>) -> Json<KeySet> {
    let (x, y) = service.receipts.coordinates();
    let kid = service.receipts.kid().to_owned();
    Json(KeySet { keys: vec![Key { kty: "EC", crv: "P-256", x, y, kid, purpose: "sig", alg: "ES256" }] })
}
