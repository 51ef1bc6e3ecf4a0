//! Octets that the library made and the caller owns.

use crate::{
    bytes::kamusm_bytes,
    guard::{guard_value, guard_void},
};

/// Octets that a function made, such as a signature file.
///
/// Threads: any number may read it at once.
pub struct kamusm_octets(pub(crate) Vec<u8>);

/// The octets themselves. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_octets_bytes(octets: Option<&kamusm_octets>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(&octets?.0)))
}

/// Frees the octets; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_octets_free(octets: Option<Box<kamusm_octets>>) {
    guard_void(|| drop(octets));
}
