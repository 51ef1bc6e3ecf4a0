//! CAdES signatures (EN 319 122-1) and the certificates of a Turkish qualified signature, sans-IO.
#![doc = ""]
#![doc = include_str!("../README.md")]
pub mod algorithm;
pub mod asn1;
pub mod attributes;
pub mod cms;
pub mod sign;
pub mod validate;
pub mod x509;
