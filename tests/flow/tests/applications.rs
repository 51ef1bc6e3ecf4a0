//! The person's applications with their statuses, decoded from the service's own answers.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kamusm::{
    Code,
    application::{Application, ApplicationNumber, PersonToken, Reason},
    call::Call,
    config::{Config, Environment},
    drive::Transport,
    http::HttpClient,
    status::{ActionCode, Block, CancelledBy, StatusCode},
};
use kamusm_sandbox::{Sandbox, Seed};
use kamusm_token::cancel::CancelToken;

struct Person {
    _sandbox: Sandbox,
    config: Config,
    token: PersonToken,
}

impl Person {
    /// The person of the seed, whose applications are those of Şekil 2.
    fn new() -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let config = Config::builder(sandbox.base_url(), Environment::Sandbox).build().unwrap();
        let token = sandbox.admin().person_token(&Seed::default().persons[0].tckn).unwrap();
        Self { config, token: PersonToken::parse(&token).unwrap(), _sandbox: sandbox }
    }

    fn perform<T>(&self, call: &Call<T>) -> kamusm::error::Result<T> {
        let client = HttpClient::new(&self.config).unwrap();
        call.decode(&client.perform(call.request(), &CancelToken::new()).unwrap())
    }
}

#[test]
fn the_rows_of_the_figure() {
    let person = Person::new();
    let rows = person.perform(&Application::list(&person.config, &person.token)).unwrap();
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.no.as_str(),
                row.applied_on.as_str(),
                row.status.title.as_str(),
                row.status.action.title.as_str(),
            )
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("SD-13712", "2021-12-17", "Başvuru Formu ve Ödeme Bekleniyor", "Başvuruyu Tamamla"),
            ("SD-13498", "2021-12-07", "Üretim Bekleniyor", "Başvuruyu Güncelle"),
            ("SD-13459", "2021-12-01", "İptal Edildi", "Detaylar"),
            ("SD-13447", "2021-11-30", "Üretim Bekleniyor", "Başvuruyu Güncelle"),
        ]
    );
    assert_eq!(rows[0].status.code, StatusCode::FormAndPaymentPending);
    assert_eq!(rows[0].reason, Reason::First);
    assert_eq!(rows[2].status.cancelled_by, Some(CancelledBy::Institution));
    assert_eq!(rows[1].status.action.code, ActionCode::Update);
    let banks = rows[0].status.body.iter().find_map(|block| match block {
        Block::Channels { banks } => Some(banks),
        _ => None,
    });
    assert_eq!(
        banks.unwrap().iter().map(|bank| bank.name.as_str()).collect::<Vec<_>>(),
        ["VAKIFBANK", "ZİRAAT BANKASI"]
    );
}

#[test]
fn one_application_and_one_of_nobody() {
    let person = Person::new();
    let read = |number: &str| {
        let number = ApplicationNumber::parse(number).unwrap();
        person.perform(&Application::read(&person.config, &person.token, &number))
    };
    assert_eq!(read("SD-13459").unwrap().status.code, StatusCode::Cancelled);
    assert_eq!(read("SD-1").unwrap_err().code(), Code::NotFound);
    let stranger = PersonToken::parse("nobody").unwrap();
    let call = Application::list(&person.config, &stranger);
    assert_eq!(person.perform(&call).unwrap_err().code(), Code::Unauthenticated);
}
