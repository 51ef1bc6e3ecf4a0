//! The person's applications with their statuses, decoded from the service's own answers.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kamusm::{
    Code,
    application::{Application, ApplicationNumber, PersonToken, Reason},
    status::{ActionCode, Block, CancelledBy, StatusCode},
};
use kamusm_sandbox::{Order, Seed};
use kamusm_test_flow::{Desk, instruction};

/// The person of the seed, whose applications are those of Şekil 2.
fn person() -> (Desk, PersonToken) {
    let desk = Desk::new();
    let token = desk.sandbox.admin().person_token(&Seed::default().persons[0].tckn).unwrap();
    (desk, PersonToken::parse(&token).unwrap())
}

#[test]
fn the_rows_of_the_figure() {
    let (desk, token) = person();
    let rows = desk.perform(&Application::list(&desk.config, &token)).unwrap();
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

/// Each paragraph and point as a line.
fn lines(body: &[Block]) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Paragraph { text } => Some(text.clone()),
        Block::Item { label, text } => Some(format!("{label} {text}")),
        _ => None,
    };
    body.iter().filter_map(line).collect()
}

/// Name, Banka Şubesi, İnternet Şubesi, Mobil Şube, ATM, Çağrı Merkezi.
fn channels(body: &[Block]) -> Vec<(&str, [bool; 5])> {
    let banks = body.iter().filter_map(|block| match block {
        Block::Channels { banks } => Some(banks),
        _ => None,
    });
    banks
        .flatten()
        .map(|bank| {
            let taken = [bank.branch, bank.internet, bank.mobile, bank.atm, bank.call_centre];
            (bank.name.as_str(), taken)
        })
        .collect()
}

#[test]
fn decoded_statuses_say_what_the_instruction_says() {
    let (desk, token) = person();
    let unpaid = Order { state: "payment_pending".to_owned(), ..Order::ready("SD-20001") };
    desk.sandbox.admin().add_order(&Seed::default().persons[0].tckn, unpaid).unwrap();
    let rows = desk.perform(&Application::list(&desk.config, &token)).unwrap();
    let body = |number: &str| rows.iter().find(|row| row.no == number).unwrap().status.body.as_slice();
    assert_eq!(lines(body("SD-13712")), instruction::FORM_AND_PAYMENT);
    assert_eq!(lines(body("SD-13498")), instruction::PRODUCTION);
    assert_eq!(lines(body("SD-13459")), instruction::CANCELLED);
    assert_eq!(lines(body("SD-20001")), instruction::RESULT);
    let all = [true; 5];
    assert_eq!(channels(body("SD-13712")), [("VAKIFBANK", all), ("ZİRAAT BANKASI", all)]);
    let no_machine = [true, true, true, false, false];
    assert_eq!(channels(body("SD-20001")), [("VAKIFBANK", all), ("ZİRAAT BANKASI", no_machine)]);
}

#[test]
fn one_application_and_one_of_nobody() {
    let (desk, token) = person();
    let read = |number: &str| {
        let number = ApplicationNumber::parse(number).unwrap();
        desk.perform(&Application::read(&desk.config, &token, &number))
    };
    assert_eq!(read("SD-13459").unwrap().status.code, StatusCode::Cancelled);
    assert_eq!(read("SD-1").unwrap_err().code(), Code::NotFound);
    let stranger = PersonToken::parse("nobody").unwrap();
    let call = Application::list(&desk.config, &stranger);
    assert_eq!(desk.perform(&call).unwrap_err().code(), Code::Unauthenticated);
}
