//! What a session did and saw, for the comparison.

use kamusm::session::{Outcome, OutcomeKind, Requirements, SignRequest, Texts};
use kamusm_cades::algorithm::SignatureAlgorithm;
use serde_json::{Value, json};

use crate::{error, hex::hex};

#[derive(Default)]
pub(crate) struct Trace {
    kinds: Vec<&'static str>,
    waits: Vec<&'static str>,
    pub(crate) show: Value,
    pub(crate) choose: Value,
    pub(crate) sign: Value,
    pub(crate) countdown: Value,
    pub(crate) pin_errors: Vec<Value>,
    pub(crate) stale: Value,
    pub(crate) log: Value,
    pub(crate) thrown: Value,
    outcome: Option<Outcome>,
}

impl Trace {
    /// The same kind again is told once: how often a request is sent is the network's matter.
    pub(crate) fn kind(&mut self, kind: &'static str) {
        if self.kinds.last() != Some(&kind) {
            self.kinds.push(kind);
        }
    }

    pub(crate) fn wait(&mut self, reason: &'static str) {
        if !self.waits.contains(&reason) {
            self.waits.push(reason);
        }
    }

    pub(crate) fn end(&mut self, outcome: &Outcome) {
        self.outcome = Some(outcome.clone());
    }

    pub(crate) fn into_value(self) -> Value {
        let outcome = self.outcome.as_ref();
        let receipt = outcome.and_then(|outcome| outcome.receipt.as_ref()).map(|receipt| {
            json!({
                "application": receipt.application,
                "received_at": receipt.received_at,
                "signing_time": receipt.signing_time,
                "anchored": receipt.anchored,
                "jws": receipt.jws,
            })
        });
        json!({
            "kinds": self.kinds,
            "waits": self.waits,
            "show": self.show,
            "choose": self.choose,
            "sign": self.sign,
            "countdown": self.countdown,
            "pin_errors": self.pin_errors,
            "stale": self.stale,
            "outcome": outcome.map(|outcome| name(outcome.kind)),
            "error": error::optional(outcome.and_then(|outcome| outcome.error.as_ref())),
            "return_to": outcome.and_then(|outcome| outcome.return_to.as_ref()),
            "receipt": receipt,
            "signed_in": outcome
                .and_then(|outcome| outcome.signed_in.as_ref())
                .map(|person| json!({ "name": person.name, "tckn": person.tckn })),
            "cms": outcome.map(|outcome| outcome.signatures.iter().map(hex).collect::<Vec<_>>()),
            "may_have_arrived": outcome.map(|outcome| outcome.may_have_arrived),
            "log": self.log,
            "thrown": self.thrown,
        })
    }
}

pub(crate) fn show(texts: &Texts) -> Value {
    let facts = texts.facts();
    let text = |text: &kamusm::session::Text| json!({ "title": text.title, "octets": hex(&text.octets), "profile_checked": text.profile_checked });
    json!({
        "service": facts.service,
        "origin": facts.origin,
        "applicant_name": facts.applicant_name,
        "applicant_tckn": facts.applicant_tckn,
        "application": facts.application,
        "institution": facts.institution,
        "product": facts.product,
        "warnings": facts.warnings,
        "created_at": facts.created_at,
        "match_code": facts.match_code,
        "texts": texts.items().iter().map(text).collect::<Vec<_>>(),
    })
}

pub(crate) fn choose(requirements: &Requirements) -> Value {
    let refusals = requirements.refusals().iter().map(
        |refusal| json!({ "fingerprint": hex(refusal.fingerprint), "error": error::trace(&refusal.error) }),
    );
    json!({ "applicant_tckn": requirements.applicant_tckn(), "refusals": refusals.collect::<Vec<_>>() })
}

pub(crate) fn sign(request: &SignRequest) -> Value {
    let items = request
        .items()
        .iter()
        .map(|item| json!({ "algorithm": algorithm(item.algorithm), "digest": hex(&item.digest) }));
    json!({
        "certificate": hex(request.certificate().der()),
        "items": items.collect::<Vec<_>>(),
        "signing_time_unix_s": request.signing_time_unix_s(),
        "failure": error::optional(request.failure()),
    })
}

fn algorithm(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::RsaPkcs1Sha256 => "rsa-sha256",
        SignatureAlgorithm::EcdsaP256Sha256 => "ecdsa-p256-sha256",
        SignatureAlgorithm::EcdsaP384Sha384 => "ecdsa-p384-sha384",
        SignatureAlgorithm::EcdsaP521Sha512 => "ecdsa-p521-sha512",
        _ => "unknown",
    }
}

fn name(kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::Accepted => "accepted",
        OutcomeKind::Received => "received",
        OutcomeKind::Rejected => "rejected",
        OutcomeKind::Cancelled => "cancelled",
        OutcomeKind::Expired => "expired",
        OutcomeKind::Unknown => "unknown",
        OutcomeKind::Failed => "failed",
        _ => "new",
    }
}
