//! Evidence: the accepted signatures, to keep and to verify.

use kamusm_cades::{
    validate::{self, Policy, Report, RevocationScope},
    x509::certificate::Certificate,
};
use serde::Deserialize;

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::Config,
    error::{Code, Error},
    protocol::{dialect::Operation, wire::content_digest},
};

/// As much as a whole submission may have.
const MAX_OCTETS: usize = 2 * 1024 * 1024;

/// An accepted signature, or the record of an e-onay.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// What the service calls it.
    pub id: String,
    /// The sign session it was made in.
    #[serde(default)]
    pub session_id: Option<String>,
    /// The text that was signed.
    #[serde(default)]
    pub document_id: Option<String>,
    /// `application/cms` for a signature.
    pub media_type: String,
    /// How many octets.
    pub length: usize,
    /// `sha-256=:…:` of its octets.
    pub digest: String,
    /// When it was kept, RFC 3339.
    pub created_at: String,
}

impl Evidence {
    /// Evidence that is known by its id, media type and digest; what the rest says is left empty.
    pub fn new(id: impl Into<String>, media_type: impl Into<String>, digest: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            session_id: None,
            document_id: None,
            media_type: media_type.into(),
            length: 0,
            digest: digest.into(),
            created_at: String::new(),
        }
    }

    /// Asks for all evidence of an application.
    pub fn list(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Vec<Self>> {
        Call::list(config, &number.ask(Operation::EvidenceList, token))
    }

    /// Asks for the octets: exactly those of [`Evidence::digest`].
    pub fn download(
        &self,
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
    ) -> Call<Vec<u8>> {
        let expected = self.digest.clone();
        let ask = number.ask(Operation::Evidence, token).about(&self.id);
        let call = Call::new(config, &ask, move |answered| {
            let octets = answered.digested_octets()?;
            if content_digest(&octets) == expected {
                return Ok(octets);
            }
            Err(Error::new(Code::DigestMismatch, "the evidence is another than the one listed"))
        });
        let media_type = self.media_type.clone();
        call.sent(|request| request.for_octets(&media_type, MAX_OCTETS))
    }
}

/// Judges a signature on this machine: against these roots, at this time, with the text where the signature does not
/// hold it (EN 319 102-1). Revocation is not asked for here; a missing answer is a warning of the report.
pub fn verify(cms: &[u8], text: Option<&[u8]>, roots: &[Certificate], at_unix_s: i64) -> Report {
    let mut policy = Policy::new(roots.to_vec(), at_unix_s);
    policy.revocation.required = RevocationScope::None;
    validate::validate(cms, text, &policy)
}
