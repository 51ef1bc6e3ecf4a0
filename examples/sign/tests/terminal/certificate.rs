//! Which certificate: reasons for the others, numbers where there are several, waiting for a card.

use kamusm_sandbox::{CertificateStatus, LeafSpec, Qc};
use kamusm_test_softhsm::in_own_process;
use kamusm_test_spy::Directive;

use crate::{
    office::{Office, PIN, TCKN},
    sitting::{ENTER, ESC, Sitting},
};

const DAY_S: i64 = 86_400;

fn now_s() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

fn expired() -> LeafSpec {
    LeafSpec {
        common_name: "Deneme Eski".into(),
        not_before: Some(now_s() - 1000 * DAY_S),
        not_after: Some(now_s() - DAY_S),
        ..LeafSpec::default()
    }
}

fn named(name: &str) -> LeafSpec {
    LeafSpec { common_name: name.into(), ..LeafSpec::default() }
}

fn at_the_choice(office: &Office, arguments: &[&str]) -> Sitting {
    let mut person = Sitting::start(office.program(arguments));
    person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
    person.answers("Sayfa 1/1", ENTER);
    person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
    person.reads("Sertifika Seçimi");
    person
}

#[test]
fn those_that_cannot_sign_are_listed_with_their_reasons() {
    in_own_process!(|hsm| {
        let seal = LeafSpec { qc: Qc::Seal, ..named("Deneme Kurum") };
        let office = Office::with(hsm, &[expired(), named("Deneme Yeni"), seal], |builder| builder);
        let mut person = at_the_choice(&office, &[]);
        person.reads("1) Deneme Yeni, T.C. kimlik no 100******46");
        person.reads("Kullanılamayan sertifikalar ve nedenleri:");
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        let transcript = person.transcript();
        let listed: Vec<&str> = transcript.split("\r\n").map(str::trim).collect();
        let reason = |name: &str| {
            let place = listed.iter().position(|line| line.starts_with(&format!("- {name}"))).unwrap();
            listed[place + 2]
        };
        assert_eq!(reason("Deneme Eski"), "Sertifikanın süresi dolmuş. Geçerli bir sertifika kullanın.");
        assert_eq!(reason("Deneme Kurum"), "Sertifika bir kurum mührü. Kişisel sertifikanızı kullanın.");
        person.assert_never_wrote(TCKN);
    });
}

#[test]
fn several_that_can_sign_have_numbers() {
    in_own_process!(|hsm| {
        let office = Office::with(hsm, &[named("Deneme Bir"), named("Deneme İki")], |builder| builder);
        let mut person = at_the_choice(&office, &[]);
        person.answers("Sertifika Seçiniz (1-2): ", &format!("3{ENTER}"));
        person.reads("Lütfen listedeki sayılardan birini yazın.");
        person.answers("Sertifika Seçiniz (1-2): ", &format!("2{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        let transcript = person.transcript();
        let second = transcript.split("2) ").nth(1).unwrap().split(',').next().unwrap();
        let cms = &office.evidence()[0];
        assert!(cms.windows(second.len()).any(|window| window == second.as_bytes()), "signed by {second}");
    });
}

#[test]
fn a_refused_one_is_told_and_another_card_is_waited_for() {
    in_own_process!(|hsm| {
        let stranger = LeafSpec { tckn: Some("17291716060".into()), ..named("Başka Biri") };
        let office = Office::with(hsm, &[stranger, expired()], |builder| builder);
        // The applicant has a certificate, but not on this card.
        office.sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
        let mut person = at_the_choice(&office, &[]);
        person.reads("1) Başka Biri, T.C. kimlik no 172******60");
        person.reads("Sertifika, başvuru sahibinden başka birine ait. Kendi kartınızı takın.");
        person.reads("Kullanılamayan sertifikalar ve nedenleri:");
        person.reads("Kendi kartınızı takın.");
        person.answers("Kartınızı takın; takıldığında", ESC);
        assert_eq!(person.ends(), 1);
        assert_eq!(office.logins(), 0, "no PIN for a certificate that the service refused");
    });
}

#[test]
fn a_revoked_one_is_refused_before_the_pin() {
    in_own_process!(|hsm| {
        let mut revoked = named("Deneme İptal");
        revoked.serial = Some(vec![0x47, 0x11]);
        let office = Office::with(hsm, &[revoked, named("Deneme Yeni")], |builder| builder);
        let admin = office.sandbox.admin();
        admin.set_certificate_status(&office.certificates[0], CertificateStatus::Revoked).unwrap();
        let mut person = at_the_choice(&office, &[]);
        person.reads("Sertifika Seçiniz (1-2): ");
        let is_first = person.transcript().contains("1) Deneme İptal");
        person.types(&format!("{}{ENTER}", if is_first { 1 } else { 2 }));
        person.reads("Sertifika iptal edilmiş. Başka bir sertifika kullanın.");
        person.reads("1) Deneme Yeni");
        person.reads("- Deneme İptal");
        person.reads("Sertifika iptal edilmiş.");
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        assert_eq!(office.logins(), 1);
    });
}

#[test]
fn two_drivers_for_one_card_show_it_once() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let other = kamusm_test_softhsm::module().unwrap();
        let mut person = at_the_choice(&office, &["--module", other.to_str().unwrap()]);
        person.reads("Kullanılabilecek tek sertifika olduğu için bu seçildi.");
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
    });
}

#[test]
fn a_card_that_comes_late_is_seen() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.card_does(&[Directive::GoneAfter { function: "C_GetSlotList".into(), calls: 0 }]);
        let mut person = at_the_choice(&office, &[]);
        person.reads("Kartı takın.");
        person.reads("takıldığında kendiliğinden devam edilir");
        office.card_does(&[]);
        person.reads("1) Deneme Kullanıcı Bir");
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
    });
}

#[test]
fn a_driver_that_is_not_there_ends_with_what_to_do() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut command = office.program_without_card(&["--module", "/nowhere/libakisp11.so"]);
        command.env("TERM", "dumb");
        let code = office.code();
        let mut person = Sitting::start(command);
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.reads("Kart sürücüsü bulunamadı.");
        assert_eq!(person.ends(), 1);
        assert_eq!(office.page(&code)["session"]["state"], "cancelled");
    });
}
