//! What a page says only after something was wrong goes with the page: in English it is asked for in English.

use kamusm_test_browser::Scripts;

use crate::office::Office;

#[tokio::test]
async fn refused_forms_have_no_barriers_in_english_either() {
    let office = Office::signed_in(Scripts::On).await;
    let browser = &office.browser;
    office.in_english().await;
    office.go_order("/form").await;
    for name in ["email", "unit"] {
        browser.find(&format!("#{name}")).await.unwrap().clear().await.unwrap();
    }
    browser.click("main .buttons button").await.unwrap();
    browser.find("html[lang=en] #errors").await.unwrap();
    assert_eq!(browser.text("#email-error").await.unwrap(), "This field must be filled in.");
    office.inspect_here("form-hata-en").await;
    for (name, text) in [("email", "deneme@example.org"), ("unit", "Birim"), ("gsm", "0532 765 43 21")] {
        browser.fill(&format!("#{name}"), text).await.unwrap();
    }
    browser.click("main .buttons button").await.unwrap();
    browser.fill("html[lang=en] #code", "x").await.unwrap();
    browser.click(".card button").await.unwrap();
    let error = browser.text("#code-error").await.unwrap();
    assert!(error.ends_with("Attempts left: 2"), "{error}");
    office.inspect_here("sms-hata-en").await;
    office.close().await;
}
