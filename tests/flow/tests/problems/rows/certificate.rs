//! Certificates that the service refuses before the PIN: each one really is what it is refused for.

use kamusm_sandbox::{CertificateStatus, LeafKey, LeafSpec, Qc, Usage};
use kamusm_test_ca::TestCa;

use super::{super::setting::Setting, Cause::Real, Line};

const DAY_S: i64 = 86_400;

pub(super) const ROWS: &[Line] = &[
    ("signer-mismatch", 422, Real("the certificate is of another person"), |callers| {
        let other = |_: &Setting<'_>, spec| LeafSpec { tckn: Some("10000000146".into()), ..spec };
        Setting::with_certificate(callers, other).finish()
    }),
    ("certificate-expired", 422, Real("the certificate ended a minute ago"), |callers| {
        let over = |setting: &Setting<'_>, spec| LeafSpec { not_after: Some(now_s(setting) - 60), ..spec };
        Setting::with_certificate(callers, over).finish()
    }),
    ("certificate-not-yet-valid", 422, Real("the certificate begins tomorrow"), |callers| {
        let later =
            |setting: &Setting<'_>, spec| LeafSpec { not_before: Some(now_s(setting) + DAY_S), ..spec };
        Setting::with_certificate(callers, later).finish()
    }),
    ("certificate-revoked", 422, Real("the responder says that the certificate is revoked"), |callers| {
        let setting = Setting::new(callers, 1);
        let der = &setting.issued.certificate_der;
        setting.admin().set_certificate_status(der, CertificateStatus::Revoked).unwrap();
        setting.finish()
    }),
    ("certificate-not-qualified", 422, Real("the certificate has no qualified statement"), |callers| {
        Setting::with_certificate(callers, |_, spec| LeafSpec { qc: Qc::None, ..spec }).finish()
    }),
    ("certificate-untrusted", 422, Real("the certificate is of another authority"), |callers| {
        let setting = Setting::new(callers, 1);
        let stranger = TestCa::new(now_s(&setting));
        let issued = stranger.issue(&setting.applicant.leaf(LeafKey::P256));
        Setting { issued, ..setting }.finish()
    }),
    ("key-usage-wrong", 422, Real("the certificate is for signatures of machines only"), |callers| {
        let usage = Usage::DigitalSignature;
        Setting::with_certificate(callers, |_, spec| LeafSpec { key_usage: usage, ..spec }).finish()
    }),
];

fn now_s(setting: &Setting<'_>) -> i64 {
    setting.admin().now_ms() / 1000
}
