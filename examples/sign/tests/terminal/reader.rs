//! The whole way with a card in a reader: the program, OpenSC, pcscd, the reader's driver, the card.

use std::process::Command;

use kamusm_sandbox::{LeafKey, LeafSpec, Sandbox};
use kamusm_test_card::{Card, Instruction, Place, Service, opensc, with_readers};

use crate::{
    office::{APPLICATION, PIN},
    sitting::{ENTER, Sitting, program},
};

/// The program before a service whose applicant has a card in the reader, and the applicant's code typed.
fn seated(desk: &Service, sandbox: &Sandbox, key: LeafKey) -> Sitting {
    let issued = sandbox.admin().issue_certificate(LeafSpec { key, ..LeafSpec::default() }).unwrap();
    desk.reader(0).insert(Card::new(PIN, &[(Place::Signature, &issued)]));
    let code = sandbox.admin().issue_sign_code(APPLICATION).unwrap();
    let mut command = Command::new(program());
    command.args(["--service", sandbox.base_url(), "--module"]).arg(opensc().unwrap());
    let mut person = Sitting::start(command);
    person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
    person.answers("Sayfa 1/1", ENTER);
    person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
    person.reads("Sertifika Seçimi");
    person
}

fn assert_signs_with(key: LeafKey, desk: &Service) {
    let sandbox = Sandbox::builder().start().unwrap();
    let mut person = seated(desk, &sandbox, key);
    person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
    person.reads("İmzanız kabul edildi.");
    person.reads("\"İşlem Başarılı\"");
    assert_eq!(person.ends(), 0);
    assert_eq!(desk.reader(0).count(Instruction::Sign), 1);
    assert_eq!(sandbox.admin().evidence(APPLICATION).unwrap().len(), 1);
    person.assert_never_wrote(PIN);
}

#[test]
fn a_card_with_rsa_signs_the_whole_way() {
    with_readers!(1, |desk| assert_signs_with(LeafKey::Rsa2048, &desk));
}

#[test]
fn a_card_with_p384_signs_the_whole_way() {
    with_readers!(1, |desk| assert_signs_with(LeafKey::P384, &desk));
}

#[test]
fn a_wrong_pin_is_one_try_and_the_right_one_signs() {
    with_readers!(1, |desk| {
        let sandbox = Sandbox::builder().start().unwrap();
        let mut person = seated(&desk, &sandbox, LeafKey::P256);
        person.answers("PIN Kodu: ", &format!("000000{ENTER}"));
        person.reads("PIN yanlış ve bir hak kullanıldı.");
        assert_eq!(desk.reader(0).tries_left(), Some(2));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        assert_eq!(desk.reader(0).tries_left(), Some(3));
    });
}

/// What `doctor` writes, and its exit code.
fn doctor(language: &str) -> (String, Option<i32>) {
    let mut command = Command::new(program());
    command.args(["--service", "http://127.0.0.1:1", "--lang", language, "--module"]).arg(opensc().unwrap());
    let output = command.arg("doctor").output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn the_doctor_tells_no_reader_no_card_and_no_trouble_apart() {
    with_readers!(1, |desk| {
        let (text, code) = doctor("tr");
        assert!(text.contains("Kart: Okuyucuda kart yok"), "{text}");
        assert_eq!(code, Some(1));
        let sandbox = Sandbox::builder().start().unwrap();
        let issued = sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
        desk.reader(0).insert(Card::new(PIN, &[(Place::Signature, &issued)]));
        let (text, code) = doctor("en");
        assert!(text.contains("certificate: in order"), "{text}");
        assert!(!text.contains("10000000146") && !text.contains("Deneme"), "{text}");
        assert_eq!(code, Some(0));
        assert_eq!(desk.reader(0).tries_left(), Some(3), "no PIN was tried");
        desk.stop();
        let (text, code) = doctor("tr");
        assert!(text.contains("Kart okuyucu: Kart okuyucu bulunamadı"), "{text}");
        assert_eq!(code, Some(1));
    });
}
