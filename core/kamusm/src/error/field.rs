//! What is wrong with a field of what was sent, by its place (RFC 6901).

use serde::Deserialize;

use crate::status::open_enum;

open_enum! {
    /// What is wrong with a field.
    FieldErrorCode {
        /// It must be filled.
        Required = "required",
        /// It is not written as such a value is.
        Format = "format",
        /// It is none of the values to choose from, or there is no such field.
        UnknownValue = "unknown_value",
        /// It cannot be changed here.
        Locked = "locked",
        /// It is too long.
        TooLong = "too_long",
        /// It holds characters that it may not.
        Characters = "characters",
        /// Its check digits do not fit.
        Checksum = "checksum",
    }
}

/// An error at one field.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldError {
    /// Where, as a JSON Pointer into what was sent, such as `/values/email`.
    pub pointer: String,
    /// What is wrong.
    pub code: FieldErrorCode,
}

impl FieldError {
    pub(crate) fn new(pointer: impl Into<String>, code: FieldErrorCode) -> Self {
        Self { pointer: pointer.into(), code }
    }
}
