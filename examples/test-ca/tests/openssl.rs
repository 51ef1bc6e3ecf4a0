//! What OpenSSL says about the certificates, lists and responses of the test CA.

use std::path::Path;
use std::process::{Command, Output};

use kamusm_test_ca::{
    CertStatus, DelegateSpec, Key, LeafKey, LeafSpec, OcspAnswer, OcspRequest, OcspSpec, Revoked, Signer,
    TestCa, certificate_pem, private_key_pem,
};
use tempfile::TempDir;

const DAY_S: i64 = 86_400;

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_secs()).expect("before the end of time")
}

fn openssl(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl is installed")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

struct Fixture {
    ca: TestCa,
    folder: TempDir,
    now: i64,
}

impl Fixture {
    fn new() -> Self {
        let now = now();
        let fixture = Self { ca: TestCa::new(now), folder: TempDir::new().expect("a folder"), now };
        fixture.write("root.pem", fixture.ca.root_pem().as_bytes());
        fixture.write("sub.pem", fixture.ca.sub_pem().as_bytes());
        fixture
    }

    fn write(&self, name: &str, octets: &[u8]) {
        std::fs::write(self.folder.path().join(name), octets).expect("a writable folder");
    }

    fn openssl(&self, arguments: &[&str]) -> Output {
        openssl(self.folder.path(), arguments)
    }
}

#[test]
fn verifies_a_chain_to_each_kind_of_leaf() {
    let fixture = Fixture::new();
    for key in [LeafKey::P256, LeafKey::P384, LeafKey::P521, LeafKey::Rsa2048] {
        let leaf = fixture.ca.issue(&LeafSpec { key, ..LeafSpec::default() });
        fixture.write("leaf.pem", certificate_pem(&leaf.certificate_der).as_bytes());
        let verified = fixture.openssl(&[
            "verify",
            "-x509_strict",
            "-CAfile",
            "root.pem",
            "-untrusted",
            "sub.pem",
            "leaf.pem",
        ]);
        assert!(verified.status.success(), "{key:?}: {}", text(&verified));
        fixture.write("key.pem", private_key_pem(&leaf.private_key_pkcs8_der).as_bytes());
        let of_key = fixture.openssl(&["pkey", "-in", "key.pem", "-pubout"]);
        let of_certificate = fixture.openssl(&["x509", "-in", "leaf.pem", "-noout", "-pubkey"]);
        assert!(of_key.status.success(), "{}", text(&of_key));
        assert_eq!(of_key.stdout, of_certificate.stdout, "{key:?}");
    }
}

#[test]
fn refuses_an_expired_leaf() {
    let fixture = Fixture::new();
    let spec = LeafSpec { not_after: Some(fixture.now - 60), ..LeafSpec::default() };
    let leaf = fixture.ca.issue(&spec);
    fixture.write("leaf.pem", certificate_pem(&leaf.certificate_der).as_bytes());
    let verified = fixture.openssl(&["verify", "-CAfile", "root.pem", "-untrusted", "sub.pem", "leaf.pem"]);
    assert!(!verified.status.success());
    assert!(text(&verified).contains("certificate has expired"), "{}", text(&verified));
}

#[test]
fn shows_the_parts_of_the_profile() {
    let fixture = Fixture::new();
    let leaf = fixture.ca.issue(&LeafSpec::default());
    fixture.write("leaf.der", &leaf.certificate_der);
    let shown = text(&fixture.openssl(&["x509", "-inform", "DER", "-in", "leaf.der", "-noout", "-text"]));
    for part in [
        "Digital Signature, Non Repudiation",
        "CA:FALSE",
        "Policy: 2.16.792.1.2.1.1.5.7.1.1",
        "CPS: http://depo.kamusm.gov.tr/ilke/ksm_nes_sue",
        "qcStatements",
        "OCSP - URI:http://sandbox.invalid/ocsp",
        "URI:http://sandbox.invalid/nes.crl",
        "serialNumber = 10000000146",
    ] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
}

#[test]
fn an_existing_key_is_taken() {
    let ca = TestCa::new(now());
    let key = Key::generate(LeafKey::P256);
    let again = Key::from_pkcs8_der(LeafKey::P256, key.pkcs8_der()).unwrap();
    assert_eq!(again.spki_der(), key.spki_der());
    let leaf = ca.issue_with_key(&LeafSpec::default(), &again);
    assert!(leaf.certificate_der.windows(key.spki_der().len()).any(|window| window == key.spki_der()));
    assert!(Key::from_pkcs8_der(LeafKey::P384, key.pkcs8_der()).is_err());
}

#[test]
fn verifies_a_list_and_finds_the_revoked_leaf() {
    let fixture = Fixture::new();
    let leaf = fixture.ca.issue(&LeafSpec::default());
    let revoked = Revoked { serial: leaf.serial.clone(), at: fixture.now - 3600, reason: Some(1) };
    fixture.write("list.der", &fixture.ca.crl(&[revoked], fixture.now, fixture.now + DAY_S));
    let listed = fixture
        .openssl(&["crl", "-inform", "DER", "-in", "list.der", "-CAfile", "sub.pem", "-noout", "-text"]);
    assert!(text(&listed).contains("verify OK"), "{}", text(&listed));
    assert!(text(&listed).contains("Key Compromise"), "{}", text(&listed));

    fixture.openssl(&["crl", "-inform", "DER", "-in", "list.der", "-out", "list.pem"]);
    fixture.write("leaf.pem", certificate_pem(&leaf.certificate_der).as_bytes());
    let verify = [
        "verify",
        "-crl_check",
        "-CRLfile",
        "list.pem",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "sub.pem",
        "leaf.pem",
    ];
    let refused = fixture.openssl(&verify);
    assert!(text(&refused).contains("certificate revoked"), "{}", text(&refused));
}

#[test]
fn verifies_responses_of_the_authority_and_of_a_delegate() {
    let fixture = Fixture::new();
    let leaf = fixture.ca.issue(&LeafSpec::default());
    fixture.write("leaf.pem", certificate_pem(&leaf.certificate_der).as_bytes());
    let request = ["ocsp", "-issuer", "sub.pem", "-cert", "leaf.pem", "-reqout", "request.der"];
    assert!(fixture.openssl(&request).status.success());
    let octets = std::fs::read(fixture.folder.path().join("request.der")).unwrap();
    let asked = OcspRequest::from_der(&octets).unwrap();
    let (cert_id, serial) = &asked.certificates[0];
    assert_eq!(serial, &leaf.serial);
    assert_eq!(cert_id, &fixture.ca.sub.cert_id(serial));

    let delegate = fixture.ca.sub.delegate(&DelegateSpec::default());
    for (signer, status, expected) in [
        (Signer::Authority, CertStatus::Good, "leaf.pem: good"),
        (Signer::Delegate(&delegate), CertStatus::Good, "leaf.pem: good"),
        (
            Signer::Delegate(&delegate),
            CertStatus::Revoked { at: fixture.now - 60, reason: Some(1) },
            "leaf.pem: revoked",
        ),
        (Signer::Authority, CertStatus::Unknown, "leaf.pem: unknown"),
    ] {
        let answers = [OcspAnswer { cert_id: cert_id.clone(), status }];
        for by_key in [false, true] {
            let response = fixture.ca.sub.ocsp_response(&OcspSpec {
                answers: &answers,
                this_update: fixture.now - 10,
                next_update: Some(fixture.now + DAY_S),
                nonce: asked.nonce.as_deref(),
                signer,
                by_key,
            });
            fixture.write("response.der", &response);
            let read = fixture.openssl(&[
                "ocsp",
                "-no_nonce",
                "-respin",
                "response.der",
                "-reqin",
                "request.der",
                "-issuer",
                "sub.pem",
                "-cert",
                "leaf.pem",
                "-CAfile",
                "root.pem",
                "-verify_other",
                "sub.pem",
            ]);
            let said = text(&read);
            assert!(
                said.contains("Response verify OK") && said.contains(expected),
                "{expected} by_key {by_key}: {said}"
            );
            assert!(!said.contains("Nonce"), "{said}");
        }
    }
}
