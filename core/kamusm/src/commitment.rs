//! The taahhütname: its text, and the proof that it was read to its end.

use serde::{Deserialize, Serialize};

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::Config,
    error::{Code, Error},
    idempotency::IdempotencyKey,
    protocol::{
        dialect::{Ask, Operation},
        wire::{MAX_DOCUMENT_OCTETS, content_digest},
    },
};

/// A text that the person must read before approving.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Commitment {
    /// What the service calls it.
    pub id: String,
    /// Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi.
    pub title: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// `sha-256=:…:` of its octets.
    pub digest: String,
    /// How many octets.
    pub length: usize,
}

impl Commitment {
    /// A taahhütname that is known by its id and the digest of its text; what the rest says is left empty.
    pub fn new(id: impl Into<String>, digest: impl Into<String>) -> Self {
        let (id, digest) = (id.into(), digest.into());
        Self { id, title: String::new(), version: String::new(), digest, length: 0 }
    }

    /// Asks for the text: UTF-8, exactly the octets of [`Commitment::digest`], at most 64 KiB.
    pub fn content(&self, config: &Config, token: &PersonToken) -> Call<String> {
        let expected = self.digest.clone();
        let ask = Ask::new(Operation::Commitment, &[&self.id]).token(token.as_str());
        let call = Call::new(config, &ask, move |answered| {
            let octets = answered.digested_octets()?;
            if content_digest(&octets) != expected {
                return Err(Error::new(
                    Code::CommitmentChanged,
                    "the text is another than the one announced",
                ));
            }
            String::from_utf8(octets).map_err(|_| Error::new(Code::BadResponse, "the text is not UTF-8"))
        });
        call.sent(|request| request.for_octets("text/plain", MAX_DOCUMENT_OCTETS))
    }

    /// Tells that the person opened the text and, with `read_to_end`, read it to its end; the answer is the view's id
    /// for [`crate::approval::EOnay::view_ids`] and [`crate::sign_code::SignCode::issue`].
    pub fn view(
        &self,
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        read_to_end: bool,
        key: &IdempotencyKey,
    ) -> Call<String> {
        #[derive(Serialize)]
        struct View<'a> {
            commitment_id: &'a str,
            digest: &'a str,
            read_to_end: bool,
        }
        #[derive(Deserialize)]
        struct Viewed {
            view_id: String,
        }
        let view = View { commitment_id: &self.id, digest: &self.digest, read_to_end };
        let ask = number.ask(Operation::ViewCommitment, token).key(key.as_str()).message(&view);
        Call::new(config, &ask, |answered| answered.message::<Viewed>().map(|viewed| viewed.view_id))
    }
}
