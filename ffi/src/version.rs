//! Versions, as macros for the compiler and as functions for the library that is really there.

use std::ffi::c_char;

use crate::guard::guard_value;

/// Major version of the library that this header belongs to.
pub const KAMUSM_VERSION_MAJOR: u32 = 0;
/// Minor version.
pub const KAMUSM_VERSION_MINOR: u32 = 1;
/// Patch version.
pub const KAMUSM_VERSION_PATCH: u32 = 0;
/// Number of the ABI: programs built with another one do not run with this library. It is part of the SONAME.
pub const KAMUSM_ABI_VERSION: u32 = 0;

const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");

const _: () = {
    assert!(KAMUSM_VERSION_MAJOR == number(env!("CARGO_PKG_VERSION_MAJOR")));
    assert!(KAMUSM_VERSION_MINOR == number(env!("CARGO_PKG_VERSION_MINOR")));
    assert!(KAMUSM_VERSION_PATCH == number(env!("CARGO_PKG_VERSION_PATCH")));
};

/// The library's version, such as `"0.1.0"`. It lives as long as the library.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_version() -> *const c_char {
    guard_value(VERSION.as_ptr().cast(), || None)
}

/// The library's `KAMUSM_ABI_VERSION`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_abi_version() -> u32 {
    guard_value(KAMUSM_ABI_VERSION, || None)
}

const fn number(text: &str) -> u32 {
    match u32::from_str_radix(text, 10) {
        Ok(number) => number,
        Err(_) => panic!("cargo gives numbers"),
    }
}
