//! The portal as a person with a browser sees it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod forged;
mod hand;
mod list;
mod office;
mod others;
mod scripts;
mod signer;
mod signing;
mod site;
mod states;
mod upload;
mod walk;
