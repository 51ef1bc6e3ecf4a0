//! The bodies of the sign session as the core reads and writes them; unknown members are left out.

use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::sign_code::SessionState;

/// `/.well-known/kamusm-configuration`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Discovery {
    pub issuer: String,
    pub environment: String,
    pub jwks_uri: String,
}

/// The code for a session; the only request that carries it.
#[derive(Serialize)]
pub(crate) struct Redemption<'a> {
    pub code: &'a str,
    pub client: Client<'a>,
    pub accept: Accept<'a>,
}

/// Who asks, in a redemption.
#[derive(Debug, Serialize)]
pub(crate) struct Client<'a> {
    pub name: &'a str,
    pub version: &'a str,
    pub sdk_version: &'a str,
}

/// What the client can do, in a redemption.
#[derive(Debug, Serialize)]
pub(crate) struct Accept<'a> {
    pub profiles: &'a [&'a str],
    pub digests: &'a [&'a str],
}

/// The redemption's answer.
#[derive(Clone, Deserialize)]
pub(crate) struct Redeemed {
    pub token: String,
    pub session: SessionBody,
}

/// The session as the service tells it.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct SessionBody {
    pub id: String,
    pub state: SessionState,
    pub server_time: String,
    pub created_at: String,
    #[serde(default)]
    pub expires_in: Option<u64>,
    #[serde(default)]
    pub hard_expires_in: Option<u64>,
    #[serde(default)]
    pub extensions_left: u32,
    #[serde(default)]
    pub grace_seconds: u64,
    pub environment: String,
    pub service: Service,
    pub applicant: Applicant,
    pub application: Application,
    #[serde(default)]
    pub documents: Vec<Document>,
    pub signature_policy: SignaturePolicy,
    #[serde(default)]
    pub match_code: Option<String>,
    #[serde(default)]
    pub submissions_left: u32,
}

/// Where the person is.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Service {
    pub name: String,
    pub origin: String,
}

/// Who is to sign; masked by the service.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Applicant {
    pub name: String,
    pub tckn: String,
}

/// What is applied for.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Application {
    pub no: String,
    #[serde(default)]
    pub institution: String,
    #[serde(default)]
    pub product: String,
    #[serde(default)]
    pub warnings: Vec<String>,
}

/// A text to sign.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Document {
    pub id: String,
    pub index: usize,
    pub count: usize,
    pub title: String,
    pub media_type: String,
    pub length: usize,
    pub digest: String,
}

/// How to sign.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct SignaturePolicy {
    pub profile: String,
    pub attached: bool,
}

/// A text to sign in with.
#[derive(Deserialize)]
pub(crate) struct Challenge {
    pub id: String,
    pub text: String,
    pub media_type: String,
    pub length: usize,
    pub digest: String,
    pub created_at: String,
    pub expires_in: u64,
    pub signature_policy: SignaturePolicy,
}

/// The signed text of a challenge.
#[derive(Debug, Serialize)]
pub(crate) struct ChallengeResponse {
    pub cms: String,
}

/// The certificate to be checked before the PIN.
#[derive(Debug, Serialize)]
pub(crate) struct CertificateCheck {
    pub certificate: String,
}

/// The signatures.
#[derive(Debug, Serialize)]
pub(crate) struct Submission<'a> {
    pub items: Vec<SubmissionItem<'a>>,
}

/// One signature.
#[derive(Debug, Serialize)]
pub(crate) struct SubmissionItem<'a> {
    pub document_id: &'a str,
    pub cms: String,
}

/// What became of a submission.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Submitted {
    pub state: SessionState,
    #[serde(default)]
    pub receipt: Option<String>,
    /// Why the last submission was refused.
    #[serde(default)]
    pub problem: Option<Problem>,
}

/// Why the person cancels.
#[derive(Debug, Serialize)]
pub(crate) struct Cancellation<'a> {
    pub reason: &'a str,
}

/// The service's keys, RFC 7517.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct KeySet {
    pub keys: Vec<Key>,
}

/// A P-256 key, RFC 7518 6.2.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Key {
    pub kty: String,
    #[serde(default)]
    pub kid: Option<String>,
    #[serde(default)]
    pub crv: Option<String>,
    #[serde(default)]
    pub x: Option<String>,
    #[serde(default)]
    pub y: Option<String>,
}
