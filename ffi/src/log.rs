//! What happened in the sessions of a configuration, for whoever looks into a trouble later; without personal data.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use crate::{
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
    text::lendable,
};

/// Lines that were taken out of a configuration's log.
///
/// Threads: any number may read it at once.
pub struct kamusm_log {
    lines: Vec<(u64, CString)>,
    dropped: u64,
}

/// Takes the lines out of the log of a configuration's sessions, oldest first.
///
/// `config`: any number of threads may read its log at once; each line comes once. A setter begins a new log.
/// `log`: the lines, to be freed by `kamusm_log_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_log_read(
    config: Option<&kamusm_config>,
    log: Option<&mut MaybeUninit<Box<kamusm_log>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, log) = (given(config, "config")?, given(log, "log")?);
        let (lines, dropped) = config.built().log().read();
        let lines = lines.iter().map(|line| (line.at_ms, lendable(&line.text))).collect();
        log.write(Box::new(kamusm_log { lines, dropped }));
        Ok(())
    })
}

/// How many lines there are.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_log_count(log: Option<&kamusm_log>) -> usize {
    guard_value(0, || Some(log?.lines.len()))
}

/// How many lines were dropped before these for want of room.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_log_dropped(log: Option<&kamusm_log>) -> u64 {
    guard_value(0, || Some(log?.dropped))
}

/// The line at this place, from 0, in English: steps, answers, numbers of errors. Lent by the log.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_log_text(log: Option<&kamusm_log>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(log?.lines.get(index)?.1.as_ptr()))
}

/// When that line was written, in milliseconds on the clock of `kamusm_clock_monotonic_ms`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_log_at_ms(log: Option<&kamusm_log>, index: usize) -> u64 {
    guard_value(0, || Some(log?.lines.get(index)?.0))
}

/// Frees the lines; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_log_free(log: Option<Box<kamusm_log>>) {
    guard_void(|| drop(log));
}
