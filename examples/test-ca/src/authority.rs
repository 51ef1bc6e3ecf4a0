//! A certification authority: it issues other authorities, leaves and OCSP responders.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use der::asn1::ObjectIdentifier;
use zeroize::Zeroizing;

use crate::certificate::{
    ExtraExtension, ToBeIssued, authority_info_access, authority_key_identifier, crl_distribution_point,
    extension, extra, subject_key_identifier,
};
use crate::der_writer::{oid, sequence, unsigned};
use crate::key::{Key, LeafKey};
use crate::leaf::LeafSpec;
use crate::name;
use crate::time::DAY_S;

const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
const OCSP_NO_CHECK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.5");

/// What an authority shall be; the default is a sound root.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled in with struct update syntax")]
pub struct CaSpec {
    /// Kind of the key.
    pub key: LeafKey,
    /// Common name.
    pub common_name: String,
    /// First second of validity, Unix time; `None` is one year before `now`.
    pub not_before: Option<i64>,
    /// Last second of validity, Unix time; `None` is ten years after `not_before`.
    pub not_after: Option<i64>,
    /// `pathLenConstraint`.
    pub path_len: Option<u8>,
    /// False leaves `cA` out of basicConstraints: faulty.
    pub ca: bool,
    /// False leaves keyCertSign and cRLSign out of keyUsage: faulty.
    pub may_sign: bool,
    /// Address of the CRL that lists this certificate.
    pub crl_url: Option<String>,
    /// Address of the issuer's certificate.
    pub ca_issuers_url: Option<String>,
    /// Extensions besides these.
    pub extra_extensions: Vec<ExtraExtension>,
}

impl Default for CaSpec {
    fn default() -> Self {
        Self {
            key: LeafKey::P384,
            common_name: "Deneme Kök Sertifika Hizmet Sağlayıcısı".to_owned(),
            not_before: None,
            not_after: None,
            path_len: None,
            ca: true,
            may_sign: true,
            crl_url: None,
            ca_issuers_url: None,
            extra_extensions: Vec::new(),
        }
    }
}

/// An authority: name, key and certificate.
pub struct Authority {
    name: Vec<u8>,
    key: Key,
    certificate: Vec<u8>,
    now: i64,
    next_serial: AtomicU64,
}

/// A leaf certificate with its private key.
pub struct Issued {
    /// The certificate.
    pub certificate_der: Vec<u8>,
    /// The private key, PKCS#8; wiped when dropped.
    pub private_key_pkcs8_der: Zeroizing<Vec<u8>>,
    /// Contents octets of the serial number INTEGER.
    pub serial: Vec<u8>,
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issued").finish_non_exhaustive()
    }
}

impl Authority {
    /// A root with a new key.
    pub fn root(spec: &CaSpec, now: i64) -> Self {
        let key = Key::generate(spec.key);
        let name = name::authority(&spec.common_name);
        let certificate = spec.issue(&key, &name, &[75], &name, &key, now);
        Self::with(name, key, certificate, now)
    }

    /// An authority under this one, with a new key.
    pub fn subordinate(&self, spec: &CaSpec) -> Self {
        self.subordinate_with_key(spec, Key::generate(spec.key))
    }

    /// An authority under this one, with an existing key: for cross certificates and renewals.
    pub fn subordinate_with_key(&self, spec: &CaSpec, key: Key) -> Self {
        let name = name::authority(&spec.common_name);
        let certificate = spec.issue(&key, &name, &self.take_serial(), &self.name, &self.key, self.now);
        Self::with(name, key, certificate, self.now)
    }

    fn with(name: Vec<u8>, key: Key, certificate: Vec<u8>, now: i64) -> Self {
        Self { name, key, certificate, now, next_serial: AtomicU64::new(FIRST_SERIAL) }
    }

    /// Seven octets whose top bit is set, so that DER puts a zero octet in front, as in the field.
    fn take_serial(&self) -> Vec<u8> {
        self.next_serial.fetch_add(1, Ordering::Relaxed).to_be_bytes()[1..].to_vec()
    }

    /// The certificate.
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }

    /// DER of the name.
    pub fn name_der(&self) -> &[u8] {
        &self.name
    }

    /// The key.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Issues a leaf for a new key.
    pub fn issue(&self, spec: &LeafSpec) -> Issued {
        self.issue_with_key(spec, &Key::generate(spec.key))
    }

    /// Issues a leaf for an existing key; `spec.key` is not looked at.
    pub fn issue_with_key(&self, spec: &LeafSpec, key: &Key) -> Issued {
        let (certificate_der, serial) = self.certify(spec, key.spki_der());
        Issued { certificate_der, private_key_pkcs8_der: Zeroizing::new(key.pkcs8_der().to_vec()), serial }
    }

    /// Issues a leaf for a public key whose private key is elsewhere, for instance on a token.
    pub fn issue_for_spki(&self, spec: &LeafSpec, spki_der: &[u8]) -> Vec<u8> {
        self.certify(spec, spki_der).0
    }

    fn certify(&self, spec: &LeafSpec, spki_der: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let magnitude = spec.serial.clone().unwrap_or_else(|| self.take_serial());
        let certificate = spec.issue(spki_der, &magnitude, &self.name, &self.key, self.now);
        let serial = unsigned(&magnitude)[2..].to_vec();
        (certificate, serial)
    }

    /// Issues the certificate of an OCSP responder (RFC 6960 4.2.2.2).
    pub fn delegate(&self, spec: &DelegateSpec) -> Delegate {
        let key = Key::generate(LeafKey::P256);
        let name = name::authority("Deneme OCSP");
        let not_before = spec.not_before.unwrap_or(self.now - DAY_S);
        let usage = if spec.digital_signature { [0x03, 0x02, 0x07, 0x80] } else { [0x03, 0x02, 0x05, 0x20] };
        let mut extensions = vec![
            authority_key_identifier(self.key.spki_der()),
            subject_key_identifier(key.spki_der()),
            extension(KEY_USAGE, true, &usage),
        ];
        if spec.ocsp_signing {
            extensions.push(extension(EXTENDED_KEY_USAGE, false, &sequence(&[&oid(OCSP_SIGNING)])));
        }
        if spec.no_check {
            extensions.push(extension(OCSP_NO_CHECK, false, &[0x05, 0x00]));
        }
        extensions.extend(spec.extra_extensions.iter().map(extra));
        let certificate = ToBeIssued {
            serial: &self.take_serial(),
            issuer: &self.name,
            subject: &name,
            not_before,
            not_after: spec.not_after.unwrap_or(not_before + 365 * DAY_S),
            spki: key.spki_der(),
            extensions: &extensions,
        }
        .sign(&self.key);
        Delegate { name, key, certificate }
    }
}

const FIRST_SERIAL: u64 = 0x00D0_5070_0000_0001;

impl CaSpec {
    fn issue(
        &self,
        key: &Key,
        name: &[u8],
        serial: &[u8],
        issuer: &[u8],
        issuer_key: &Key,
        now: i64,
    ) -> Vec<u8> {
        let mut extensions =
            vec![authority_key_identifier(issuer_key.spki_der()), subject_key_identifier(key.spki_der())];
        let usage = if self.may_sign { [0x03, 0x02, 0x01, 0x06] } else { [0x03, 0x02, 0x07, 0x80] };
        extensions.push(extension(KEY_USAGE, true, &usage));
        let ca: &[u8] = if self.ca { &[0x01, 0x01, 0xFF] } else { &[] };
        let path_len = self.path_len.map(|length| unsigned(&[length])).unwrap_or_default();
        extensions.push(extension(BASIC_CONSTRAINTS, true, &sequence(&[ca, &path_len])));
        extensions.extend(self.crl_url.as_deref().map(crl_distribution_point));
        extensions.extend(authority_info_access(self.ca_issuers_url.as_deref(), None));
        extensions.extend(self.extra_extensions.iter().map(extra));
        let not_before = self.not_before.unwrap_or(now - 365 * DAY_S);
        ToBeIssued {
            serial,
            issuer,
            subject: name,
            not_before,
            not_after: self.not_after.unwrap_or(not_before + 3650 * DAY_S),
            spki: key.spki_der(),
            extensions: &extensions,
        }
        .sign(issuer_key)
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("key", &self.key).finish_non_exhaustive()
    }
}

/// What an OCSP responder's certificate shall be; the default is a sound one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled in with struct update syntax")]
pub struct DelegateSpec {
    /// First second of validity, Unix time; `None` is one day before `now`.
    pub not_before: Option<i64>,
    /// Last second of validity, Unix time; `None` is 365 days after `not_before`.
    pub not_after: Option<i64>,
    /// False leaves id-kp-OCSPSigning out: faulty.
    pub ocsp_signing: bool,
    /// False leaves id-pkix-ocsp-nocheck out.
    pub no_check: bool,
    /// False puts keyEncipherment in the place of digitalSignature: faulty.
    pub digital_signature: bool,
    /// Extensions besides these.
    pub extra_extensions: Vec<ExtraExtension>,
}

impl Default for DelegateSpec {
    fn default() -> Self {
        Self {
            not_before: None,
            not_after: None,
            ocsp_signing: true,
            no_check: true,
            digital_signature: true,
            extra_extensions: Vec::new(),
        }
    }
}

/// An OCSP responder that an authority has delegated to.
#[derive(Debug)]
pub struct Delegate {
    pub(crate) name: Vec<u8>,
    pub(crate) key: Key,
    pub(crate) certificate: Vec<u8>,
}

impl Delegate {
    /// Its certificate.
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }
}
