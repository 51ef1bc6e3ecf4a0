//! The core's check of a form and the service's refusal say the same of the same values.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kamusm::{
    Code,
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::{Config, Environment},
    drive::Transport,
    error::Result,
    form::{Form, FormValues},
    http::HttpClient,
};
use kamusm_sandbox::{Sandbox, Seed};
use kamusm_token::cancel::CancelToken;

const RIGHT: [(&str, &str); 14] = [
    ("certificate_duration", "3y"),
    ("card_reader", "none"),
    ("publish_certificate", "no"),
    ("email", "deneme@example.org"),
    ("gsm", "+905321234567"),
    ("operator", "turkcell"),
    ("info_channel", "sms"),
    ("institution", "Deneme Kurumu"),
    ("unit", "Bilgi İşlem"),
    ("job_title", "Mühendis"),
    ("work_phone", "0262 648 18 18"),
    ("extension", "1234"),
    ("province", "41"),
    ("delivery_method", "office"),
];

/// Each wrong by itself, and all of them wrong together.
const WRONG: [(&str, &str); 35] = [
    ("certificate_duration", "2y"),
    ("card_reader", ""),
    ("publish_certificate", "maybe"),
    ("email", ""),
    ("email", "deneme"),
    ("email", "a@b"),
    ("email", "a@b..tr"),
    ("email", "a@.tr"),
    ("email", "a@b.tr."),
    ("email", "@example.org"),
    ("email", "a@@example.org"),
    ("email", "a@-b.tr"),
    ("email", "a@b_c.tr"),
    ("email", "a b@example.org"),
    ("email", "ş@example.org"),
    ("gsm", " "),
    ("gsm", "0262 648 18 18"),
    ("gsm", "0532 123 45 6"),
    ("gsm", "0532 123 45 678"),
    ("gsm", "0532 123 45 6a"),
    ("gsm", "٠٥٣٢١٢٣٤٥٦٧"),
    ("operator", "kktcell"),
    ("operator", " "),
    ("info_channel", "SMS"),
    ("unit", "  "),
    ("unit", "a\nMETİN SONU"),
    ("unit", "a\tb"),
    ("job_title", "Müdür\u{202E}"),
    ("job_title", "Őr"),
    ("job_title", "Mu\u{308}hendis"),
    ("work_phone", ""),
    ("province", "82"),
    ("province", "1"),
    ("tckn", "10000000146"),
    ("a/b~c", "1"),
];

struct Setting {
    _sandbox: Sandbox,
    config: Config,
    client: HttpClient,
    token: PersonToken,
    number: ApplicationNumber,
}

impl Setting {
    fn new() -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let config = Config::builder(sandbox.base_url(), Environment::Sandbox).build().unwrap();
        let token = sandbox.admin().person_token(&Seed::default().persons[0].tckn).unwrap();
        Self {
            client: HttpClient::new(&config).unwrap(),
            token: PersonToken::parse(&token).unwrap(),
            number: ApplicationNumber::parse("SD-13712").unwrap(),
            config,
            _sandbox: sandbox,
        }
    }

    fn perform<T>(&self, call: &Call<T>) -> Result<T> {
        call.decode(&self.client.perform(call.request(), &CancelToken::new()).unwrap())
    }

    fn form(&self) -> Form {
        self.perform(&Form::read(&self.config, &self.token, &self.number)).unwrap()
    }

    /// Whether both refused, after they were compared.
    fn is_refused(&self, form: &Form, values: &FormValues, what: &str) -> bool {
        let ours = form.check(values);
        match self.perform(&Form::save(&self.config, &self.token, &self.number, &form.etag, values)) {
            Ok(_) => assert_eq!(ours, [], "{what}: only the core refuses"),
            Err(error) => {
                assert_eq!((error.code(), error.fields()), (Code::FormInvalid, ours.as_slice()), "{what}");
            }
        }
        !ours.is_empty()
    }
}

fn right(form: &Form) -> FormValues {
    let mut values = form.values.clone();
    RIGHT.iter().for_each(|(name, value)| values.set(*name, *value));
    values
}

#[test]
fn the_core_and_the_service_refuse_the_same_values_for_the_same_reasons() {
    let setting = Setting::new();
    let form = setting.form();
    let mut all = right(&form);
    for (name, value) in WRONG {
        let mut values = right(&form);
        values.set(name, value);
        all.set(name, value);
        assert!(setting.is_refused(&form, &values, &format!("{name}: {value:?}")), "{name}: {value:?}");
    }
    assert!(setting.is_refused(&form, &all, "all of them"));
    for (name, letters) in [("email", 255), ("unit", 151), ("institution", 500)] {
        let mut values = right(&form);
        values.set(name, "a".repeat(letters));
        assert!(setting.is_refused(&form, &values, name), "{name}");
    }
    let mut values = right(&form);
    values.set("email", format!("{}@example.org", "a".repeat(65)));
    assert!(setting.is_refused(&form, &values, "a long mailbox"));
    assert!(setting.is_refused(&form, &FormValues::new(), "nothing"));
}

#[test]
fn the_core_and_the_service_take_the_same_spellings() {
    let setting = Setting::new();
    for gsm in ["0532 123 45 67", "+90 (532) 123-45-67", "5321234567", "00905321234567", " 0532.123.45.67 "] {
        let form = setting.form();
        let mut values = right(&form);
        values.set("gsm", gsm);
        assert!(!setting.is_refused(&form, &values, gsm), "{gsm}");
        assert_eq!(setting.form().values.get("gsm"), Some("+905321234567"));
    }
    let mut refused = 0;
    for province in 1..=81 {
        let form = setting.form();
        let mut values = right(&form);
        values.set("province", format!("{province:02}"));
        refused += usize::from(setting.is_refused(&form, &values, "an office of the province"));
    }
    assert!((1..81).contains(&refused), "{refused} provinces have no office");
}
