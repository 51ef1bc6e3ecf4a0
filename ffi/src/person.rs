//! The person who is signed in: what the service knows, Kimlik Bilgilerimi Güncelle, the consent to e-onay.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::person::{Consent, IdentityRefresh, Me};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    entropy::key,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::lendable,
};

/// What the service knows of the person, masked by the service. It never changes.
///
/// Threads: any number may read it at once.
pub struct kamusm_me {
    name: CString,
    tckn: CString,
    email: Option<CString>,
    gsm: Option<CString>,
    consent: kamusm_consent,
    has_valid_certificate: bool,
    institutions: Vec<(CString, CString)>,
}

/// The consent to e-onay. That of a `kamusm_me` belongs to it and is never freed alone.
///
/// Threads: any number may read it at once.
pub struct kamusm_consent {
    is_given: bool,
    given_at: Option<CString>,
}

/// What Kimlik Bilgilerimi Güncelle brought.
///
/// Threads: any number may read it at once.
pub struct kamusm_identity_refresh {
    name: CString,
    tckn: CString,
    is_changed: bool,
}

impl kamusm_me {
    fn new(me: &Me) -> Self {
        let institutions = me.institutions.iter().map(|known| (lendable(&known.id), lendable(&known.name)));
        Self {
            name: lendable(&me.name),
            tckn: lendable(&me.tckn),
            email: me.email.as_deref().map(lendable),
            gsm: me.gsm.as_deref().map(lendable),
            consent: kamusm_consent::new(&me.eonay_consent),
            has_valid_certificate: me.has_valid_certificate,
            institutions: institutions.collect(),
        }
    }
}

impl kamusm_consent {
    fn new(consent: &Consent) -> Self {
        Self { is_given: consent.given, given_at: consent.given_at.as_deref().map(lendable) }
    }
}

impl kamusm_identity_refresh {
    fn new(refresh: &IdentityRefresh) -> Self {
        Self { name: lendable(&refresh.name), tckn: lendable(&refresh.tckn), is_changed: refresh.changed }
    }
}

/// Makes the call that asks who is signed in.
///
/// `token`: of the person's sign-in, copied.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_me_decode`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        call::make(call, || Ok(Me::read(config.built(), &token.0)))
    })
}

/// Decodes the answer to `kamusm_me_call`; a refusal of the service is its error.
///
/// `me`: the person, to be freed by `kamusm_me_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    me: Option<&mut MaybeUninit<Box<kamusm_me>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || call::decode(call, response, me, "me", |message: Me| Box::new(kamusm_me::new(&message))))
}

/// The masked name. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_name(me: Option<&kamusm_me>) -> *const c_char {
    guard_value(ptr::null(), || Some(me?.name.as_ptr()))
}

/// The masked T.C. Kimlik Numarası. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_tckn(me: Option<&kamusm_me>) -> *const c_char {
    guard_value(ptr::null(), || Some(me?.tckn.as_ptr()))
}

/// The masked e-mail address; NULL where there is none. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_email(me: Option<&kamusm_me>) -> *const c_char {
    guard_value(ptr::null(), || Some(me?.email.as_ref()?.as_ptr()))
}

/// The masked mobile number; NULL where there is none. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_gsm(me: Option<&kamusm_me>) -> *const c_char {
    guard_value(ptr::null(), || Some(me?.gsm.as_ref()?.as_ptr()))
}

/// Whether the person agreed to e-onay. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_eonay_consent(me: Option<&kamusm_me>) -> *const kamusm_consent {
    guard_value(ptr::null(), || Some(ptr::from_ref(&me?.consent)))
}

/// Whether there is a valid certificate, with which e-imza can be used.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_has_valid_certificate(me: Option<&kamusm_me>) -> bool {
    guard_value(false, || Some(me?.has_valid_certificate))
}

/// Of how many institutions the person is e-imza sorumlusu.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_institution_count(me: Option<&kamusm_me>) -> usize {
    guard_value(0, || Some(me?.institutions.len()))
}

/// What the service calls the institution at this place, from 0; NULL behind the last. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_institution_id(me: Option<&kamusm_me>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(me?.institutions.get(index)?.0.as_ptr()))
}

/// Kurum Adı of the institution at this place, from 0. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_institution_name(me: Option<&kamusm_me>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(me?.institutions.get(index)?.1.as_ptr()))
}

/// Frees the object; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_me_free(me: Option<Box<kamusm_me>>) {
    guard_void(|| drop(me));
}

/// Makes the call for Kimlik Bilgilerimi Güncelle: asks for what Nüfus ve Vatandaşlık İşleri has registered.
///
/// `token`: of the person's sign-in, copied.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_identity_refresh_decode`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_refresh_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        call::make(call, || Ok(Me::refresh_identity(config.built(), &token.0, &key()?)))
    })
}

/// Decodes the answer to `kamusm_identity_refresh_call`; a refusal of the service is its error.
///
/// `refresh`: what came, to be freed by `kamusm_identity_refresh_free`.
/// Worth handling: `KAMUSM_RESULT_UPSTREAM_UNAVAILABLE`, `KAMUSM_RESULT_IDENTITY_MISMATCH`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_refresh_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    refresh: Option<&mut MaybeUninit<Box<kamusm_identity_refresh>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, refresh, "refresh", |message: IdentityRefresh| {
            Box::new(kamusm_identity_refresh::new(&message))
        })
    })
}

/// Ad Soyad, as it is registered. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_refresh_name(refresh: Option<&kamusm_identity_refresh>) -> *const c_char {
    guard_value(ptr::null(), || Some(refresh?.name.as_ptr()))
}

/// The masked T.C. Kimlik Numarası. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_refresh_tckn(refresh: Option<&kamusm_identity_refresh>) -> *const c_char {
    guard_value(ptr::null(), || Some(refresh?.tckn.as_ptr()))
}

/// Whether anything is other than before.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_refresh_is_changed(refresh: Option<&kamusm_identity_refresh>) -> bool {
    guard_value(false, || Some(refresh?.is_changed))
}

/// Frees the object; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_refresh_free(refresh: Option<Box<kamusm_identity_refresh>>) {
    guard_void(|| drop(refresh));
}

/// Makes the call by which the person agrees to e-onay.
///
/// `token`: of the person's sign-in, copied.
/// `is_accepted`: whether the box was ticked; if not, the service refuses.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_consent_decode`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_consent_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    is_accepted: bool,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        call::make(call, || Ok(Me::consent_to_eonay(config.built(), &token.0, is_accepted, &key()?)))
    })
}

/// Decodes the answer to `kamusm_consent_call`; a refusal of the service is its error.
///
/// `consent`: the consent, to be freed by `kamusm_consent_free`.
/// Worth handling: `KAMUSM_RESULT_NOT_ACCEPTED`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_consent_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    consent: Option<&mut MaybeUninit<Box<kamusm_consent>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, consent, "consent", |message: Consent| {
            Box::new(kamusm_consent::new(&message))
        })
    })
}

/// Whether it was given.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_consent_is_given(consent: Option<&kamusm_consent>) -> bool {
    guard_value(false, || Some(consent?.is_given))
}

/// When, RFC 3339; NULL where it was not given. Lent by the consent.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_consent_given_at(consent: Option<&kamusm_consent>) -> *const c_char {
    guard_value(ptr::null(), || Some(consent?.given_at.as_ref()?.as_ptr()))
}

/// Frees a consent of `kamusm_consent_decode`; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_consent_free(consent: Option<Box<kamusm_consent>>) {
    guard_void(|| drop(consent));
}
