//! PKCS#11 signing against SoftHSM behind a spy. Each test has a process, a token and a module of its own.
#![cfg(all(feature = "pkcs11", feature = "soft", unix))]

mod fixture;
mod host;
mod keys;
mod listing;
mod loading;
mod pad;
mod pin;
mod quirks;
mod signing;
mod trouble;
