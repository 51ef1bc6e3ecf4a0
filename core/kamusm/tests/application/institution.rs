//! The institution that tells of its staff.

use kamusm::{
    Code,
    application::Reason,
    email::Email,
    error::FieldErrorCode,
    institution::{self, InstitutionId, PreApplication},
    tckn::Tckn,
};
use serde_json::json;

use crate::caller::{Caller, answered, decoded, sent, status};

#[test]
fn the_institution() {
    let Caller { config, token, number, key } = Caller::new();
    let id = InstitutionId::parse("k1").unwrap();
    let tckn = Tckn::parse("17291716060").unwrap();
    let item = PreApplication::new(tckn, "Işıl Öğünç", Email::parse("a@b.tr").unwrap(), Reason::First);
    let call = institution::submit(&config, &token, &id, std::slice::from_ref(&item), &key).unwrap();
    let body = json!({ "items": [{
        "tckn": "17291716060", "name": "Işıl Öğünç", "email": "a@b.tr", "reason": "first", "institution_change": false,
    }] });
    assert_eq!(sent(&call), ("POST /api/v1/institutions/k1/pre-applications".into(), body));
    let placed = decoded(
        &call,
        &json!({ "items": [
            { "row": 1, "no": "SD-20001" },
            { "row": 2, "problem": {
                "type": "urn:kamusm:problem:form-invalid", "title": "T", "detail": "D",
                "errors": [{ "pointer": "/tckn", "code": "checksum" }],
            } },
            { "row": 3 },
        ] }),
    );
    assert_eq!(placed[0].result.as_ref().unwrap().as_str(), "SD-20001");
    let error = placed[1].result.as_ref().unwrap_err();
    assert_eq!((placed[1].row, error.fields()[0].code.clone()), (2, FieldErrorCode::Checksum));
    assert_eq!(placed[2].result.as_ref().unwrap_err().code(), Code::BadResponse);
    for count in [0, 501] {
        let items = vec![item.clone(); count];
        let error = institution::submit(&config, &token, &id, &items, &key).unwrap_err();
        assert_eq!(error.code(), Code::Range);
    }

    let row = json!({ "no": "SD-1", "name": "I***", "tckn": "172******60", "applied_on": "2026-11-01", "status": status() });
    let call = institution::list(&config, &token, &id);
    assert_eq!(sent(&call).0, "GET /api/v1/institutions/k1/pre-applications");
    assert_eq!(decoded(&call, &json!({ "items": [row] }))[0].etag, None);
    let call = institution::watch(&config, &token, &id, &number, "\"t\"");
    assert_eq!(sent(&call).0, "GET /api/v1/institutions/k1/pre-applications/SD-1");
    assert_eq!(answered(&call, 304, &[], "").unwrap(), None);
    assert_eq!(decoded(&call, &row).unwrap().etag.as_deref(), Some("\"t\""));
    assert_eq!(sent(&institution::read(&config, &token, &id, &number)).0, sent(&call).0);
}
