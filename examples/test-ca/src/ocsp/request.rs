//! OCSP requests as a responder reads them (RFC 6960 4.1).

use der::asn1::ObjectIdentifier;
use der::{Decode, Header, Reader, SliceReader, Tag, TagNumber};

use super::{CertId, NONCE};

/// Requests for more certificates than this are not answered.
const CERTIFICATES_MAX: usize = 16;

/// What a client asks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OcspRequest {
    /// Each certificate asked about, with its serial number (contents octets of the INTEGER).
    pub certificates: Vec<(CertId, Vec<u8>)>,
    /// Contents of the nonce, if there is one.
    pub nonce: Option<Vec<u8>>,
}

/// Why octets are not a request that is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OcspRequestError {
    /// Not the DER of an `OCSPRequest`.
    #[error("OCSP request: {0}")]
    Der(#[from] der::Error),
    /// Asks about more certificates than are answered at once.
    #[error("more than {limit} certificates")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl OcspRequest {
    /// Reads a DER request; a signature on it is not looked at.
    pub fn from_der(octets: &[u8]) -> Result<Self, OcspRequestError> {
        let mut outer = enter(octets, Tag::Sequence)?;
        let request = outer.tlv_bytes()?;
        let mut fields = enter(request, Tag::Sequence)?;
        let mut certificates = Vec::new();
        let mut nonce = None;
        while !fields.is_finished() {
            let tag = Tag::peek(&fields)?;
            let member = fields.tlv_bytes()?;
            match tag {
                Tag::Sequence => read_list(member, &mut certificates)?,
                tag if tag == EXTENSIONS => nonce = read_nonce(member)?,
                _ => {}
            }
        }
        Ok(Self { certificates, nonce })
    }
}

const EXTENSIONS: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(2) };

fn read_list(list: &[u8], certificates: &mut Vec<(CertId, Vec<u8>)>) -> Result<(), OcspRequestError> {
    let mut requests = enter(list, Tag::Sequence)?;
    while !requests.is_finished() {
        if certificates.len() == CERTIFICATES_MAX {
            return Err(OcspRequestError::TooMany { limit: CERTIFICATES_MAX });
        }
        let mut request = enter(requests.tlv_bytes()?, Tag::Sequence)?;
        let der = request.tlv_bytes()?;
        let mut fields = enter(der, Tag::Sequence)?;
        for _ in 0..3 {
            fields.tlv_bytes()?;
        }
        let serial = contents(fields.tlv_bytes()?, Tag::Integer)?;
        certificates.push((CertId { der: der.to_vec() }, serial.to_vec()));
    }
    Ok(())
}

fn read_nonce(extensions: &[u8]) -> Result<Option<Vec<u8>>, OcspRequestError> {
    let mut list = enter(contents(extensions, EXTENSIONS)?, Tag::Sequence)?;
    while !list.is_finished() {
        let mut extension = enter(list.tlv_bytes()?, Tag::Sequence)?;
        let oid = ObjectIdentifier::decode(&mut extension)?;
        if Tag::peek(&extension)? == Tag::Boolean {
            extension.tlv_bytes()?;
        }
        let value = contents(extension.tlv_bytes()?, Tag::OctetString)?;
        if oid == NONCE {
            return Ok(Some(contents(value, Tag::OctetString)?.to_vec()));
        }
    }
    Ok(None)
}

fn enter(octets: &[u8], tag: Tag) -> Result<SliceReader<'_>, der::Error> {
    SliceReader::new(contents(octets, tag)?)
}

fn contents(octets: &[u8], tag: Tag) -> Result<&[u8], der::Error> {
    let mut reader = SliceReader::new(octets)?;
    let header = Header::decode(&mut reader)?;
    header.tag().assert_eq(tag)?;
    reader.read_slice(header.length())
}
