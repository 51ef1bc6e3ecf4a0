//! Is a certificate a nitelikli elektronik sertifika that a person may sign with? Law 5070 article 9, the BTK profile
//! of NES (2012), EN 319 412-5.

use der::asn1::ObjectIdentifier;

use super::certificate::{Certificate, CertificateError};
use super::extension::KeyUsage;
use crate::algorithm::{KeyError, SignatureAlgorithm};
use crate::asn1::UnixTime;

/// ETSI QcCompliance: the issuer calls the certificate qualified.
pub const QC_COMPLIANCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.1");
/// BTK: nitelikli elektronik sertifika.
pub const NES_STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.1.1");
/// BTK: beside [`NES_STATEMENT`] it makes the certificate one of a kurumsal mühür.
pub const SEAL_STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.1.3");
/// BTK: the newer statement of a qualified certificate.
pub const QUALIFIED_STATEMENT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.2.1");
/// BTK: beside [`QUALIFIED_STATEMENT`] it makes the certificate one of a nitelikli mühür.
pub const QUALIFIED_SEAL_STATEMENT: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.2.2");

/// Why a person cannot sign with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unusable {
    /// The certificate of an authority.
    #[error("the certificate of an authority")]
    CaCertificate,
    /// keyUsage does not allow nonRepudiation: it is made for something else, for instance encryption.
    #[error("keyUsage does not have nonRepudiation")]
    NotNonRepudiation {
        /// What it has; `None` if the extension is absent.
        key_usage: Option<KeyUsage>,
    },
    /// A statement of a qualified certificate is missing.
    #[error("qualified certificate statement {missing} is missing")]
    NoQcStatement {
        /// [`QC_COMPLIANCE`], or [`NES_STATEMENT`] for which [`QUALIFIED_STATEMENT`] would do too.
        missing: ObjectIdentifier,
    },
    /// A seal belongs to an institution, not to a person.
    #[error("a seal, by statement {statement}")]
    Seal {
        /// The statement that says so.
        statement: ObjectIdentifier,
    },
    /// No subject serialNumber, so it cannot be matched with a person.
    #[error("the subject has no serialNumber")]
    NoTckn,
    /// A key that no signature is made with here.
    #[error(transparent)]
    UnsupportedKey(#[from] KeyError),
    /// An extension that decides about the above cannot be read.
    #[error(transparent)]
    Unreadable(#[from] CertificateError),
    /// Not valid yet.
    #[error("not valid before {not_before}")]
    NotYetValid {
        /// First second of validity, Unix time.
        not_before: UnixTime,
    },
    /// Not valid any more.
    #[error("not valid after {not_after}")]
    Expired {
        /// Last second of validity, Unix time.
        not_after: UnixTime,
    },
}

/// What is odd about a certificate that can be used all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Oddity {
    /// The subject serialNumber is not eleven digits.
    TcknForm,
    /// The check digits of the T.C. kimlik numarası are wrong, as in Kamu SM's own test certificates.
    TcknChecksum,
    /// No policy carries the notice that the profile asks for.
    NoPolicyNotice,
}

/// Checks that a person can sign with this certificate at this second. What kind of certificate it is comes first:
/// [`Unusable::Expired`] and [`Unusable::NotYetValid`] are said only of one that is right in all else.
pub fn check(certificate: &Certificate, at: UnixTime) -> Result<(), Unusable> {
    if certificate.is_ca() {
        return Err(Unusable::CaCertificate);
    }
    let key_usage = certificate.key_usage();
    if !key_usage.is_some_and(|usage| usage.contains(KeyUsage::NON_REPUDIATION)) {
        return Err(Unusable::NotNonRepudiation { key_usage });
    }
    check_statements(certificate)?;
    if certificate.tckn().is_none_or(|number| number.is_empty()) {
        return Err(Unusable::NoTckn);
    }
    SignatureAlgorithm::for_key(certificate.key_algorithm()?)?;
    if at < certificate.not_before() {
        return Err(Unusable::NotYetValid { not_before: certificate.not_before() });
    }
    if at > certificate.not_after() {
        return Err(Unusable::Expired { not_after: certificate.not_after() });
    }
    Ok(())
}

fn check_statements(certificate: &Certificate) -> Result<(), Unusable> {
    let statements = certificate.qc_statements()?;
    let has = |oid| statements.iter().any(|statement| statement.oid == oid);
    for statement in [SEAL_STATEMENT, QUALIFIED_SEAL_STATEMENT] {
        if has(statement) {
            return Err(Unusable::Seal { statement });
        }
    }
    if !has(QC_COMPLIANCE) {
        return Err(Unusable::NoQcStatement { missing: QC_COMPLIANCE });
    }
    if !has(NES_STATEMENT) && !has(QUALIFIED_STATEMENT) {
        return Err(Unusable::NoQcStatement { missing: NES_STATEMENT });
    }
    Ok(())
}

/// What is odd about a certificate; nothing of it is a reason to refuse.
pub fn oddities(certificate: &Certificate) -> Vec<Oddity> {
    let mut oddities = Vec::new();
    if let Some(number) = certificate.tckn() {
        match <[u8; 11]>::try_from(number.as_bytes()) {
            Ok(digits) if digits.iter().all(u8::is_ascii_digit) => {
                if !has_check_digits(digits.map(|digit| u32::from(digit - b'0'))) {
                    oddities.push(Oddity::TcknChecksum);
                }
            }
            _ => oddities.push(Oddity::TcknForm),
        }
    }
    let policies = certificate.policies().unwrap_or_default();
    if policies.iter().all(|policy| policy.explicit_text.is_none()) {
        oddities.push(Oddity::NoPolicyNotice);
    }
    oddities
}

/// The two check digits of a T.C. kimlik numarası.
fn has_check_digits(digits: [u32; 11]) -> bool {
    let [first, .., tenth, eleventh] = digits;
    let odd: u32 = digits.iter().take(9).step_by(2).sum();
    let even: u32 = digits.iter().take(8).skip(1).step_by(2).sum();
    // 70 is a multiple of ten above any sum of four digits.
    first != 0 && (odd * 7 + 70 - even) % 10 == tenth && digits.iter().take(10).sum::<u32>() % 10 == eleventh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        let check = |number: &str| {
            let digits: Vec<u32> = number.chars().filter_map(|digit| digit.to_digit(10)).collect();
            has_check_digits(digits.try_into().unwrap())
        };
        for good in ["10000000146", "17291716060", "12345678950"] {
            assert!(check(good), "{good}");
        }
        for bad in ["11111111111", "11111111101", "10000000111", "10000000147", "00000000000"] {
            assert!(!check(bad), "{bad}");
        }
    }
}
