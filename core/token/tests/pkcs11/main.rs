//! PKCS#11 signing against SoftHSM behind a spy. Each test has a process, a token and a module of its own.
#![cfg(all(feature = "pkcs11", feature = "soft", unix))]

#[path = "in_process.rs"]
mod backend;
mod canary;
mod fixture;
mod host;
mod keys;
mod listing;
mod loading;
mod pad;
mod pin;
mod quirks;
mod removal;
mod return_values;
mod same_process;
mod signing;
mod trouble;
