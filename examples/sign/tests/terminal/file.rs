//! `--pkcs12`: the password is asked once, a wrong one again.

use std::process::Command;

use kamusm_sandbox::LeafSpec;
use kamusm_test_ca::{certificate_pem, private_key_pem};
use kamusm_test_softhsm::in_own_process;

use crate::{
    office::Office,
    sitting::{ENTER, Sitting},
};

const PASSWORD: &str = "parola-şifre";

#[test]
fn its_password_opens_it_and_signs() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let file = pkcs12(&office);
        let command = office.program_without_card(&["--pkcs12", &file]);
        let mut person = Sitting::start(command);
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("Dosyanın parolası: ", &format!("yanlış{ENTER}"));
        person.reads("Parola yanlış ya da dosya bozuk.");
        person.answers("Dosyanın parolası: ", &format!("{PASSWORD}{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote(PASSWORD);
        person.assert_never_wrote("PIN Kodu: ");
    });
}

#[test]
fn one_that_cannot_be_read_is_seen_before_the_code_is_asked() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = Sitting::start(office.program_without_card(&["--pkcs12", "/nowhere.p12"]));
        person.reads("/nowhere.p12 okunamıyor");
        assert_eq!(person.ends(), 2);
        person.assert_never_wrote("Doğrulama kodu");
    });
}

/// The path of a file as OpenSSL writes it.
fn pkcs12(office: &Office) -> String {
    let issued = office.sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
    let folder = office.folder();
    let (pem, file) = (folder.join("nes.pem"), folder.join("nes.p12"));
    let key = private_key_pem(&issued.private_key_pkcs8_der);
    std::fs::write(&pem, format!("{}{}", *key, certificate_pem(&issued.certificate_der))).unwrap();
    let status = Command::new("openssl")
        .args(["pkcs12", "-export", "-passout", &format!("pass:{PASSWORD}")])
        .arg("-in")
        .arg(&pem)
        .arg("-out")
        .arg(&file)
        .status();
    assert!(status.unwrap().success());
    file.to_str().unwrap().to_owned()
}
