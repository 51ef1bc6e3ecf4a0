//! The functions that pcscd calls (pcsc-lite, ifdhandler.h).

#![expect(unsafe_code, reason = "an IFD handler is a C interface")]

use std::ffi::{CStr, OsStr, c_char, c_int, c_long, c_uchar, c_ulong};
use std::os::unix::ffi::OsStrExt;

use crate::link;
use crate::message::Request;

type Dword = c_ulong;
type Code = c_long;

const SUCCESS: Code = 0;
const ERROR_TAG: Code = 600;
const ERROR_POWER_ACTION: Code = 608;
const NOT_SUPPORTED: Code = 614;
const COMMUNICATION_ERROR: Code = 612;
const CARD_PRESENT: Code = 615;
const CARD_ABSENT: Code = 616;
const INSUFFICIENT_BUFFER: Code = 618;

const ATR: Dword = 0x0303;
const ATR_STRING: Dword = 0x9_0303;
const SLOT_THREAD_SAFE: Dword = 0x0FAC;
const THREAD_SAFE: Dword = 0x0FAD;
const SLOTS: Dword = 0x0FAE;
const SIMULTANEOUS_ACCESS: Dword = 0x0FAF;
const POLLING_THREAD_KILLABLE: Dword = 0x0FB1;
const POLLING_THREAD_WITH_TIMEOUT: Dword = 0x0FB3;

const POWER_UP: Dword = 500;
const POWER_DOWN: Dword = 501;
const RESET: Dword = 502;

/// SCARD_CTL_CODE(3400): which features has the reader (PC/SC part 10, 2.2)?
const GET_FEATURES: Dword = 0x4200_0000 + 3400;
const FEATURE_VERIFY_PIN_DIRECT: u8 = 0x06;
/// Our number for that feature.
const VERIFY_PIN_DIRECT: u32 = 0x4200_0000 + 3506;

/// SCARD_IO_HEADER.
#[repr(C)]
pub(crate) struct Header {
    protocol: Dword,
    length: Dword,
}

/// # Safety
/// `name` is a C string.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn IFDHCreateChannelByName(lun: Dword, name: *const c_char) -> Code {
    // SAFETY: pcscd hands over the DEVICENAME of the configuration.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes();
    let Some(colon) = name.iter().position(|octet| *octet == b':') else { return COMMUNICATION_ERROR };
    link::open(lun, OsStr::from_bytes(&name[colon + 1..]).into());
    SUCCESS
}

#[unsafe(no_mangle)]
pub(crate) extern "C" fn IFDHCreateChannel(_lun: Dword, _channel: Dword) -> Code {
    COMMUNICATION_ERROR
}

#[unsafe(no_mangle)]
pub(crate) extern "C" fn IFDHCloseChannel(lun: Dword) -> Code {
    link::close(lun);
    SUCCESS
}

/// # Safety
/// `value` has `*length` octets.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn IFDHGetCapabilities(
    lun: Dword,
    tag: Dword,
    length: *mut Dword,
    value: *mut c_uchar,
) -> Code {
    let octets = match tag {
        ATR | ATR_STRING => match link::ask(lun, Request::Power, &[]) {
            Some(atr) => atr,
            None => return COMMUNICATION_ERROR,
        },
        SLOTS | THREAD_SAFE | SLOT_THREAD_SAFE | POLLING_THREAD_KILLABLE => vec![1],
        SIMULTANEOUS_ACCESS => vec![16],
        POLLING_THREAD_WITH_TIMEOUT => {
            let wait: extern "C" fn(Dword, c_int) -> Code = await_change;
            (wait as usize).to_ne_bytes().to_vec()
        }
        _ => return ERROR_TAG,
    };
    // SAFETY: as this function's own.
    unsafe { hand_over(&octets, value, length) }
}

#[unsafe(no_mangle)]
pub(crate) extern "C" fn IFDHSetCapabilities(
    _lun: Dword,
    _tag: Dword,
    _length: Dword,
    _value: *mut c_uchar,
) -> Code {
    NOT_SUPPORTED
}

#[unsafe(no_mangle)]
pub(crate) extern "C" fn IFDHSetProtocolParameters(
    _lun: Dword,
    _protocol: Dword,
    _flags: c_uchar,
    _pts1: c_uchar,
    _pts2: c_uchar,
    _pts3: c_uchar,
) -> Code {
    SUCCESS
}

/// # Safety
/// `atr` has `*length` octets.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn IFDHPowerICC(
    lun: Dword,
    action: Dword,
    atr: *mut c_uchar,
    length: *mut Dword,
) -> Code {
    let answer = match action {
        POWER_UP | RESET => link::ask(lun, Request::Power, &[]),
        POWER_DOWN => link::ask(lun, Request::PowerDown, &[]),
        _ => return NOT_SUPPORTED,
    };
    // SAFETY: as this function's own.
    let handed_over = unsafe { hand_over(answer.as_deref().unwrap_or_default(), atr, length) };
    if answer.is_some() { handed_over } else { ERROR_POWER_ACTION }
}

/// # Safety
/// `command` has `command_length` octets and `response` has `*response_length`.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn IFDHTransmitToICC(
    lun: Dword,
    _send: Header,
    command: *const c_uchar,
    command_length: Dword,
    response: *mut c_uchar,
    response_length: *mut Dword,
    _receive: *mut Header,
) -> Code {
    // SAFETY: as this function's own.
    let command = unsafe { taken(command, command_length) };
    let answer = link::ask(lun, Request::Transmit, command);
    // SAFETY: as this function's own.
    let handed_over = unsafe { hand_over(answer.as_deref().unwrap_or_default(), response, response_length) };
    if answer.is_some() { handed_over } else { COMMUNICATION_ERROR }
}

/// # Safety
/// `data` has `data_length` octets, `answer` has `answer_room`, and `answer_length` may be written to.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn IFDHControl(
    lun: Dword,
    code: Dword,
    data: *const c_uchar,
    data_length: Dword,
    answer: *mut c_uchar,
    answer_room: Dword,
    answer_length: *mut Dword,
) -> Code {
    // SAFETY: as this function's own.
    let data = unsafe { taken(data, data_length) };
    let octets = match code {
        GET_FEATURES => link::ask(lun, Request::HasPad, &[]).map_or_else(Vec::new, |_| {
            let mut feature = vec![FEATURE_VERIFY_PIN_DIRECT, 4];
            feature.extend(VERIFY_PIN_DIRECT.to_be_bytes());
            feature
        }),
        code if code == Dword::from(VERIFY_PIN_DIRECT) => match link::ask(lun, Request::PadVerify, data) {
            Some(response) => response,
            None => return COMMUNICATION_ERROR,
        },
        _ => return NOT_SUPPORTED,
    };
    // SAFETY: as this function's own.
    unsafe {
        *answer_length = answer_room;
        hand_over(&octets, answer, answer_length)
    }
}

#[unsafe(no_mangle)]
pub(crate) extern "C" fn IFDHICCPresence(lun: Dword) -> Code {
    if link::ask(lun, Request::Present, &[]).is_some() { CARD_PRESENT } else { CARD_ABSENT }
}

/// What pcscd's thread for this reader waits in; it asks for the presence afterwards.
extern "C" fn await_change(lun: Dword, milliseconds: c_int) -> Code {
    let milliseconds = u32::try_from(milliseconds).unwrap_or_default();
    link::await_change(lun, milliseconds).map_or(COMMUNICATION_ERROR, |()| SUCCESS)
}

/// # Safety
/// `data` has `length` octets, or the length is 0.
unsafe fn taken<'a>(data: *const c_uchar, length: Dword) -> &'a [u8] {
    let length = usize::try_from(length).unwrap_or_default();
    if data.is_null() || length == 0 {
        return &[];
    }
    // SAFETY: as this function's own.
    unsafe { std::slice::from_raw_parts(data, length) }
}

/// # Safety
/// `out` has `*length` octets.
unsafe fn hand_over(octets: &[u8], out: *mut c_uchar, length: *mut Dword) -> Code {
    let needed = octets.len() as Dword;
    // SAFETY: the caller gives the room in `length`, and no more than that is written.
    unsafe {
        if *length < needed {
            return INSUFFICIENT_BUFFER;
        }
        std::ptr::copy_nonoverlapping(octets.as_ptr(), out, octets.len());
        *length = needed;
    }
    SUCCESS
}
