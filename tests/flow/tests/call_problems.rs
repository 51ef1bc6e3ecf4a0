//! Every problem type that single calls meet reaches the caller as its own code, from its real cause: one table.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{collections::BTreeSet, time::Duration};

use kamusm::{
    Code, Error,
    application::{Application, ApplicationNumber, PersonToken},
    approval::{Approval, EOnay},
    commitment::Commitment,
    evidence::Evidence,
    form::Form,
    payment::Payment,
    person::Me,
    phone::PhoneVerification,
    result::ApplicationResult,
    sign_code::SignCode,
    sign_in::EDevlet,
    sms_code::SmsCode,
};
use kamusm_sandbox::{Order, OrderStep, Person, Sandbox};
use kamusm_test_flow::{Desk, problem_groups::OF_SINGLE_CALLS};

const TCKN: &str = "17291716060";
const NO: &str = "SD-20001";

/// A person with one order, signed in.
struct Sitting {
    desk: Desk,
    token: PersonToken,
    number: ApplicationNumber,
}

impl Sitting {
    /// The order waits for its approval only.
    fn ready() -> Self {
        Self::with(Order::ready(NO))
    }

    fn with(order: Order) -> Self {
        Self::of(TCKN, order)
    }

    fn of(tckn: &str, order: Order) -> Self {
        let desk = Desk::new();
        let number = ApplicationNumber::parse(&order.no).unwrap();
        let person =
            Person { tckn: tckn.into(), name: "Işıl Çağrı Öğünç".into(), orders: vec![order] };
        desk.sandbox.admin().add_person(person).unwrap();
        let token = token(&desk.sandbox, tckn);
        Self { desk, token, number }
    }

    fn commitment(&self) -> Commitment {
        let Self { desk, token, number } = self;
        let approval = desk.perform(&Approval::read(&desk.config, token, number)).unwrap();
        approval.commitments.into_iter().next().unwrap()
    }

    fn view(&self, commitment: &Commitment, read_to_end: bool) -> Result<String, Error> {
        let Self { desk, token, number } = self;
        desk.perform(&commitment.view(&desk.config, token, number, read_to_end, &desk.key()))
    }

    fn consent(&self, accepted: bool) -> Result<(), Error> {
        let Self { desk, token, .. } = self;
        desk.perform(&Me::consent_to_eonay(&desk.config, token, accepted, &desk.key())).map(|_| ())
    }

    /// E-onay of what is shown now, after reading.
    fn approve(&self) -> Result<ApplicationResult, Error> {
        let Self { desk, token, number } = self;
        let view = self.view(&self.commitment(), true).unwrap();
        let shown = desk.perform(&Approval::read(&desk.config, token, number)).unwrap();
        let wish = EOnay { view_ids: &[view], form_digest: &shown.form_digest, accepted: true };
        desk.perform(&Approval::approve(&desk.config, token, number, &wish, &desk.key()))
    }

    /// Saves the form over the version of this tag, with one other value.
    fn save(&self, etag: Option<&str>, name: &str, value: &str) -> Result<Form, Error> {
        let Self { desk, token, number } = self;
        let form = desk.perform(&Form::read(&desk.config, token, number)).unwrap();
        let mut values = form.values.clone();
        values.set(name, value);
        let etag = etag.unwrap_or(&form.etag);
        desk.perform(&Form::save(&desk.config, token, number, etag, &values))
    }

    /// Sends an SMS to a new number.
    fn sms(&self) -> PhoneVerification {
        self.save(None, "gsm", "+905321234599").unwrap();
        self.send_sms().unwrap()
    }

    fn send_sms(&self) -> Result<PhoneVerification, Error> {
        let Self { desk, token, number } = self;
        desk.perform(&PhoneVerification::start(&desk.config, token, number, &desk.key()))
    }

    /// Types a code that was not sent.
    fn wrong_code(&self, sent: &PhoneVerification) -> Result<bool, Error> {
        let message = self.desk.sandbox.admin().outbox().unwrap().pop().unwrap();
        let wrong = if message.text.contains(" 000000.") { "000001" } else { "000000" };
        self.attempt(sent, wrong)
    }

    fn attempt(&self, sent: &PhoneVerification, code: &str) -> Result<bool, Error> {
        let Self { desk, token, number } = self;
        let code = SmsCode::parse(code).unwrap();
        desk.perform(&PhoneVerification::attempt(&desk.config, token, number, &sent.id, &code, &desk.key()))
    }
}

fn token(sandbox: &Sandbox, tckn: &str) -> PersonToken {
    PersonToken::parse(&sandbox.admin().person_token(tckn).unwrap()).unwrap()
}

/// Type, status, cause, and how it comes about.
type Row = (&'static str, u16, &'static str, fn() -> Error);

const ROWS: [Row; OF_SINGLE_CALLS.len()] = [
    ("precondition-required", 428, "the program has no ETag and says none", || {
        Sitting::ready().save(Some(""), "unit", "Arşiv").unwrap_err()
    }),
    ("form-changed", 412, "the form was saved in another window", || {
        let sitting = Sitting::ready();
        let Sitting { desk, token, number } = &sitting;
        let before = desk.perform(&Form::read(&desk.config, token, number)).unwrap();
        sitting.save(None, "unit", "Arşiv").unwrap();
        sitting.save(Some(&before.etag), "unit", "Depo").unwrap_err()
    }),
    ("form-invalid", 422, "what was typed is no e-mail address", || {
        Sitting::ready().save(None, "email", "adres değil").unwrap_err()
    }),
    ("forbidden", 403, "a certificate of somebody whom the service does not know", || {
        let desk = Desk::new();
        desk.sign_in(&desk.certificate("12345678950"), |_| {}).1.unwrap()
    }),
    ("challenge-expired", 410, "the person takes three minutes for the sign-in text", || {
        let desk = Desk::new();
        let late = |sandbox: &Sandbox| sandbox.admin().advance(Duration::from_secs(180));
        desk.sign_in(&desk.certificate("10000000146"), late).1.unwrap()
    }),
    ("challenge-used", 409, "the code of e-Devlet is exchanged a second time", used_twice),
    ("method-not-allowed", 403, "the institution wants e-imza only", || {
        let order = Order { methods: vec!["e_imza".to_owned()], ..Order::ready(NO) };
        let sitting = Sitting::with(order);
        sitting.consent(true).unwrap();
        sitting.approve().unwrap_err()
    }),
    ("commitment-changed", 409, "what was read is another text than the one in force", || {
        let sitting = Sitting::ready();
        let other = Commitment::new(&sitting.commitment().id, format!("sha-256=:{}=:", "A".repeat(43)));
        sitting.view(&other, true).unwrap_err()
    }),
    ("not-read", 422, "the page was left before its end", || {
        let sitting = Sitting::ready();
        sitting.view(&sitting.commitment(), false).unwrap_err()
    }),
    ("not-accepted", 422, "the box is not ticked", || Sitting::ready().consent(false).unwrap_err()),
    ("no-prior-consent", 409, "e-onay without an earlier consent", || {
        Sitting::ready().approve().unwrap_err()
    }),
    ("already-approved", 409, "e-onay in two windows", || {
        let sitting = Sitting::ready();
        sitting.consent(true).unwrap();
        sitting.approve().unwrap();
        sitting.approve().unwrap_err()
    }),
    ("phone-not-verified", 409, "another telephone is in the form since", || {
        let sitting = Sitting::ready();
        sitting.consent(true).unwrap();
        sitting.save(None, "gsm", "+905321234599").unwrap();
        sitting.approve().unwrap_err()
    }),
    ("no-valid-certificate", 409, "the person has no certificate to sign with", || {
        let sitting = Sitting::ready();
        let view = sitting.view(&sitting.commitment(), true).unwrap();
        let Sitting { desk, token, number } = &sitting;
        desk.perform(&SignCode::issue(&desk.config, token, number, &[view], &desk.key())).unwrap_err()
    }),
    ("too-late-to-cancel", 409, "the card is being made", || {
        let sitting = Sitting::with(Order { state: "production_pending".into(), ..Order::ready(NO) });
        let Sitting { desk, token, number } = &sitting;
        desk.sandbox.admin().step_order(NO, OrderStep::Produce).unwrap();
        desk.perform(&Application::cancel(&desk.config, token, number, &desk.key())).unwrap_err()
    }),
    ("nothing-to-pay", 409, "the institution pays", || {
        let sitting = Sitting::with(Order { payer: "institution".into(), ..Order::ready(NO) });
        let Sitting { desk, token, number } = &sitting;
        desk.perform(&Payment::start(&desk.config, token, number, &desk.key())).unwrap_err()
    }),
    ("evidence-expired", 410, "twenty years and a month after the approval", || {
        let sitting = Sitting::ready();
        sitting.consent(true).unwrap();
        sitting.approve().unwrap();
        let Sitting { desk, token: signed_in, number } = &sitting;
        let kept = desk.perform(&Evidence::list(&desk.config, signed_in, number)).unwrap().remove(0);
        desk.sandbox.admin().advance(Duration::from_secs(7330 * 86_400));
        desk.sandbox.admin().erase().unwrap();
        let again = token(&desk.sandbox, TCKN);
        desk.perform(&kept.download(&desk.config, &again, number)).unwrap_err()
    }),
    ("identity-mismatch", 409, "the civil register knows no such person", || {
        let sitting = Sitting::of("10000010978", Order::ready(NO));
        let Sitting { desk, token, .. } = &sitting;
        desk.perform(&Me::refresh_identity(&desk.config, token, &desk.key())).unwrap_err()
    }),
    ("sms-code-wrong", 422, "another code is typed", || {
        let sitting = Sitting::ready();
        let sent = sitting.sms();
        sitting.wrong_code(&sent).unwrap_err()
    }),
    ("sms-code-expired", 410, "the code is typed after three minutes", || {
        let sitting = Sitting::ready();
        let sent = sitting.sms();
        sitting.desk.sandbox.admin().advance(Duration::from_secs(181));
        sitting.attempt(&sent, "123456").unwrap_err()
    }),
    ("sms-attempts-exhausted", 429, "a fourth code is typed", || {
        let sitting = Sitting::ready();
        let sent = sitting.sms();
        let errors: Vec<Error> = (0..4).map(|_| sitting.wrong_code(&sent).unwrap_err()).collect();
        errors.into_iter().next_back().unwrap()
    }),
    ("sms-limit", 429, "a second SMS within the minute", || {
        let sitting = Sitting::ready();
        sitting.sms();
        sitting.send_sms().unwrap_err()
    }),
    ("sms-gateway-down", 503, "the gateway is down", || {
        let sitting = Sitting::ready();
        sitting.save(None, "gsm", "+905321234599").unwrap();
        sitting.desk.sandbox.admin().outages().set_sms_gateway_down(true);
        sitting.send_sms().unwrap_err()
    }),
];

/// Signs in at the simulator as its page does.
fn used_twice() -> Error {
    let desk = Desk::new();
    let begun = EDevlet::new(&desk.config, "kamusm-sdk", "http://127.0.0.1:49152/giris", [3; 32]).unwrap();
    let (page, query) = begun.address().split_once('?').unwrap();
    let typed = format!("{query}&tckn=10000000146&password=deneme&action=giris");
    let browser = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none());
    let answer = browser.build().unwrap().post(page).body(typed);
    let answer = answer.header("content-type", "application/x-www-form-urlencoded").send().unwrap();
    let exchange = begun.returned(answer.headers()["location"].to_str().unwrap()).unwrap();
    desk.perform(&exchange).unwrap();
    desk.perform(&exchange).unwrap_err()
}

#[test]
fn each_problem_type_of_single_calls_arises_from_its_cause() {
    let types: BTreeSet<&str> = ROWS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(types, BTreeSet::from(OF_SINGLE_CALLS));
    let judged = ROWS.map(|(name, status, cause, run)| {
        std::thread::spawn(move || {
            let error = run();
            let (_, code) = Code::problem_types().iter().find(|(known, _)| *known == name).unwrap();
            assert_eq!((error.code(), error.problem()), (*code, Some(name)), "{cause}: {error:?}");
            assert_eq!(error.http_status(), Some(status), "{cause}");
        })
    });
    let failed: Vec<&str> =
        judged.into_iter().zip(ROWS).filter_map(|(row, (name, ..))| row.join().err().map(|_| name)).collect();
    assert!(failed.is_empty(), "{failed:?}");
}
