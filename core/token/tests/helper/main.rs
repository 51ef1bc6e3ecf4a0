//! The same tests as for a module in this process, with the module in the helper program; and what only it can do.
#![cfg(all(feature = "helper", feature = "soft", unix))]

mod backend;
mod campaign;
#[path = "../pkcs11/canary.rs"]
mod canary;
#[path = "../pkcs11/fixture.rs"]
mod fixture;
mod hanging;
#[path = "../pkcs11/keys.rs"]
mod keys;
mod life;
#[path = "../pkcs11/listing.rs"]
mod listing;
#[path = "../pkcs11/loading.rs"]
mod loading;
#[path = "../pkcs11/pad.rs"]
mod pad;
#[path = "../pkcs11/pin.rs"]
mod pin;
mod planting;
#[path = "../pkcs11/quirks.rs"]
mod quirks;
#[path = "../pkcs11/removal.rs"]
mod removal;
#[path = "../pkcs11/signing.rs"]
mod signing;
#[path = "../pkcs11/trouble.rs"]
mod trouble;
