//! A store that fails: what is signed goes its way, and nothing is signed that cannot be kept.

use std::cell::Cell;

use kamusm::{
    Code, Error, Step,
    journal::{EntryState, RecordKind},
    session::OutcomeKind,
};
use kamusm_sandbox::{Fault, FaultRule};
use kamusm_test_flow::Kind;

use crate::setting::Setting;

fn full() -> Error {
    Error::new(Code::JournalWrite, "the disk is full")
}

#[test]
fn a_signature_is_submitted_though_it_could_not_be_journaled() {
    let setting = Setting::new(2);
    let mut walk = setting.walk();
    walk.store(|record| if record.kind() == RecordKind::Signed { Err(full()) } else { Ok(()) });
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Accepted);
    assert_eq!(outcome.journal_failure.unwrap().code(), Code::JournalWrite);
    assert_eq!(walk.signings(), 1);
    assert_eq!(walk.entry().state(), EntryState::Ended, "the end was stored");
}

#[test]
fn the_second_text_is_not_signed_when_the_first_signature_could_not_be_kept() {
    let setting = Setting::new(2);
    let mut walk = setting.walk();
    walk.store(|record| if record.kind() == RecordKind::Signed { Err(full()) } else { Ok(()) });
    let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    let mut values = walk.sign(&request);
    values[1] = None;
    walk.answer(request.signatures(values));
    let outcome = walk.finish();
    assert_eq!(outcome.error.unwrap().code(), Code::JournalUnavailable);
    assert_eq!((outcome.signatures.len(), walk.signings()), (1, 1), "the one that was made is told");
}

#[test]
fn a_store_that_recovers_costs_nothing() {
    let tries = Cell::new(0);
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.store(|_| {
        tries.set(tries.get() + 1);
        if tries.get() % 3 == 0 { Ok(()) } else { Err(full()) }
    });
    let outcome = walk.finish();
    assert_eq!((outcome.kind, outcome.journal_failure), (OutcomeKind::Accepted, None));
    assert_eq!(tries.get(), 15, "five records, three tries each");
}

#[test]
fn a_journal_that_another_session_goes_on_from_is_left_to_it() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.store(|record| match record.kind() {
        RecordKind::Prepared => Err(Error::new(Code::JournalLocked, "another session goes on")),
        _ => Ok(()),
    });
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Failed);
    assert_eq!(outcome.error.unwrap().code(), Code::JournalLocked);
    assert_eq!(walk.signings(), 0);
    assert!(!walk.requests().contains(&"POST cancellation".to_owned()), "the session is the other one's");
    assert!(walk.entry().is_pending());
}

#[test]
fn an_outage_leaves_an_entry_to_go_on_from() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until(Kind::Sign);
    walk.lose_answers(|request| request.url.ends_with("/submission"));
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Unknown);
    assert_eq!(outcome.journal, Some(walk.entry().id()));
    assert_eq!(walk.entry().state(), EntryState::Signed);
    walk.lose_answers(|_| false);
    walk.crash();
    setting.accepted_without_the_person(&mut walk);

    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.lose_answers(|request| request.url.ends_with("/documents/1"));
    let outcome = walk.finish();
    assert_eq!((outcome.kind, outcome.error.unwrap().code()), (OutcomeKind::Failed, Code::Unreachable));
    assert_eq!(walk.entry().state(), EntryState::Opened);
    walk.lose_answers(|_| false);
    walk.crash();
    setting.accepted(&mut walk);
}

#[test]
fn a_late_signature_is_journaled_wherever_the_session_is() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    let values = walk.sign(&request);
    walk.session.cancel();
    assert_eq!(walk.finish().kind, OutcomeKind::Cancelled);
    assert_eq!(walk.entry().signatures().len(), 0);
    walk.answer(request.signatures(values));
    let outcome = walk.finish();
    assert_eq!((outcome.kind, outcome.signatures.len()), (OutcomeKind::Cancelled, 1));
    assert_eq!(walk.entry().signatures(), outcome.signatures);
    assert_eq!(walk.entry().error_code(), Some(Code::Cancelled));
}

#[test]
fn a_refusal_of_the_service_is_the_only_reason_for_another_pin() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    let put = walk.until_request("PUT", "/submission");
    let certificate = setting.issued.certificate_der.clone();
    setting
        .sandbox
        .admin()
        .set_certificate_status(&certificate, kamusm_sandbox::CertificateStatus::Revoked)
        .unwrap();
    assert_eq!(walk.send(put.request()).unwrap().status, 422);
    walk.crash();
    let Step::Choose(requirements) = walk.until(Kind::Choose) else { panic!("another one is asked for") };
    assert_eq!(requirements.refusals()[0].error.code(), Code::CertificateRevoked);
    let another = setting
        .applicant
        .certificate(&setting.sandbox, setting.applicant.leaf(kamusm_sandbox::LeafKey::P384));
    walk.answer(requirements.certificate(&another.certificate_der, &[]));
    assert!(matches!(walk.until(Kind::Sign), Step::Sign(_)));
    assert_eq!(walk.records().last().unwrap().kind(), RecordKind::Prepared);
}

#[test]
fn a_defect_of_the_service_after_the_put_is_no_refusal() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    let fault =
        FaultRule { times: 2, ..FaultRule::once("PUT", "/submission", Fault::Status { status: 500 }) };
    setting.sandbox.admin().inject(fault);
    setting.accepted(&mut walk);
    assert_eq!(walk.signings(), 1);
}
