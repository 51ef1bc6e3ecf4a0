//! ASN.1 basics (ITU-T X.690): a reader that hands out raw ranges, and a small DER writer.
//!
//! The reader never copies and never re-encodes: every [`Tlv`] keeps the octets as they were received, because
//! signatures are made over octets and not over decoded values.

mod error;
mod octet_string;
mod oid;
mod reader;
mod tag;
mod time;
mod value;
mod writer;

pub use error::Asn1Error;
pub use oid::Oid;
pub use reader::{Limits, Reader, Rules, Tlv};
pub use tag::Tag;
pub use time::{TimeForm, UnixTime};
pub use writer::{SetOf, Writer, encoded_len};
