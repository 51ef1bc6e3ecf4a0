//! What a certificate says in its extensions (RFC 5280 4.2).

use der::asn1::ObjectIdentifier;

use super::{Certificate, CertificateError};
use crate::asn1::{Asn1Error, Reader, Tag};
use crate::x509::extension::{
    self, AccessMethod, BasicConstraints, Extension, KeyUsage, Policy, QcStatement, find_urls_of_access,
    find_urls_of_distribution,
};

impl Certificate {
    /// All extensions, in their order.
    pub fn extensions(&self) -> impl Iterator<Item = Extension<'_>> {
        self.0.extensions.iter().map(|extension| Extension {
            oid: extension.oid,
            critical: extension.critical,
            value: self.part(&extension.value),
        })
    }

    /// One extension.
    pub fn extension(&self, oid: ObjectIdentifier) -> Option<Extension<'_>> {
        self.extensions().find(|extension| extension.oid == oid)
    }

    fn decoded<'a, T>(
        &'a self,
        oid: ObjectIdentifier,
        read: impl FnOnce(&'a [u8]) -> Result<T, Asn1Error>,
    ) -> Result<Option<T>, CertificateError> {
        extension::decode(self.extension(oid).map(|extension| extension.value), oid, read)
    }

    /// keyUsage, if it is there (RFC 5280 4.2.1.3).
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.0.key_usage
    }

    /// basicConstraints, if it is there (RFC 5280 4.2.1.9).
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.0.basic_constraints
    }

    /// True if basicConstraints says so.
    pub fn is_ca(&self) -> bool {
        self.basic_constraints().is_some_and(|constraints| constraints.ca)
    }

    /// certificatePolicies; none if the extension is absent (RFC 5280 4.2.1.4).
    pub fn policies(&self) -> Result<Vec<Policy<'_>>, CertificateError> {
        let policies = self.decoded(extension::CERTIFICATE_POLICIES, Policy::read_all)?;
        Ok(policies.unwrap_or_default())
    }

    /// qcStatements; none if the extension is absent (RFC 3739 3.2.6, EN 319 412-5).
    pub fn qc_statements(&self) -> Result<Vec<QcStatement<'_>>, CertificateError> {
        let statements = self.decoded(extension::QC_STATEMENTS, QcStatement::read_all)?;
        Ok(statements.unwrap_or_default())
    }

    /// extKeyUsage, if it is there (RFC 5280 4.2.1.12).
    pub fn extended_key_usage(&self) -> Result<Option<Vec<ObjectIdentifier>>, CertificateError> {
        self.decoded(extension::EXTENDED_KEY_USAGE, extension::read_key_purposes)
    }

    /// subjectKeyIdentifier, if it is there and readable (RFC 5280 4.2.1.2).
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        let octets = self.extension(extension::SUBJECT_KEY_IDENTIFIER)?.value;
        Reader::der_value(octets, Tag::OCTET_STRING).ok().map(|identifier| identifier.value)
    }

    /// keyIdentifier of authorityKeyIdentifier, if it is there and readable (RFC 5280 4.2.1.1).
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        let octets = self.extension(extension::AUTHORITY_KEY_IDENTIFIER)?.value;
        let mut fields = Reader::der_value(octets, Tag::SEQUENCE).ok()?.reader();
        fields.optional(Tag::context(0)).ok()?.map(|identifier| identifier.value)
    }

    /// Addresses of the CRL (RFC 5280 4.2.1.13); an unreadable extension has none.
    pub fn crl_urls(&self) -> Vec<String> {
        let urls = self.decoded(extension::CRL_DISTRIBUTION_POINTS, find_urls_of_distribution);
        urls.ok().flatten().unwrap_or_default()
    }

    /// Addresses of the OCSP responder (RFC 5280 4.2.2.1); an unreadable extension has none.
    pub fn ocsp_urls(&self) -> Vec<String> {
        self.access_urls(AccessMethod::Ocsp)
    }

    /// Addresses of the issuer's certificate (RFC 5280 4.2.2.1); an unreadable extension has none.
    pub fn ca_issuers_urls(&self) -> Vec<String> {
        self.access_urls(AccessMethod::CaIssuers)
    }

    fn access_urls(&self, method: AccessMethod) -> Vec<String> {
        let urls =
            self.decoded(extension::AUTHORITY_INFO_ACCESS, |octets| find_urls_of_access(octets, method));
        urls.ok().flatten().unwrap_or_default()
    }
}
