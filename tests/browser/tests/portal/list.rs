//! Başvurularım: rows and texts of TAL.01.16, Şekil 2, word by word.

use kamusm_test_browser::Scripts;
use kamusm_test_flow::instruction::{CANCELLED, FORM_AND_PAYMENT, PRODUCTION};

use crate::office::Office;

/// Sipariş No, Başvuru Tarihi, Başvuru Durumu, İşlem.
const ROWS: [[&str; 4]; 4] = [
    ["SD-13712", "17/12/2021", "Başvuru Formu ve Ödeme Bekleniyor", "Başvuruyu Tamamla"],
    ["SD-13498", "07/12/2021", "Üretim Bekleniyor", "Başvuruyu Güncelle"],
    ["SD-13459", "01/12/2021", "İptal Edildi", "Detaylar"],
    ["SD-13447", "30/11/2021", "Üretim Bekleniyor", "Başvuruyu Güncelle"],
];

const CHANNELS: [&str; 6] =
    ["Banka", "Banka Şubesi", "İnternet Şubesi", "Mobil Şube", "ATM", "Çağrı Merkezi"];

#[tokio::test]
async fn rows_and_texts_are_those_of_the_instruction() {
    let office = Office::signed_in(Scripts::On).await;
    let browser = &office.browser;
    office.go("/basvurularim").await;
    let way = browser.texts(".way li").await.unwrap();
    assert_eq!(
        way,
        ["Online İşlemler", "NES İşlemleri", "Bireysel İşlemler", "Başvuru İşlemleri", "Başvurularım"]
    );
    let heads = browser.texts(".orders > thead th").await.unwrap();
    assert_eq!(heads, ["Sipariş No", "Başvuru Tarihi", "Başvuru Durumu", "İşlem"]);
    let texts = [FORM_AND_PAYMENT, PRODUCTION, CANCELLED, PRODUCTION];
    for (index, (row, text)) in ROWS.iter().zip(texts).enumerate() {
        let body = format!(".orders > tbody:nth-of-type({})", index + 1);
        let [no, date, status, action] = row;
        let cells = browser.texts(&format!("{body} > tr:first-child > *")).await.unwrap();
        // The button says the order's number to who cannot see the row.
        assert_eq!(cells, [*no, *date, *status, &format!("{action} {no}")]);
        browser.click(&format!("{body} summary")).await.unwrap();
        assert_eq!(browser.texts(&format!("{body} .text > p")).await.unwrap(), text, "{no}");
        assert_eq!(browser.text(&format!("{body} .payer")).await.unwrap(), "Kişi Ödemeli");
    }
    let first = ".orders > tbody:nth-of-type(1) .channels";
    assert_eq!(browser.texts(&format!("{first} thead th")).await.unwrap(), CHANNELS);
    let cells = browser.texts(&format!("{first} tbody tr > *")).await.unwrap();
    assert_eq!(cells, ["VAKIFBANK", "✓", "✓", "✓", "✓", "✓", "ZİRAAT BANKASI", "✓", "✓", "✓", "✓", "✓"]);
    office.browser.picture("basvurularim").await.unwrap();
    office.close().await;
}
