//! The Online Certificate Status Protocol (RFC 6960): requests, and responses bound to the certificate they speak of.

mod cert_id;
mod read;
mod request;

use std::fmt;

use der::asn1::ObjectIdentifier;

use super::certificate::{Certificate, CertificateError, NotIssued};
use super::extension::{self, KeyUsage};
use super::revocation::{CLOCK_SKEW_S, Revocation};
use crate::algorithm::{SignatureError, VerificationAlgorithm};
use crate::asn1::{Asn1Error, UnixTime};

use cert_id::CertId;
use read::{ResponderId, SingleResponse};
pub use request::{NONCE_OCTETS_MAX, OcspRequest};

/// Longest response that is read.
pub const OCSP_OCTETS_MAX: usize = 1 << 20;

/// How old a response without `nextUpdate` may be.
pub const NO_NEXT_UPDATE_AGE_S: i64 = 86_400;

const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
const OCSP_NO_CHECK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.5");

/// Critical extensions of a responder's certificate that are processed.
const RESPONDER_PROCESSED: [ObjectIdentifier; 4] = [
    extension::KEY_USAGE,
    extension::BASIC_CONSTRAINTS,
    extension::EXTENDED_KEY_USAGE,
    extension::CERTIFICATE_POLICIES,
];

/// A response whose form is sound; nothing is known yet about who signed it.
#[derive(Clone)]
pub struct OcspResponse<'a> {
    basic_der: &'a [u8],
    tbs: &'a [u8],
    signature_algorithm: &'a [u8],
    signature: &'a [u8],
    certificates: Vec<&'a [u8]>,
    responder: ResponderId<'a>,
    produced_at: UnixTime,
    responses: Vec<SingleResponse<'a>>,
    nonce: Option<&'a [u8]>,
}

/// What a responder says about one certificate (RFC 6960 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OcspStatus {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked(Revocation),
    /// The responder does not know the certificate.
    Unknown,
}

/// What an authorised responder says about one certificate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct VerifiedOcsp {
    /// What it says.
    pub status: OcspStatus,
    /// When it said it, Unix time.
    pub produced_at: UnixTime,
    /// When the status was known to be right, Unix time.
    pub this_update: UnixTime,
    /// When newer information comes, Unix time.
    pub next_update: Option<UnixTime>,
    /// Who signed: the issuer of the certificate, or its delegate.
    pub responder: Certificate,
    /// True if a delegate signed.
    pub delegated: bool,
    /// True if the delegate's certificate need not be checked for revocation (RFC 6960 4.2.2.2.1).
    pub no_check: bool,
}

/// Why a response tells nothing about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OcspError {
    /// Longer than [`OCSP_OCTETS_MAX`].
    #[error("OCSP response of {octets} octets")]
    TooLarge {
        /// Octets that were given.
        octets: usize,
    },
    /// Not the DER of an `OCSPResponse`.
    #[error("OCSP response: {0}")]
    Asn1(#[from] Asn1Error),
    /// Its extensions cannot be read.
    #[error("OCSP response: {0}")]
    Extensions(CertificateError),
    /// The responder gives no answer: `tryLater` is 3, `unauthorized` 6 (RFC 6960 4.2.1).
    #[error("the responder answers with status {status}")]
    Failure {
        /// `OCSPResponseStatus`.
        status: u8,
    },
    /// A response of a type other than id-pkix-ocsp-basic.
    #[error("OCSP response type {oid} is not supported")]
    ResponseType {
        /// The type.
        oid: ObjectIdentifier,
    },
    /// A critical extension that is not processed.
    #[error("the OCSP response has the critical extension {oid}")]
    UnknownCritical {
        /// The extension.
        oid: ObjectIdentifier,
    },
    /// None of its answers is about this certificate: the `CertID` differs in name, key or serial number.
    #[error("the OCSP response is about another certificate")]
    OtherCertificate,
    /// The certificate was not issued by the issuer given.
    #[error("the certificate has another issuer")]
    OtherIssuer,
    /// The responder is neither the issuer nor in the response.
    #[error("the certificate of the OCSP responder is missing")]
    NoResponder,
    /// The responder's certificate was not issued by the issuer itself (RFC 6960 4.2.2.2).
    #[error("the OCSP responder is not a delegate of the issuer: {0}")]
    NotDelegated(NotIssued),
    /// The responder's certificate lacks id-kp-OCSPSigning.
    #[error("the OCSP responder's certificate is not one for OCSP")]
    NoOcspSigning,
    /// The responder's certificate was not valid at the second in question.
    #[error("the OCSP responder's certificate is not valid at {at}")]
    ResponderOutOfDate {
        /// The second, Unix time.
        at: UnixTime,
    },
    /// The responder's certificate cannot be read or has a critical extension that is not processed.
    #[error("the OCSP responder's certificate: {0}")]
    ResponderUnreadable(CertificateError),
    /// The responder's certificate may not sign.
    #[error("the OCSP responder's certificate may not sign")]
    NoDigitalSignature,
    /// The responder did not sign it.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Made after the second in question.
    #[error("the OCSP response is of {this_update}")]
    NotYetValid {
        /// `thisUpdate`, Unix time.
        this_update: UnixTime,
    },
    /// Newer information should have come before the second in question.
    #[error("the OCSP response of {this_update} is too old, next update {next_update:?}")]
    Expired {
        /// `thisUpdate`, Unix time.
        this_update: UnixTime,
        /// `nextUpdate`, Unix time.
        next_update: Option<UnixTime>,
    },
    /// A nonce was sent and none came back; a responder that answers from a store does so.
    #[error("the OCSP response has no nonce")]
    NonceMissing,
    /// A nonce was sent and another one came back.
    #[error("the OCSP response has another nonce")]
    NonceMismatch,
}

impl<'a> OcspResponse<'a> {
    /// Reads a DER `OCSPResponse`.
    pub fn parse(der: &'a [u8]) -> Result<Self, OcspError> {
        read::response(der)
    }

    /// Reads a DER `BasicOCSPResponse`, as revocation values of signatures hold it.
    pub fn parse_basic(der: &'a [u8]) -> Result<Self, OcspError> {
        read::basic(der)
    }

    /// DER of the `BasicOCSPResponse`.
    pub fn basic_der(&self) -> &'a [u8] {
        self.basic_der
    }

    /// When it was signed, Unix time; a claim until it is verified.
    pub fn produced_at(&self) -> UnixTime {
        self.produced_at
    }

    /// The nonce.
    pub fn nonce(&self) -> Option<&'a [u8]> {
        self.nonce
    }

    /// Checks that the nonce of the request came back.
    pub fn check_nonce(&self, sent: &[u8]) -> Result<(), OcspError> {
        match self.nonce {
            None => Err(OcspError::NonceMissing),
            Some(nonce) if nonce == sent => Ok(()),
            Some(_) => Err(OcspError::NonceMismatch),
        }
    }

    /// Certificates that the response brings, as they stand.
    pub fn certificates(&self) -> &[&'a [u8]] {
        &self.certificates
    }

    /// True if one of the answers is about this certificate.
    pub fn is_about(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        self.answer(certificate, issuer).is_ok()
    }

    /// [`OcspResponse::authenticate`], and that the answer is current and the responder valid at this second.
    pub fn verify(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        at: UnixTime,
    ) -> Result<VerifiedOcsp, OcspError> {
        let verified = self.authenticate(certificate, issuer)?;
        if verified.delegated && !verified.responder.is_valid_at(at) {
            return Err(OcspError::ResponderOutOfDate { at });
        }
        verified.check_current(at)?;
        Ok(verified)
    }

    /// Checks that the response is about `certificate`, that its signer is `issuer` or a delegate of it, valid when it
    /// signed, and the signature. The issuer's own path is the caller's to check.
    pub fn authenticate(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
    ) -> Result<VerifiedOcsp, OcspError> {
        let answer = self.answer(certificate, issuer)?;
        let verified = |responder: &Certificate, delegated: bool| VerifiedOcsp {
            status: answer.status,
            produced_at: self.produced_at,
            this_update: answer.this_update,
            next_update: answer.next_update,
            responder: responder.clone(),
            delegated,
            no_check: delegated && responder.extension(OCSP_NO_CHECK).is_some(),
        };
        // The first reason a responder of the right name or key is refused for.
        let mut refusal = None;
        if self.responder.names(issuer) {
            match self.check_signature(issuer) {
                Ok(()) => return Ok(verified(issuer, false)),
                Err(reason) => refusal = Some(reason.into()),
            }
        }
        for der in &self.certificates {
            let Ok(responder) = Certificate::from_der(der) else { continue };
            if responder == *issuer || !self.responder.names(&responder) {
                continue;
            }
            match self.check_delegate(&responder, issuer) {
                Ok(()) => return Ok(verified(&responder, true)),
                Err(reason) => refusal = refusal.or(Some(reason)),
            }
        }
        Err(refusal.unwrap_or(OcspError::NoResponder))
    }

    /// The newest answer about this certificate.
    fn answer(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
    ) -> Result<&SingleResponse<'a>, OcspError> {
        if certificate.issuer() != issuer.subject() {
            return Err(OcspError::OtherIssuer);
        }
        let about = self.responses.iter().filter(|response| response.cert_id.matches(certificate, issuer));
        about.max_by_key(|response| response.this_update).ok_or(OcspError::OtherCertificate)
    }

    fn check_delegate(&self, responder: &Certificate, issuer: &Certificate) -> Result<(), OcspError> {
        responder.is_issued_by(issuer).map_err(OcspError::NotDelegated)?;
        let purposes = responder.extended_key_usage().map_err(OcspError::ResponderUnreadable)?;
        if !purposes.is_some_and(|purposes| purposes.contains(&OCSP_SIGNING)) {
            return Err(OcspError::NoOcspSigning);
        }
        if responder.key_usage().is_some_and(|usage| !usage.contains(KeyUsage::DIGITAL_SIGNATURE)) {
            return Err(OcspError::NoDigitalSignature);
        }
        let mut critical = responder.extensions().filter(|extension| extension.critical);
        if let Some(unknown) = critical.find(|extension| !RESPONDER_PROCESSED.contains(&extension.oid)) {
            return Err(OcspError::UnknownCritical { oid: unknown.oid });
        }
        if !responder.is_valid_at(self.produced_at) {
            return Err(OcspError::ResponderOutOfDate { at: self.produced_at });
        }
        Ok(self.check_signature(responder)?)
    }

    fn check_signature(&self, responder: &Certificate) -> Result<(), SignatureError> {
        let algorithm = VerificationAlgorithm::from_identifier_der(self.signature_algorithm)?;
        responder.verify(algorithm, self.tbs, self.signature)
    }
}

impl VerifiedOcsp {
    /// Checks that the answer is current at this second.
    pub fn check_current(&self, at: UnixTime) -> Result<(), OcspError> {
        let Self { this_update, next_update, .. } = *self;
        if this_update > at.saturating_add(CLOCK_SKEW_S) {
            return Err(OcspError::NotYetValid { this_update });
        }
        if next_update.unwrap_or(this_update.saturating_add(NO_NEXT_UPDATE_AGE_S)) < at {
            return Err(OcspError::Expired { this_update, next_update });
        }
        Ok(())
    }
}

impl fmt::Debug for OcspResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OcspResponse")
            .field("produced_at", &self.produced_at)
            .field("responses", &self.responses.len())
            .finish_non_exhaustive()
    }
}
