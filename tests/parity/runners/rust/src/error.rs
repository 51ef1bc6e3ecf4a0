//! Errors as the traces show them.

use kamusm::error::{Error, FieldError, Language};
use serde_json::{Value, json};

pub(crate) fn trace(error: &Error) -> Value {
    json!({
        "code": error.code().number(),
        "category": error.category() as i32,
        "retryable": error.is_retryable(),
        "http_status": error.http_status(),
        "problem": error.problem(),
        "retry_after_s": error.retry_after_s(),
        "ck_rv": error.ck_rv(),
        "pin_tries_left": error.pin_tries_left(),
        "used_pin_try": error.used_pin_try(),
        "tr": error.sentence(Language::Turkish),
        "en": error.sentence(Language::English),
    })
}

pub(crate) fn optional(error: Option<&Error>) -> Value {
    error.map_or(Value::Null, trace)
}

/// An error of a single call: with what the service says of fields, tries and who else is to blame.
pub(crate) fn of_call(error: &Error) -> Value {
    let mut trace = trace(error);
    trace["fields"] = fields(error.fields());
    trace["attempts_left"] = json!(error.attempts_left());
    trace["upstream"] = json!(error.upstream());
    trace
}

pub(crate) fn fields(fields: &[FieldError]) -> Value {
    fields.iter().map(|field| json!({ "pointer": field.pointer, "code": field.code.word() })).collect()
}
