//! `OCSPResponse` and what is in it (RFC 6960 4.2.1).

use der::asn1::ObjectIdentifier;

use super::request::NONCE;
use super::{CertId, OCSP_OCTETS_MAX, OcspError, OcspResponse, OcspStatus, cert_id};
use crate::asn1::{Asn1Error, Reader, Tag, Tlv, UnixTime};
use crate::x509::certificate::Certificate;
use crate::x509::extension;
use crate::x509::name::Name;
use crate::x509::revocation::{Revocation, RevocationReason};

const BASIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.1");
const CERTIFICATES_MAX: usize = 8;
const RESPONSES_MAX: usize = 256;
const EXTENSIONS_MAX: usize = 16;

/// Who signed, by name or by key.
#[derive(Clone, Copy)]
pub(super) enum ResponderId<'a> {
    ByName(&'a [u8]),
    ByKey(&'a [u8]),
}

impl<'a> ResponderId<'a> {
    fn read(fields: &mut Reader<'a>) -> Result<Self, Asn1Error> {
        if let Some(name) = fields.optional(Tag::context_constructed(1))? {
            return Ok(Self::ByName(Reader::der_value(name.value, Tag::SEQUENCE)?.raw));
        }
        let key = fields.expect(Tag::context_constructed(2))?;
        Ok(Self::ByKey(Reader::der_value(key.value, Tag::OCTET_STRING)?.value))
    }

    pub(super) fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::ByName(name) => Name::new(name) == certificate.subject(),
            Self::ByKey(hash) => cert_id::key_hash(certificate).is_ok_and(|of_key| of_key == *hash),
        }
    }
}

/// The answer about one certificate.
#[derive(Clone, Copy)]
pub(super) struct SingleResponse<'a> {
    pub(super) cert_id: CertId<'a>,
    pub(super) status: OcspStatus,
    pub(super) this_update: UnixTime,
    pub(super) next_update: Option<UnixTime>,
}

pub(super) fn response(der: &[u8]) -> Result<OcspResponse<'_>, OcspError> {
    check_size(der)?;
    let mut fields = Reader::der_value(der, Tag::SEQUENCE)?.reader();
    match fields.expect(Tag::ENUMERATED)?.value {
        [0] => {}
        &[status] => return Err(OcspError::Failure { status }),
        _ => return Err(Asn1Error::Value { tag: Tag::ENUMERATED }.into()),
    }
    let bytes = fields.expect(Tag::context_constructed(0))?;
    fields.finish()?;
    let mut bytes = Reader::der_value(bytes.value, Tag::SEQUENCE)?.reader();
    let oid = bytes.object_identifier()?;
    if oid != BASIC {
        return Err(OcspError::ResponseType { oid });
    }
    let contents = bytes.expect(Tag::OCTET_STRING)?.value;
    bytes.finish()?;
    basic(contents)
}

pub(super) fn basic(der: &[u8]) -> Result<OcspResponse<'_>, OcspError> {
    check_size(der)?;
    let mut outer = Reader::der_value(der, Tag::SEQUENCE)?.reader();
    let tbs = outer.expect(Tag::SEQUENCE)?;
    let signature_algorithm = outer.expect(Tag::SEQUENCE)?.raw;
    let signature = outer.expect(Tag::BIT_STRING)?.octet_aligned_bits()?;
    let mut certificates = Vec::new();
    if let Some(list) = outer.optional(Tag::context_constructed(0))? {
        let mut list = Reader::der_value(list.value, Tag::SEQUENCE)?.reader();
        while !list.is_empty() {
            if certificates.len() == CERTIFICATES_MAX {
                return Err(Asn1Error::TooMany { limit: CERTIFICATES_MAX }.into());
            }
            certificates.push(list.expect(Tag::SEQUENCE)?.raw);
        }
    }
    outer.finish()?;

    let mut fields = tbs.reader();
    fields.optional(Tag::context_constructed(0))?;
    let responder = ResponderId::read(&mut fields)?;
    let produced_at = generalized_time(&mut fields)?;
    let mut list = fields.enter(Tag::SEQUENCE)?;
    let mut responses = Vec::new();
    while !list.is_empty() {
        if responses.len() == RESPONSES_MAX {
            return Err(Asn1Error::TooMany { limit: RESPONSES_MAX }.into());
        }
        responses.push(single(list.enter(Tag::SEQUENCE)?)?);
    }
    let nonce = match fields.optional(Tag::context_constructed(1))? {
        Some(extensions) => read_extensions(extensions.value)?,
        None => None,
    };
    fields.finish()?;
    Ok(OcspResponse {
        basic_der: der,
        tbs: tbs.raw,
        signature_algorithm,
        signature,
        certificates,
        responder,
        produced_at,
        responses,
        nonce,
    })
}

fn check_size(der: &[u8]) -> Result<(), OcspError> {
    if der.len() > OCSP_OCTETS_MAX { Err(OcspError::TooLarge { octets: der.len() }) } else { Ok(()) }
}

fn single<'a>(mut fields: Reader<'a>) -> Result<SingleResponse<'a>, OcspError> {
    let cert_id = CertId::read(&fields.expect(Tag::SEQUENCE)?)?;
    let status = status(&fields.any()?)?;
    let this_update = generalized_time(&mut fields)?;
    let next_update = match fields.optional(Tag::context_constructed(0))? {
        Some(next) => Some(generalized_time(&mut next.reader())?),
        None => None,
    };
    if let Some(extensions) = fields.optional(Tag::context_constructed(1))? {
        read_extensions(extensions.value)?;
    }
    fields.finish()?;
    Ok(SingleResponse { cert_id, status, this_update, next_update })
}

/// `CertStatus`, a CHOICE of implicit tags.
fn status(choice: &Tlv<'_>) -> Result<OcspStatus, Asn1Error> {
    const GOOD: Tag = Tag::context(0);
    const REVOKED: Tag = Tag::context_constructed(1);
    const UNKNOWN: Tag = Tag::context(2);
    match (choice.tag, choice.value) {
        (GOOD, []) => Ok(OcspStatus::Good),
        (UNKNOWN, []) => Ok(OcspStatus::Unknown),
        (REVOKED, _) => {
            let mut fields = choice.reader();
            let at = generalized_time(&mut fields)?;
            let reason = match fields.optional(Tag::context_constructed(0))? {
                Some(reason) => match Reader::der_value(reason.value, Tag::ENUMERATED)?.value {
                    &[number] => Some(RevocationReason::from_number(number)),
                    _ => return Err(Asn1Error::Value { tag: Tag::ENUMERATED }),
                },
                None => None,
            };
            fields.finish()?;
            Ok(OcspStatus::Revoked(Revocation { at, reason }))
        }
        (tag, _) => Err(Asn1Error::Value { tag }),
    }
}

/// Extensions of a response or of one answer: the nonce, if it is there.
fn read_extensions(octets: &[u8]) -> Result<Option<&[u8]>, OcspError> {
    let mut nonce = None;
    let mut unknown = None;
    extension::read_all(octets, EXTENSIONS_MAX, |extension| match extension.oid {
        NONCE => nonce = Some(extension.value),
        oid if extension.critical => unknown = Some(oid),
        _ => {}
    })
    .map_err(OcspError::Extensions)?;
    match (unknown, nonce) {
        (Some(oid), _) => Err(OcspError::UnknownCritical { oid }),
        // Old responders put the nonce's octets in bare (RFC 6960 4.4.1 made them an OCTET STRING).
        (None, Some(value)) => {
            Ok(Some(Reader::der_value(value, Tag::OCTET_STRING).map_or(value, |nonce| nonce.value)))
        }
        (None, None) => Ok(None),
    }
}

fn generalized_time(fields: &mut Reader<'_>) -> Result<UnixTime, Asn1Error> {
    Ok(fields.expect(Tag::GENERALIZED_TIME)?.time()?.0)
}
