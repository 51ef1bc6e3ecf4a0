//! The one panic guard: a panic becomes `KAMUSM_RESULT_INTERNAL` or the absent value, never the end of the host.

use std::{
    any::Any,
    mem::MaybeUninit,
    panic::{AssertUnwindSafe, catch_unwind},
};

use kamusm::{Code, Error};

use crate::{
    error::kamusm_error,
    result::{KAMUSM_RESULT_OK, kamusm_result},
};

/// The body of every function that can fail. The error is written only on failure, and only where it is wanted.
pub(crate) fn guard(
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
    body: impl FnOnce() -> Result<(), Error>,
) -> kamusm_result {
    let Err(why) = caught(body).unwrap_or_else(|| Err(Error::new(Code::Internal, "a panic was caught")))
    else {
        return KAMUSM_RESULT_OK;
    };
    let number = why.code().number();
    if let Some(error) = error
        && let Some(object) = caught(|| Box::new(kamusm_error::new(&why)))
    {
        error.write(object);
    }
    number
}

/// The body of every accessor: what it has to say, or the absent value.
pub(crate) fn guard_value<T>(absent: T, body: impl FnOnce() -> Option<T>) -> T {
    caught(body).flatten().unwrap_or(absent)
}

/// The body of every function without a result.
pub(crate) fn guard_void(body: impl FnOnce()) {
    caught(body);
}

fn caught<T>(body: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => Some(value),
        Err(payload) => {
            discard(payload);
            None
        }
    }
}

/// Drops what was thrown, which may throw again; what never stops throwing is left behind.
fn discard(mut payload: Box<dyn Any + Send>) {
    for _ in 0..4 {
        match catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            Ok(()) => return,
            Err(thrown) => payload = thrown,
        }
    }
    std::mem::forget(payload);
}
