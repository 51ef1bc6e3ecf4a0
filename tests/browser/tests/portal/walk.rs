//! The whole application by e-onay: sign-in to "İşlem Başarılı"; with a pointer, by keyboard only, without scripts.

use kamusm_test_browser::Scripts;
use kamusm_test_flow::instruction;

use crate::hand::Hand;
use crate::office::{ORDER, Office, TCKN};

/// The fields of TAL.01.16, Şekil 3, word by word; a star is for what must be filled.
const FORM: &[(&str, &[&str])] = &[
    ("Ürün Bilgileri", &["Sertifika Süresi*", "Kart Okuyucu*", "Sertifikanız İnternette Yayınlansın mı?*"]),
    ("Kimlik Bilgileri", &["Kimlik Numarası", "Ad Soyad"]),
    ("İletişim Bilgileri", &["E-Posta*", "Cep Telefonu*", "Operatör*", "Bilgi Kanalı*"]),
    ("Kurum Bilgileri", &["Kurum Adı*", "Çalıştığı Birim*", "Ünvan*", "İş Telefonu*", "Dahili*"]),
    ("Teslimat Bilgileri", &["İl*", "Teslimat Yöntemi*"]),
];

const REFRESH: &str = "Yukarıdaki bilgiler güncel değil ise Kimlik Bilgilerimi Güncelle butonu ile Nüfus ve Vatandaşlık \
                       İşleri Genel Müdürlüğü'nde kayıtlı güncel bilgilerinizi alabilirsiniz.";

/// What the person empties and fills anew, in the order of the form; another telephone has to be verified.
const CHANGED: [(&str, &str); 3] =
    [("email", "deneme@example.org"), ("gsm", "0532 765 43 21"), ("unit", "Yazı İşleri")];

#[tokio::test]
async fn with_a_pointer_and_every_page_without_barriers() {
    let office = Office::open(Scripts::On).await;
    walk(&office, Hand::Pointer, true).await;
    for (end, heading) in [
        ("", ORDER),
        ("/gecmis", "Geçmiş"),
        ("/odeme", "Borç Sorgulama ve Ödeme"),
        ("/belgelerim", "Belgelerim"),
        ("/iptal", "Başvuruyu iptal et"),
    ] {
        office.go_order(end).await;
        office.browser.heading(heading).await.unwrap();
        office.inspect(&format!("basvuru{}", end.replace('/', "-"))).await;
    }
    office.go_order("/odeme").await;
    office.browser.click("main form button").await.unwrap();
    office.browser.heading("Sanal POS (deneme)").await.unwrap();
    office.inspect_here("pos").await;
    office.go("/e-imza-uygulamasi").await;
    office.inspect("e-imza-uygulamasi").await;
    office.go("/basvurularim/SD-1").await;
    office.browser.heading("Bulunamadı").await.unwrap();
    office.inspect("bulunamadi").await;
    office.close().await;
}

#[tokio::test]
async fn the_doors_have_no_barriers_either() {
    let office = Office::open(Scripts::On).await;
    office.go("/giris").await;
    office.browser.click("form[action='/giris/e-imza'] button").await.unwrap();
    office.browser.heading("e-İmza ile giriş").await.unwrap();
    office.inspect("giris-e-imza").await;
    office.go("/giris").await;
    office.browser.click("form[action='/giris/e-devlet'] button").await.unwrap();
    office.browser.heading("e-Devlet benzetimi").await.unwrap();
    office.inspect_here("e-devlet").await;
    office.close().await;
    let office = Office::signed_in(Scripts::On).await;
    office.go_order("/sms").await;
    office.inspect("sms-gonderilmedi").await;
    office.close().await;
}

#[tokio::test]
async fn by_keyboard_only() {
    let office = Office::open(Scripts::On).await;
    walk(&office, Hand::Keyboard, false).await;
    office.close().await;
}

#[tokio::test]
async fn without_scripts() {
    let office = Office::open(Scripts::Off).await;
    walk(&office, Hand::Pointer, false).await;
    office.close().await;
}

async fn walk(office: &Office, hand: Hand, inspects: bool) {
    let browser = &office.browser;
    let inspect = async |name: &str| {
        if inspects {
            office.inspect(name).await;
        }
    };
    office.go("/giris").await;
    inspect("giris").await;
    hand.press(browser, "form[action='/giris/e-devlet'] button").await;
    hand.fill(browser, "#tckn", TCKN).await;
    hand.fill(browser, "#password", "deneme").await;
    hand.press(browser, "button[value=giris]").await;
    browser.heading("Kamu SM Online İşlemler").await.unwrap();
    let menu = browser.texts(".menu span, .menu a").await.unwrap();
    assert_eq!(menu, ["NES İşlemleri", "Bireysel İşlemler", "Başvuru İşlemleri", "Başvurularım"]);
    inspect("online-islemler").await;
    hand.press(browser, "main a[href='/e-onay-izni']").await;
    hand.tick(browser, "#accepted").await;
    inspect("e-onay-izni").await;
    if inspects {
        // The switch of the language has opened the page anew.
        hand.tick(browser, "#accepted").await;
    }
    hand.press(browser, "main form button").await;
    hand.press(browser, "main a[href='/basvurularim']").await;
    browser.heading("Başvurularım").await.unwrap();
    inspect("basvurularim").await;
    hand.press(browser, &format!("a.button[href='/basvurularim/{ORDER}/form']")).await;
    fill_form(office, hand, inspects).await;
    browser.heading("SMS Doğrulaması").await.unwrap();
    inspect("sms").await;
    hand.fill(browser, "#code", "x").await;
    hand.press(browser, ".card button").await;
    let error = browser.text("#code-error").await.unwrap();
    assert!(error.ends_with("Kalan deneme: 2"), "{error}");
    if inspects {
        office.inspect_here("sms-hata").await;
    }
    browser.find("#code").await.unwrap().clear().await.unwrap();
    hand.fill(browser, "#code", &office.sms_code()).await;
    hand.press(browser, ".card button").await;
    approve(office, hand, inspects).await;
    browser.heading("İşlem Başarılı").await.unwrap();
    assert_eq!(browser.text("#next").await.unwrap(), "Ödeme Bekleniyor");
    assert_eq!(browser.texts(".text > p").await.unwrap(), instruction::RESULT);
    let cells = browser.texts(".channels tbody tr > *").await.unwrap();
    assert_eq!(cells, ["VAKIFBANK", "✓", "✓", "✓", "✓", "✓", "ZİRAAT BANKASI", "✓", "✓", "✓", "-", "-"]);
    inspect("sonuc").await;
}

async fn fill_form(office: &Office, hand: Hand, inspects: bool) {
    let browser = &office.browser;
    browser.heading("Başvuru Bilgileri").await.unwrap();
    assert_eq!(browser.texts(".steps li").await.unwrap(), ["1 Başvuru Bilgileri", "2 Onay", "3 Sonuç"]);
    for (place, (title, labels)) in (1..).zip(FORM) {
        let section = format!("fieldset:nth-of-type({place})");
        assert_eq!(browser.text(&format!("{section} legend")).await.unwrap(), *title);
        assert_eq!(browser.texts(&format!("{section} label")).await.unwrap(), *labels);
    }
    assert_eq!(browser.text(".refresh").await.unwrap(), REFRESH);
    if inspects {
        office.inspect("form").await;
    }
    hand.press(browser, "button[form=refresh]").await;
    browser.heading("Başvuru Bilgileri").await.unwrap();
    for (name, _) in CHANGED {
        hand.clear(browser, &format!("#{name}")).await;
    }
    hand.press(browser, "main .buttons button").await;
    browser.find("#errors").await.unwrap();
    let links = browser.all(".errors a").await.unwrap();
    let mut targets = Vec::new();
    for link in links {
        targets.push(link.attr("href").await.unwrap().unwrap_or_default());
    }
    assert_eq!(targets, CHANGED.map(|(name, _)| format!("#{name}")));
    assert_eq!(browser.text("#email-error").await.unwrap(), "Bu alan doldurulmalıdır.");
    if inspects {
        office.inspect_here("form-hata").await;
    }
    for (name, text) in CHANGED {
        hand.fill(browser, &format!("#{name}"), text).await;
    }
    hand.choose(browser, "#operator", "vodafone", "Vodafone").await;
    hand.press(browser, "main .buttons button").await;
}

async fn approve(office: &Office, hand: Hand, inspects: bool) {
    let browser = &office.browser;
    browser.heading("Onay").await.unwrap();
    let reasons = browser.texts(".reason").await.unwrap();
    assert_eq!(
        reasons,
        ["Önce taahhütname sonuna kadar okunmalıdır.", "Adınıza geçerli bir NES (e-imza) yok."]
    );
    if inspects {
        office.inspect("onay").await;
    }
    hand.press(browser, "section a[href*='/taahhutname/']").await;
    browser.heading("Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi").await.unwrap();
    if inspects {
        office.inspect("taahhutname").await;
    }
    hand.press(browser, "main form button").await;
    hand.press(browser, "a.button[href$='/e-onay']").await;
    browser.heading("E-Onay").await.unwrap();
    if inspects {
        office.inspect("e-onay").await;
    }
    hand.press(browser, "main form button").await;
    assert_eq!(browser.text("#accepted-error").await.unwrap(), "Onaylamak için kutuyu işaretleyin.");
    hand.tick(browser, "#accepted").await;
    hand.press(browser, "main form button").await;
}
