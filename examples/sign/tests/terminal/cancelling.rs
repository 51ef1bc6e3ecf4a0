//! Every way out that is not a signature: the service is told, the terminal is put back, nothing is signed.

use std::time::{Duration, Instant};

use kamusm_sandbox::{Fault, FaultRule};
use kamusm_test_softhsm::in_own_process;
use kamusm_test_spy::Directive;

use crate::{
    office::{Office, PIN},
    sitting::{CTRL_C, ENTER, ESC, Sitting},
};

/// Where somebody stops.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Reading,
    Accepting,
    Pin,
}

fn sitting_at(office: &Office, code: &str, place: Place) -> Sitting {
    let mut person = Sitting::start(office.program(&[]));
    person.answers("Doğrulama kodu: ", &format!("{code}{ENTER}"));
    person.reads("Sayfa 1/1");
    if place == Place::Reading {
        return person;
    }
    person.types(ENTER);
    person.reads("(evet/hayır): ");
    if place == Place::Accepting {
        return person;
    }
    person.types(&format!("evet{ENTER}"));
    person.reads("PIN Kodu: ");
    person.types(&PIN[..3]);
    person.reads("•••");
    person
}

fn assert_cancelled(office: &Office, code: &kamusm_sandbox::IssuedCode, mut person: Sitting) {
    person.reads("İmzalama iptal edildi.");
    assert_eq!(person.ends(), 1);
    assert_eq!(office.page(code)["session"]["state"], "cancelled", "{}", office.page(code));
    assert_eq!((office.logins(), office.evidence().len()), (0, 0));
}

#[test]
fn esc_at_every_question() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        for place in [Place::Reading, Place::Accepting, Place::Pin] {
            let code = office.code();
            let mut person = sitting_at(&office, &code.code, place);
            person.types(ESC);
            assert_cancelled(&office, &code, person);
        }
    });
}

#[test]
fn ctrl_c_at_every_question() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        for place in [Place::Reading, Place::Accepting, Place::Pin] {
            let code = office.code();
            let mut person = sitting_at(&office, &code.code, place);
            person.types(CTRL_C);
            assert_cancelled(&office, &code, person);
        }
    });
}

#[test]
fn ctrl_c_waits_until_a_slow_service_has_heard_it() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let slow = Fault::Latency { seconds: 1 };
        office.sandbox.admin().inject(FaultRule::once("POST", "/cancellation", slow));
        let code = office.code();
        let mut person = sitting_at(&office, &code.code, Place::Pin);
        person.types(CTRL_C);
        assert_cancelled(&office, &code, person);
    });
}

#[test]
fn other_signals_too() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        for signal in ["TERM", "HUP", "QUIT", "INT"] {
            let code = office.code();
            let person = sitting_at(&office, &code.code, Place::Pin);
            person.sends_signal(signal);
            assert_cancelled(&office, &code, person);
        }
    });
}

#[test]
fn before_a_code_was_given() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        for key in [ESC, CTRL_C] {
            let mut person = Sitting::start(office.program(&[]));
            person.answers("Doğrulama kodu: ", key);
            person.reads("İmzalama iptal edildi.");
            assert_eq!(person.ends(), 1);
        }
    });
}

#[test]
fn while_the_page_is_waited_for() {
    in_own_process!(|hsm| {
        let always = kamusm_sandbox::RedeemConfirmation::Always;
        let office = Office::with(hsm, &[Default::default()], |builder| builder.redeem_confirmation(always));
        let code = office.code();
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        person.reads("Evet, benim");
        person.types(CTRL_C);
        assert_cancelled(&office, &code, person);
    });
}

#[test]
fn a_card_that_hangs_does_not_hold_it_up() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut person = sitting_at(&office, &code.code, Place::Pin);
        office.card_does(&[Directive::Hang("C_Sign".into())]);
        person.types(&format!("{}{ENTER}", &PIN[3..]));
        wait_for_call(&office, "C_Sign");
        person.types(CTRL_C);
        person.reads("İmzalama iptal edildi.");
        assert_eq!(person.ends(), 1);
        assert_eq!(office.page(&code)["session"]["state"], "cancelled");
        assert_eq!(office.evidence().len(), 0);
    });
}

#[test]
fn a_second_signal_ends_what_does_not_listen() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut person = sitting_at(&office, &code.code, Place::Accepting);
        office.card_does(&[Directive::Hang("C_GetSlotList".into())]);
        person.types(&format!("evet{ENTER}"));
        wait_for_call(&office, "C_GetSlotList");
        person.sends_signal("TERM");
        person.sends_signal("INT");
        assert_eq!(person.ends(), 1);
        person.assert_never_wrote("Sonuç");
    });
}

#[test]
fn the_terminal_is_closed() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let person = sitting_at(&office, &code.code, Place::Pin);
        assert_eq!(person.hangs_up(), 1);
        assert_eq!(office.page(&code)["session"]["state"], "cancelled");
        assert_eq!(office.logins(), 0);
    });
}

fn wait_for_call(office: &Office, function: &str) {
    let started = Instant::now();
    while office.spy.count(function) == 0 {
        assert!(started.elapsed() < Duration::from_secs(60), "{function} is not called");
        std::thread::yield_now();
    }
}

#[test]
fn hayir_declines_the_text() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut person = sitting_at(&office, &code.code, Place::Accepting);
        person.types(&format!("hayır{ENTER}"));
        person.reads("Metni kabul etmediniz; hiçbir şey imzalanmadı.");
        assert_eq!(person.ends(), 1);
        assert_eq!(office.page(&code)["session"]["state"], "cancelled");
        assert_eq!(office.spy.count("C_GetSlotList"), 0, "no card was asked");
    });
}
