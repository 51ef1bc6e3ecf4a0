//! Sequences of C calls: the octets choose functions and arguments, among them NULL and what was made before.
//! `calls/pool.h` holds the objects; the calls themselves are generated from include/kamusm.h.

use std::ffi::{CStr, c_char};

use kamusm_capi as _;

unsafe extern "C" {
    fn fuzz_calls(data: *const u8, len: usize);
}

pub fn run(octets: &[u8]) {
    // SAFETY: it reads no more than so many.
    unsafe { fuzz_calls(octets.as_ptr(), octets.len()) };
}

#[unsafe(no_mangle)]
extern "C" fn fuzz_read(data: *const u8, len: usize) {
    if !data.is_null() {
        // SAFETY: the library lends it; whether it is so is what is asked.
        let octets = unsafe { std::slice::from_raw_parts(data, len) };
        std::hint::black_box(octets.iter().fold(0_u8, |sum, octet| sum ^ octet));
    }
}

#[unsafe(no_mangle)]
extern "C" fn fuzz_text(text: *const c_char) {
    if !text.is_null() {
        // SAFETY: as above.
        let text = unsafe { CStr::from_ptr(text) };
        assert!(text.to_str().is_ok(), "a text of the library is UTF-8");
    }
}

#[unsafe(no_mangle)]
extern "C" fn fuzz_finding(function: *const c_char, what: *const c_char) {
    // SAFETY: both are literals of the generated calls.
    let (function, what) = unsafe { (CStr::from_ptr(function), CStr::from_ptr(what)) };
    panic!("{}: {}", function.to_string_lossy(), what.to_string_lossy());
}
