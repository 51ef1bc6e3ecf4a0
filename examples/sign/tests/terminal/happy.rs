//! The way that everybody hopes for: code, text, acceptance, PIN, "başvuru sayfasına dönün".

use kamusm_sandbox::{Order, RedeemConfirmation};
use kamusm_test_softhsm::in_own_process;

use crate::{
    office::{APPLICATION, Office, PIN, TCKN},
    sitting::{ENTER, Sitting},
};

#[test]
fn in_turkish() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut person = Sitting::start(office.program(&[]));
        person.reads("Kamu SM e-İmza Uygulaması");
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        person.reads("Deneme ortamı");
        person.reads("Sözleşme");
        person.reads("Oluşturma Tarihi: ");
        person.reads("İmzalanacak Metin 1:");
        person.reads("| KAMU SM BAŞVURU ONAYI/1");
        person.reads("| Aşağıda yazılı bütün bilgilerin doğru olduğunu");
        person.reads("Kalan Süre: 1");
        person.answers("Sayfa 1/1", ENTER);
        person.reads("Kim: D***** K******** B**, T.C. kimlik no 100******46");
        person.reads(&format!("Ne: {APPLICATION} numaralı başvuru"));
        person.reads("Nerede: ");
        person.reads(office.sandbox.base_url());
        person.reads(&format!("Kontrol sayısı: {}", office.match_code(&code)));
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.reads("Sertifika Seçimi");
        person.reads("Deneme Kullanıcı Bir, T.C. kimlik no 100******46");
        person.reads("PIN Kodu");
        person.reads("İmzalama Tarihi: ");
        assert!(!person.has_echo());
        person.answers("PIN Kodu: ", PIN);
        person.reads("PIN Kodu: ••••••");
        let seen_by_all = person.command_line();
        assert_eq!(person.core_file_limits(), ["0", "0"]);
        person.types(ENTER);
        person.reads("İmzanız kabul edildi.");
        person.reads("İmzalama Tarihi: ");
        person.reads("Şimdi başvuru sayfasına dönün");
        person.reads("\"İşlem Başarılı\"");
        assert_eq!(person.ends(), 0);
        assert_eq!((office.title().as_str(), office.evidence().len()), ("İşlem Başarılı", 1));
        assert_eq!(office.logins(), 1);
        person.assert_never_wrote(PIN);
        person.assert_never_wrote(TCKN);
        for secret in [PIN, &code.code] {
            let is_seen = seen_by_all.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_seen, "/proc shows a secret");
        }
    });
}

#[test]
fn in_english() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = Sitting::start(office.program(&["--lang", "en"]));
        person.answers("Verification code: ", &format!("{}{ENTER}", office.code().code));
        person.reads("Agreement");
        person.reads("Time left: 1");
        person.answers("Page 1 of 1", ENTER);
        person.reads("Who signs what, where?");
        person.answers("(yes/no): ", &format!("yes{ENTER}"));
        person.answers("PIN: ", &format!("{PIN}{ENTER}"));
        person.reads("Your signature was accepted.");
        person.reads("Now return to the application page");
        assert_eq!(person.ends(), 0);
        assert_eq!(office.title(), "İşlem Başarılı");
        person.assert_never_wrote("Doğrulama");
    });
}

#[test]
fn several_texts_are_signed_with_one_pin() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let no = "SD-20002";
        office.sandbox.admin().add_order(TCKN, Order { texts: 3, ..Order::ready(no) }).unwrap();
        let code = office.sandbox.admin().issue_sign_code(no).unwrap();
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        for text in 1..=3 {
            person.reads(&format!("İmzalanacak Metin {text}:"));
            person.answers(&format!("Sayfa {text}/3"), ENTER);
        }
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        assert_eq!(office.logins(), 1);
        assert_eq!(office.sandbox.admin().evidence(no).unwrap().len(), 3);
    });
}

#[test]
fn the_page_may_have_to_be_asked_first() {
    in_own_process!(|hsm| {
        let always = RedeemConfirmation::Always;
        let office = Office::with(hsm, &[Default::default()], |builder| builder.redeem_confirmation(always));
        let code = office.code();
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", code.code));
        person.reads("Orada Evet, benim düğmesine basın");
        office.confirm(&code);
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
    });
}

#[test]
fn the_evidence_is_kept_where_it_was_asked_for() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let folder = office.folder().join("kanit");
        let mut person = Sitting::start(office.program(&["--save", folder.to_str().unwrap()]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("Kanıt dosyaları: ");
        assert_eq!(person.ends(), 0);
        let made = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        assert_eq!(std::fs::read(made.join("metin-1.txt.p7s")).unwrap(), office.evidence()[0]);
        let text = std::fs::read_to_string(made.join("metin-1.txt")).unwrap();
        assert!(text.starts_with("KAMU SM BAŞVURU ONAYI/1\n"), "{text}");
        assert_eq!(std::fs::read_to_string(made.join("alindi.jws")).unwrap().matches('.').count(), 2);
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(made.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(made.join("metin-1.txt").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    });
}
