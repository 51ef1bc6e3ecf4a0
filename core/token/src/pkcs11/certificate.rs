//! Certificate objects of a token (PKCS#11 2.40, 4.6.3). They are public: no PIN is needed to list them.

use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use cryptoki_sys::{CKR_ATTRIBUTE_SENSITIVE, CKR_OBJECT_HANDLE_INVALID};
use kamusm_cades::x509::certificate::Certificate;

use super::fault::Fault;
use super::session::OneShot;

/// A certificate and what pairs it with its key.
pub(super) struct CertificateObject {
    pub(super) certificate: Certificate,
    /// CKA_ID.
    pub(super) id: Vec<u8>,
    /// CKA_LABEL. Holds the TCKN on NES tokens.
    pub(super) label: Vec<u8>,
}

/// Every certificate that can be read. Objects of other kinds and broken ones are passed over.
pub(super) fn certificates(session: &OneShot<'_>) -> Result<Vec<CertificateObject>, Fault> {
    let mut found = Vec::new();
    for object in session.find_class(ObjectClass::CERTIFICATE)? {
        let attributes = [AttributeType::Value, AttributeType::Id, AttributeType::Label];
        let attributes = match session.attributes(object, &attributes) {
            Ok(attributes) => attributes,
            Err(fault) if fault.is_one_of(&[CKR_OBJECT_HANDLE_INVALID, CKR_ATTRIBUTE_SENSITIVE]) => continue,
            Err(fault) => return Err(fault),
        };
        let (mut value, mut id, mut label) = (Vec::new(), Vec::new(), Vec::new());
        for attribute in attributes {
            match attribute {
                Attribute::Value(octets) => value = octets,
                Attribute::Id(octets) => id = octets,
                Attribute::Label(octets) => label = octets,
                _ => {}
            }
        }
        if let Ok(certificate) = Certificate::from_der(&value) {
            found.push(CertificateObject { certificate, id, label });
        }
    }
    Ok(found)
}
