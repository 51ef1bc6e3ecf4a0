//! Arguments that may not be NULL.

use kamusm::{Code, Error};

/// The argument behind a pointer; NULL is an error and never a crash.
pub(crate) fn given<T>(argument: Option<T>, name: &str) -> Result<T, Error> {
    argument.ok_or_else(|| Error::new(Code::Null, format!("{name} is NULL")))
}
