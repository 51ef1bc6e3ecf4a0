//! What needs no session: codes, configurations, the list of errors, identities.

use kamusm::{Code, Error, config::Environment, error::Language, session::VerificationCode};
use kamusm_token::{identity::Identity, pin::PinEntry};
use serde_json::{Value, json};

use crate::{error, hex::hex, network, person::Person, scenario::Scenario, told};

pub(crate) fn code(scenario: &Scenario) -> Value {
    let environment = VerificationCode::parse(scenario.text("code")).and_then(|code| code.environment());
    told("environment", environment.map(|environment| json!(Environment::name(environment))))
}

pub(crate) fn config(scenario: &Scenario) -> Value {
    let mut trace = told("ok", network::config(scenario).map(|_| json!(true)));
    trace["ok"] = json!(trace["ok"] == json!(true));
    trace
}

/// Every code there is, the small ones first.
pub(crate) fn errors() -> Value {
    let codes = Code::all().iter().map(|entry| {
        let code = entry.code;
        json!({
            "code": code.number(),
            "category": code.category() as i32,
            "retryable": code.is_retryable(),
            "tr": code.sentence(Language::Turkish),
            "en": code.sentence(Language::English),
        })
    });
    json!({ "codes": codes.collect::<Vec<_>>() })
}

pub(crate) fn identities(scenario: &Scenario) -> Value {
    let listed = Person::new(scenario).and_then(|person| person.identities());
    told("identities", listed.map(|list| list.iter().map(identity).collect()))
}

fn identity(identity: &Identity) -> Value {
    let refusal = identity.usable.as_ref().err().map(|why| {
        let refusal = Error::new(Code::from_unusable(why), why.to_string());
        error::trace(&refusal)
    });
    json!({
        "fingerprint": hex(identity.certificate.fingerprint()),
        "common_name": identity.certificate.common_name(),
        "not_before": identity.certificate.not_before(),
        "not_after": identity.certificate.not_after(),
        "refusal": refusal,
        "has_pin_pad": identity.pin.entry == PinEntry::Pad,
        "pin_tries_left": identity.pin.tries.left(),
    })
}
