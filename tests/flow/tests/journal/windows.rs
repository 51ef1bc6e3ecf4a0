//! The fourteen windows of the protocol's section 7, by number and name.

use std::{cell::RefCell, time::Duration};

use kamusm::{
    Code, Error, Session, Step,
    error::Language,
    journal::{Entry, EntryState, RecordKind},
    session::OutcomeKind,
};
use kamusm_sandbox::{Ocsp, Sandbox};
use kamusm_test_flow::{Kind, Walk};

use crate::setting::{LAPSE_S, Setting, keyed};

#[test]
fn window_01_before_redeem_is_sent() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until_request("POST", "/sign-sessions");
    assert_eq!(walk.entry().state(), EntryState::CodeNotRedeemed);
    walk.crash();
    setting.accepted(&mut walk);
    assert_eq!(walk.signings(), 1);
}

#[test]
fn window_02_redeem_committed_answer_lost() {
    let keys = RefCell::new(Vec::new());
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.alter(|request| {
        if request.url.ends_with("/sign-sessions") {
            keys.borrow_mut().push(request.header("idempotency-key").unwrap().to_owned());
        }
    });
    let redeem = walk.until_request("POST", "/sign-sessions");
    assert_eq!(walk.send(redeem.request()).unwrap().status, 201);
    walk.crash();
    setting.accepted(&mut walk);
    let keys = keys.borrow();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1], "the same act has the same key");
}

#[test]
fn window_03_redeemed_by_another_client_first() {
    let setting = Setting::new(1);
    let code = setting.applicant.code(&setting.sandbox);
    let mut walk = Walk::configured(&setting.sandbox, &code, &setting.issued, keyed);
    walk.until_request("POST", "/sign-sessions");
    let mut other = Walk::configured(&setting.sandbox, &code, &setting.issued, keyed);
    other.until(Kind::Show);
    walk.crash();
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Failed);
    assert_eq!(outcome.error.unwrap().code(), Code::CodeAlreadyUsed);
    assert_eq!(walk.entry().state(), EntryState::Ended);
    let newest = walk.records().last().unwrap().octets().to_vec();
    let error = Session::resume(&newest, walk.config(), [1; 32]).unwrap_err();
    assert_eq!(error.code(), Code::State, "there is nothing to go on with");
}

#[test]
fn window_04_after_documents_before_pin() {
    for kind in [Kind::Show, Kind::Choose, Kind::Sign] {
        for pause_s in [0, LAPSE_S] {
            let setting = Setting::new(2);
            let mut walk = setting.walk();
            walk.until(kind);
            assert_eq!(walk.entry().state(), EntryState::Opened);
            assert_eq!(walk.entry().application(), Some(setting.applicant.application.as_str()));
            walk.advance(Duration::from_secs(pause_s));
            walk.crash();
            setting.accepted(&mut walk);
            assert_eq!(walk.signings(), 1);
            let was_extended = walk.requests().contains(&"POST extensions".to_owned());
            assert_eq!(was_extended, pause_s > 0, "{kind:?}: {:?}", walk.requests());
        }
    }
}

#[test]
fn window_05_card_removed_while_signing() {
    for crashes in [false, true] {
        let setting = Setting::new(1);
        let mut walk = setting.walk();
        let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
        walk.answer(request.failed(Error::new(Code::TokenRemoved, "the card was pulled")));
        if crashes {
            walk.crash();
        }
        setting.accepted(&mut walk);
        assert_eq!(walk.signings(), 1);
    }
}

#[test]
fn window_06_one_of_two_documents_signed() {
    let setting = Setting::new(2);
    let mut walk = setting.walk();
    let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    let mut values = walk.sign(&request);
    values[1] = None;
    walk.answer(request.signatures(values));
    walk.until(Kind::Sign);
    assert_eq!(walk.entry().state(), EntryState::PartlySigned);
    let number = &setting.applicant.application;
    let words = [Language::Turkish, Language::English].map(|language| walk.entry().description(language));
    assert_eq!(words[0], format!("{number}: İmzalanan metin: 1 / 2. Kalanlar imzalanmalı."));
    assert_eq!(words[1], format!("{number}: Texts signed: 1 of 2. The others are to be signed."));
    let first = walk.entry().signatures().to_vec();
    walk.advance(Duration::from_secs(LAPSE_S));
    walk.crash();
    let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    assert_eq!(request.items().len(), 1, "only what is missing is signed");
    setting.accepted(&mut walk);
    assert_eq!(setting.evidence()[0], first[0]);
}

#[test]
fn window_07_signed_not_submitted() {
    for pause_s in [0, 160, LAPSE_S] {
        let setting = Setting::new(2);
        let mut walk = setting.walk();
        walk.until_request("PUT", "/submission");
        assert_eq!(walk.records().last().unwrap().kind(), RecordKind::Signed, "stored before it is sent");
        let made = walk.entry().signatures().to_vec();
        walk.advance(Duration::from_secs(pause_s));
        walk.crash();
        setting.accepted_without_the_person(&mut walk);
        assert_eq!(setting.evidence(), made);
        let was_extended = walk.requests().contains(&"POST extensions".to_owned());
        assert_eq!(was_extended, pause_s > 0, "how long ago it lapsed is not told");
    }
}

#[test]
fn window_08_submitted_no_answer() {
    let keys = RefCell::new(Vec::new());
    for arrives in [true, false] {
        let setting = Setting::new(2);
        let mut walk = setting.walk();
        walk.alter(|request| {
            if request.method.name() == "PUT" {
                keys.borrow_mut().push(request.header("idempotency-key").unwrap().to_owned());
            }
        });
        let put = walk.until_request("PUT", "/submission");
        if arrives {
            assert_eq!(walk.send(put.request()).unwrap().status, 200);
        }
        let made = walk.entry().signatures().to_vec();
        walk.crash();
        setting.accepted_without_the_person(&mut walk);
        assert_eq!(setting.evidence(), made);
        assert_eq!(walk.requests()[1], "GET submission", "the service is asked first");
        assert_eq!(walk.requests().contains(&"PUT submission".to_owned()), !arrives);
    }
}

#[test]
fn window_08_the_same_octets_go_under_the_same_key_in_every_run() {
    let sent = RefCell::new(Vec::new());
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.alter(|request| {
        if request.method.name() == "PUT" {
            let key = request.header("idempotency-key").unwrap().to_owned();
            sent.borrow_mut().push((key, request.body.clone()));
            // It never arrives.
            request.url = request.url.replace("/submission", "/nowhere");
        }
    });
    for _ in 0..2 {
        let put = walk.until_request("PUT", "/submission");
        assert_eq!(walk.send(put.request()).unwrap().status, 404);
        walk.crash();
    }
    walk.alter(|request| {
        if request.method.name() == "PUT" {
            let key = request.header("idempotency-key").unwrap().to_owned();
            sent.borrow_mut().push((key, request.body.clone()));
        }
    });
    setting.accepted_without_the_person(&mut walk);
    let sent = sent.borrow();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|put| *put == sent[0]));
}

#[test]
fn window_09_answered_crashed() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until_request("GET", "jwks.json");
    walk.crash();
    setting.accepted_without_the_person(&mut walk);
    assert!(!walk.requests().contains(&"PUT submission".to_owned()));

    // The end is known, but its record was not stored any more.
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    let jwks = walk.until_request("GET", "jwks.json");
    walk.perform(&Step::Send(jwks));
    let Step::Persist(end) = walk.step() else { panic!("the end is stored before it is told") };
    assert_eq!(end.record().kind(), RecordKind::Ended);
    walk.crash();
    setting.accepted_without_the_person(&mut walk);
}

#[test]
fn window_10_service_killed_between_received_and_the_checks() {
    let folder = tempfile::tempdir().unwrap();
    let setting = Setting::of(Sandbox::builder().store_path(folder.path()).start().unwrap(), 1);
    let address = setting.sandbox.base_url().strip_prefix("http://").unwrap().parse().unwrap();
    setting.sandbox.admin().hold_decisions(true);
    let mut walk = setting.walk();
    let put = walk.until_request("PUT", "/submission");
    assert_eq!(walk.send(put.request()).unwrap().status, 202);
    let record = walk.records().last().unwrap().octets().to_vec();
    drop(walk);
    let Setting { sandbox, applicant, issued } = setting;
    sandbox.kill();

    let sandbox = Sandbox::builder().store_path(folder.path()).listen(address).start().unwrap();
    let setting = Setting { sandbox, applicant, issued };
    let mut walk = Walk::resumed(&setting.sandbox, &record, &setting.issued, keyed);
    setting.accepted_without_the_person(&mut walk);
}

#[test]
fn window_11_ocsp_down() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    // The service would hold its answers back on the real clock.
    walk.alter(|request| request.headers.retain(|(name, _)| name != "prefer"));
    walk.until(Kind::Sign);
    setting.sandbox.admin().set_ocsp(Ocsp::Down);
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Received);
    assert_eq!(walk.entry().state(), EntryState::Received);
    assert!(walk.entry().is_pending(), "it can be asked for later");
    setting.sandbox.admin().set_ocsp(Ocsp::Up);
    walk.advance(Duration::from_secs(3600));
    walk.crash();
    setting.accepted_without_the_person(&mut walk);
}

#[test]
fn window_12_over_before_the_put() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until_request("PUT", "/submission");
    let made = walk.entry().signatures().to_vec();
    walk.advance(Duration::from_secs(31 * 60));
    walk.crash();
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Expired);
    assert_eq!(outcome.error.unwrap().code(), Code::SessionExpired);
    assert!(!outcome.may_have_arrived, "the service was asked");
    let entry = walk.entry();
    assert_eq!((entry.state(), entry.error_code()), (EntryState::Ended, Some(Code::SessionExpired)));
    assert_eq!(entry.signatures(), made, "kept as evidence");
    assert!(setting.evidence().is_empty());
}

#[test]
fn window_12_without_a_crash_too() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until(Kind::Sign);
    walk.advance(Duration::from_secs(31 * 60));
    let outcome = walk.finish();
    assert_eq!((outcome.kind, outcome.journal), (OutcomeKind::Expired, Some(walk.entry().id())));
    assert_eq!(walk.entry().state(), EntryState::Ended);
}

#[test]
fn window_13_other_octets_put_after_acceptance() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until(Kind::Sign);
    let record = walk.records().last().unwrap().octets().to_vec();
    let mut other = Walk::resumed(&setting.sandbox, &record, &setting.issued, keyed);
    other.advance(Duration::from_secs(2));
    other.until_request("PUT", "/submission");
    setting.accepted(&mut walk);
    let outcome = other.finish();
    assert_eq!(outcome.kind, OutcomeKind::Rejected);
    assert_eq!(outcome.error.unwrap().code(), Code::SubmissionConflict);
    assert_ne!(setting.evidence(), outcome.signatures, "the first ones count");
}

#[test]
fn window_14_disk_full_for_the_journal() {
    for kind in [RecordKind::Begun, RecordKind::Opened, RecordKind::Prepared] {
        let full = move |record: &kamusm::journal::Record| match record.kind() {
            refused if refused == kind => Err(Error::new(Code::JournalWrite, "the disk is full")),
            _ => Ok(()),
        };
        let setting = Setting::new(1);
        let mut walk = setting.walk();
        walk.store(full);
        let outcome = walk.finish();
        assert_eq!(outcome.kind, OutcomeKind::Failed, "{kind:?}");
        let error = outcome.error.unwrap();
        assert_eq!(error.code(), Code::JournalUnavailable);
        assert_eq!(error.cause().unwrap().code(), Code::JournalWrite);
        assert_eq!(walk.signings(), 0, "nothing is signed");
        let was_told = walk.requests().last().unwrap() == "POST cancellation";
        assert_eq!(was_told, kind != RecordKind::Begun, "{:?}", walk.requests());

        let mut walk = setting.walk_with(|builder| keyed(builder).sign_without_journal(true));
        walk.store(full);
        let outcome = walk.finish();
        assert_eq!(outcome.kind, OutcomeKind::Accepted, "the caller opted out");
        assert_eq!(outcome.journal_failure.unwrap().code(), Code::JournalWrite);
    }
}

#[test]
fn an_entry_speaks_of_its_own_service_only() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until(Kind::Show);
    let newest = walk.records().last().unwrap().octets().to_vec();
    let other = Setting::new(1);
    let elsewhere = other.walk();
    assert_eq!(Entry::open(&newest, elsewhere.config()).unwrap().service(), setting.sandbox.base_url());
    let error = Session::resume(&newest, elsewhere.config(), [1; 32]).unwrap_err();
    assert_eq!(error.code(), Code::Config, "the token goes nowhere else");
}
