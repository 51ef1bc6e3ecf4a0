//! The page docs/rust.md: its program, compiled as it stands there, signs.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::time::Duration;

use kamusm::session::OutcomeKind;
use kamusm_sandbox::{Issued, LeafKey, Sandbox};
use kamusm_test_flow::Applicant;
use kamusm_token::{cancel::CancelToken, pin::Pin, soft::SoftSigner};

use self::page::{Citizen, cancel_after, sentence, sign, sign_all};

#[expect(clippy::print_stdout, unreachable_pub, reason = "a program of its own on the page")]
mod page {
    include!(concat!(env!("OUT_DIR"), "/rust_page.rs"));
}

fn citizen(issued: &Issued) -> Citizen<SoftSigner> {
    let pin = Some(Pin::new(b"1234".to_vec()));
    let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, pin).unwrap();
    Citizen { signer, chosen: None, ask_pin: || Some(Pin::new(b"1234".to_vec())) }
}

#[test]
fn the_program_signs_and_says_so() {
    let sandbox = Sandbox::builder().start().unwrap();
    let applicant = Applicant::with_texts(&sandbox, 1);
    let mut citizen = citizen(&applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256)));
    let code = applicant.code(&sandbox);
    let ended = sign(sandbox.base_url(), &code, &mut citizen, &CancelToken::new());
    assert_eq!(sentence(&ended), "İşlem Başarılı");
    let ended = sign(sandbox.base_url(), &code, &mut citizen, &CancelToken::new());
    assert!(sentence(&ended).contains("kod"), "{}", sentence(&ended));
}

#[test]
fn several_threads_share_the_service() {
    let sandbox = Sandbox::builder().start().unwrap();
    let work = (0..4).map(|_| {
        let applicant = Applicant::with_texts(&sandbox, 1);
        let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
        (applicant.code(&sandbox), citizen(&issued))
    });
    let ended = sign_all(sandbox.base_url(), work.collect());
    assert_eq!(ended.len(), 4);
    assert!(ended.iter().all(|ended| sentence(ended) == "İşlem Başarılı"));
}

#[test]
fn a_cancelled_token_ends_the_session() {
    let sandbox = Sandbox::builder().start().unwrap();
    let applicant = Applicant::with_texts(&sandbox, 1);
    let mut citizen = citizen(&applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256)));
    let cancel = CancelToken::new();
    cancel_after(Duration::ZERO, cancel.clone());
    assert!(cancel.wait_timeout(Duration::from_secs(60)));
    let ended = sign(sandbox.base_url(), &applicant.code(&sandbox), &mut citizen, &cancel);
    assert_eq!(ended.unwrap().kind, OutcomeKind::Cancelled);
}
