//! The PIN: wrong ones, the last try, the reader's own keys, showing and hiding. None is ever tried twice.

use kamusm_test_softhsm::in_own_process;
use kamusm_test_spy::Directive;

use crate::{
    office::{Office, PIN, WRONG_PIN},
    sitting::{ENTER, Sitting, TAB},
};

/// Up to the question for the PIN.
fn at_the_pin(office: &Office) -> Sitting {
    let mut person = Sitting::start(office.program(&[]));
    person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
    person.answers("Sayfa 1/1", ENTER);
    person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
    person.reads("PIN kodunuzu yazıp");
    person
}

#[test]
fn a_wrong_one_is_told_with_the_tries_and_asked_again() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.card_does(&[Directive::PinTries(3)]);
        let mut person = at_the_pin(&office);
        person.answers("PIN Kodu: ", &format!("{WRONG_PIN}{ENTER}"));
        person.reads("PIN yanlış ve bir hak kullanıldı.");
        person.reads("PIN hakkınız azalmış olabilir");
        assert_eq!(office.logins(), 1);
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        assert_eq!(office.logins(), 2);
        person.assert_never_wrote(PIN);
        person.assert_never_wrote(WRONG_PIN);
    });
}

#[test]
fn the_last_try_is_used_only_after_evet() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.card_does(&[Directive::PinTries(3)]);
        let mut person = at_the_pin(&office);
        person.answers("PIN Kodu: ", &format!("{WRONG_PIN}{ENTER}"));
        person.reads("PIN yanlış");
        person.answers("PIN Kodu: ", &format!("{WRONG_PIN}{ENTER}"));
        person.reads("Bu son PIN hakkınız.");
        person.answers("eminseniz evet yazın: ", &format!("evet{ENTER}"));
        person.reads("Kalan PIN hakkı: 1");
        assert_eq!(office.logins(), 2);
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        assert_eq!(office.logins(), 3);
    });
}

#[test]
fn the_last_try_can_be_kept() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.card_does(&[Directive::PinTries(3)]);
        let mut person = at_the_pin(&office);
        for _ in 0..2 {
            person.answers("PIN Kodu: ", &format!("{WRONG_PIN}{ENTER}"));
            person.reads("PIN yanlış");
        }
        person.answers("eminseniz evet yazın: ", &format!("e{ENTER}"));
        person.reads("Lütfen evet ya da hayır yazın.");
        person.answers("eminseniz evet yazın: ", &format!("hayır{ENTER}"));
        person.reads("Tek PIN hakkınız kaldı.");
        assert_eq!(person.ends(), 1);
        assert_eq!(office.logins(), 2, "the last try is still there");
        assert_eq!(office.evidence().len(), 0);
    });
}

#[test]
fn a_locked_card_is_told_before_anything_is_typed() {
    in_own_process!(|hsm| {
        const LOCKED: u64 = 0x0004_0000;
        let office = Office::open(hsm);
        office.card_does(&[Directive::TokenFlags(LOCKED)]);
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.reads("Kullanılamayan sertifikalar");
        person.reads("PIN kilitli.");
        person.answers("Kartınızı takın", crate::sitting::ESC);
        assert_eq!(person.ends(), 1);
        assert_eq!(office.logins(), 0);
    });
}

#[test]
fn a_reader_with_keys_takes_it_itself() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.card_does(&[Directive::PadPin(PIN.into())]);
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.reads("PIN kodunu okuyucudan girin.");
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote("PIN Kodu: ");
    });
}

#[test]
fn a_wrong_one_at_the_reader_is_not_repeated_without_the_person() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.card_does(&[Directive::PadPin(WRONG_PIN.into())]);
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.reads("PIN yanlış");
        person.reads("Yeniden denemek için Enter");
        assert_eq!(office.logins(), 1);
        office.card_does(&[Directive::PadPin(PIN.into())]);
        person.types(ENTER);
        assert_eq!(person.ends(), 0);
        assert_eq!(office.logins(), 2);
    });
}

#[test]
fn tab_shows_it_and_what_stays_on_the_screen_is_hidden() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = at_the_pin(&office);
        person.answers("PIN Kodu: ", PIN);
        person.reads("••••••");
        person.types(TAB);
        person.reads(PIN);
        assert!(person.screen().contains(PIN), "{}", person.screen());
        person.types("\x7f\x7f");
        person.types(&format!("{}{TAB}", &PIN[4..]));
        person.reads("••••••");
        person.types(&format!("{TAB}{ENTER}"));
        person.reads("İmzalanıyor");
        assert!(!person.screen().contains(PIN), "{}", person.screen());
        assert_eq!(person.ends(), 0);
        assert!(!person.screen().contains(PIN), "{}", person.screen());
    });
}

#[test]
fn nothing_typed_is_never_sent_to_the_card() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = at_the_pin(&office);
        person.answers("PIN Kodu: ", ENTER);
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        assert_eq!(office.logins(), 1);
        person.assert_never_wrote("PIN gerekli");
    });
}

#[test]
fn a_pulled_card_is_asked_for_and_signs_when_it_is_back() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = at_the_pin(&office);
        office.card_does(&[
            Directive::Return { function: "C_Sign".into(), rv: 0x32, nth: None },
            Directive::GoneAfter { function: "C_Sign".into(), calls: 1 },
        ]);
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("Kart çıkarıldı. Takıp yeniden imzalayın.");
        person.reads("Yeniden denemek için Enter");
        office.card_does(&[]);
        person.types(ENTER);
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
    });
}
