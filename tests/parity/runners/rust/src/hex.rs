//! Octets as the traces show them.

/// Two lower-case digits an octet.
pub(crate) fn hex(octets: impl AsRef<[u8]>) -> String {
    octets.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}
