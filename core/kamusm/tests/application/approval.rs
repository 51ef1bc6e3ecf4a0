//! The ways to approve: e-onay, and the code for e-imza.

use kamusm::{
    Code,
    approval::{Approval, EOnay, MethodCode, UnavailableReason},
    result::{ApplicationResult, ResultState},
    sign_code::{CodeState, SessionState, SignCode},
};
use serde_json::json;

use crate::caller::{Caller, answered, decoded, digest, sent, status};

#[test]
fn the_approval() {
    let Caller { config, token, number, key } = Caller::new();
    let text = "Taahhüt ederim.\n";
    let announced = digest(text.as_bytes());
    let call = Approval::read(&config, &token, &number);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1/approval");
    let approval = decoded(
        &call,
        &json!({
            "methods": [
                { "code": "e_onay", "title": "E-Onay", "available": false, "reason": "no_prior_consent" },
                { "code": "e_imza", "title": "e-imza ile Onayla", "available": true },
            ],
            "commitments": [{ "id": "c1", "title": "T", "version": "1", "digest": announced, "length": text.len() }],
            "warnings": ["revokes_existing"], "form_digest": "f1",
        }),
    );
    assert_eq!(approval.methods[0].reason, Some(UnavailableReason::NoPriorConsent));
    assert_eq!(approval.methods[1].code, MethodCode::EImza);

    let commitment = &approval.commitments[0];
    let call = commitment.content(&config, &token);
    assert_eq!(sent(&call).0, "GET /api/v1/commitments/c1/content");
    assert!(call.request().header("accept").unwrap().starts_with("text/plain"));
    let headers = [("content-type", "text/plain; charset=utf-8"), ("repr-digest", announced.as_str())];
    assert_eq!(answered(&call, 200, &headers, text).unwrap(), text);
    let damaged = answered(&call, 200, &headers, "Taahhüt etmem.\n").unwrap_err();
    assert_eq!(damaged.code(), Code::DigestMismatch);
    assert_eq!(answered(&call, 200, &headers[..1], text).unwrap_err().code(), Code::DigestMismatch);
    let other = digest("Başka.\n".as_bytes());
    let changed = answered(&call, 200, &[headers[0], ("repr-digest", &other)], "Başka.\n").unwrap_err();
    assert_eq!(changed.code(), Code::CommitmentChanged);

    let call = commitment.view(&config, &token, &number, true, &key);
    let view = json!({ "commitment_id": "c1", "digest": announced, "read_to_end": true });
    assert_eq!(sent(&call), ("POST /api/v1/applications/SD-1/commitment-views".into(), view));
    let views = [decoded(&call, &json!({ "view_id": "w1" }))];
    let wish = EOnay { view_ids: &views, form_digest: &approval.form_digest, accepted: true };
    let call = Approval::approve(&config, &token, &number, &wish, &key);
    let body = json!({ "view_ids": ["w1"], "form_digest": "f1", "accepted": true });
    assert_eq!(sent(&call), ("POST /api/v1/applications/SD-1/approvals".into(), body));
    let result = decoded(&call, &json!({ "state": "done", "title": "İşlem Başarılı", "status": status() }));
    assert_eq!((result.state, result.title.as_str()), (ResultState::Done, "İşlem Başarılı"));
    assert_eq!(
        sent(&ApplicationResult::read(&config, &token, &number)).0,
        "GET /api/v1/applications/SD-1/result"
    );
}

#[test]
fn sign_codes() {
    let Caller { config, token, number, key } = Caller::new();
    let call = SignCode::issue(&config, &token, &number, &["w1".to_owned()], &key);
    assert_eq!(
        sent(&call),
        ("POST /api/v1/applications/SD-1/sign-codes".into(), json!({ "view_ids": ["w1"] }))
    );
    let code = json!({
        "id": "k1", "state": "issued", "code": "S000-0000-0000-000H", "created_at": "t", "expires_in": 600,
        "second_redemptions": 0,
    });
    let issued = decoded(&call, &code);
    assert_eq!(issued.code.as_ref().unwrap().written().as_str(), "S000-0000-0000-000H");
    assert!(!format!("{issued:?}").contains("000H"));
    let call = SignCode::watch(&config, &token, &number, &issued.id);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1/sign-codes/k1");
    assert_eq!(call.request().header("prefer"), Some("wait=25"));
    let redeemed = json!({
        "id": "k1", "state": "redeemed", "created_at": "t", "expires_in": 0, "second_redemptions": 1,
        "session": {
            "state": "awaiting_confirmation", "match_code": "0420", "created_at": "t", "hard_expires_in": 1800,
            "client": { "name": "e-imza", "version": "1", "network": "10.0.0.0/8", "is_other_network": true },
        },
    });
    let session = decoded(&call, &redeemed).session.unwrap();
    assert_eq!((session.state, session.match_code.as_str()), (SessionState::AwaitingConfirmation, "0420"));
    assert!(session.client.is_other_network);
    let call = SignCode::confirm(&config, &token, &number, "k1", false);
    assert_eq!(
        sent(&call),
        ("PUT /api/v1/applications/SD-1/sign-codes/k1/confirmation".into(), json!({ "confirmed": false }))
    );
    assert_eq!(decoded(&call, &redeemed).state, CodeState::Redeemed);
    let call = SignCode::withdraw(&config, &token, &number, "k1");
    assert_eq!(sent(&call).0, "DELETE /api/v1/applications/SD-1/sign-codes/k1");
    answered(&call, 204, &[], "").unwrap();
}
