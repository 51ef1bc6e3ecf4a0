//! `Certificate` of RFC 5280 4.1 from its parts, and the extensions that leaves and authorities share.

use aws_lc_rs::digest::{SHA256, digest};
use der::asn1::ObjectIdentifier;

use crate::der_writer::{bit_string, context, ia5, octet_string, oid, sequence, tlv, unsigned};
use crate::key::Key;
use crate::time::time;

const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const CRL_DISTRIBUTION_POINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.31");
const AUTHORITY_INFO_ACCESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.1");
const ACCESS_OCSP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1");
const ACCESS_CA_ISSUERS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.2");

/// An extension that a faulty certificate carries besides its own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled in by tests")]
pub struct ExtraExtension {
    /// Its type.
    pub oid: ObjectIdentifier,
    /// The critical flag.
    pub critical: bool,
    /// DER of its contents.
    pub value_der: Vec<u8>,
}

/// What is put into one certificate.
pub(crate) struct ToBeIssued<'a> {
    pub(crate) serial: &'a [u8],
    pub(crate) issuer: &'a [u8],
    pub(crate) subject: &'a [u8],
    pub(crate) not_before: i64,
    pub(crate) not_after: i64,
    pub(crate) spki: &'a [u8],
    /// DER of each `Extension`.
    pub(crate) extensions: &'a [Vec<u8>],
}

impl ToBeIssued<'_> {
    pub(crate) fn sign(&self, key: &Key) -> Vec<u8> {
        let algorithm = key.kind().signature_algorithm();
        let tbs = sequence(&[
            &context(0, &unsigned(&[2])),
            &unsigned(self.serial),
            algorithm,
            self.issuer,
            &sequence(&[&time(self.not_before), &time(self.not_after)]),
            self.subject,
            self.spki,
            &context(3, &sequence(&[&self.extensions.concat()])),
        ]);
        signed(&tbs, key)
    }
}

/// `SEQUENCE { toBeSigned, signatureAlgorithm, signature }`, the frame of certificates and CRLs.
pub(crate) fn signed(tbs: &[u8], key: &Key) -> Vec<u8> {
    sequence(&[&signed_members(tbs, key)])
}

/// What stands in that frame; an OCSP response adds certificates to it.
pub(crate) fn signed_members(tbs: &[u8], key: &Key) -> Vec<u8> {
    [tbs, key.kind().signature_algorithm(), &bit_string(&key.sign(tbs))].concat()
}

pub(crate) fn extension(kind: ObjectIdentifier, critical: bool, contents: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[0x01, 0x01, 0xFF] } else { &[] };
    sequence(&[&oid(kind), critical, &octet_string(contents)])
}

pub(crate) fn extra(extension: &ExtraExtension) -> Vec<u8> {
    self::extension(extension.oid, extension.critical, &extension.value_der)
}

/// First 160 bits of SHA-256 over the public key (RFC 7093 2, method 1).
pub(crate) fn key_identifier(spki: &[u8]) -> Vec<u8> {
    digest(&SHA256, public_key_octets(spki)).as_ref()[..20].to_vec()
}

/// Contents of the `subjectPublicKey` without the count of unused bits: what OCSP hashes too.
pub(crate) fn public_key_octets(spki: &[u8]) -> &[u8] {
    let info = contents(spki);
    let algorithm_octets = info.len() - after(info).len();
    &contents(&info[algorithm_octets..])[1..]
}

/// Contents of the first element of DER that we, or aws-lc, wrote.
fn contents(der: &[u8]) -> &[u8] {
    let (start, end) = bounds(der);
    &der[start..end]
}

/// What follows the first element.
fn after(der: &[u8]) -> &[u8] {
    &der[bounds(der).1..]
}

fn bounds(der: &[u8]) -> (usize, usize) {
    let first = usize::from(der[1]);
    if first < 0x80 {
        return (2, 2 + first);
    }
    let start = 2 + (first & 0x7F);
    let length = der[2..start].iter().fold(0, |length, &octet| length << 8 | usize::from(octet));
    (start, start + length)
}

pub(crate) fn subject_key_identifier(spki: &[u8]) -> Vec<u8> {
    extension(SUBJECT_KEY_IDENTIFIER, false, &octet_string(&key_identifier(spki)))
}

pub(crate) fn authority_key_identifier(issuer_spki: &[u8]) -> Vec<u8> {
    let identifier = tlv(0x80, &key_identifier(issuer_spki));
    extension(AUTHORITY_KEY_IDENTIFIER, false, &sequence(&[&identifier]))
}

pub(crate) fn crl_distribution_point(url: &str) -> Vec<u8> {
    let name = context(0, &context(0, &uri(url)));
    extension(CRL_DISTRIBUTION_POINTS, false, &sequence(&[&sequence(&[&name])]))
}

/// authorityInfoAccess with caIssuers first, as Kamu SM writes it; none if there is nothing to write.
pub(crate) fn authority_info_access(ca_issuers: Option<&str>, ocsp: Option<&str>) -> Option<Vec<u8>> {
    let describe =
        |method, url: Option<&str>| url.map(|url| sequence(&[&oid(method), &uri(url)])).unwrap_or_default();
    if ca_issuers.is_none() && ocsp.is_none() {
        return None;
    }
    let descriptions = [describe(ACCESS_CA_ISSUERS, ca_issuers), describe(ACCESS_OCSP, ocsp)].concat();
    Some(extension(AUTHORITY_INFO_ACCESS, false, &sequence(&[&descriptions])))
}

fn uri(url: &str) -> Vec<u8> {
    let mut name = ia5(url);
    name[0] = 0x86;
    name
}
