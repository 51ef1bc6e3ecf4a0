//! Submissions that break on their way: the core itself sends nothing that it has not verified.

use std::cell::Cell;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use kamusm_cades::{
    sign::{self, Profile},
    x509::certificate::Certificate,
};
use kamusm_sandbox::LeafKey;
use kamusm_test_ca::Key;
use serde_json::json;

use super::{
    super::{
        caller::{Callers, Step, Told},
        setting::Setting,
    },
    Cause::Altered,
    Line,
};

pub(super) const ROWS: &[Line] = &[
    ("signature-invalid", 422, Altered("the last bit of a signature is turned"), |callers| {
        Setting::new(callers, 2).altered("/submission", |request| {
            request.edit(|message| {
                let mut cms = STANDARD.decode(message["items"][0]["cms"].as_str().unwrap()).unwrap();
                *cms.last_mut().unwrap() ^= 1;
                message["items"][0]["cms"] = json!(STANDARD.encode(cms));
            });
        })
    }),
    ("content-mismatch", 422, Altered("the signatures of two texts change places"), |callers| {
        Setting::new(callers, 2).altered("/submission", |request| {
            request.edit(|message| {
                let first = message["items"][0]["cms"].take();
                let second = message["items"][1]["cms"].take();
                (message["items"][0]["cms"], message["items"][1]["cms"]) = (second, first);
            });
        })
    }),
    ("incomplete-submission", 422, Altered("the signature of the second text is lost"), |callers| {
        Setting::new(callers, 2).altered("/submission", |request| {
            request.edit(|message| {
                message["items"].as_array_mut().unwrap().pop();
            });
        })
    }),
    ("certificate-not-checked", 422, Altered("another certificate is checked than signs"), |callers| {
        let setting = Setting::new(callers, 1);
        let other = setting.applicant.certificate(&setting.sandbox, setting.applicant.leaf(LeafKey::P384));
        setting.altered("/certificate-checks", |request| {
            request.edit(|message| message["certificate"] = json!(STANDARD.encode(&other.certificate_der)));
        })
    }),
    (
        "policy-violation",
        422,
        Altered("a detached signature, which the core makes only where asked"),
        detached,
    ),
    (
        "submission-conflict",
        409,
        Altered("the answer is lost, and the repetition holds other octets"),
        |callers| {
            let setting = Setting::new(callers, 1);
            let puts = Cell::new(0);
            let mut walk = setting.walk();
            walk.lose_answers(|request| request.method == "PUT" && puts.get() == 1);
            walk.alter(|request| {
                if request.method == "PUT" {
                    puts.set(puts.get() + 1);
                    if puts.get() == 2 {
                        request.edit(|message| {
                            let cms = message["items"][0]["cms"].as_str().unwrap().to_owned();
                            message["items"][0]["cms"] = json!(format!("{}AAAA", &cms[..cms.len() - 4]));
                        });
                    }
                }
            });
            walk.finish()
        },
    ),
];

fn detached(callers: &Callers) -> Told {
    let setting = Setting::new(callers, 1);
    let mut walk = setting.walk();
    let Step::Show { texts } = walk.until(|step| matches!(step, Step::Show { .. })) else {
        panic!("a Show step is next")
    };
    let is_sign = |step: &Step| matches!(step, Step::Sign { .. });
    let Step::Sign { certificate, at_unix_s, .. } = walk.until(is_sign) else {
        panic!("a Sign step is next")
    };
    let certificate = Certificate::from_der(&certificate).unwrap();
    let prepared = sign::begin(&texts[0], &certificate, &[], &Profile::new(false, at_unix_s)).unwrap();
    let key = Key::from_pkcs8_der(LeafKey::P256, &setting.issued.private_key_pkcs8_der).unwrap();
    let cms = prepared.finish(&key.sign(prepared.signed_attributes())).unwrap();
    walk.alter(move |request| {
        if request.url.ends_with("/submission") {
            request.edit(|message| message["items"][0]["cms"] = json!(STANDARD.encode(&cms)));
        }
    });
    walk.finish()
}
