//! The certificate view against a second decoder, and what it refuses.

use der::{Decode, Encode};
use kamusm_cades::asn1::{Tag, Writer};
use kamusm_cades::x509::certificate::{CERTIFICATE_OCTETS_MAX, Certificate, CertificateError, NotIssued};
use kamusm_cades::x509::extension::KeyUsage;
use kamusm_cades::x509::nes;
use kamusm_test_ca::{ExtraExtension, LeafKey, LeafSpec, Notice, TestCa};

use crate::fixture::{Chain, DAY_S, NOW, read, sha256, sign};

#[test]
fn agrees_with_a_second_decoder() {
    let chain = Chain::new();
    for key in [LeafKey::P256, LeafKey::P384, LeafKey::P521, LeafKey::Rsa2048] {
        let der = chain.ca.issue(&LeafSpec { key, ..LeafSpec::default() }).certificate_der;
        let ours = read(&der);
        let theirs = x509_cert::Certificate::from_der(&der).unwrap();
        let tbs = theirs.tbs_certificate();
        assert_eq!(ours.der(), der);
        assert_eq!(ours.tbs_der(), tbs.to_der().unwrap());
        assert_eq!(ours.serial(), tbs.serial_number().as_bytes());
        assert_eq!(ours.issuer_der(), tbs.issuer().to_der().unwrap());
        assert_eq!(ours.subject_der(), tbs.subject().to_der().unwrap());
        assert_eq!(ours.spki_der(), tbs.subject_public_key_info().to_der().unwrap());
        assert_eq!(ours.signature(), theirs.signature().raw_bytes());
        let unix = |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).unwrap();
        assert_eq!(ours.not_before(), unix(tbs.validity().not_before));
        assert_eq!(ours.not_after(), unix(tbs.validity().not_after));
        let extensions = tbs.extensions().unwrap();
        assert_eq!(ours.extensions().count(), extensions.len());
        for (ours, theirs) in ours.extensions().zip(extensions) {
            assert_eq!(ours.oid.as_bytes(), theirs.extn_id.as_bytes());
            assert_eq!((ours.critical, ours.value), (theirs.critical, theirs.extn_value.as_bytes()));
        }
        assert_eq!(ours.fingerprint().as_slice(), sha256(&der));
    }
}

#[test]
fn tells_what_an_nes_says() {
    let chain = Chain::new();
    let spec = LeafSpec { common_name: "Çiğdem Öğüt İnanır".to_owned(), ..LeafSpec::default() };
    let leaf = read(&chain.ca.issue(&spec).certificate_der);
    assert_eq!(leaf.common_name().as_deref(), Some("Çiğdem Öğüt İnanır"));
    assert_eq!(leaf.tckn().as_deref(), Some("10000000146"));
    assert_eq!((leaf.not_before(), leaf.not_after()), (NOW - DAY_S, NOW + 1094 * DAY_S));
    let usage = leaf.key_usage().unwrap();
    assert!(usage.contains(KeyUsage::DIGITAL_SIGNATURE) && usage.contains(KeyUsage::NON_REPUDIATION));
    assert!(!usage.contains(KeyUsage::KEY_CERT_SIGN));
    assert_eq!(leaf.basic_constraints().map(|constraints| constraints.ca), Some(false));
    assert_eq!(leaf.crl_urls(), ["http://sandbox.invalid/nes.crl"]);
    assert_eq!(leaf.ocsp_urls(), ["http://sandbox.invalid/ocsp"]);
    assert_eq!(leaf.ca_issuers_urls(), ["http://sandbox.invalid/nes.crt"]);
    assert_eq!(leaf.authority_key_identifier(), chain.sub.subject_key_identifier());
    assert_eq!(leaf.extended_key_usage(), Ok(None));
    assert_eq!(chain.sub.basic_constraints().unwrap().path_len, Some(0));
    assert!(chain.root.is_self_issued() && !chain.sub.is_self_issued());
}

#[test]
fn reads_the_notice_as_bmp_string_and_as_utf8_string() {
    let ca = TestCa::new(NOW);
    let notice = "Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik sertifikadır.";
    for (kind, expected) in [(Notice::Bmp, Some(notice)), (Notice::Utf8, Some(notice)), (Notice::None, None)]
    {
        let leaf = read(&ca.issue(&LeafSpec { notice: kind, ..LeafSpec::default() }).certificate_der);
        let policies = leaf.policies().unwrap();
        assert_eq!(policies[0].oid.to_string(), "2.16.792.1.2.1.1.5.7.1.1");
        assert_eq!(policies[0].explicit_text.as_deref(), expected, "{kind:?}");
        let statements = leaf.qc_statements().unwrap();
        assert_eq!((statements[0].oid, statements[0].info_der), (nes::QC_COMPLIANCE, &[][..]));
        assert_eq!(statements[1].oid, nes::NES_STATEMENT);
        assert_eq!(&statements[1].info_der[..2], [0x0C, 0x5F]);
    }
}

#[test]
fn an_issuer_is_known_by_name_and_signature() {
    let chain = Chain::new();
    let leaf = read(&chain.ca.issue(&LeafSpec::default()).certificate_der);
    assert_eq!(leaf.is_issued_by(&chain.sub), Ok(()));
    assert_eq!(chain.sub.is_issued_by(&chain.root), Ok(()));
    assert_eq!(leaf.is_issued_by(&chain.root), Err(NotIssued::Name));
    // Another authority of the same name.
    let other = Chain::new();
    assert!(matches!(leaf.is_issued_by(&other.sub), Err(NotIssued::Signature(_))));
}

#[test]
fn names_no_person_when_printed_for_developers() {
    let chain = Chain::new();
    let leaf = read(&chain.ca.issue(&LeafSpec::default()).certificate_der);
    let printed = format!("{leaf:?}");
    assert_eq!(printed.len(), "Certificate(0123456789abcdef…)".len(), "{printed}");
}

#[test]
fn refuses_what_is_not_one_certificate() {
    let chain = Chain::new();
    let der = chain.ca.issue(&LeafSpec::default()).certificate_der;
    let mut trailing = der.clone();
    trailing.push(0);
    assert!(matches!(Certificate::from_der(&trailing), Err(CertificateError::Asn1(_))));
    assert!(matches!(Certificate::from_der(&der[..der.len() - 1]), Err(CertificateError::Asn1(_))));
    let octets = CERTIFICATE_OCTETS_MAX + 1;
    assert_eq!(Certificate::from_der(&vec![0x30; octets]).err(), Some(CertificateError::TooLarge { octets }));
    // The second algorithm identifier of the issuer's P-384: inside it differs from outside.
    let sha384 = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];
    let place = der.windows(sha384.len()).rposition(|window| window == sha384).unwrap();
    let mut changed = der.clone();
    changed[place + 9] = 4;
    assert_eq!(Certificate::from_der(&changed).err(), Some(CertificateError::SignatureAlgorithmMismatch));
}

#[test]
fn refuses_extensions_that_are_double_or_unreadable() {
    let chain = Chain::new();
    let with = |oid: &str, value_der: &[u8]| {
        let oid = oid.parse().unwrap();
        let extra = ExtraExtension { oid, critical: false, value_der: value_der.to_vec() };
        let spec = LeafSpec {
            key_usage: kamusm_test_ca::Usage::None,
            extra_extensions: vec![extra.clone()],
            ..LeafSpec::default()
        };
        Certificate::from_der(&chain.ca.issue(&spec).certificate_der)
    };
    assert!(matches!(with("2.5.29.19", &[0x30, 0x00]), Err(CertificateError::DuplicateExtension { .. })));
    assert!(matches!(with("2.5.29.15", &[0x04, 0x00]), Err(CertificateError::Extension { .. })));
    assert!(with("2.5.29.15", &[0x03, 0x02, 0x06, 0xC0]).is_ok());
}

#[test]
fn refuses_versions_that_do_not_fit() {
    let chain = Chain::new();
    let der = chain.ca.issue(&LeafSpec::default()).certificate_der;
    let version = [0xA0, 0x03, 0x02, 0x01, 0x02];
    let place = der.windows(version.len()).position(|window| window == version).unwrap();
    // Extensions are of version 3 (2 encoded) only, and there is no version 4.
    for value in [0, 1, 3] {
        let mut changed = der.clone();
        changed[place + 4] = value;
        assert_eq!(Certificate::from_der(&changed).err(), Some(CertificateError::Version { value }));
    }
}

#[test]
fn refuses_version_4_also_without_extensions() {
    let chain = Chain::new();
    let leaf = read(&chain.ca.issue(&LeafSpec::default()).certificate_der);
    let of_version = |value| {
        let mut tbs = Writer::default();
        tbs.nested(Tag::SEQUENCE, |writer| {
            writer.nested(Tag::context_constructed(0), |writer| writer.small_integer(value));
            writer.tlv(Tag::INTEGER, leaf.serial());
            writer.raw(leaf.signature_algorithm_der());
            writer.raw(leaf.issuer_der());
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.time(leaf.not_before()).unwrap();
                writer.time(leaf.not_after()).unwrap();
            });
            writer.raw(leaf.subject_der());
            writer.raw(leaf.spki_der());
        });
        Certificate::from_der(&sign(&chain.ca.sub, tbs.as_slice(), leaf.signature_algorithm_der()))
    };
    assert_eq!(of_version(2).unwrap().is_issued_by(&chain.sub), Ok(()));
    assert_eq!(of_version(3).err(), Some(CertificateError::Version { value: 3 }));
}

#[test]
fn refuses_extensions_without_end() {
    let chain = Chain::new();
    let extra_extensions = (0..70_u8)
        .map(|number| ExtraExtension {
            oid: format!("1.3.6.1.4.1.99999.{number}").parse().unwrap(),
            critical: false,
            value_der: vec![0x05, 0x00],
        })
        .collect();
    let spec = LeafSpec { extra_extensions, ..LeafSpec::default() };
    let refused = Certificate::from_der(&chain.ca.issue(&spec).certificate_der);
    assert_eq!(refused.err(), Some(CertificateError::TooManyExtensions { limit: 64 }));
}
