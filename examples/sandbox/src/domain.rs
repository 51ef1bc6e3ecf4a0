//! What the service does, free of HTTP; below it is only the store.

pub(crate) mod application;
mod code;
pub(crate) mod control;
pub(crate) mod digest;
pub(crate) mod fault;
pub(crate) mod magic;
pub(crate) mod mask;
mod match_code;
pub(crate) mod nvi;
pub(crate) mod outage;
#[allow(dead_code, reason = "the form's SMS code and the institution's mail come next")]
pub(crate) mod outbox;
pub(crate) mod person;
pub(crate) mod pki;
pub(crate) mod policy;
pub(crate) mod problem;
pub(crate) mod rate;
pub(crate) mod receipt;
pub(crate) mod reference;
pub(crate) mod secret;
pub(crate) mod seed;
pub(crate) mod service;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod submission;
pub(crate) mod text;
pub(crate) mod time;
mod verify;
