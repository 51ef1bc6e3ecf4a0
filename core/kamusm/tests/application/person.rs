//! The person who is signed in.

use kamusm::{Code, person::Me};
use serde_json::{Value, json};

use crate::caller::{Caller, decoded, refused, sent};

#[test]
fn the_person() {
    let Caller { config, token, key, .. } = Caller::new();
    let call = Me::read(&config, &token);
    assert_eq!(sent(&call), ("GET /api/v1/me".into(), Value::Null));
    let me = decoded(
        &call,
        &json!({
            "name": "I*** Ö****", "tckn": "172******60", "email": "i***@kurum.gov.tr", "gsm": null,
            "eonay_consent": { "given": true, "given_at": "2026-11-22T10:19:44+03:00" },
            "has_valid_certificate": true, "institutions": [{ "id": "k1", "name": "Deneme Kurumu" }], "later": 1,
        }),
    );
    assert!(me.eonay_consent.given && me.has_valid_certificate);
    assert_eq!((me.gsm, me.institutions[0].id.as_str()), (None, "k1"));

    let call = Me::refresh_identity(&config, &token, &key);
    assert_eq!(sent(&call), ("POST /api/v1/me/identity-refresh".into(), json!({})));
    let refresh = decoded(&call, &json!({ "name": "Işıl Öğünç", "tckn": "172******60", "changed": true }));
    assert!(refresh.changed && !format!("{refresh:?}").contains("Işıl"));
    let down =
        json!({ "type": "urn:kamusm:problem:upstream-unavailable", "upstream": "nvi", "retry_after": 30 });
    let error = refused(&call, 503, &down);
    assert_eq!(error.code(), Code::UpstreamUnavailable);
    assert_eq!((error.upstream(), error.retry_after_s()), (Some("nvi"), Some(30)));

    let call = Me::consent_to_eonay(&config, &token, true, &key);
    assert_eq!(sent(&call), ("POST /api/v1/me/eonay-consent".into(), json!({ "accepted": true })));
    assert!(decoded(&call, &json!({ "given": true, "given_at": "2026-11-22T10:19:44+03:00" })).given);
}
