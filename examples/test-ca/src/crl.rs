//! Certificate revocation lists (RFC 5280 5).

use der::asn1::ObjectIdentifier;

use crate::authority::Authority;
use crate::certificate::{authority_key_identifier, extension, signed};
use crate::der_writer::{context, sequence, tlv, unsigned};
use crate::time::time;

const CRL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
const REASON_CODE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled in by tests")]
pub struct Revoked {
    /// Contents octets of the serial number INTEGER.
    pub serial: Vec<u8>,
    /// When, Unix time.
    pub at: i64,
    /// `CRLReason`, if it is given.
    pub reason: Option<u8>,
}

/// What a list shall say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled in by tests")]
pub struct CrlSpec<'a> {
    /// The entries.
    pub revoked: &'a [Revoked],
    /// When it was made, Unix time.
    pub this_update: i64,
    /// When the next one comes, Unix time.
    pub next_update: Option<i64>,
    /// DER of further `crlExtensions`.
    pub extra_extensions: &'a [crate::ExtraExtension],
}

impl Authority {
    /// Signs a list of revoked certificates.
    pub fn crl(&self, spec: &CrlSpec<'_>) -> Vec<u8> {
        let mut entries = Vec::new();
        for revoked in spec.revoked {
            let reason = revoked
                .reason
                .map(|reason| sequence(&[&extension(REASON_CODE, false, &tlv(0x0A, &[reason]))]));
            let serial = tlv(0x02, &revoked.serial);
            entries.extend(sequence(&[&serial, &time(revoked.at), &reason.unwrap_or_default()]));
        }
        let list = if entries.is_empty() { Vec::new() } else { tlv(0x30, &entries) };
        let number = u64::try_from(spec.this_update).unwrap_or_default().to_be_bytes();
        let mut extensions = vec![
            authority_key_identifier(self.key().spki_der()),
            extension(CRL_NUMBER, false, &unsigned(&number)),
        ];
        extensions.extend(spec.extra_extensions.iter().map(crate::certificate::extra));
        let tbs = sequence(&[
            &unsigned(&[1]),
            self.key().kind().signature_algorithm(),
            self.name_der(),
            &time(spec.this_update),
            &spec.next_update.map(time).unwrap_or_default(),
            &list,
            &context(0, &sequence(&[&extensions.concat()])),
        ]);
        signed(&tbs, self.key())
    }
}
