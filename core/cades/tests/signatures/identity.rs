//! A person with a key and a certificate, and the CA above.

use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use kamusm_cades::sign::{Profile, begin};
use kamusm_cades::validate::{Policy, Report, RevocationScope, validate};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_test_ca::{Key, LeafKey, LeafSpec, TestCa};

pub(crate) const TEXT: &[u8] =
    "Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi\r\nİmza: ığüşöç\n".as_bytes();

pub(crate) const KEYS: [LeafKey; 4] = [LeafKey::Rsa2048, LeafKey::P256, LeafKey::P384, LeafKey::P521];

pub(crate) struct Identity {
    pub(crate) key: Key,
    pub(crate) certificate: Certificate,
    pub(crate) sub: Certificate,
    pub(crate) root: Certificate,
    pub(crate) now: i64,
}

/// Real time, because OpenSSL checks certificates at real time.
pub(crate) static NOW: LazyLock<i64> = LazyLock::new(|| {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(elapsed.as_secs()).unwrap()
});

static CA: LazyLock<TestCa> = LazyLock::new(|| TestCa::new(*NOW));

/// One key for all RSA tests: making one takes long.
static RSA: LazyLock<Key> = LazyLock::new(|| Key::generate(LeafKey::Rsa2048));

impl Identity {
    pub(crate) fn new(kind: LeafKey) -> Self {
        let spec = LeafSpec { key: kind, not_after: Some(*NOW + 300 * 86_400), ..LeafSpec::default() };
        Self::with(&spec)
    }

    pub(crate) fn with(spec: &LeafSpec) -> Self {
        Self::of(&CA, spec)
    }

    pub(crate) fn of(ca: &TestCa, spec: &LeafSpec) -> Self {
        let key = match spec.key {
            LeafKey::Rsa2048 => Key::from_pkcs8_der(LeafKey::Rsa2048, RSA.pkcs8_der()).unwrap(),
            kind => Key::generate(kind),
        };
        let issued = ca.issue_with_key(spec, &key);
        let read = |der| Certificate::from_der(der).unwrap();
        Self {
            certificate: read(&issued.certificate_der),
            sub: read(ca.sub_der()),
            root: read(ca.root_der()),
            key,
            now: *NOW,
        }
    }

    /// The same person with a certificate for another key, which nobody here can sign with.
    pub(crate) fn with_spki(self, spki: &[u8]) -> Self {
        let der = CA.issue_for_spki(&LeafSpec::default(), spki);
        Self { certificate: Certificate::from_der(&der).unwrap(), ..self }
    }

    pub(crate) fn sign(&self, profile: &Profile) -> Vec<u8> {
        let to_be_signed = begin(TEXT, &self.certificate, std::slice::from_ref(&self.sub), profile).unwrap();
        to_be_signed.finish(&self.key.sign(to_be_signed.signed_attributes())).unwrap()
    }

    pub(crate) fn attached(&self) -> Vec<u8> {
        self.sign(&Profile::new(true, self.now))
    }

    pub(crate) fn detached(&self) -> Vec<u8> {
        self.sign(&Profile::new(false, self.now))
    }

    /// The root is trusted; revocation has its own tests.
    pub(crate) fn policy(&self) -> Policy {
        let mut policy = Policy::new(vec![self.root.clone()], self.now);
        policy.revocation.required = RevocationScope::None;
        policy
    }

    pub(crate) fn validate(&self, cms: &[u8], detached: Option<&[u8]>) -> Report {
        validate(cms, detached, &self.policy())
    }
}

/// The one signature of a report, as text: `TOTAL-PASSED` or `TOTAL-FAILED/HASH_FAILURE`.
pub(crate) fn verdict(report: &Report) -> String {
    let verdicts: Vec<String> = report
        .signatures
        .iter()
        .map(|signature| match signature.sub_indication() {
            Some(sub_indication) => format!("{}/{sub_indication}", signature.indication()),
            None => signature.indication().to_string(),
        })
        .collect();
    verdicts.join(" ")
}
