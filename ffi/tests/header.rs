//! The committed header against the core's list of errors, and the thread rules against the types.

use std::collections::BTreeMap;

use kamusm::{Code, session::OutcomeKind};
use kamusm_capi::{
    answer::kamusm_answer, cancel::kamusm_cancel, config::kamusm_config, error::kamusm_error,
    http::kamusm_http, identity::kamusm_identities, log::kamusm_log, response::kamusm_response,
    session::kamusm_session, sign_options::kamusm_sign_options, step::kamusm_step, token::kamusm_token,
    verification_code::kamusm_verification_code,
};

const HEADER: &str = include_str!("../../include/kamusm.h");

/// The constants with this prefix.
fn constants(prefix: &str) -> BTreeMap<&'static str, i32> {
    let rows = HEADER.lines().filter_map(|line| {
        let (name, value) = line.trim().trim_end_matches(',').split_once(" = ")?;
        Some((name.strip_prefix(prefix)?, value.parse().ok()?))
    });
    rows.collect()
}

#[test]
fn every_code_stands_in_the_header_under_its_name_and_nothing_else() {
    let mut wanted: BTreeMap<&str, i32> =
        Code::all().iter().map(|entry| (entry.name, entry.code.number())).collect();
    wanted.insert("OK", 0);
    assert!(wanted.len() > 100);
    assert_eq!(constants("KAMUSM_RESULT_"), wanted);
}

#[test]
fn outcomes_have_the_core_s_numbers() {
    let outcomes = constants("KAMUSM_OUTCOME_");
    assert_eq!(outcomes["ACCEPTED"], OutcomeKind::Accepted as i32);
    assert_eq!(outcomes["FAILED"], OutcomeKind::Failed as i32);
    assert_eq!(outcomes.len(), 7);
}

/// Compiles only if the types keep what the header promises about threads.
#[test]
fn objects_may_move_and_const_calls_may_run_at_once() {
    fn concurrent<T: Send + Sync>() -> usize {
        size_of::<T>()
    }
    fn movable<T: Send>() -> usize {
        size_of::<T>()
    }
    let sizes = [
        concurrent::<kamusm_answer>(),
        concurrent::<kamusm_cancel>(),
        concurrent::<kamusm_config>(),
        concurrent::<kamusm_error>(),
        concurrent::<kamusm_http>(),
        concurrent::<kamusm_identities>(),
        concurrent::<kamusm_log>(),
        concurrent::<kamusm_response>(),
        concurrent::<kamusm_session>(),
        concurrent::<kamusm_step>(),
        concurrent::<kamusm_token>(),
        concurrent::<kamusm_verification_code>(),
        movable::<kamusm_sign_options>(),
    ];
    assert!(sizes.iter().all(|size| *size > 0));
}
