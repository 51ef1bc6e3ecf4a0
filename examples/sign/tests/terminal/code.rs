//! The doğrulama kodu: mistyped, unknown, of the wrong environment, piped in.

use kamusm_test_softhsm::in_own_process;

use crate::{
    office::{Office, PIN},
    sitting::{ENTER, Sitting},
};

#[test]
fn a_mistyped_one_is_asked_again_and_the_service_hears_nothing() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut person = Sitting::start(office.program(&[]));
        let (start, last) = code.code.split_at(code.code.len() - 1);
        let wrong = if last == "0" { "1" } else { "0" };
        person.answers("Doğrulama kodu: ", &format!("{start}{wrong}{ENTER}"));
        person.reads("Doğrulama kodu eksik veya hatalı.");
        assert_eq!(office.page(&code)["state"], "issued");
        let spoken = code.code.replace('-', " ").to_ascii_lowercase();
        person.answers("Doğrulama kodu: ", &format!("{spoken}{ENTER}"));
        person.reads("İmzalanacak Metin 1:");
        assert_eq!(office.page(&code)["state"], "redeemed");
    });
}

#[test]
fn a_used_one_is_told_in_plain_words() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut first = Sitting::start(office.program(&[]));
        first.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        first.reads("İmzalanacak Metin 1:");
        // The first one has the journal.
        let mut second = Sitting::start(office.program(&["--no-journal"]));
        second.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        second.reads("Doğrulama kodu kullanılmış.");
        assert_eq!(second.ends(), 1);
        second.assert_never_wrote("Sözleşme");
    });
}

#[test]
fn one_of_another_environment_is_not_sent() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let command = {
            let mut command = std::process::Command::new(crate::sitting::program());
            command.args(["--service", "https://127.0.0.1:1", "--environment", "production"]);
            command
        };
        let mut person = Sitting::start(command);
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        person.reads("Doğrulama kodu başka bir ortama");
        person.answers("Doğrulama kodu: ", crate::sitting::ESC);
        assert_eq!(person.ends(), 1);
        assert_eq!(office.page(&code)["state"], "issued");
    });
}

#[test]
fn a_piped_one_is_not_asked_for() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = format!("{}\n", office.code().code);
        let command = office.redirected(&office.program(&[]), &[(0, &code)]);
        let mut person = Sitting::start(command);
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote("Doğrulama kodu: ");
    });
}

#[test]
fn a_service_that_is_not_there_is_told() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let command = {
            let mut command = std::process::Command::new(crate::sitting::program());
            command.args(["--service", "http://127.0.0.1:1"]);
            command
        };
        let mut person = Sitting::start(command);
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        person.reads("birazdan yeniden denenecek");
        person.types(crate::sitting::CTRL_C);
        person.reads("İmzalama iptal edildi.");
        assert_eq!(person.ends(), 1);
    });
}
