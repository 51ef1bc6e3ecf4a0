//! Attribute types.

use der::asn1::ObjectIdentifier;

/// content-type (RFC 5652 clause 11.1)
pub const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
/// message-digest (RFC 5652 clause 11.2)
pub const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// signing-time (RFC 5652 clause 11.3)
pub const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
/// countersignature (RFC 5652 clause 11.4)
pub const COUNTERSIGNATURE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.6");
/// cms-algorithm-protection (RFC 6211)
pub const ALGORITHM_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.52");
/// content-hints (EN 319 122-1 clause 5.2.4.1)
pub const CONTENT_HINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.4");
/// ESS signing-certificate, SHA-1 (EN 319 122-1 clause 5.2.2.2)
pub const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
/// signature-time-stamp (EN 319 122-1 clause 5.3)
pub const SIGNATURE_TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
/// signature-policy-identifier (EN 319 122-1 clause 5.2.9.1)
pub const SIGNATURE_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.15");
/// commitment-type-indication (EN 319 122-1 clause 5.2.3)
pub const COMMITMENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.16");
/// signer-location (EN 319 122-1 clause 5.2.5)
pub const SIGNER_LOCATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.17");
/// ESS signing-certificate-v2 (EN 319 122-1 clause 5.2.2.3)
pub const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// mime-type (EN 319 122-1 clause 5.2.4.2)
pub const MIME_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1733.2.1");
