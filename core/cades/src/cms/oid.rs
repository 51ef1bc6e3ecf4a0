//! Object identifiers of content types and revocation values.

use der::asn1::ObjectIdentifier;

/// id-data (RFC 5652 clause 4)
pub const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
/// id-signedData (RFC 5652 clause 5.1)
pub const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// id-ri-ocsp-response (RFC 5940 clause 2.1): a whole `OCSPResponse`
pub const RI_OCSP_RESPONSE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.16.2");
/// id-pkix-ocsp-basic (RFC 6960 clause 4.2.1): a `BasicOCSPResponse`, found in older files
pub const PKIX_OCSP_BASIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.1");
