//! A person's key and a chain of three certificates, all with keys of one kind.

use kamusm_cades::x509::certificate::Certificate;
use kamusm_test_ca::{Authority, CaSpec, LeafKey, LeafSpec};

use crate::raw::Key;

/// 2026-09-21T14:13:20Z
pub(crate) const NOW: i64 = 1_790_000_000;
const TEXT_OCTETS: usize = 2048;

pub(crate) struct Material {
    pub(crate) kind: LeafKey,
    pub(crate) text: Vec<u8>,
    pub(crate) leaf: Certificate,
    pub(crate) intermediate: Certificate,
    pub(crate) root: Certificate,
    pub(crate) private_key: Vec<u8>,
    pub(crate) key: Key,
}

impl Material {
    pub(crate) fn new(kind: LeafKey) -> Self {
        let root = Authority::root(&CaSpec { key: kind, ..CaSpec::default() }, NOW);
        let intermediate = root.subordinate(&CaSpec {
            key: kind,
            common_name: "Deneme Elektronik Sertifika Hizmet Sağlayıcısı".into(),
            path_len: Some(0),
            ..CaSpec::default()
        });
        let leaf = intermediate.issue(&LeafSpec { key: kind, ..LeafSpec::default() });
        let read = |der: &[u8]| Certificate::from_der(der).expect("the test CA's certificate");
        Self {
            kind,
            text: b"Nitelikli elektronik sertifika taahhutnamesi.\r\n"
                .iter()
                .copied()
                .cycle()
                .take(TEXT_OCTETS)
                .collect(),
            leaf: read(&leaf.certificate_der),
            intermediate: read(intermediate.certificate_der()),
            root: read(root.certificate_der()),
            key: Key::from_pkcs8(kind, &leaf.private_key_pkcs8_der),
            private_key: leaf.private_key_pkcs8_der.to_vec(),
        }
    }

    pub(crate) fn chain(&self) -> [Certificate; 2] {
        [self.intermediate.clone(), self.root.clone()]
    }
}
