//! The C ABI of libkamusm: one file per noun of include/kamusm.h, every function with the one panic guard.
//!
//! Pointers arrive as `Option<&T>`, `Option<&mut T>` and `Option<Box<T>>`, which have their layout and make NULL a
//! `None`; `unsafe` is left for strings and octets.

#![expect(unsafe_code, reason = "the only other place of the workspace that speaks with foreign memory")]
#![expect(non_camel_case_types, reason = "the types bear their C names, as the header shows them")]
#![allow(clippy::missing_safety_doc, reason = "the rules stand once at the top of the header")]

pub mod algorithm;
pub mod answer;
pub mod application;
pub mod application_result;
pub mod application_state;
pub mod approval;
pub mod block;
pub mod bytes;
pub mod cades;
pub mod call;
pub mod cancel;
pub mod choice;
pub mod clock;
pub mod commitment;
pub mod config;
mod entropy;
pub mod entry;
pub mod error;
pub mod event;
pub mod evidence;
pub mod field_error;
pub mod follow;
pub mod form;
pub mod form_values;
mod guard;
mod handle;
pub mod http;
pub mod identity;
pub mod log;
pub mod octets;
pub mod outcome;
pub mod payment;
pub mod person;
pub mod person_token;
pub mod phone_verification;
pub mod placed;
#[cfg(feature = "_planted-panic")]
pub mod planted;
pub mod pre_application;
pub mod pre_applications;
pub mod request;
pub mod response;
pub mod result;
pub mod session;
pub mod sign_code;
pub mod sign_in;
pub mod sign_options;
pub mod staff_application;
pub mod status;
pub mod step;
pub mod store;
mod text;
pub mod token;
pub mod verification_code;
pub mod version;
pub mod wait;
