//! Functions that play quirks. Each is written down and forwarded like the others.

use std::ffi::c_void;

use cryptoki_sys::*;

use super::loaded;
use crate::control::Directive;
use crate::emulation::digest;
use crate::record::{self, Login};

macro_rules! real {
    ($name:ident($($argument:expr),*)) => {
        // SAFETY: the arguments are the caller's, and the real module has the same contract.
        loaded().real.$name.map_or(CKR_FUNCTION_NOT_SUPPORTED, |real| unsafe { real($($argument),*) })
    };
}

pub(super) unsafe extern "C" fn C_Initialize(arguments: *mut c_void) -> CK_RV {
    if let Some(rv) = loaded().enter("C_Initialize", if arguments.is_null() { "NULL" } else { "arguments" }) {
        return rv;
    }
    if !arguments.is_null() && loaded().is_told(&Directive::NullInitOnly) {
        return CKR_ARGUMENTS_BAD;
    }
    real!(C_Initialize(arguments))
}

pub(super) unsafe extern "C" fn C_GetSlotList(
    present: CK_BBOOL,
    slots: *mut CK_SLOT_ID,
    count: *mut CK_ULONG,
) -> CK_RV {
    if let Some(rv) = loaded().enter("C_GetSlotList", &present.to_string()) {
        return rv;
    }
    if present == CK_TRUE && loaded().is_told(&Directive::EmptyTokenPresent) {
        // SAFETY: PKCS#11 requires a place for the count.
        unsafe { *count = 0 };
        return CKR_OK;
    }
    real!(C_GetSlotList(present, slots, count))
}

pub(super) unsafe extern "C" fn C_GetSlotInfo(slot: CK_SLOT_ID, info: *mut CK_SLOT_INFO) -> CK_RV {
    if let Some(rv) = loaded().enter("C_GetSlotInfo", "") {
        return rv;
    }
    let rv = real!(C_GetSlotInfo(slot, info));
    if rv == CKR_OK && loaded().is_gone() {
        // SAFETY: the real module has just written there.
        unsafe { (*info).flags &= !CKF_TOKEN_PRESENT };
    }
    rv
}

pub(super) unsafe extern "C" fn C_GetTokenInfo(slot: CK_SLOT_ID, info: *mut CK_TOKEN_INFO) -> CK_RV {
    if let Some(rv) = loaded().enter("C_GetTokenInfo", "") {
        return rv;
    }
    if loaded().is_gone() {
        return CKR_TOKEN_NOT_PRESENT;
    }
    let rv = real!(C_GetTokenInfo(slot, info));
    if rv != CKR_OK {
        return rv;
    }
    // SAFETY: the real module has just written there.
    let info = unsafe { &mut *info };
    for directive in loaded().directives() {
        match directive {
            Directive::TokenFlags(flags) => info.flags |= flags,
            Directive::TokenFlagsAfterLogin(flags) if loaded().has_logged_in() => info.flags |= flags,
            Directive::GarbageClock => {
                info.flags |= CKF_CLOCK_ON_TOKEN;
                info.utcTime = *b"\0\x01junk\0\0\0\0\0\0\0\0\0\0";
            }
            Directive::PinTries(tries) => {
                info.flags &= !(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
                info.flags |= pin_flags(tries, loaded().wrong_pins());
            }
            Directive::PadPin(_) => info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH,
            _ => {}
        }
    }
    rv
}

fn pin_flags(tries: usize, wrong: usize) -> CK_FLAGS {
    match tries.saturating_sub(wrong) {
        0 => CKF_USER_PIN_LOCKED,
        1 => CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_COUNT_LOW,
        left if left < tries => CKF_USER_PIN_COUNT_LOW,
        _ => 0,
    }
}

pub(super) unsafe extern "C" fn C_Login(
    session: CK_SESSION_HANDLE,
    user: CK_USER_TYPE,
    pin: *mut CK_UTF8CHAR,
    length: CK_ULONG,
) -> CK_RV {
    let rv = login(session, user, pin, length);
    record::append(&loaded().folder.logins(), &Login { user, rv }.to_line());
    rv
}

fn login(session: CK_SESSION_HANDLE, user: CK_USER_TYPE, pin: *mut CK_UTF8CHAR, length: CK_ULONG) -> CK_RV {
    if let Some(rv) = loaded().enter("C_Login", &user.to_string()) {
        return rv;
    }
    let (mut pad, mut tries) = (None, None);
    for directive in loaded().directives() {
        match directive {
            Directive::PadPin(typed) => pad = Some(typed),
            Directive::PinTries(count) => tries = Some(count),
            _ => {}
        }
    }
    let wrong = loaded().wrong_pins();
    if tries.is_some_and(|tries| wrong >= tries) {
        return CKR_PIN_LOCKED;
    }
    let rv = match pad.filter(|_| pin.is_null()) {
        Some(mut typed) => {
            let length = CK_ULONG::try_from(typed.len()).expect("a short PIN");
            // SAFETY: no NUL or encoding is asked of a PIN; the module only reads it.
            real!(C_Login(session, user, typed.as_bytes_mut().as_mut_ptr(), length))
        }
        None => real!(C_Login(session, user, pin, length)),
    };
    match rv {
        CKR_OK => loaded().set_wrong_pins(0),
        CKR_PIN_INCORRECT => loaded().set_wrong_pins(wrong + 1),
        _ => {}
    }
    let locked_now = rv == CKR_PIN_INCORRECT && tries.is_some_and(|tries| wrong + 1 >= tries);
    if locked_now { CKR_PIN_LOCKED } else { rv }
}

pub(super) unsafe extern "C" fn C_FindObjects(
    session: CK_SESSION_HANDLE,
    objects: *mut CK_OBJECT_HANDLE,
    most: CK_ULONG,
    count: *mut CK_ULONG,
) -> CK_RV {
    if let Some(rv) = loaded().enter("C_FindObjects", "") {
        return rv;
    }
    let rv = real!(C_FindObjects(session, objects, most, count));
    if loaded().is_told(&Directive::TooManyObjects) {
        // SAFETY: PKCS#11 requires a place for the count.
        unsafe { *count = most + 1 };
    }
    rv
}

pub(super) unsafe extern "C" fn C_GetAttributeValue(
    session: CK_SESSION_HANDLE,
    object: CK_OBJECT_HANDLE,
    template: *mut CK_ATTRIBUTE,
    count: CK_ULONG,
) -> CK_RV {
    if let Some(rv) = loaded().enter("C_GetAttributeValue", "") {
        return rv;
    }
    let rv = real!(C_GetAttributeValue(session, object, template, count));
    if !loaded().is_told(&Directive::HideAlwaysAuthenticate) {
        return rv;
    }
    let count = usize::try_from(count).expect("fits");
    // SAFETY: PKCS#11 requires a template of this length, and the real module has just used it.
    let template = unsafe { std::slice::from_raw_parts_mut(template, count) };
    match template.iter_mut().find(|attribute| attribute.type_ == CKA_ALWAYS_AUTHENTICATE) {
        Some(hidden) => {
            hidden.ulValueLen = CK_UNAVAILABLE_INFORMATION;
            CKR_ATTRIBUTE_TYPE_INVALID
        }
        None => rv,
    }
}

pub(super) unsafe extern "C" fn C_SignInit(
    session: CK_SESSION_HANDLE,
    mechanism: *mut CK_MECHANISM,
    key: CK_OBJECT_HANDLE,
) -> CK_RV {
    // SAFETY: PKCS#11 requires a mechanism.
    let mut wanted = unsafe { *mechanism };
    if let Some(rv) = loaded().enter("C_SignInit", &{ wanted.mechanism }.to_string()) {
        return rv;
    }
    if loaded().is_told(&Directive::RefuseMechanism(wanted.mechanism)) {
        loaded().emulation.state().refused.push(session);
        return CKR_MECHANISM_INVALID;
    }
    if digest(wanted.mechanism, &[]).is_some() && loaded().is_told(&Directive::CombinedEcdsa) {
        loaded().emulation.state().hashing.insert(session, wanted.mechanism);
        wanted.mechanism = CKM_ECDSA;
    }
    real!(C_SignInit(session, &mut wanted, key))
}

pub(super) unsafe extern "C" fn C_Sign(
    session: CK_SESSION_HANDLE,
    data: *mut CK_BYTE,
    length: CK_ULONG,
    signature: *mut CK_BYTE,
    signature_length: *mut CK_ULONG,
) -> CK_RV {
    if let Some(rv) = loaded().enter("C_Sign", if signature.is_null() { "length" } else { "" }) {
        return rv;
    }
    let (hashing, refused) = {
        let state = loaded().emulation.state();
        (state.hashing.get(&session).copied(), state.refused.contains(&session))
    };
    if refused && loaded().is_told(&Directive::ForgetAfterRefusal) {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    // SAFETY: PKCS#11 requires data of this length.
    let given = unsafe { std::slice::from_raw_parts(data, usize::try_from(length).expect("fits")) };
    let mut input = hashing.and_then(|mechanism| digest(mechanism, given)).unwrap_or_else(|| given.to_vec());
    let length = CK_ULONG::try_from(input.len()).expect("fits");
    let rv = real!(C_Sign(session, input.as_mut_ptr(), length, signature, signature_length));
    if rv == CKR_OK && !signature.is_null() {
        loaded().emulation.state().hashing.remove(&session);
        if loaded().is_told(&Directive::BrokenSignature) {
            // SAFETY: the real module has just written a signature there.
            unsafe { *signature ^= 1 };
        }
    }
    rv
}
