//! What a signature file turned out to be: one verdict per signer.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm_cades::{
    validate::{Indication, SignatureReport, Warning, validate},
    x509::certificate::Certificate,
};

use super::policy::kamusm_cades_policy;
use crate::{
    bytes::{kamusm_bytes, octets},
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
    text::lendable,
};

/// The verdicts on a signature file, one per signer; never empty.
///
/// Threads: any number may read it at once.
pub struct kamusm_cades_report {
    signatures: Vec<SignatureView>,
    warnings: Vec<CString>,
}

struct SignatureView {
    report: SignatureReport,
    fingerprint: Option<[u8; 32]>,
    sub_indication: Option<CString>,
    reason: Option<CString>,
    level: CString,
    warnings: Vec<CString>,
}

/// The main status of one signature, EN 319 102-1 5.1.3.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_cades_indication {
    /// There is no such signature.
    Unknown = 0,
    /// All checks passed.
    TotalPassed = 1,
    /// What is known does not suffice for either verdict.
    Indeterminate = 2,
    /// The signature is broken or was made with an unusable certificate.
    TotalFailed = 3,
}

impl kamusm_cades_report {
    fn signature(&self, index: usize) -> Option<&SignatureView> {
        self.signatures.get(index)
    }
}

impl SignatureView {
    fn new(report: &SignatureReport) -> Self {
        Self {
            sub_indication: report.sub_indication().map(|sub| lendable(sub.name())),
            reason: report.failure.as_ref().map(|failure| lendable(&failure.reason.to_string())),
            level: lendable(&report.level.to_string()),
            warnings: words(&report.warnings),
            fingerprint: report.signer.as_ref().map(Certificate::fingerprint),
            report: report.clone(),
        }
    }
}

fn words(warnings: &[Warning]) -> Vec<CString> {
    warnings.iter().map(|warning| lendable(warning.name())).collect()
}

/// Judges every signer of a signature file. A file that is none has one entry that failed; that is no error.
///
/// `cms`, `cms_len`: ContentInfo, BER or DER, and its length in octets.
/// `detached`: the content if the file does not hold it; may be NULL. If the file holds it too, both must be equal.
/// `report`: the verdicts, to be freed by `kamusm_cades_report_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_cades_verify(
    cms: *const u8,
    cms_len: usize,
    detached: Option<&kamusm_bytes>,
    policy: Option<&kamusm_cades_policy>,
    report: Option<&mut MaybeUninit<Box<kamusm_cades_report>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (policy, report) = (given(policy, "policy")?, given(report, "report")?);
        // SAFETY: the rules at the top of the header.
        let cms = unsafe { octets(cms, cms_len, "cms") }?;
        // SAFETY: the rules at the top of the header.
        let detached = detached.map(|content| unsafe { octets(content.data, content.len, "detached") });
        let judged = validate(cms, detached.transpose()?, &policy.0);
        report.write(Box::new(kamusm_cades_report {
            signatures: judged.signatures.iter().map(SignatureView::new).collect(),
            warnings: words(&judged.warnings),
        }));
        Ok(())
    })
}

/// How many signatures there are.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_count(report: Option<&kamusm_cades_report>) -> usize {
    guard_value(0, || Some(report?.signatures.len()))
}

/// The main status of the signature at this place, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_indication(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> kamusm_cades_indication {
    guard_value(kamusm_cades_indication::Unknown, || {
        Some(match report?.signature(index)?.report.indication() {
            Indication::TotalPassed => kamusm_cades_indication::TotalPassed,
            Indication::Indeterminate => kamusm_cades_indication::Indeterminate,
            Indication::TotalFailed => kamusm_cades_indication::TotalFailed,
        })
    })
}

/// Why it did not pass, in the standard's word, such as `HASH_FAILURE`; NULL if it passed. Lent by the report.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_sub_indication(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(report?.signature(index)?.sub_indication.as_ref()?.as_ptr()))
}

/// What exactly was found, for developers, in English, without names; NULL if it passed. Lent by the report.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_reason(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(report?.signature(index)?.reason.as_ref()?.as_ptr()))
}

/// The certificate that the signature was made with, DER; no octets where it was not found. Lent by the report.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_signer(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || {
        Some(kamusm_bytes::lent(report?.signature(index)?.report.signer.as_ref()?.der()))
    })
}

/// SHA-256 of that certificate, 32 octets; no octets where it was not found. Lent by the report.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_signer_fingerprint(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || {
        Some(kamusm_bytes::lent(report?.signature(index)?.fingerprint.as_ref()?))
    })
}

/// Whether the signer says when; a claim that is never used to check anything at.
///
/// `unix_s`: written only if so, seconds since 1970-01-01T00:00:00Z; may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_signing_time(
    report: Option<&kamusm_cades_report>,
    index: usize,
    unix_s: Option<&mut MaybeUninit<i64>>,
) -> bool {
    guard_value(false, || {
        let time = report?.signature(index)?.report.claims.signing_time?;
        if let Some(unix_s) = unix_s {
            unix_s.write(time);
        }
        Some(true)
    })
}

/// The form of the signature, such as `CAdES-BASELINE-B`; whether it is valid is another matter. Lent by the report.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_level(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(report?.signature(index)?.level.as_ptr()))
}

/// How many oddities the signature at this place has that change no verdict.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_warning_count(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> usize {
    guard_value(0, || Some(report?.signature(index)?.warnings.len()))
}

/// The oddity at this place of that signature, both from 0, such as `unsorted-attributes`. Lent by the report.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_warning(
    report: Option<&kamusm_cades_report>,
    index: usize,
    warning: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(report?.signature(index)?.warnings.get(warning)?.as_ptr()))
}

/// How many oddities the file has as a whole.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_file_warning_count(report: Option<&kamusm_cades_report>) -> usize {
    guard_value(0, || Some(report?.warnings.len()))
}

/// The oddity of the file at this place, from 0, such as `trailing-octets`. Lent by the report.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_file_warning(
    report: Option<&kamusm_cades_report>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(report?.warnings.get(index)?.as_ptr()))
}

/// Frees the report; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_report_free(report: Option<Box<kamusm_cades_report>>) {
    guard_void(|| drop(report));
}
