//! The whole application through the core's own calls: sign-in, form, SMS, e-onay, payment, and the institution.

use kamusm::{
    Code,
    application::{Application, ApplicationNumber, FormState, PersonToken, Reason},
    approval::{Approval, EOnay, MethodCode},
    email::Email,
    error::FieldErrorCode,
    event::Event,
    evidence::Evidence,
    follow::Follow,
    form::{Form, FormValues},
    institution::{self, InstitutionId, PreApplication},
    payment::Payment,
    person::Me,
    phone::PhoneVerification,
    reference::Choice,
    result::ResultState,
    session::OutcomeKind,
    sms_code::SmsCode,
    tckn::Tckn,
};
use kamusm_sandbox::Seed;
use kamusm_test_flow::Desk;

fn filled(form: &Form) -> FormValues {
    let mut values = form.values.clone();
    for (name, value) in [
        ("certificate_duration", "3y"),
        ("card_reader", "none"),
        ("publish_certificate", "no"),
        ("email", "deneme@example.org"),
        ("gsm", "+905321234599"),
        ("operator", "turkcell"),
        ("info_channel", "sms"),
        ("institution", "Deneme Kurumu"),
        ("unit", "Bilgi İşlem"),
        ("job_title", "Mühendis"),
        ("work_phone", "0262 648 18 18"),
        ("extension", "1234"),
        ("province", "41"),
        ("delivery_method", "office"),
    ] {
        values.set(name, value);
    }
    values
}

#[test]
fn from_the_sign_in_to_the_payment() {
    let desk = Desk::new();
    let (config, tckn) = (&desk.config, &Seed::default().persons[0].tckn);
    let (kind, error, signed_in) = desk.sign_in(&desk.certificate(tckn), |_| {});
    assert_eq!((kind, error), (OutcomeKind::Accepted, None));
    let token = signed_in.unwrap().token;
    let me = desk.perform(&Me::read(config, &token)).unwrap();
    assert!(me.has_valid_certificate);
    desk.perform(&Me::consent_to_eonay(config, &token, true, &desk.key())).unwrap();
    let refused = desk.perform(&Me::consent_to_eonay(config, &token, false, &desk.key())).unwrap_err();
    assert_eq!(refused.code(), Code::NotAccepted);

    let number = ApplicationNumber::parse("SD-13712").unwrap();
    let form = desk.perform(&Form::read(config, &token, &number)).unwrap();
    let values = filled(&form);
    assert_eq!(form.check(&values), []);
    let mut wrong = values.clone();
    wrong.set("email", "deneme");
    wrong.set("unit", "");
    let ours = form.check(&wrong);
    let theirs = desk.perform(&Form::save(config, &token, &number, &form.etag, &wrong)).unwrap_err();
    assert_eq!((theirs.code(), theirs.fields()), (Code::FormInvalid, ours.as_slice()));
    assert_eq!(ours[0].code, FieldErrorCode::Format);
    let saved = desk.perform(&Form::save(config, &token, &number, &form.etag, &values)).unwrap();
    let stale = desk.perform(&Form::save(config, &token, &number, &form.etag, &values)).unwrap_err();
    assert_eq!((stale.code(), saved.values == values), (Code::FormChanged, true));
    let missing = desk.perform(&Form::save(config, &token, &number, "", &values)).unwrap_err();
    assert_eq!(missing.code(), Code::PreconditionRequired);
    let provinces = desk.perform(&Choice::list(config, &token, "provinces")).unwrap();
    assert_eq!((provinces.len(), provinces[40].title.as_str()), (81, "Kocaeli"));
    let nothing = desk.perform(&Choice::list(config, &token, "colours")).unwrap_err();
    assert_eq!(nothing.code(), Code::NotFound);

    let verification = desk.perform(&PhoneVerification::start(config, &token, &number, &desk.key())).unwrap();
    let message = desk.sandbox.admin().outbox().unwrap().pop().unwrap();
    let code: String = message
        .text
        .split(' ')
        .find(|word| word.trim_end_matches('.').len() == 6 && word.as_bytes()[0].is_ascii_digit())
        .unwrap()
        .trim_end_matches('.')
        .to_owned();
    let other = if code == "000000" { "000001" } else { "000000" };
    let attempt = |code: &str| {
        let code = SmsCode::parse(code).unwrap();
        PhoneVerification::attempt(config, &token, &number, &verification.id, &code, &desk.key())
    };
    let wrong = desk.perform(&attempt(other)).unwrap_err();
    assert_eq!((wrong.code(), wrong.attempts_left()), (Code::SmsCodeWrong, Some(2)));
    assert!(desk.perform(&attempt(&code)).unwrap());

    let approval = desk.perform(&Approval::read(config, &token, &number)).unwrap();
    assert_eq!(approval.methods[0].code, MethodCode::EOnay);
    let commitment = &approval.commitments[0];
    let text = desk.perform(&commitment.content(config, &token)).unwrap();
    assert_eq!(text.len(), commitment.length);
    let unread = desk.perform(&commitment.view(config, &token, &number, false, &desk.key())).unwrap_err();
    assert_eq!(unread.code(), Code::NotRead);
    let view = desk.perform(&commitment.view(config, &token, &number, true, &desk.key())).unwrap();
    let wish = EOnay { view_ids: &[view], form_digest: &approval.form_digest, accepted: true };
    let result = desk.perform(&Approval::approve(config, &token, &number, &wish, &desk.key())).unwrap();
    assert_eq!((result.state, result.title.as_str()), (ResultState::Done, "İşlem Başarılı"));
    let again = desk.perform(&Approval::approve(config, &token, &number, &wish, &desk.key())).unwrap_err();
    assert_eq!(again.code(), Code::AlreadyApproved);

    let payment = desk.perform(&Payment::read(config, &token, &number)).unwrap();
    assert_eq!((payment.amount_kurus, payment.currency.as_str()), (60_000, "TRY"));
    let application = desk.perform(&Application::read(config, &token, &number)).unwrap();
    assert_eq!(application.form, FormState::Submitted);
    assert!(!desk.perform(&Event::list(config, &token, &number)).unwrap().is_empty());
    desk.perform(&Evidence::list(config, &token, &number)).unwrap();
    let cancelled = desk.perform(&Application::cancel(config, &token, &number, &desk.key())).unwrap();
    assert_eq!(cancelled.status.code.word(), "cancelled");
}

#[test]
fn a_stranger_s_certificate_does_not_sign_in() {
    let desk = Desk::new();
    let (kind, error, signed_in) = desk.sign_in(&desk.certificate("99999999990"), |_| {});
    assert_eq!((kind, error.unwrap().code(), signed_in), (OutcomeKind::Failed, Code::Forbidden, None));
}

#[test]
fn an_institution_tells_of_its_staff_and_follows_them() {
    let desk = Desk::new();
    let config = &desk.config;
    let seed = Seed::default();
    let (id, officer) = (&seed.institutions[0].id, &seed.institutions[0].officers[0]);
    let token = PersonToken::parse(&desk.sandbox.admin().person_token(officer).unwrap()).unwrap();
    let id = InstitutionId::parse(id).unwrap();
    let item = |tckn: &str| {
        let email = Email::parse("deneme@example.org").unwrap();
        PreApplication::new(Tckn::parse_unchecked(tckn).unwrap(), "Deneme Kişi", email, Reason::First)
    };
    let items = [item("12345678950"), item("11111111111")];
    let call = institution::submit(config, &token, &id, &items, &desk.key()).unwrap();
    let placed = desk.perform(&call).unwrap();
    let number = placed[0].result.clone().unwrap();
    let refused = placed[1].result.clone().unwrap_err();
    assert_eq!((refused.code(), refused.fields().len()), (Code::FormInvalid, 1));
    let read = desk.perform(&institution::read(config, &token, &id, &number)).unwrap();
    assert!(read.etag.is_some());
    let listed = desk.perform(&institution::list(config, &token, &id)).unwrap();
    assert!(listed.iter().any(|row| row.no == number.as_str()));

    let mut follow = Follow::new(config, &token, &id, vec![number], 4);
    let question = follow.next(0).unwrap();
    let response = desk.send(&question.request);
    let change = follow.answer(question.index, Ok(response), 0).unwrap();
    assert_eq!(change.result.unwrap(), read.status);
    let elsewhere = InstitutionId::parse("baska").unwrap();
    let error = desk.perform(&institution::list(config, &token, &elsewhere)).unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
}
