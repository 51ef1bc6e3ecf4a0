//! `basvuru`: the whole application from the terminal, command by command.

use std::{fs, process::Command};

use kamusm::{
    application::PersonToken,
    config::{Config, Environment},
    drive::Transport,
    http::HttpClient,
    idempotency::IdempotencyKey,
    person::Me,
};
use kamusm_sandbox::{Fault, FaultRule, LeafSpec, Order};
use kamusm_test_ca::certificate_pem;
use kamusm_test_softhsm::in_own_process;
use kamusm_token::cancel::CancelToken;
use serde_json::Value;

use crate::{
    office::{APPLICATION, Office, PIN, TCKN},
    sitting::{ENTER, Sitting},
};

/// An application of which nothing is done yet.
const FRESH: &str = "SD-20001";
const GSM: &str = "+905321234599";
#[rustfmt::skip]
const FILLED: &[&str] = &[
    "certificate_duration=3y", "card_reader=none", "publish_certificate=no", "email=deneme@example.org",
    "operator=turkcell", "info_channel=sms", "institution=Deneme Kurumu", "unit=Bilgi İşlem",
    "job_title=Mühendis", "work_phone=0262 648 18 18", "extension=1234", "province=41", "delivery_method=office",
];

struct Desk {
    office: Office,
    token_file: String,
}

impl Desk {
    fn open(office: Office) -> Self {
        let state = "pre_application".to_owned();
        let order = Order { state, commitment_read: false, ..Order::ready(FRESH) };
        office.sandbox.admin().add_order(TCKN, order).unwrap();
        let token_file = office.folder().join("token");
        fs::write(&token_file, format!("{}\n", office.sandbox.admin().person_token(TCKN).unwrap())).unwrap();
        Self { office, token_file: token_file.to_str().unwrap().to_owned() }
    }

    fn program(&self, words: &[&str]) -> Command {
        let mut command = self.office.program_without_card(&["--environment", "sandbox", "basvuru"]);
        command.args(["--token-file", &self.token_file]).args(words);
        command
    }

    fn sits(&self, words: &[&str]) -> Sitting {
        Sitting::start(self.program(words))
    }

    /// Fills the form, all but `name`.
    fn fills(&self, without: &str) -> Sitting {
        let mut command = self.program(&["form", FRESH, "--set", "gsm"]);
        let prefix = format!("{without}=");
        for pair in FILLED.iter().filter(|pair| !pair.starts_with(&prefix)) {
            command.args(["--set", pair]);
        }
        let mut person = Sitting::start(command);
        person.answers("Cep Telefonu: ", &format!("{GSM}{ENTER}"));
        person
    }

    fn verifies(&self) {
        let mut person = self.sits(&["sms", FRESH]);
        person.reads("Kod gönderildi: ");
        person.reads("SMS kodu: ");
        person.types(&format!("{}{ENTER}", self.sms_code()));
        person.reads("Cep telefonunuz doğrulandı.");
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote(&self.sms_code());
        person.assert_never_wrote(GSM);
    }

    /// The six digits that arrived last.
    fn sms_code(&self) -> String {
        let message = self.office.sandbox.admin().outbox().unwrap().pop().unwrap();
        let mut words = message.text.split(|c: char| !c.is_ascii_digit());
        words.find(|digits| digits.len() == 6).unwrap().to_owned()
    }

    fn consents_to_eonay(&self) {
        let url = self.office.sandbox.base_url();
        let config = Config::builder(url, Environment::Sandbox).build().unwrap();
        let token = PersonToken::parse(fs::read_to_string(&self.token_file).unwrap().trim()).unwrap();
        let call = Me::consent_to_eonay(&config, &token, true, &IdempotencyKey::new([7; 32]));
        let client = HttpClient::new(&config).unwrap();
        let answer = client.perform(call.request(), &CancelToken::new()).unwrap();
        assert!(call.decode(&answer).unwrap().given);
    }

    /// Runs without a terminal; the exit code and the objects.
    fn runs(&self, words: &[&str]) -> (i32, Vec<Value>) {
        let output = self.program(words).arg("--json").output().unwrap();
        let lines = String::from_utf8(output.stdout).unwrap();
        let objects = lines.lines().map(|line| serde_json::from_str(line).unwrap());
        (output.status.code().unwrap(), objects.collect())
    }
}

#[test]
fn from_the_list_to_islem_basarili() {
    in_own_process!(|hsm| {
        let desk = Desk::open(Office::open(hsm));
        let mut person =
            Sitting::start(desk.office.program(&["--environment", "sandbox", "basvuru", "list"]));
        person.reads("| KAMU SM GİRİŞ/1");
        person.answers("Sayfa 1/1", ENTER);
        person.reads("Nerede: ");
        person.answers("giriş yapmak istiyorum (evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("Giriş yapıldı: ");
        person.reads("Başvurularım");
        person.reads(&format!("{FRESH}  17.12.2021  Başvuru Formu ve Ödeme Bekleniyor"));
        person.reads("SD-13498  07.12.2021  Üretim Bekleniyor");
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote(TCKN);
        person.assert_never_wrote(PIN);

        let mut person = desk.fills("");
        person.reads("Başvuru Bilgileri");
        person.reads("(email): deneme@example.org");
        person.reads("Form kaydedildi.");
        assert_eq!(person.ends(), 0);
        desk.verifies();

        desk.consents_to_eonay();
        let mut person = Sitting::with_size(desk.program(&["onay", FRESH]), 24, 100);
        person.reads("Taahhütname");
        person.reads("Sayfa 1/");
        person.reads(" -");
        let transcript = person.transcript();
        let count = transcript.rsplit("Sayfa 1/").next().unwrap();
        let count: usize = count.trim_end_matches(" -").split(' ').next().unwrap().parse().unwrap();
        person.types(ENTER);
        for page in 2..=count {
            person.answers(&format!("Sayfa {page}/{count}"), ENTER);
        }
        person.answers("onaylıyorum (evet/hayır): ", &format!("evet{ENTER}"));
        person.reads("İşlem Başarılı");
        assert_eq!(person.ends(), 0);

        let mut person = desk.sits(&["durum", FRESH]);
        person.reads(&format!("{FRESH}  17.12.2021  Ödeme Bekleniyor"));
        person.reads("İnternet Şubesi");
        person.reads("Tutar: 600,00 TRY");
        person.reads("Ödeme durumu: bekleniyor");
        person.reads("Olanlar");
        assert_eq!(person.ends(), 0);
        let (exit_code, told) = desk.runs(&["durum", FRESH]);
        assert_eq!((exit_code, &told[0]["application"]["form"]), (0, &"submitted".into()), "{told:?}");
    });
}

#[test]
fn edevlet_signs_in_by_the_address_it_came_back_to() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let start = || {
            let words = ["--environment", "sandbox", "basvuru", "list", "--edevlet"];
            let mut person = Sitting::with_size(office.program_without_card(&words), 60, 800);
            person.reads("Dönülen adres: ");
            let transcript = person.transcript();
            let address = transcript.lines().find(|line| line.contains("/oauth/authorize?")).unwrap();
            (address.trim().to_owned(), person)
        };
        let (address, mut person) = start();
        let returned = signed_in_at(&address);
        assert!(returned.contains("/giris?code="), "{returned}");
        person.types(&format!("{returned}{ENTER}"));
        person.reads("Giriş yapıldı: ");
        person.reads("SD-13498  07.12.2021");
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote(&returned);

        let (_, mut person) = start();
        person.types(&format!("{returned}{ENTER}"));
        person.reads("Hata kodu: FORBIDDEN (-209)");
        assert_eq!(person.ends(), 1);
    });
}

/// Where the browser comes back to when the person signed in on the page.
fn signed_in_at(address: &str) -> String {
    let (page, query) = address.split_once('?').unwrap();
    let body = format!("{query}&tckn={TCKN}&password=deneme&action=giris");
    let browser = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none());
    let request = browser.build().unwrap().post(page).body(body);
    let answer = request.header("content-type", "application/x-www-form-urlencoded").send().unwrap();
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[test]
fn a_wrong_form_is_told_field_by_field_and_not_saved() {
    in_own_process!(|hsm| {
        let desk = Desk::open(Office::open(hsm));
        let mut person = desk.fills("operator");
        person.reads("(operator): doldurulması gerekir.");
        person.reads("turkcell = Turkcell");
        person.reads("Hata kodu: FORM_INVALID (-223)");
        assert_eq!(person.ends(), 1);
        let (exit_code, told) = desk.runs(&["form", FRESH, "--set", "email=deneme"]);
        let fields = told[0]["error"]["fields"].as_array().unwrap();
        let email = fields.iter().find(|field| field["pointer"] == "/values/email").unwrap();
        assert_eq!((exit_code, &email["code"]), (1, &"format".into()), "{told:?}");
        let (exit_code, told) = desk.runs(&["form", FRESH]);
        let fields = told[0]["fields"].as_array().unwrap();
        let gsm = fields.iter().find(|field| field["name"] == "gsm").unwrap();
        assert_eq!((exit_code, &gsm["value"]), (0, &Value::Null), "nothing was saved");
    });
}

#[test]
fn a_wrong_sms_code_leaves_fewer_tries() {
    in_own_process!(|hsm| {
        let desk = Desk::open(Office::open(hsm));
        assert_eq!(desk.fills("").ends(), 0);
        let mut person = desk.sits(&["sms", FRESH]);
        person.reads("Kalan kod deneme hakkı: 3");
        person.reads("SMS kodu: ");
        let other = if desk.sms_code() == "000000" { "000001" } else { "000000" };
        person.types(&format!("12{ENTER}"));
        person.reads("SMS kodu 6 rakamdır.");
        person.answers("SMS kodu: ", &format!("{other}{ENTER}"));
        person.reads("Hata kodu: SMS_CODE_WRONG (-226)");
        person.reads("Kalan kod deneme hakkı: 2");
        person.answers("SMS kodu: ", &format!("{}{ENTER}", desk.sms_code()));
        person.reads("Cep telefonunuz doğrulandı.");
        assert_eq!(person.ends(), 0);
    });
}

#[test]
fn a_lost_answer_is_asked_for_again_and_one_that_stays_away_leaves_it_open() {
    in_own_process!(|hsm| {
        let desk = Desk::open(Office::open(hsm));
        let lose = |method: &str, path_end: &str, times: u32| {
            let rule = FaultRule::once(method, path_end, Fault::DropAfter);
            desk.office.sandbox.admin().inject(FaultRule { times, ..rule });
        };
        lose("PUT", "/form", 1);
        let mut person = desk.fills("");
        person.reads("Hata kodu: UNREACHABLE (-100)");
        person.reads("İsteğiniz hizmete ulaşmış olabilir.");
        assert_eq!(person.ends(), 3);
        lose("POST", "/phone-verifications", 1);
        desk.verifies();
        let sent = desk.office.sandbox.admin().outbox().unwrap().len();
        assert_eq!(sent, 1, "the same act was asked for again, not another one");
        lose("GET", "/applications", 3);
        assert_eq!(desk.runs(&["list"]).0, 1);
    });
}

#[test]
fn without_consent_or_tick_nothing_is_approved() {
    in_own_process!(|hsm| {
        let desk = Desk::open(Office::open(hsm));
        let mut person = desk.sits(&["onay", APPLICATION]);
        person.reads("Hata kodu: NO_PRIOR_CONSENT (-221)");
        assert_eq!(person.ends(), 1);
        desk.consents_to_eonay();
        let mut person = Sitting::with_size(desk.program(&["onay", APPLICATION]), 1000, 250);
        person.answers("Sayfa 1/1", ENTER);
        person.answers("onaylıyorum (evet/hayır): ", &format!("hayır{ENTER}"));
        person.reads("Hata kodu: DECLINED");
        assert_eq!(person.ends(), 1);
        assert_ne!(desk.office.title(), "İşlem Başarılı");
        assert_eq!(desk.program(&["onay", APPLICATION, "--json"]).output().unwrap().status.code(), Some(2));
    });
}

#[test]
fn kept_signatures_are_downloaded_and_verified() {
    in_own_process!(|hsm| {
        let desk = Desk::open(Office::open(hsm));
        let office = &desk.office;
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);

        let place = |name: &str, der: &[u8]| {
            let file = office.folder().join(name);
            fs::write(&file, certificate_pem(der)).unwrap();
            file.to_str().unwrap().to_owned()
        };
        let issuer = place("issuer.pem", office.sandbox.intermediate_der());
        let other = office.sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
        let stranger = place("stranger.pem", &other.certificate_der);
        let folder = office.folder().join("kanit");
        let folder = folder.to_str().unwrap();
        let mut person = desk.sits(&["kanit", APPLICATION, folder, "--anchor", &issuer]);
        person.reads("kanit-1.p7s: ");
        person.reads("imza geçerli; Deneme Kullanıcı Bir");
        assert_eq!(person.ends(), 0);
        let made = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        assert_eq!(fs::read(made.join("kanit-1.p7s")).unwrap(), office.evidence()[0]);

        let other = office.folder().join("other");
        let words = ["kanit", APPLICATION, other.to_str().unwrap(), "--anchor", &stranger];
        let (exit_code, told) = desk.runs(&words);
        let failure = &told[0]["items"][0]["failure"];
        assert_eq!((exit_code, failure), (1, &"NO_CERTIFICATE_CHAIN_FOUND".into()), "{told:?}");
        let (exit_code, told) = desk.runs(&["kanit", FRESH, other.to_str().unwrap(), "--anchor", &issuer]);
        assert_eq!((exit_code, &told[0]["items"]), (0, &Value::Array(Vec::new())), "{told:?}");
    });
}

#[test]
fn a_token_that_is_over_and_none_are_told() {
    in_own_process!(|hsm| {
        let desk = Desk::open(Office::open(hsm));
        fs::write(&desk.token_file, "nobody").unwrap();
        let (exit_code, told) = desk.runs(&["list"]);
        assert_eq!((exit_code, &told[0]["error"]["name"]), (1, &"UNAUTHENTICATED".into()), "{told:?}");
        fs::write(&desk.token_file, "no token").unwrap();
        let output = desk.program(&["list"]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && told.contains("okunamıyor"), "{told}");
        assert!(!told.contains("no token"), "{told}");
    });
}
