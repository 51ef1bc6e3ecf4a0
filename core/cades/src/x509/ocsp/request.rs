//! `OCSPRequest` for one certificate (RFC 6960 4.1, RFC 9654).

use der::asn1::ObjectIdentifier;

use super::cert_id;
use crate::algorithm::KeyError;
use crate::asn1::{Tag, Writer};
use crate::x509::certificate::Certificate;

/// Longest nonce that a responder must take (RFC 9654 2.1).
pub const NONCE_OCTETS_MAX: usize = 128;

pub(super) const NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.2");

/// A request, ready to be sent as `application/ocsp-request`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OcspRequest {
    der: Vec<u8>,
}

impl OcspRequest {
    /// Asks about `certificate`, which `issuer` issued. The nonce is the caller's: 32 random octets, at most
    /// [`NONCE_OCTETS_MAX`] (a longer one is cut), or none for a responder that answers from a store.
    pub fn new(
        certificate: &Certificate,
        issuer: &Certificate,
        nonce: Option<&[u8]>,
    ) -> Result<Self, KeyError> {
        let mut cert_id = Writer::default();
        cert_id::write(&mut cert_id, certificate, issuer)?;
        let mut writer = Writer::default();
        writer.nested(Tag::SEQUENCE, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.nested(Tag::SEQUENCE, |writer| {
                    writer.nested(Tag::SEQUENCE, |writer| writer.raw(cert_id.as_slice()));
                });
                if let Some(nonce) = nonce {
                    write_nonce(writer, &nonce[..nonce.len().min(NONCE_OCTETS_MAX)]);
                }
            });
        });
        Ok(Self { der: writer.into_vec() })
    }

    /// The DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }
}

/// `requestExtensions [2] EXPLICIT` with the nonce alone, an OCTET STRING inside the `extnValue`.
fn write_nonce(writer: &mut Writer, nonce: &[u8]) {
    writer.nested(Tag::context_constructed(2), |writer| {
        writer.nested(Tag::SEQUENCE, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.oid(&NONCE);
                writer.nested(Tag::OCTET_STRING, |writer| writer.tlv(Tag::OCTET_STRING, nonce));
            });
        });
    });
}
