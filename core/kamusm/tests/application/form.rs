//! The form, its lists and the phone.

use kamusm::{
    Code,
    error::FieldErrorCode,
    form::{FieldKind, Form, FormValues},
    phone::PhoneVerification,
    reference::Choice,
    sms_code::SmsCode,
};
use serde_json::json;

use crate::caller::{Caller, decoded, refused, sent};

#[test]
fn the_form() {
    let Caller { config, token, number, .. } = Caller::new();
    let form = json!({
        "schema": { "required": ["email"] }, "locked": ["tckn"], "values": { "tckn": "172******60" },
        "sections": [{ "id": "iletisim", "title": "İletişim Bilgileri", "fields": [
            { "name": "email", "label": "E-Posta", "required": true, "kind": "email", "value": null },
            { "name": "province", "label": "İl", "required": true, "kind": "choice", "options_list": "provinces" },
            { "name": "later", "label": "Renk", "kind": "colour" },
        ] }],
    });
    let call = Form::read(&config, &token, &number);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1/form");
    let read = decoded(&call, &form);
    let fields = &read.sections[0].fields;
    assert_eq!((fields[1].options_list.as_deref(), fields[2].kind.word()), (Some("provinces"), "colour"));
    assert_eq!(fields[0].kind, FieldKind::Email);
    assert_eq!(read.check(&FormValues::new())[0].pointer, "/values/email");

    let values: FormValues = [("email", "a@b.tr")].into_iter().collect();
    let call = Form::save(&config, &token, &number, &read.etag, &values);
    assert_eq!(
        sent(&call),
        ("PUT /api/v1/applications/SD-1/form".into(), json!({ "values": { "email": "a@b.tr" } }))
    );
    assert_eq!(call.request().header("if-match"), Some("\"t\""));
    let invalid = json!({
        "type": "urn:kamusm:problem:form-invalid",
        "errors": [{ "pointer": "/values/email", "code": "format" }, { "pointer": "/values/unit", "code": "later" }],
    });
    let error = refused(&call, 422, &invalid);
    assert_eq!((error.code(), error.fields()[0].code.clone()), (Code::FormInvalid, FieldErrorCode::Format));
    assert_eq!(error.fields()[1].code, FieldErrorCode::Unknown("later".into()));
    assert_eq!(Form::save(&config, &token, &number, "", &values).request().header("if-match"), None);
}

#[test]
fn lists_and_the_phone() {
    let Caller { config, token, number, key } = Caller::new();
    let call = Choice::list_of_province(&config, &token, "delivery-methods", "41");
    assert_eq!(sent(&call).0, "GET /api/v1/reference/delivery-methods?province=41");
    assert_eq!(decoded(&call, &json!({ "items": [{ "code": "office", "title": "Şube" }] }))[0].title, "Şube");
    assert_eq!(sent(&Choice::list(&config, &token, "provinces")).0, "GET /api/v1/reference/provinces");

    let call = PhoneVerification::start(&config, &token, &number, &key);
    assert_eq!(sent(&call), ("POST /api/v1/applications/SD-1/phone-verifications".into(), json!({})));
    let verification = decoded(
        &call,
        &json!({ "id": "v/1", "gsm": "+90 5** *** ** 67", "expires_in": 180, "attempts_left": 3, "resend_in": 60 }),
    );
    let code = SmsCode::parse("123 456").unwrap();
    let call = PhoneVerification::attempt(&config, &token, &number, &verification.id, &code, &key);
    assert_eq!(
        sent(&call),
        (
            "POST /api/v1/applications/SD-1/phone-verifications/v%2F1/attempts".into(),
            json!({ "code": "123456" })
        )
    );
    assert!(decoded(&call, &json!({ "verified": true })));
    let wrong = json!({ "type": "urn:kamusm:problem:sms-code-wrong", "attempts_left": 2 });
    let error = refused(&call, 422, &wrong);
    assert_eq!((error.code(), error.attempts_left()), (Code::SmsCodeWrong, Some(2)));
}
