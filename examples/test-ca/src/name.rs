//! Distinguished names in the shapes that Kamu SM writes.

use der::asn1::ObjectIdentifier;

use crate::der_writer::{oid, printable, sequence, set, utf8};

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const ORGANIZATIONAL_UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");

/// Subject of an NES: `C`, `serialNumber`, `CN`, in this order and nothing else.
pub(crate) fn person(tckn: Option<&str>, common_name: &str) -> Vec<u8> {
    let serial = tckn.map(|tckn| rdn(SERIAL_NUMBER, &printable(tckn))).unwrap_or_default();
    sequence(&[&country(), &serial, &rdn(COMMON_NAME, &utf8(common_name))])
}

/// Name of an authority: `C`, `O`, `OU`, `CN`.
pub(crate) fn authority(common_name: &str) -> Vec<u8> {
    sequence(&[
        &country(),
        &rdn(ORGANIZATION, &utf8("libkamusm")),
        &rdn(ORGANIZATIONAL_UNIT, &utf8("Yalnız Deneme İçin")),
        &rdn(COMMON_NAME, &utf8(common_name)),
    ])
}

fn country() -> Vec<u8> {
    rdn(COUNTRY, &printable("TR"))
}

fn rdn(kind: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    set(&[&sequence(&[&oid(kind), value])])
}
