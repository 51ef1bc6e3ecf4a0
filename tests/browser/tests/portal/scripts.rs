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
