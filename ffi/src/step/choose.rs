//! `KAMUSM_STEP_CHOOSE`: which certificate is needed; refused ones come back here with the reason.

use std::{ffi::CString, mem::MaybeUninit, ptr};

use kamusm::session::Requirements;

use super::{View, kamusm_step};
use crate::{
    answer::{kamusm_answer, place},
    bytes::{kamusm_bytes, octets, octets_list},
    error::kamusm_error,
    guard::{guard, guard_value},
    handle::given,
    identity::kamusm_identity,
    result::kamusm_result,
    text::lendable,
};

pub(super) struct ChooseView {
    pub(super) applicant_tckn: CString,
    refusals: Vec<kamusm_error>,
}

impl ChooseView {
    pub(super) fn new(requirements: &Requirements) -> Self {
        Self {
            applicant_tckn: lendable(requirements.applicant_tckn()),
            refusals: requirements
                .refusals()
                .iter()
                .map(|refusal| kamusm_error::new(&refusal.error))
                .collect(),
        }
    }
}

/// How many certificates were refused in this session.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_refusal_count(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(step?.choose().ok()?.refusals().len()))
}

/// SHA-256 of the certificate that was refused, 32 octets, from 0. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_refusal_fingerprint(step: Option<&kamusm_step>, index: usize) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || {
        Some(kamusm_bytes::lent(&step?.choose().ok()?.refusals().get(index)?.fingerprint))
    })
}

/// Why the certificate at this place was refused, from 0. Lent by the step: never free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_refusal_error(step: Option<&kamusm_step>, index: usize) -> *const kamusm_error {
    guard_value(ptr::null(), || match step?.view() {
        View::Choose(view) => Some(ptr::from_ref(view.refusals.get(index)?)),
        _ => None,
    })
}

/// Answers with the chosen certificate; the service checks it before any PIN is asked for.
///
/// `certificate`: DER, copied; `kamusm_identity_certificate` lends it.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_step_certificate(
    step: Option<&kamusm_step>,
    certificate: kamusm_bytes,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        given((!certificate.data.is_null()).then_some(()), "certificate")?;
        // SAFETY: the rules at the top of the header.
        let der = unsafe { octets(certificate.data, certificate.len, "certificate") }?;
        answer.write(Box::new(kamusm_answer(step.choose()?.certificate(der, &[]))));
        Ok(())
    })
}

/// As `kamusm_step_certificate`, with certificates above it that go into the signature.
///
/// `certificate`: DER, copied.
/// `chain`, `chain_count`: DER each, in any order, copied; those of `kamusm_config_add_intermediates_pem` are looked
/// through as well, so most callers need neither.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_step_certificate_with_chain(
    step: Option<&kamusm_step>,
    certificate: kamusm_bytes,
    chain: *const kamusm_bytes,
    chain_count: usize,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        given((!certificate.data.is_null()).then_some(()), "certificate")?;
        // SAFETY: the rules at the top of the header.
        let der = unsafe { octets(certificate.data, certificate.len, "certificate") }?;
        // SAFETY: the rules at the top of the header.
        let chain = unsafe { octets_list(chain, chain_count, "chain") }?;
        let chain: Vec<Vec<u8>> = chain.into_iter().map(<[u8]>::to_vec).collect();
        answer.write(Box::new(kamusm_answer(step.choose()?.certificate(der, &chain))));
        Ok(())
    })
}

/// Answers with an identity of a token; one that cannot sign whatever the date is refused here already.
///
/// `identity`: copied; its list may be freed afterwards.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
/// Worth handling: the numbers of `kamusm_identity_refusal`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_identity(
    step: Option<&kamusm_step>,
    identity: Option<&kamusm_identity>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, identity) = (given(step, "step")?, given(identity, "identity")?);
        let answer = place(answer)?;
        answer.write(Box::new(kamusm_answer(kamusm::token::choose(step.choose()?, identity.inner())?)));
        Ok(())
    })
}
