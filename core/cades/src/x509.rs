//! Certificates and what is said about them: RFC 5280, RFC 6960, EN 319 412-5, and the profile of a Turkish NES.

pub mod certificate;
pub mod crl;
pub mod extension;
pub mod name;
pub mod nes;
pub mod ocsp;
pub mod path;
pub mod pem;
pub mod revocation;
mod value;
