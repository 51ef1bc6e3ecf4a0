//! Bodies of the sign-in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::digest::{field, sha256};
use crate::domain::mask;
use crate::domain::sign_in::eimza::{LIFETIME_S, MEDIA_TYPE};
use crate::domain::sign_in::{self, LIFETIME_S as TOKEN_LIFETIME_S};
use crate::domain::time::rfc3339;
use crate::http::discovery::SignaturePolicy;
use crate::store::challenge;

/// Nothing has to be said.
#[derive(Deserialize, ToSchema)]
pub(super) struct ChallengeRequest {}

/// A text to sign in with.
#[derive(Serialize, ToSchema)]
pub(super) struct Challenge {
    id: String,
    /// The octets that are shown and signed, in base64.
    text: String,
    #[schema(value_type = String)]
    media_type: &'static str,
    length: usize,
    /// RFC 9530, sha-256.
    digest: String,
    created_at: String,
    /// Seconds.
    expires_in: u32,
    signature_policy: SignaturePolicy,
}

impl Challenge {
    pub(super) fn new(challenge: &challenge::Challenge) -> Self {
        Self {
            id: challenge.id.clone(),
            text: STANDARD.encode(&challenge.text),
            media_type: MEDIA_TYPE,
            length: challenge.text.len(),
            digest: field(&sha256(&challenge.text)),
            created_at: rfc3339(challenge.created_at),
            expires_in: LIFETIME_S,
            signature_policy: SignaturePolicy::ONLY,
        }
    }
}

/// The signature over the text.
#[derive(Deserialize, ToSchema)]
pub(super) struct SignedText {
    /// The CMS in base64.
    pub(super) cms: String,
}

/// The person's token, RFC 6749, 5.1.
#[derive(Serialize, ToSchema)]
pub(super) struct SignedIn {
    access_token: String,
    #[schema(value_type = String)]
    token_type: &'static str,
    /// Seconds.
    expires_in: u32,
    person: MaskedPerson,
}

/// A person as others may see them.
#[derive(Serialize, ToSchema)]
pub(super) struct MaskedPerson {
    name: String,
    tckn: String,
}

impl SignedIn {
    pub(super) fn new(signed_in: sign_in::SignedIn) -> Self {
        let person = &signed_in.person;
        Self {
            person: MaskedPerson { name: mask::name(&person.name), tckn: mask::tckn(&person.tckn) },
            access_token: signed_in.token,
            token_type: "Bearer",
            expires_in: TOKEN_LIFETIME_S,
        }
    }
}
