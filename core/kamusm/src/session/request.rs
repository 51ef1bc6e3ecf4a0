//! The request of each stage.

use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm_cades::algorithm::DigestAlgorithm;

use super::{Purpose, Session, Stage, arrival::PROFILE, internal};
use crate::{
    error::Result,
    protocol::{
        dialect::{Ask, Operation},
        message::{Accept, Cancellation, CertificateCheck, Client, Redemption, Submission, SubmissionItem},
        request::Request,
        wire::{self, MAX_DOCUMENT_OCTETS},
    },
};

/// The host is not answered for long after the person has left.
const FAREWELL_TIMEOUT_MS: u64 = 5_000;

impl Session {
    pub(super) fn stage_request(&self) -> Result<Request> {
        match &self.stage {
            Stage::Discovery => Ok(self.sent(&Ask::new(Operation::Discovery, &[]))),
            Stage::Redemption => self.redemption(),
            Stage::Challenge => Ok(self.challenge_request()),
            Stage::Response => self.response_request(),
            Stage::Session => Ok(self.sent(&self.ask(Operation::Session)?)),
            Stage::Confirmation => Ok(self.sent(&self.ask(Operation::Session)?).with_long_poll()),
            Stage::Document(index) => self.document(*index),
            Stage::Window => self.keyed(self.ask(Operation::OpenWindow)?, "window"),
            Stage::Checking => self.certificate_check(),
            Stage::Submission => self.submission(),
            Stage::Collection => Ok(self.sent(&self.ask(Operation::Submission)?).with_long_poll()),
            Stage::ReceiptKeys { .. } => self.receipt_keys(),
            Stage::Farewell(_) => self.farewell(),
            Stage::Reading | Stage::Choosing | Stage::Signing | Stage::Ended(_) => {
                Err(internal("this stage has no request"))
            }
        }
    }

    pub(super) fn extension_request(&self) -> Result<Request> {
        self.keyed(self.ask(Operation::ExtendWindow)?, "extension")
    }

    fn redemption(&self) -> Result<Request> {
        let Purpose::Approval(Some(code)) = &self.purpose else { return Err(internal("there is no code")) };
        let code = code.written();
        let message = Redemption {
            code: &code,
            client: Client {
                name: self.config.client_name(),
                version: self.config.client_version(),
                sdk_version: env!("CARGO_PKG_VERSION"),
            },
            accept: Accept { profiles: &[PROFILE], digests: &["sha-256", "sha-384", "sha-512"] },
        };
        let key = key_of(&self.secret, "redeem");
        Ok(self.sent(&Ask::new(Operation::Redeem, &[]).key(&key).message(&message)))
    }

    fn document(&self, index: usize) -> Result<Request> {
        let body = &self.opened()?.body;
        let number = body.documents.get(index).map_or(index + 1, |document| document.index).to_string();
        let ask = Ask { about: vec![&body.id, &number], ..self.ask(Operation::Document)? };
        Ok(self.sent(&ask).for_octets("text/plain", MAX_DOCUMENT_OCTETS))
    }

    fn certificate_check(&self) -> Result<Request> {
        let signing = self.signing.as_ref().ok_or_else(|| internal("no certificate is chosen"))?;
        let message = CertificateCheck { certificate: BASE64.encode(signing.certificate.der()) };
        self.keyed(self.ask(Operation::CheckCertificate)?.message(&message), "check")
    }

    fn submission(&self) -> Result<Request> {
        let signing = self.signing.as_ref().ok_or_else(|| internal("no certificate is chosen"))?;
        let documents = &self.opened()?.body.documents;
        let items = documents.iter().zip(signing.signatures.iter().flatten());
        let items = items
            .map(|(document, cms)| SubmissionItem { document_id: &document.id, cms: BASE64.encode(cms) });
        let message = Submission { items: items.collect() };
        // One key for these bytes: other signatures are another submission.
        let key = key_of(&self.secret, &self.submission_label());
        Ok(self.sent(&self.ask(Operation::Submit)?.key(&key).message(&message)))
    }

    fn receipt_keys(&self) -> Result<Request> {
        let service = self.service.as_ref().ok_or_else(|| internal("the service is not known"))?;
        Ok(wire::get(&self.config, &service.jwks_uri))
    }

    fn farewell(&self) -> Result<Request> {
        let ask = self.ask(Operation::CancelSession)?.message(&Cancellation { reason: "user" });
        let mut request = self.keyed(ask, "cancellation")?;
        request.timeout_ms = FAREWELL_TIMEOUT_MS;
        request.after_cancel = true;
        Ok(request)
    }

    /// The same step is always sent with the same key.
    fn keyed(&self, ask: Ask<'_>, label: &str) -> Result<Request> {
        let key = self.idempotency_key(&format!("{label}-{}", self.occasion));
        Ok(self.sent(&Ask { key: Some(&key), ..ask }))
    }

    /// About the open session, with its token.
    fn ask(&self, operation: Operation) -> Result<Ask<'_>> {
        let opened = self.opened()?;
        Ok(Ask::new(operation, &[&opened.body.id]).token(&opened.token))
    }

    pub(super) fn sent(&self, ask: &Ask<'_>) -> Request {
        wire::request(&self.config, ask)
    }

    /// Of this run: after a resume an act is another one, but for redeeming and submitting.
    pub(super) fn idempotency_key(&self, label: &str) -> String {
        key_of(&self.entropy, label)
    }
}

/// 256 bits that nobody else can guess, the same for every repetition of the same request.
fn key_of(secret: &[u8; 32], label: &str) -> String {
    let mut hasher = DigestAlgorithm::Sha256.hasher();
    hasher.update(b"kamusm-idempotency\0");
    hasher.update(secret);
    hasher.update(label.as_bytes());
    BASE64_URL.encode(hasher.finish())
}
