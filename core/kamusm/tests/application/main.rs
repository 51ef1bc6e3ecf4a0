//! The whole application against canned answers: what each call sends, and what it makes of what comes.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod applications;
mod approval;
mod caller;
mod dialect;
mod follow;
mod form;
mod institution;
mod person;
mod sign_in;
mod walk;
