//! The whole application through the core's own calls: sign-in, form, SMS, e-onay, payment, and the institution.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::cell::Cell;

use kamusm::{
    Code, Session, Step,
    application::{Application, ApplicationNumber, FormState, PersonToken, Reason},
    approval::{Approval, EOnay, MethodCode},
    call::Call,
    config::{Config, Environment},
    drive::Transport,
    email::Email,
    error::{FieldErrorCode, Result},
    event::Event,
    evidence::Evidence,
    follow::Follow,
    form::{Form, FormValues},
    http::HttpClient,
    idempotency::IdempotencyKey,
    institution::{self, InstitutionId, PreApplication},
    payment::Payment,
    person::Me,
    phone::PhoneVerification,
    reference::Choice,
    result::ResultState,
    session::OutcomeKind,
    sign_in::SignedIn,
    sms_code::SmsCode,
    tckn::Tckn,
    time::Now,
};
use kamusm_sandbox::{Issued, LeafSpec, Sandbox, Seed};
use kamusm_token::{
    backend::{SignOptions, Signer, ToBeSigned},
    cancel::CancelToken,
    deadline::Deadline,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};

struct Setting {
    sandbox: Sandbox,
    config: Config,
    client: HttpClient,
    keys: Cell<u8>,
}

impl Setting {
    fn new() -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let config = Config::builder(sandbox.base_url(), Environment::Sandbox)
            .intermediates_pem(&kamusm_test_ca::certificate_pem(sandbox.intermediate_der()))
            .build()
            .unwrap();
        let client = HttpClient::new(&config).unwrap();
        Self { sandbox, config, client, keys: Cell::new(0) }
    }

    fn perform<T>(&self, call: &Call<T>) -> Result<T> {
        call.decode(&self.client.perform(call.request(), &CancelToken::new()).unwrap())
    }

    /// Another one for each act.
    fn key(&self) -> IdempotencyKey {
        self.keys.set(self.keys.get() + 1);
        IdempotencyKey::new([self.keys.get(); 32])
    }

    fn certificate(&self, tckn: &str) -> Issued {
        let spec = LeafSpec { tckn: Some(tckn.to_owned()), ..LeafSpec::default() };
        self.sandbox.admin().issue_certificate(spec).unwrap()
    }

    /// Signs in by e-imza; the machine runs on the clock of the service.
    fn sign_in(&self, issued: &Issued) -> (OutcomeKind, Option<kamusm::Error>, Option<SignedIn>) {
        let pin = Some(Pin::new(b"135790".to_vec()));
        let signer =
            SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, pin).unwrap();
        let identity = signer.identities(Deadline::after(std::time::Duration::from_secs(30)));
        let identity = identity.unwrap().remove(0);
        let now = Now { monotonic_ms: 1_000_000, unix_ms: self.sandbox.admin().now_ms() };
        let mut session = Session::sign_in(&self.config, [7; 32]);
        loop {
            let answer = match session.step(now).unwrap() {
                Step::Send(send) => {
                    send.response(self.client.perform(send.request(), &CancelToken::new()).unwrap())
                }
                Step::Show(texts) => {
                    assert!(texts.items()[0].octets.starts_with("KAMU SM GİRİŞ/1\n".as_bytes()));
                    texts.accept()
                }
                Step::Choose(requirements) => requirements.certificate(&issued.certificate_der, &[]),
                Step::Sign(request) => {
                    let items = request.items().iter();
                    let items: Vec<_> = items
                        .map(|item| ToBeSigned {
                            octets: item.to_be_signed.clone(),
                            algorithm: item.algorithm,
                        })
                        .collect();
                    let options = SignOptions::new(Deadline::after(std::time::Duration::from_secs(30)));
                    let pin = PinSource::Pin(Pin::new(b"135790".to_vec()));
                    let values = signer.sign(&identity.id, &items, pin, &options).unwrap();
                    request.signatures(values.into_iter().map(Some).collect())
                }
                Step::Done(outcome) => return (outcome.kind, outcome.error, outcome.signed_in),
                step => panic!("{step:?} was not expected"),
            };
            session.answer(answer, now).unwrap();
        }
    }
}

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
    let setting = Setting::new();
    let (config, tckn) = (&setting.config, &Seed::default().persons[0].tckn);
    let (kind, error, signed_in) = setting.sign_in(&setting.certificate(tckn));
    assert_eq!((kind, error), (OutcomeKind::Accepted, None));
    let token = signed_in.unwrap().token;
    let me = setting.perform(&Me::read(config, &token)).unwrap();
    assert!(me.has_valid_certificate);
    setting.perform(&Me::consent_to_eonay(config, &token, true, &setting.key())).unwrap();
    let refused = setting.perform(&Me::consent_to_eonay(config, &token, false, &setting.key())).unwrap_err();
    assert_eq!(refused.code(), Code::NotAccepted);

    let number = ApplicationNumber::parse("SD-13712").unwrap();
    let form = setting.perform(&Form::read(config, &token, &number)).unwrap();
    let values = filled(&form);
    assert_eq!(form.check(&values), []);
    let mut wrong = values.clone();
    wrong.set("email", "deneme");
    wrong.set("unit", "");
    let ours = form.check(&wrong);
    let theirs = setting.perform(&Form::save(config, &token, &number, &form.etag, &wrong)).unwrap_err();
    assert_eq!((theirs.code(), theirs.fields()), (Code::FormInvalid, ours.as_slice()));
    assert_eq!(ours[0].code, FieldErrorCode::Format);
    let saved = setting.perform(&Form::save(config, &token, &number, &form.etag, &values)).unwrap();
    let stale = setting.perform(&Form::save(config, &token, &number, &form.etag, &values)).unwrap_err();
    assert_eq!((stale.code(), saved.values == values), (Code::FormChanged, true));
    let missing = setting.perform(&Form::save(config, &token, &number, "", &values)).unwrap_err();
    assert_eq!(missing.code(), Code::PreconditionRequired);
    let provinces = setting.perform(&Choice::list(config, &token, "provinces")).unwrap();
    assert_eq!((provinces.len(), provinces[40].title.as_str()), (81, "Kocaeli"));
    let nothing = setting.perform(&Choice::list(config, &token, "colours")).unwrap_err();
    assert_eq!(nothing.code(), Code::NotFound);

    let verification =
        setting.perform(&PhoneVerification::start(config, &token, &number, &setting.key())).unwrap();
    let message = setting.sandbox.admin().outbox().unwrap().pop().unwrap();
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
        PhoneVerification::attempt(config, &token, &number, &verification.id, &code, &setting.key())
    };
    let wrong = setting.perform(&attempt(other)).unwrap_err();
    assert_eq!((wrong.code(), wrong.attempts_left()), (Code::SmsCodeWrong, Some(2)));
    assert!(setting.perform(&attempt(&code)).unwrap());

    let approval = setting.perform(&Approval::read(config, &token, &number)).unwrap();
    assert_eq!(approval.methods[0].code, MethodCode::EOnay);
    let commitment = &approval.commitments[0];
    let text = setting.perform(&commitment.content(config, &token)).unwrap();
    assert_eq!(text.len(), commitment.length);
    let unread =
        setting.perform(&commitment.view(config, &token, &number, false, &setting.key())).unwrap_err();
    assert_eq!(unread.code(), Code::NotRead);
    let view = setting.perform(&commitment.view(config, &token, &number, true, &setting.key())).unwrap();
    let wish = EOnay { view_ids: &[view], form_digest: &approval.form_digest, accepted: true };
    let result = setting.perform(&Approval::approve(config, &token, &number, &wish, &setting.key())).unwrap();
    assert_eq!((result.state, result.title.as_str()), (ResultState::Done, "İşlem Başarılı"));
    let again =
        setting.perform(&Approval::approve(config, &token, &number, &wish, &setting.key())).unwrap_err();
    assert_eq!(again.code(), Code::AlreadyApproved);

    let payment = setting.perform(&Payment::read(config, &token, &number)).unwrap();
    assert_eq!((payment.amount_kurus, payment.currency.as_str()), (60_000, "TRY"));
    let application = setting.perform(&Application::read(config, &token, &number)).unwrap();
    assert_eq!(application.form, FormState::Submitted);
    assert!(!setting.perform(&Event::list(config, &token, &number)).unwrap().is_empty());
    setting.perform(&Evidence::list(config, &token, &number)).unwrap();
    let cancelled = setting.perform(&Application::cancel(config, &token, &number, &setting.key())).unwrap();
    assert_eq!(cancelled.status.code.word(), "cancelled");
}

#[test]
fn a_stranger_s_certificate_does_not_sign_in() {
    let setting = Setting::new();
    let (kind, error, signed_in) = setting.sign_in(&setting.certificate("99999999990"));
    assert_eq!((kind, error.unwrap().code(), signed_in), (OutcomeKind::Failed, Code::Forbidden, None));
}

#[test]
fn an_institution_tells_of_its_staff_and_follows_them() {
    let setting = Setting::new();
    let config = &setting.config;
    let seed = Seed::default();
    let (id, officer) = (&seed.institutions[0].id, &seed.institutions[0].officers[0]);
    let token = PersonToken::parse(&setting.sandbox.admin().person_token(officer).unwrap()).unwrap();
    let id = InstitutionId::parse(id).unwrap();
    let item = |tckn: &str| {
        let email = Email::parse("deneme@example.org").unwrap();
        PreApplication::new(Tckn::parse_unchecked(tckn).unwrap(), "Deneme Kişi", email, Reason::First)
    };
    let items = [item("12345678950"), item("11111111111")];
    let call = institution::submit(config, &token, &id, &items, &setting.key()).unwrap();
    let placed = setting.perform(&call).unwrap();
    let number = placed[0].result.clone().unwrap();
    let refused = placed[1].result.clone().unwrap_err();
    assert_eq!((refused.code(), refused.fields().len()), (Code::FormInvalid, 1));
    let read = setting.perform(&institution::read(config, &token, &id, &number)).unwrap();
    assert!(read.etag.is_some());
    let listed = setting.perform(&institution::list(config, &token, &id)).unwrap();
    assert!(listed.iter().any(|row| row.no == number.as_str()));

    let mut follow = Follow::new(config, &token, &id, vec![number], 4);
    let question = follow.next(0).unwrap();
    let response = setting.client.perform(&question.request, &CancelToken::new()).unwrap();
    let change = follow.answer(question.index, Ok(response), 0).unwrap();
    assert_eq!(change.result.unwrap(), read.status);
    let elsewhere = InstitutionId::parse("baska").unwrap();
    let error = setting.perform(&institution::list(config, &token, &elsewhere)).unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
}
