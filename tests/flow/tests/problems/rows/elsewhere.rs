//! What others do meanwhile: the page, another program with the same code or token, the clock.

use std::time::Duration;

use kamusm_sandbox::{Fault, FaultRule, RedeemConfirmation};
use kamusm_test_flow::Applicant;

use super::{
    super::{
        caller::{Callers, Step, Told},
        exchange::exchange,
        setting::Setting,
        walk::Walk,
    },
    Cause::Real,
    Line, REDEEM,
};

pub(super) const ROWS: &[Line] = &[
    ("code-unknown", 404, Real("a code that another service issued"), |callers| {
        let elsewhere = Setting::new(callers, 1);
        Walk::new(&Setting::new(callers, 1), &elsewhere.code).finish()
    }),
    ("code-already-used", 409, Real("another program has redeemed the code before"), |callers| {
        let setting = Setting::new(callers, 1);
        setting.walk().until(|step| matches!(step, Step::Show { .. }));
        setting.finish()
    }),
    ("code-cancelled", 410, Real("the page has issued a newer code"), |callers| {
        let setting = Setting::new(callers, 1);
        setting.applicant.code(&setting.sandbox);
        setting.finish()
    }),
    ("code-expired", 410, Real("eleven minutes pass before the code is redeemed"), |callers| {
        let setting = Setting::new(callers, 1);
        setting.admin().advance(Duration::from_secs(11 * 60));
        setting.finish()
    }),
    ("session-superseded", 410, Real("the page issues a newer code while the person chooses"), |callers| {
        let setting = Setting::new(callers, 1);
        let mut walk = setting.walk();
        walk.until(|step| matches!(step, Step::Choose { .. }));
        setting.applicant.code(&setting.sandbox);
        walk.finish()
    }),
    ("session-expired", 410, Real("the machine was asleep for 31 minutes and does not know it"), |callers| {
        let setting = Setting::new(callers, 1);
        let mut walk = setting.walk();
        walk.until(|step| matches!(step, Step::Sign { .. }));
        setting.admin().advance(Duration::from_secs(31 * 60));
        walk.finish()
    }),
    ("session-cancelled", 410, Real("another program with the same token cancels"), |callers| {
        let setting = Setting::new(callers, 1);
        let mut walk = setting.walk();
        let check = walk.request("/certificate-checks");
        let other = check.instead("POST", "/cancellation", "9", br#"{"reason":"test"}"#);
        assert_eq!(exchange(&other).status, 200);
        walk.finish()
    }),
    (
        "no-extensions-left",
        409,
        Real("another program with the same token uses all extensions up"),
        |callers| {
            let setting = Setting::new(callers, 1);
            let mut walk = setting.walk();
            let check = walk.request("/certificate-checks");
            for number in 0..10 {
                let other = check.instead("POST", "/extensions", &number.to_string(), b"");
                assert_eq!(exchange(&other).status, 200);
            }
            walk.advance(Duration::from_secs(151));
            walk.finish()
        },
    ),
    ("wrong-state", 409, Real("another program with the same token uses all submissions up"), |callers| {
        let setting = Setting::new(callers, 1);
        let mut walk = setting.walk();
        let check = walk.request("/certificate-checks");
        let session = exchange(&check.instead("GET", "", "", b""));
        let session: serde_json::Value = serde_json::from_slice(&session.body).unwrap();
        let id = session["documents"][0]["id"].as_str().unwrap();
        for cms in ["AAAA", "BBBB", "CCCC"] {
            let body = format!(r#"{{"items":[{{"document_id":"{id}","cms":"{cms}"}}]}}"#);
            assert_eq!(exchange(&check.instead("PUT", "/submission", "", body.as_bytes())).status, 422);
        }
        walk.finish()
    }),
    ("idempotency-in-flight", 409, Real("two requests with one key at once, the first one slow"), in_flight),
    ("confirmation-refused", 410, Real("the page answers “Bu ben değilim”"), refused_on_the_page),
    ("slow-down", 429, Real("a program at the same address goes on trying codes of nobody"), |callers| {
        let (setting, elsewhere) = (Setting::new(callers, 1), Setting::new(callers, 1));
        setting.altered(REDEEM, |request| {
            let mut guess = request.clone();
            guess.set_header("idempotency-key", Some(&"6".repeat(43)));
            guess.edit(|message| message["code"] = elsewhere.code.clone().into());
            assert!((0..11).any(|_| exchange(&guess).status == 429));
        })
    }),
    ("rate-limited", 429, Real("another program with the same token goes on asking"), |callers| {
        Setting::new(callers, 1).altered("/certificate-checks", |request| {
            let question = request.instead("GET", "", "", b"");
            assert!((0..1000).any(|_| exchange(&question).status == 429));
        })
    }),
];

fn refused_on_the_page(callers: &Callers) -> Told {
    let setting = Setting::new(callers, 1);
    setting.admin().set_redeem_confirmation(RedeemConfirmation::Always);
    let issued = setting.applicant.issue(&setting.sandbox);
    let mut walk = Walk::new(&setting, &issued.code);
    let pause = walk.until(|step| matches!(step, Step::Wait { .. }));
    walk.perform(pause);
    let Step::Send(poll) = walk.step() else { panic!("the session is asked for") };
    // Said with the page's own token.
    let Applicant { application, .. } = &setting.applicant;
    let mut refusal = poll.instead("PUT", "", "5", br#"{"confirmed":false}"#);
    let base = setting.sandbox.base_url();
    refusal.url = format!("{base}/api/v1/applications/{application}/sign-codes/{}/confirmation", issued.id);
    let page = setting.applicant.token(&setting.sandbox);
    refusal.set_header("authorization", Some(&format!("Bearer {page}")));
    assert!(exchange(&refusal).status < 300);
    walk.finish()
}

/// The service is slow with one of two equal requests; whichever it is, the caller's own comes third.
fn in_flight(callers: &Callers) -> Told {
    const SLOW_S: u32 = 3600;
    let setting = Setting::new(callers, 1);
    setting.admin().inject(FaultRule::once("POST", "/window", Fault::Latency { seconds: SLOW_S }));
    let (answered, answers) = std::sync::mpsc::channel();
    let mut others = Vec::new();
    let told = setting.altered("/window", |request| {
        if others.is_empty() {
            for _ in 0..2 {
                let (same, answered) = (request.clone(), answered.clone());
                others.push(std::thread::spawn(move || answered.send(exchange(&same).status).unwrap()));
            }
            assert_eq!(answers.recv().unwrap(), 409);
        }
    });
    setting.admin().advance(Duration::from_secs(SLOW_S.into()));
    // It was in flight all the time; its session is over by now.
    assert_eq!(answers.recv().unwrap(), 410);
    for other in others {
        other.join().unwrap();
    }
    told
}
