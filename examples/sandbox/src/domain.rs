//! What the service does, free of HTTP; below it is only the store.

pub(crate) mod application;
mod code;
pub(crate) mod control;
pub(crate) mod digest;
mod email;
pub(crate) mod fault;
pub(crate) mod gsm;
pub(crate) mod in_flight;
pub(crate) mod institution;
pub(crate) mod language;
pub(crate) mod magic;
pub(crate) mod mask;
mod match_code;
pub(crate) mod nvi;
pub(crate) mod outage;
pub(crate) mod outbox;
pub(crate) mod person;
pub(crate) mod pki;
pub(crate) mod policy;
pub(crate) mod problem;
pub(crate) mod rate;
pub(crate) mod receipt;
pub(crate) mod reference;
pub(crate) mod retention;
pub(crate) mod secret;
pub(crate) mod seed;
pub(crate) mod service;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod submission;
mod tckn;
pub(crate) mod text;
pub(crate) mod time;
mod verify;
#[cfg(test)]
mod walk;
