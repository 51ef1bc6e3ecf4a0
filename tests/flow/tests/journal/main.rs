//! The journal over the real service: a crash is a session that is dropped, and another one that goes on from the newest
//! record.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod failures;
mod logins;
mod order;
mod setting;
mod windows;
