//! 200 strings that would be scripts where a page does not escape, in every field: none runs.

use kamusm_test_browser::Scripts;
use serde_json::json;

use crate::office::Office;

const STRINGS: &str = include_str!("../../data/xss.txt");

/// Writes the string into every field of the form and sends it; a list takes it as a row of its own.
const SEND: &str =
    "for (const field of document.querySelectorAll('main form [name]:not([name=form_token], [name=etag])')) {
        if (field.tagName === 'SELECT') field.add(new Option('x', TEXT));
        if (field.type !== 'checkbox') field.value = TEXT;
    }
    document.querySelector('main form:last-of-type').submit();";

#[tokio::test]
async fn none_of_200_strings_runs_in_any_field() {
    let office = Office::signed_in(Scripts::On).await;
    let browser = &office.browser;
    assert_eq!(STRINGS.lines().count(), 200);
    office.go_order("/form").await;
    for string in STRINGS.lines() {
        let send = SEND.replace("TEXT", &json!(string).to_string());
        browser.value(&format!("document.body.dataset.old = 'yes'; {send}")).await.unwrap();
        // The answer is the form again, with what was typed.
        browser.find("body:not([data-old]) #errors").await.unwrap();
        assert_eq!(
            browser.find("#unit").await.unwrap().prop("value").await.unwrap().as_deref(),
            Some(string)
        );
        let ran =
            browser.value("return window.ran === undefined && document.title.startsWith('Hata');").await;
        assert_eq!(ran.unwrap(), true, "{string}");
        let complaints = browser.complaints().await.unwrap();
        assert!(complaints.is_empty(), "{string}: {complaints:?}");
    }
    office.close().await;
}

/// Types the string for a number into the page of e-Devlet and sends it.
const SIGN_IN: &str = "document.body.dataset.old = 'yes';
    document.querySelector('#tckn').value = TEXT;
    document.querySelector('#password').value = TEXT;
    document.querySelector('button[value=giris]').click();";

#[tokio::test]
async fn none_of_200_strings_runs_at_the_door() {
    let office = Office::open(Scripts::On).await;
    let browser = &office.browser;
    for (place, string) in STRINGS.lines().enumerate() {
        // Who fails ten times waits; by the service's clock.
        if place % 8 == 0 {
            office.sandbox.admin().advance(std::time::Duration::from_secs(3600));
        }
        let challenge = "A".repeat(43);
        let asked = [
            ("response_type", "code"),
            ("client_id", "kamusm-sdk"),
            ("redirect_uri", "http://127.0.0.1:49152/giris"),
            ("scope", string),
            ("state", string),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let address = format!("{}/oauth/authorize", office.sandbox.base_url());
        browser.go(reqwest::Url::parse_with_params(&address, asked).unwrap().as_str()).await.unwrap();
        browser.value(&SIGN_IN.replace("TEXT", &json!(string).to_string())).await.unwrap();
        let typed = browser.find("body:not([data-old]) #tckn").await.unwrap();
        assert_eq!(typed.prop("value").await.unwrap().as_deref(), Some(string));
        let kept = browser.find("input[name=state]").await.unwrap().prop("value").await.unwrap();
        assert_eq!(kept.as_deref(), Some(string));
        assert_eq!(browser.value("return window.ran === undefined;").await.unwrap(), true, "{string}");
        let complaints = browser.complaints().await.unwrap();
        assert!(complaints.is_empty(), "{string}: {complaints:?}");
    }
    office.close().await;
}

/// Types the string for the code that was sent.
const CODE: &str = "document.body.dataset.old = 'yes';
    document.querySelector('#code').value = TEXT;
    document.querySelector('#code').form.submit();";

#[tokio::test]
async fn none_of_200_strings_runs_as_an_sms_code() {
    let office = Office::signed_in(Scripts::On).await;
    let browser = &office.browser;
    office.go_order("/form").await;
    // Another telephone has to be verified.
    let changed = "document.querySelector('#gsm').value = '0532 765 43 21';
        document.querySelector('#gsm').form.submit();";
    browser.value(changed).await.unwrap();
    browser.heading("SMS Doğrulaması").await.unwrap();
    for (place, string) in STRINGS.lines().enumerate() {
        // Three tries each, and five codes an hour, by the service's clock; the sign-in would be over by then.
        if place % 3 == 0 && place > 0 {
            office.sandbox.admin().advance(std::time::Duration::from_secs(900));
            browser.set_cookie("__Host-oturum", &office.token()).await.unwrap();
            office.go_order("/sms").await;
            browser.click(".card button").await.unwrap();
        }
        browser.find("#code").await.unwrap();
        browser.value(&CODE.replace("TEXT", &json!(string).to_string())).await.unwrap();
        browser.find("body:not([data-old]) h1").await.unwrap();
        assert_eq!(browser.value("return window.ran === undefined;").await.unwrap(), true, "{string}");
        let complaints = browser.complaints().await.unwrap();
        assert!(complaints.is_empty(), "{string}: {complaints:?}");
    }
    office.close().await;
}
