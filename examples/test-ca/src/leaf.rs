//! The certificate of a person: an NES as Kamu SM makes it, and what can be wrong with one.

use der::asn1::ObjectIdentifier;

use crate::certificate::{
    ExtraExtension, ToBeIssued, authority_info_access, authority_key_identifier, crl_distribution_point,
    extension, extra, subject_key_identifier,
};
use crate::der_writer::{bmp, ia5, oid, sequence, tlv, utf8};
use crate::key::{Key, LeafKey};
use crate::name;
use crate::time::DAY_S;

const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const CERTIFICATE_POLICIES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32");
const QC_STATEMENTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.3");
const QUALIFIER_CPS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.1");
const QUALIFIER_USER_NOTICE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.2");

/// Kamu SM's certificate policy of an NES.
const NES_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.2.1.1.5.7.1.1");
const CPS_URL: &str = "http://depo.kamusm.gov.tr/ilke/ksm_nes_sue";
/// The notice that each NES carries, in certificatePolicies and again in the statement of BTK.
const NOTICE: &str =
    "Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik sertifikadır.";

const QC_COMPLIANCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.1");
const NES_STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.1.1");
const SEAL_STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.1.3");
const QUALIFIED_STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.2.1");
const QUALIFIED_SEAL_STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.2.2");

/// What a leaf certificate shall be; the default is a sound NES.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled in with struct update syntax")]
pub struct LeafSpec {
    /// Kind of the key.
    pub key: LeafKey,
    /// Subject serialNumber; `None` leaves it out.
    pub tckn: Option<String>,
    /// Subject common name.
    pub common_name: String,
    /// First second of validity, Unix time; `None` is one day before the CA's `now`.
    pub not_before: Option<i64>,
    /// Last second of validity, Unix time; `None` is 1095 days after `not_before`.
    pub not_after: Option<i64>,
    /// String type of the notice.
    pub notice: Notice,
    /// Policy extension.
    pub policy: PolicyChoice,
    /// Qualified certificate statements.
    pub qc: Qc,
    /// keyUsage.
    pub key_usage: Usage,
    /// True writes `cA TRUE` into basicConstraints.
    pub ca: bool,
    /// Address of the CRL; `None` leaves the extension out.
    pub crl_url: Option<String>,
    /// Address of the OCSP responder.
    pub ocsp_url: Option<String>,
    /// Address of the issuer's certificate.
    pub ca_issuers_url: Option<String>,
    /// Magnitude of the serial number; `None` takes the CA's next.
    pub serial: Option<Vec<u8>>,
    /// Extensions besides these.
    pub extra_extensions: Vec<ExtraExtension>,
}

impl Default for LeafSpec {
    fn default() -> Self {
        Self {
            key: LeafKey::P256,
            tckn: Some("10000000146".to_owned()),
            common_name: "Deneme Kullanıcı Bir".to_owned(),
            not_before: None,
            not_after: None,
            notice: Notice::Bmp,
            policy: PolicyChoice::Nes,
            qc: Qc::Nes5070_1_1,
            key_usage: Usage::Nes,
            ca: false,
            crl_url: Some("http://sandbox.invalid/nes.crl".to_owned()),
            ocsp_url: Some("http://sandbox.invalid/ocsp".to_owned()),
            ca_issuers_url: Some("http://sandbox.invalid/nes.crt".to_owned()),
            serial: None,
            extra_extensions: Vec::new(),
        }
    }
}

/// String type of the `explicitText` in the policy notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// BMPString, as in certificates of "Sürüm 5".
    Bmp,
    /// UTF8String, as in the newer test certificates.
    Utf8,
    /// No user notice at all: faulty.
    None,
}

/// Which certificatePolicies.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyChoice {
    /// Kamu SM's NES policy.
    Nes,
    /// Another policy, with the same qualifiers.
    Other(ObjectIdentifier),
    /// No extension.
    None,
}

/// Which qcStatements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Qc {
    /// QcCompliance and BTK 5070.1.1: an NES.
    Nes5070_1_1,
    /// QcCompliance and BTK 5070.2.1: an NES of the newer kind.
    Nes5070_2_1,
    /// QcCompliance, 5070.1.1 and 5070.1.3: kurumsal mühür.
    Seal,
    /// QcCompliance, 5070.2.1 and 5070.2.2: nitelikli mühür.
    QualifiedSeal,
    /// Only QcCompliance: faulty.
    OnlyCompliance,
    /// Only BTK 5070.1.1: faulty.
    OnlyNational,
    /// No extension: not qualified.
    None,
}

impl Qc {
    /// Statements beside QcCompliance, and whether that one is there.
    fn statements(self) -> Option<(bool, &'static [ObjectIdentifier])> {
        match self {
            Self::Nes5070_1_1 => Some((true, &[NES_STATEMENT])),
            Self::Nes5070_2_1 => Some((true, &[QUALIFIED_STATEMENT])),
            Self::Seal => Some((true, &[NES_STATEMENT, SEAL_STATEMENT])),
            Self::QualifiedSeal => Some((true, &[QUALIFIED_STATEMENT, QUALIFIED_SEAL_STATEMENT])),
            Self::OnlyCompliance => Some((true, &[])),
            Self::OnlyNational => Some((false, &[NES_STATEMENT])),
            Self::None => None,
        }
    }
}

/// Which keyUsage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Usage {
    /// digitalSignature and nonRepudiation, critical: `03 02 06 C0`.
    Nes,
    /// digitalSignature only: faulty for an NES.
    DigitalSignature,
    /// keyEncipherment only, as on the encryption certificate of a card.
    KeyEncipherment,
    /// No extension.
    None,
}

impl LeafSpec {
    pub(crate) fn issue(
        &self,
        spki: &[u8],
        serial: &[u8],
        issuer: &[u8],
        issuer_key: &Key,
        now: i64,
    ) -> Vec<u8> {
        let not_before = self.not_before.unwrap_or(now - DAY_S);
        ToBeIssued {
            serial: self.serial.as_deref().unwrap_or(serial),
            issuer,
            subject: &name::person(self.tckn.as_deref(), &self.common_name),
            not_before,
            not_after: self.not_after.unwrap_or(not_before + 1095 * DAY_S),
            spki,
            extensions: &self.extensions(spki, issuer_key),
        }
        .sign(issuer_key)
    }

    fn extensions(&self, spki: &[u8], issuer_key: &Key) -> Vec<Vec<u8>> {
        let mut extensions =
            vec![authority_key_identifier(issuer_key.spki_der()), subject_key_identifier(spki)];
        let key_usage: Option<[u8; 4]> = match self.key_usage {
            Usage::Nes => Some([0x03, 0x02, 0x06, 0xC0]),
            Usage::DigitalSignature => Some([0x03, 0x02, 0x07, 0x80]),
            Usage::KeyEncipherment => Some([0x03, 0x02, 0x05, 0x20]),
            Usage::None => None,
        };
        extensions.extend(key_usage.map(|bits| extension(KEY_USAGE, true, &bits)));
        let policy = match &self.policy {
            PolicyChoice::Nes => Some(NES_POLICY),
            PolicyChoice::Other(oid) => Some(*oid),
            PolicyChoice::None => None,
        };
        extensions.extend(policy.map(|policy| policies(policy, self.notice)));
        let constraints = if self.ca { sequence(&[&[0x01, 0x01, 0xFF]]) } else { sequence(&[]) };
        extensions.push(extension(BASIC_CONSTRAINTS, self.ca, &constraints));
        extensions.extend(self.crl_url.as_deref().map(crl_distribution_point));
        extensions.extend(authority_info_access(self.ca_issuers_url.as_deref(), self.ocsp_url.as_deref()));
        extensions.extend(self.qc.statements().map(|(compliance, others)| qc_statements(compliance, others)));
        extensions.extend(self.extra_extensions.iter().map(extra));
        extensions
    }
}

fn policies(policy: ObjectIdentifier, notice: Notice) -> Vec<u8> {
    let cps = sequence(&[&oid(QUALIFIER_CPS), &ia5(CPS_URL)]);
    let text = match notice {
        Notice::Bmp => Some(bmp(NOTICE)),
        Notice::Utf8 => Some(utf8(NOTICE)),
        Notice::None => None,
    };
    let notice =
        text.map(|text| sequence(&[&oid(QUALIFIER_USER_NOTICE), &sequence(&[&text])])).unwrap_or_default();
    let information = sequence(&[&oid(policy), &sequence(&[&cps, &notice])]);
    extension(CERTIFICATE_POLICIES, false, &sequence(&[&information]))
}

fn qc_statements(compliance: bool, others: &[ObjectIdentifier]) -> Vec<u8> {
    let mut statements = Vec::new();
    if compliance {
        statements.extend(sequence(&[&oid(QC_COMPLIANCE)]));
    }
    for other in others {
        statements.extend(sequence(&[&oid(*other), &utf8(NOTICE)]));
    }
    extension(QC_STATEMENTS, false, &tlv(0x30, &statements))
}
