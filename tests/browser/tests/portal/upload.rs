//! Sign-in by e-imza by hand: the text of the page is signed elsewhere, the signature is uploaded.

use std::time::Duration;

use kamusm_cades::sign::{self, Profile};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_sandbox::{Issued, LeafSpec};
use kamusm_test_browser::Scripts;
use kamusm_test_ca::Key;
use serde_json::json;

use crate::office::Office;

const STRINGS: &str = include_str!("../../data/xss.txt");

/// Signs as any program does, the text inside the signature.
fn signed(issued: &Issued, text: &str, now_ms: i64) -> Vec<u8> {
    let certificate = Certificate::from_der(&issued.certificate_der).unwrap();
    let key = Key::from_pkcs8_der(LeafSpec::default().key, &issued.private_key_pkcs8_der).unwrap();
    let prepared =
        sign::begin(text.as_bytes(), &certificate, &[], &Profile::new(true, now_ms / 1000)).unwrap();
    prepared.finish(&key.sign(prepared.signed_attributes())).unwrap()
}

/// A new text to sign in with.
async fn begin(office: &Office) {
    office.go("/giris").await;
    office.browser.click("form[action='/giris/e-imza'] button").await.unwrap();
    office.browser.heading("e-İmza ile giriş").await.unwrap();
}

async fn upload(office: &Office, octets: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("giris.p7m");
    std::fs::write(&file, octets).unwrap();
    office.browser.find("#cms").await.unwrap().send_keys(file.to_str().unwrap()).await.unwrap();
    office.browser.click("main form button").await.unwrap();
    // The browser reads the file when the form goes; the answer is another page.
    office.browser.find("body:not(:has(#cms))").await.unwrap();
}

#[tokio::test]
async fn an_uploaded_signature_signs_in_once() {
    let office = Office::open(Scripts::On).await;
    let browser = &office.browser;
    let issued = office.sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
    begin(&office).await;
    let path = browser.path().await.unwrap();
    let text = browser.find("pre code").await.unwrap().prop("textContent").await.unwrap().unwrap();
    assert!(text.starts_with("KAMU SM GİRİŞ/1\n"), "{text}");
    let mut cms = signed(&issued, &text, office.sandbox.admin().now_ms());

    // A signature that is refused leaves the text to be signed again.
    *cms.last_mut().unwrap() ^= 1;
    upload(&office, &cms).await;
    office.inspect_here("giris-e-imza-hata").await;
    assert!(browser.all("header form[action='/cikis']").await.unwrap().is_empty());
    office.go(&path).await;
    *cms.last_mut().unwrap() ^= 1;
    upload(&office, &cms).await;
    browser.heading("Kamu SM Online İşlemler").await.unwrap();
    browser.click("main a[href='/basvurularim']").await.unwrap();
    browser.heading("Başvurularım").await.unwrap();
    assert!(browser.text("main").await.unwrap().contains("SD-13712"));
    office.close().await;
}

/// The string as the file's content and as its name, and in the form's own hidden field where that is asked for.
const SEND: &str = "document.body.dataset.old = 'yes';
    const files = new DataTransfer();
    files.items.add(new File([TEXT], TEXT));
    const field = document.querySelector('#cms');
    field.files = files.files;
    if (HIDDEN) field.form.querySelector('[name=form_token]').value = TEXT;
    field.form.submit();";

#[tokio::test]
async fn none_of_200_strings_runs_as_an_uploaded_signature() {
    let office = Office::open(Scripts::On).await;
    let browser = &office.browser;
    let mut path = String::new();
    for (place, string) in STRINGS.lines().enumerate() {
        // Who fails ten times waits, and a text has its time; by the service's clock.
        if place % 8 == 0 {
            office.sandbox.admin().advance(Duration::from_secs(3600));
            begin(&office).await;
            path = browser.path().await.unwrap();
        }
        for hidden in [false, true] {
            office.go(&path).await;
            browser.find("#cms").await.unwrap();
            let send =
                SEND.replace("TEXT", &json!(string).to_string()).replace("HIDDEN", &hidden.to_string());
            browser.value(&send).await.unwrap();
            browser.find("body:not([data-old]) h1").await.unwrap();
            // Refused as a signature, or as a form of another session.
            assert!(browser.all("#cms").await.unwrap().is_empty(), "{string}");
            assert_eq!(browser.value("return window.ran === undefined;").await.unwrap(), true, "{string}");
            let complaints = browser.complaints().await.unwrap();
            assert!(complaints.is_empty(), "{string}: {complaints:?}");
        }
    }
    office.close().await;
}
