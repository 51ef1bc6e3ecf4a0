//! Requests that an honest client never sends: altered on their way, refused for what they are.

use serde_json::json;

use super::{
    super::{exchange::exchange, setting::Setting},
    Cause::Altered,
    Line, REDEEM,
};

/// By the rule of the check symbol, with the first symbol of production.
const PRODUCTION_CODE: &str = "K000-0000-0000-0004";

pub(super) const ROWS: &[Line] = &[
    ("malformed", 400, Altered("the redemption's body is no JSON"), |callers| {
        Setting::new(callers, 1).altered(REDEEM, |request| request.set_body(b"{".to_vec()))
    }),
    ("idempotency-key-required", 400, Altered("the redemption has no Idempotency-Key"), |callers| {
        Setting::new(callers, 1).altered(REDEEM, |request| request.set_header("idempotency-key", None))
    }),
    ("idempotency-key-reused", 422, Altered("another body with the same key came before"), |callers| {
        Setting::new(callers, 1).altered("/certificate-checks", |request| {
            let mut before = request.instead("POST", "/window", "7", b"{}");
            assert_eq!(exchange(&before).status, 200);
            before.set_body(b"{ }".to_vec());
            *request = before;
        })
    }),
    ("too-large", 413, Altered("the redemption's body is 300 KiB of spaces"), |callers| {
        Setting::new(callers, 1).altered(REDEEM, |request| request.set_body(vec![b' '; 300 * 1024]))
    }),
    ("unsupported-media-type", 415, Altered("the redemption says that it is text/plain"), |callers| {
        Setting::new(callers, 1)
            .altered(REDEEM, |request| request.set_header("content-type", Some("text/plain")))
    }),
    ("no-common-profile", 406, Altered("the client knows another signature profile only"), |callers| {
        Setting::new(callers, 1)
            .altered(REDEEM, |request| request.edit(|message| message["accept"]["profiles"] = json!(["X"])))
    }),
    ("client-too-old", 426, Altered("the client says that it is of version 0.0.1"), |callers| {
        Setting::new(callers, 1).altered(REDEEM, |request| {
            request.edit(|message| message["client"]["sdk_version"] = json!("0.0.1"));
        })
    }),
    ("code-malformed", 400, Altered("the core refuses such a code before it is sent"), |callers| {
        Setting::new(callers, 1)
            .altered(REDEEM, |request| request.edit(|message| message["code"] = json!("S000")))
    }),
    ("wrong-environment", 421, Altered("the core sends no code of production to a sandbox"), |callers| {
        Setting::new(callers, 1)
            .altered(REDEEM, |request| request.edit(|message| message["code"] = json!(PRODUCTION_CODE)))
    }),
    ("unauthenticated", 401, Altered("the text is asked for without a token"), |callers| {
        Setting::new(callers, 1).altered("/documents/1", |request| request.set_header("authorization", None))
    }),
    ("not-found", 404, Altered("a ninth text is asked for where there is one"), |callers| {
        Setting::new(callers, 1).altered("/documents/1", |request| {
            request.url = request.url.replace("/documents/1", "/documents/9");
        })
    }),
    ("session-unknown", 404, Altered("the token is used for a session of nobody"), |callers| {
        Setting::new(callers, 1).altered("/window", |request| {
            let id = request.url.split('/').nth(6).unwrap().to_owned();
            request.url = request.url.replace(&id, "AAAAAAAAAAAAAAAAAAAAAA");
        })
    }),
    ("awaiting-confirmation", 409, Altered("a text is asked for before the page has confirmed"), |callers| {
        let setting = Setting::new(callers, 1);
        setting.admin().set_redeem_confirmation(kamusm_sandbox::RedeemConfirmation::Always);
        let mut walk = setting.walk();
        walk.alter(|request| {
            if request.method == "GET" && !request.url.contains("well-known") {
                request.url.push_str("/documents/1");
            }
        });
        walk.finish()
    }),
    ("nothing-submitted", 404, Altered("what was submitted is asked for instead of a text"), |callers| {
        Setting::new(callers, 1).altered("/documents/1", |request| {
            request.url = request.url.replace("/documents/1", "/submission");
        })
    }),
    ("already-submitted", 409, Altered("an extension is asked for after the submission"), |callers| {
        let check = std::cell::RefCell::new(None);
        let setting = Setting::new(callers, 1);
        let mut walk = setting.walk();
        walk.alter(|request| {
            if request.url.ends_with("/certificate-checks") {
                check.replace(Some(request.clone()));
            }
            if request.url.ends_with("jwks.json") {
                *request = check.borrow().as_ref().unwrap().instead("POST", "/extensions", "8", b"{}");
            }
        });
        walk.finish()
    }),
];
