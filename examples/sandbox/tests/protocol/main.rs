//! The protocol as a plain HTTP client sees it. Nothing of the SDK is used but the making of signatures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "whoever wants to go the same way again needs the seed")]

mod access;
mod approval;
mod certificates;
mod chance;
mod codes;
mod confirmation;
mod crowd;
mod faults;
mod form;
mod happy;
mod idempotency;
mod institution;
mod limits;
mod magic;
mod openapi;
mod payment;
mod person;
mod phone;
mod privacy;
mod production;
mod program;
mod races;
mod requests;
mod restart;
mod retention;
mod revocation;
mod sessions;
mod sign_in;
mod signatures;
mod status;
mod support;
mod waiting;
mod walk;
