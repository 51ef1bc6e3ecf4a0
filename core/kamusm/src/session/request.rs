//! The request of each stage.

use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm_cades::algorithm::DigestAlgorithm;

use super::{Session, Stage, arrival::PROFILE, internal};
use crate::{
    error::Result,
    protocol::{
        message::{Accept, Cancellation, CertificateCheck, Client, Redemption, Submission, SubmissionItem},
        request::{Method, Request},
        wire::{self, MAX_DOCUMENT_OCTETS},
    },
};

/// The host is not answered for long after the person has left.
const FAREWELL_TIMEOUT_MS: u64 = 5_000;

impl Session {
    pub(super) fn stage_request(&self) -> Result<Request> {
        match &self.stage {
            Stage::Discovery => {
                Ok(wire::request(&self.config, Method::Get, "/.well-known/kamusm-configuration"))
            }
            Stage::Redemption => Ok(self.redemption()),
            Stage::Confirmation => Ok(self.of_session(Method::Get, "")?.with_long_poll()),
            Stage::Document(index) => self.document(*index),
            Stage::Window => self.keyed("/window", "window"),
            Stage::Checking => self.certificate_check(),
            Stage::Submission => self.submission(),
            Stage::Collection => Ok(self.of_session(Method::Get, "/submission")?.with_long_poll()),
            Stage::ReceiptKeys { .. } => self.receipt_keys(),
            Stage::Farewell(_) => self.farewell(),
            Stage::Reading | Stage::Choosing | Stage::Signing | Stage::Ended(_) => {
                Err(internal("this stage has no request"))
            }
        }
    }

    pub(super) fn extension_request(&self) -> Result<Request> {
        self.keyed("/extensions", "extension")
    }

    fn redemption(&self) -> Request {
        let code = self.code.to_wire();
        let message = Redemption {
            code: &code,
            client: Client {
                name: self.config.client_name(),
                version: self.config.client_version(),
                sdk_version: env!("CARGO_PKG_VERSION"),
            },
            accept: Accept { profiles: &[PROFILE], digests: &["sha-256", "sha-384", "sha-512"] },
        };
        wire::request(&self.config, Method::Post, "/api/v1/sign-sessions")
            .with("idempotency-key", self.idempotency_key("redeem"))
            .with_json(&message)
    }

    fn document(&self, index: usize) -> Result<Request> {
        let number = self.opened()?.body.documents.get(index).map_or(index + 1, |document| document.index);
        let mut request = self.of_session(Method::Get, &format!("/documents/{number}"))?;
        request.max_response_octets = MAX_DOCUMENT_OCTETS;
        request.headers[0].1 = "text/plain, application/problem+json".into();
        Ok(request)
    }

    fn certificate_check(&self) -> Result<Request> {
        let signing = self.signing.as_ref().ok_or_else(|| internal("no certificate is chosen"))?;
        let message = CertificateCheck { certificate: BASE64.encode(signing.certificate.der()) };
        Ok(self.keyed("/certificate-checks", "check")?.with_json(&message))
    }

    fn submission(&self) -> Result<Request> {
        let signing = self.signing.as_ref().ok_or_else(|| internal("no certificate is chosen"))?;
        let documents = &self.opened()?.body.documents;
        let items = documents.iter().zip(signing.signatures.iter().flatten());
        let items = items
            .map(|(document, cms)| SubmissionItem { document_id: &document.id, cms: BASE64.encode(cms) });
        let message = Submission { items: items.collect() };
        // One key for these bytes: other signatures are another submission.
        let key = self.idempotency_key("submission");
        Ok(self.of_session(Method::Put, "/submission")?.with("idempotency-key", key).with_json(&message))
    }

    fn receipt_keys(&self) -> Result<Request> {
        let service = self.service.as_ref().ok_or_else(|| internal("the service is not known"))?;
        let mut request = wire::request(&self.config, Method::Get, "");
        request.url.clone_from(&service.jwks_uri);
        Ok(request)
    }

    fn farewell(&self) -> Result<Request> {
        let mut request =
            self.keyed("/cancellation", "cancellation")?.with_json(&Cancellation { reason: "user" });
        request.timeout_ms = FAREWELL_TIMEOUT_MS;
        request.after_cancel = true;
        Ok(request)
    }

    /// A POST of this session; the same step is always sent with the same key.
    fn keyed(&self, path: &str, label: &str) -> Result<Request> {
        let label = format!("{label}-{}", self.occasion);
        Ok(self.of_session(Method::Post, path)?.with("idempotency-key", self.idempotency_key(&label)))
    }

    fn of_session(&self, method: Method, path: &str) -> Result<Request> {
        let opened = self.opened()?;
        let path = format!("/api/v1/sign-sessions/{}{path}", opened.body.id);
        Ok(wire::request(&self.config, method, &path).with_token(&opened.token))
    }

    /// 256 bits that nobody else can guess, the same for every repetition of the same request.
    fn idempotency_key(&self, label: &str) -> String {
        let mut hasher = DigestAlgorithm::Sha256.hasher();
        hasher.update(b"kamusm-idempotency\0");
        hasher.update(self.entropy.as_slice());
        hasher.update(label.as_bytes());
        BASE64_URL.encode(hasher.finish())
    }
}
