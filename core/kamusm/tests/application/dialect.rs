//! The seam under the calls and the machine holds: a wire with other paths, other names and another envelope.

mod envelope;
mod service;

use std::sync::Arc;

use kamusm::{
    Code, Session,
    application::{Application, ApplicationNumber, PersonToken, State},
    approval::{Approval, EOnay, MethodCode},
    call::Call,
    config::{Config, Environment},
    error::FieldErrorCode,
    form::{Form, FormValues},
    idempotency::IdempotencyKey,
    person::Me,
    session::{Outcome, OutcomeKind, VerificationCode},
};

use crate::walk::walk;

use self::{envelope::Envelope, service::Service};

fn config() -> Config {
    Config::builder("https://baska.example", Environment::Sandbox)
        .dialect(Arc::new(Envelope))
        .build()
        .unwrap()
}

fn perform<T>(service: &mut Service, call: &Call<T>) -> kamusm::error::Result<T> {
    call.decode(&service.answer(call.request()))
}

fn walked(service: &mut Service, session: Session) -> (Outcome, Vec<&'static str>) {
    let (certificate, key) = (service.issued.certificate_der.clone(), service.key());
    walk(session, &certificate, &key, |request| service.answer(request))
}

#[test]
fn a_sign_session_ends_with_its_receipt() {
    let mut service = Service::new();
    let code = VerificationCode::parse(service::CODE).unwrap();
    let (outcome, kinds) = walked(&mut service, Session::new(code, &config(), [7; 32]));
    assert_eq!(outcome.kind, OutcomeKind::Accepted, "{:?}", outcome.error);
    assert_eq!(outcome.receipt.unwrap().application, "SD-1");
    assert_eq!(kinds, ["send", "send", "send", "send", "show", "choose", "send", "sign", "send", "send"]);
    let asked = ["kesif", "kod-al", "metin", "sure-baslat", "sertifika-bak", "imza-ver", "anahtarlar"];
    assert_eq!(service.asked, asked);
}

#[test]
fn a_sign_in_ends_with_its_token() {
    let mut service = Service::new();
    let (outcome, kinds) = walked(&mut service, Session::sign_in(&config(), [7; 32]));
    assert_eq!(outcome.kind, OutcomeKind::Accepted, "{:?}", outcome.error);
    assert_eq!(kinds, ["send", "send", "show", "choose", "sign", "send"]);
    let signed_in = outcome.signed_in.unwrap();
    assert_eq!((signed_in.name.as_str(), signed_in.expires_in_s), ("I*** Ö****", 900));
    let me = perform(&mut service, &Me::read(&config(), &signed_in.token)).unwrap();
    assert_eq!((me.name.as_str(), me.institutions[0].name.as_str()), ("I*** Ö****", "Deneme Kurumu"));
}

#[test]
fn the_calls_speak_it_too() {
    let mut service = Service::new();
    let config = config();
    let token = PersonToken::parse(service::TOKEN).unwrap();
    let number = ApplicationNumber::parse("SD-1").unwrap();
    let key = IdempotencyKey::new([1; 32]);

    let rows = perform(&mut service, &Application::list(&config, &token)).unwrap();
    assert_eq!((rows[0].no.as_str(), rows[0].state.clone()), ("SD-1", State::FormSaved));

    let form = perform(&mut service, &Form::read(&config, &token, &number)).unwrap();
    assert_eq!((form.values.get("email"), form.etag.as_str()), (Some("a@b.tr"), "\"1\""));
    let values: FormValues = [("email", "c@d.tr")].into_iter().collect();
    let saved = perform(&mut service, &Form::save(&config, &token, &number, &form.etag, &values)).unwrap();
    assert_eq!((saved.values.get("email"), saved.etag.as_str()), (Some("c@d.tr"), "\"2\""));
    let stale = perform(&mut service, &Form::save(&config, &token, &number, "\"0\"", &values)).unwrap_err();
    assert_eq!(stale.code(), Code::FormChanged);
    let wrong = [("email", "c")].into_iter().collect();
    let error = perform(&mut service, &Form::save(&config, &token, &number, "\"2\"", &wrong)).unwrap_err();
    assert_eq!((error.code(), error.fields()[0].code.clone()), (Code::FormInvalid, FieldErrorCode::Format));
    assert_eq!(error.fields()[0].pointer, "/values/email");

    let approval = perform(&mut service, &Approval::read(&config, &token, &number)).unwrap();
    assert_eq!(approval.methods[0].code, MethodCode::EOnay);
    let views = ["v1".to_owned()];
    let wish = EOnay { view_ids: &views, form_digest: &approval.form_digest, accepted: true };
    let result = perform(&mut service, &Approval::approve(&config, &token, &number, &wish, &key)).unwrap();
    assert_eq!(result.title, "İşlem Başarılı");

    let stranger = PersonToken::parse("nobody").unwrap();
    let error = perform(&mut service, &Application::list(&config, &stranger)).unwrap_err();
    assert_eq!(error.code(), Code::Unauthenticated);
}
