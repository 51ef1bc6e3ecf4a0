//! What the tests share: one second to live in, certificates by their DER, and OpenSSL's opinion.

use std::path::Path;
use std::process::{Command, Output};

use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_cades::asn1::{Tag, Writer};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_test_ca::{Authority, ExtraExtension, TestCa};

/// 2026-09-21T14:13:20Z
pub(crate) const NOW: i64 = 1_790_000_000;
pub(crate) const DAY_S: i64 = 86_400;

pub(crate) fn read(der: &[u8]) -> Certificate {
    Certificate::from_der(der).expect("a sound certificate")
}

pub(crate) struct Chain {
    pub(crate) ca: TestCa,
    pub(crate) root: Certificate,
    pub(crate) sub: Certificate,
}

impl Chain {
    pub(crate) fn new() -> Self {
        let ca = TestCa::new(NOW);
        let (root, sub) = (read(ca.root_der()), read(ca.sub_der()));
        Self { ca, root, sub }
    }
}

pub(crate) fn critical(oid: &str, value_der: &[u8]) -> ExtraExtension {
    ExtraExtension { oid: oid.parse().expect("an OID"), critical: true, value_der: value_der.to_vec() }
}

/// Signs any octets in the frame of a certificate, a list or a response.
pub(crate) fn sign(authority: &Authority, tbs: &[u8], algorithm: &[u8]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.nested(Tag::SEQUENCE, |writer| {
        writer.raw(tbs);
        writer.raw(algorithm);
        let mut bits = vec![0];
        bits.extend(authority.key().sign(tbs));
        writer.tlv(Tag::BIT_STRING, &bits);
    });
    writer.into_vec()
}

pub(crate) fn openssl(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl is installed")
}

pub(crate) fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

pub(crate) fn sha256(octets: &[u8]) -> Vec<u8> {
    DigestAlgorithm::Sha256.digest(octets).as_ref().to_vec()
}
