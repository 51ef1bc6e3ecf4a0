//! What comes from the service: a window that ends, broken connections, lies, refusals.

use kamusm_sandbox::{Fault, FaultRule, Spoof};
use kamusm_test_softhsm::in_own_process;
use serde_json::json;

use crate::{
    office::{Office, PIN},
    sitting::{CTRL_C, ENTER, Sitting},
};

fn after_the_code(office: &Office) -> Sitting {
    let mut person = Sitting::start(office.program(&[]));
    person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
    person
}

fn at_the_pin(office: &Office) -> Sitting {
    let mut person = after_the_code(office);
    person.answers("Sayfa 1/1", ENTER);
    person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
    person.reads("PIN kodunuzu yazıp");
    person
}

fn fault(office: &Office, method: &str, path_end: &str, fault: Fault) {
    office.sandbox.admin().inject(FaultRule::once(method, path_end, fault));
}

#[test]
fn a_window_that_ends_while_the_pin_is_typed_begins_again() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let short = Fault::Json { pointer: "/expires_in".into(), value: json!(8) };
        fault(&office, "POST", "/window", short);
        let mut person = at_the_pin(&office);
        person.answers("PIN Kodu: ", &PIN[..3]);
        person.reads("Kalan Süre: 1");
        person.reads("Süre dolmuştu; yeniden başlatıldı.");
        person.reads("Kalan Süre: 1");
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        assert_eq!(office.logins(), 1, "what was typed before the end was not used");
    });
}

#[test]
fn a_lost_answer_asks_for_no_second_pin() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        fault(&office, "PUT", "/submission", Fault::DropAfter);
        let mut person = at_the_pin(&office);
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        assert_eq!((office.logins(), office.evidence().len()), (1, 1));
    });
}

#[test]
fn what_may_have_arrived_is_said_and_has_its_own_exit_code() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.sandbox.admin().hold_decisions(true);
        let mut person = at_the_pin(&office);
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("İmzanız ulaştı; hizmet denetliyor");
        person.types(CTRL_C);
        person.reads("İmzanız hizmete ulaşmış olabilir.");
        assert_eq!(person.ends(), 3);
    });
}

#[test]
fn a_text_that_hides_something_is_not_shown() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.sandbox.admin().set_spoof(Spoof::Bidi);
        let mut person = after_the_code(&office);
        person.reads("Metinde bir şey gizleyebilecek karakterler var.");
        assert_eq!(person.ends(), 1);
        person.assert_never_wrote("METİN SONU");
        person.assert_never_wrote("\u{202e}");
    });
}

#[test]
fn words_of_the_service_cannot_steer_the_terminal() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let value = json!("\u{1b}[2J\u{202e}Kamu SM\r\n\u{7}");
        let name = Fault::Json { pointer: "/session/service/name".into(), value: value.clone() };
        fault(&office, "POST", "/sign-sessions", name);
        let name = Fault::Json { pointer: "/service/name".into(), value };
        fault(&office, "POST", "/window", name);
        let mut person = after_the_code(&office);
        person.answers("Sayfa 1/1", ENTER);
        person.reads(r"Nerede: \u{1b}[2J\u{202e}Kamu SM\u{d}\u{a}\u{7}");
        person.assert_never_wrote("\x1b[2J");
        person.assert_never_wrote("\u{202e}");
    });
}

#[test]
fn a_hotels_sign_in_page_is_told_apart() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        fault(&office, "GET", "/kamusm-configuration", Fault::CaptivePortal);
        let code = office.code();
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        person.reads("Tarayıcıda ağa giriş yapıp yeniden deneyin.");
        assert_eq!(person.ends(), 1);
        assert_eq!(office.page(&code)["state"], "issued", "the code was not sent");
    });
}
