//! The octets of an NES, as they were decoded from two real ones (RFC 5280, EN 319 412-5, the BTK profile).

use kamusm_test_ca::{Issued, LeafKey, LeafSpec, Notice, Qc, TestCa};

const NOW: i64 = 1_790_000_000;
const NOTICE: &str =
    "Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik sertifikadır.";

fn issue(spec: &LeafSpec) -> Issued {
    TestCa::new(NOW).issue(spec)
}

fn contains(der: &[u8], part: &[u8]) -> bool {
    der.windows(part.len()).any(|window| window == part)
}

#[test]
fn subject_is_country_then_serial_number_then_common_name() {
    let leaf = issue(&LeafSpec { common_name: "Şule Iğdır".to_owned(), ..LeafSpec::default() });
    let name = "Şule Iğdır".as_bytes();
    let mut subject = vec![0x31, 0x0B, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x06, 0x13, 0x02, b'T', b'R'];
    subject.extend([0x31, 0x14, 0x30, 0x12, 0x06, 0x03, 0x55, 0x04, 0x05, 0x13, 0x0B]);
    subject.extend(b"10000000146");
    let length = u8::try_from(name.len()).unwrap();
    subject.extend([0x31, length + 9, 0x30, length + 7, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0C, length]);
    subject.extend(name);
    subject.splice(0..0, [0x30, u8::try_from(subject.len()).unwrap()]);
    assert!(contains(&leaf.certificate_der, &subject));
}

#[test]
fn key_usage_is_critical_and_basic_constraints_empty() {
    let leaf = issue(&LeafSpec::default());
    let usage =
        [0x30, 0x0E, 0x06, 0x03, 0x55, 0x1D, 0x0F, 0x01, 0x01, 0xFF, 0x04, 0x04, 0x03, 0x02, 0x06, 0xC0];
    let constraints = [0x30, 0x09, 0x06, 0x03, 0x55, 0x1D, 0x13, 0x04, 0x02, 0x30, 0x00];
    assert!(contains(&leaf.certificate_der, &usage));
    assert!(contains(&leaf.certificate_der, &constraints));
}

#[test]
fn qc_statements_begin_as_in_the_field() {
    let leaf = issue(&LeafSpec::default());
    let mut head =
        vec![0x30, 0x7A, 0x30, 0x08, 0x06, 0x06, 0x04, 0x00, 0x8E, 0x46, 0x01, 0x01, 0x30, 0x6E, 0x06];
    head.extend([0x0B, 0x60, 0x86, 0x18, 0x01, 0x3D, 0x00, 0x01, 0xA7, 0x4E, 0x01, 0x01, 0x0C, 0x5F]);
    head.extend(NOTICE.as_bytes());
    assert!(contains(&leaf.certificate_der, &head));
}

#[test]
fn policy_has_cps_and_a_notice_of_the_chosen_type() {
    let policy = [0x06, 0x0B, 0x60, 0x86, 0x18, 0x01, 0x02, 0x01, 0x01, 0x05, 0x07, 0x01, 0x01];
    let bmp: Vec<u8> = NOTICE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (notice, tag, text) in [(Notice::Bmp, 0x1E, bmp), (Notice::Utf8, 0x0C, NOTICE.as_bytes().to_vec())] {
        let leaf = issue(&LeafSpec { notice, qc: Qc::None, ..LeafSpec::default() });
        assert!(contains(&leaf.certificate_der, &policy));
        assert!(contains(&leaf.certificate_der, b"http://depo.kamusm.gov.tr/ilke/ksm_nes_sue"));
        let mut display = match u8::try_from(text.len()).unwrap() {
            length @ 0..0x80 => vec![tag, length],
            length => vec![tag, 0x81, length],
        };
        display.extend(&text);
        assert!(contains(&leaf.certificate_der, &display), "{notice:?}");
    }
    assert!(!contains(
        &issue(&LeafSpec { notice: Notice::None, qc: Qc::None, ..LeafSpec::default() }).certificate_der,
        NOTICE.as_bytes()
    ));
}

#[test]
fn validity_is_utc_time_of_1095_days() {
    let leaf = issue(&LeafSpec { not_before: Some(1_700_000_000), ..LeafSpec::default() });
    assert!(contains(&leaf.certificate_der, b"\x17\x0d231114221320Z\x17\x0d261113221320Z"));
}

#[test]
fn serials_differ_and_have_a_zero_octet_in_front() {
    let ca = TestCa::new(NOW);
    let first = ca.issue(&LeafSpec::default());
    let second = ca.issue(&LeafSpec::default());
    assert_ne!(first.serial, second.serial);
    assert_eq!((first.serial.len(), first.serial[0]), (8, 0));
    let own = ca.issue(&LeafSpec { serial: Some(vec![0x12, 0x34]), ..LeafSpec::default() });
    assert_eq!(own.serial, [0x12, 0x34]);
    assert!(contains(&own.certificate_der, &[0x02, 0x02, 0x12, 0x34]));
}

#[test]
fn rsa_keys_are_certified_by_an_elliptic_curve_issuer() {
    let leaf = issue(&LeafSpec { key: LeafKey::Rsa2048, ..LeafSpec::default() });
    let ecdsa_with_sha384 = [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];
    let rsa_encryption = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00];
    assert!(contains(&leaf.certificate_der, &ecdsa_with_sha384));
    assert!(contains(&leaf.certificate_der, &rsa_encryption));
}
