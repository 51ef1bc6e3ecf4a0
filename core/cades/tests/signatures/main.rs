//! Creation and validation of CAdES-B-B signatures, with keys and certificates made on the spot.

#![expect(clippy::unwrap_used, reason = "a test stops where its preparation fails")]

mod countersignature;
mod creation;
mod forge;
mod hostile;
mod identity;
mod independent;
mod openssl;
mod optional;
mod path;
mod reading;
mod revocation;
mod traps;
