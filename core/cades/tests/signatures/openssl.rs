//! OpenSSL as a judge and as another signer.

use std::path::{Path, PathBuf};
use std::process::Command;

use kamusm_cades::validate::Block;
use kamusm_test_ca::{LeafKey, certificate_pem, private_key_pem};
use tempfile::TempDir;

use crate::identity::{Identity, KEYS, TEXT, verdict};

/// A directory with the files of an identity, for the command line.
pub(crate) struct Files {
    directory: TempDir,
}

impl Files {
    pub(crate) fn of(identity: &Identity) -> Self {
        let files = Self { directory: TempDir::new().unwrap() };
        files.write("root.crt", certificate_pem(identity.root.der()).as_bytes());
        files.write("sub.crt", certificate_pem(identity.sub.der()).as_bytes());
        files.write("leaf.crt", certificate_pem(identity.certificate.der()).as_bytes());
        files.write("leaf.key", private_key_pem(identity.key.pkcs8_der()).as_bytes());
        files.write("text", TEXT);
        files
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, octets: &[u8]) {
        std::fs::write(self.path(name), octets).unwrap();
    }

    /// Runs `openssl`, with these files as its working directory.
    pub(crate) fn openssl(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        run(self.directory.path(), arguments)
    }

    /// `openssl cms -verify -cades`: the content that it takes to be signed.
    pub(crate) fn verify(&self, cms: &[u8], detached: bool) -> Result<Vec<u8>, String> {
        self.write("cms", cms);
        let mut arguments = vec!["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "cms"];
        arguments.extend(["-CAfile", "root.crt", "-purpose", "any", "-out", "out"]);
        if detached {
            arguments.extend(["-content", "text"]);
        }
        self.openssl(&arguments)?;
        Ok(std::fs::read(self.path("out")).unwrap())
    }

    /// `openssl cms -sign -cades` with further options.
    pub(crate) fn sign(&self, options: &[&str]) -> Vec<u8> {
        let mut arguments = vec!["cms", "-sign", "-binary", "-cades", "-in", "text", "-outform", "DER"];
        arguments.extend([
            "-out",
            "signed",
            "-certfile",
            "sub.crt",
            "-signer",
            "leaf.crt",
            "-inkey",
            "leaf.key",
        ]);
        arguments.extend(options);
        self.openssl(&arguments).unwrap();
        std::fs::read(self.path("signed")).unwrap()
    }
}

fn run(directory: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let command = Command::new("openssl").args(arguments).current_dir(directory).output();
    let output = command.expect("these tests need the openssl command");
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn accepts_what_we_sign() {
    for kind in KEYS {
        let identity = Identity::new(kind);
        let files = Files::of(&identity);
        assert_eq!(files.verify(&identity.attached(), false).unwrap(), TEXT, "{kind:?} attached");
        assert_eq!(files.verify(&identity.detached(), true).unwrap(), TEXT, "{kind:?} detached");
    }
}

#[test]
fn refuses_what_was_changed() {
    let identity = Identity::new(LeafKey::P256);
    let files = Files::of(&identity);
    let mut cms = identity.attached();
    let at = cms.windows(TEXT.len()).position(|window| window == TEXT).unwrap();
    cms[at] ^= 1;
    files.verify(&cms, false).unwrap_err();
}

#[test]
fn we_accept_what_it_signs() {
    for kind in KEYS {
        let identity = Identity::new(kind);
        let files = Files::of(&identity);
        let digest = match kind {
            LeafKey::P384 => "sha384",
            LeafKey::P521 => "sha512",
            _ => "sha256",
        };
        for options in [vec![], vec!["-nodetach"], vec!["-nodetach", "-stream"], vec!["-nodetach", "-keyid"]]
        {
            let cms = files.sign(&[options.clone(), vec!["-md", digest]].concat());
            let detached = options.is_empty().then_some(TEXT);
            let report = identity.validate(&cms, detached);
            assert_eq!(verdict(&report), "TOTAL-PASSED", "{kind:?} {options:?}");
        }
    }
}

#[test]
fn a_stream_is_ber_and_is_read() {
    let identity = Identity::new(LeafKey::P256);
    let cms = Files::of(&identity).sign(&["-md", "sha256", "-nodetach", "-stream"]);
    assert_eq!(cms[1], 0x80, "indefinite length");
    let parsed = kamusm_cades::cms::SignedData::parse(&cms).unwrap();
    assert_eq!(parsed.content(), Some(TEXT));
    assert_eq!(parsed.raw(), cms);
    assert_eq!(verdict(&identity.validate(&cms, None)), "TOTAL-PASSED");
}

#[test]
fn pss_is_verified() {
    let identity = Identity::new(LeafKey::Rsa2048);
    let files = Files::of(&identity);
    let sign = |salt: &str| {
        let salt = format!("rsa_pss_saltlen:{salt}");
        files.sign(&["-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", &salt])
    };
    assert_eq!(verdict(&identity.validate(&sign("digest"), Some(TEXT))), "TOTAL-PASSED");
    // A salt of another length than the digest's is outside the profile.
    assert_eq!(verdict(&identity.validate(&sign("20"), Some(TEXT))), "TOTAL-FAILED/SIG_CRYPTO_FAILURE");
}

#[test]
fn two_signers() {
    let (identity, other) = (Identity::new(LeafKey::P256), Identity::new(LeafKey::Rsa2048));
    let files = Files::of(&identity);
    files.write("other.crt", certificate_pem(other.certificate.der()).as_bytes());
    files.write("other.key", private_key_pem(other.key.pkcs8_der()).as_bytes());
    let cms = files.sign(&["-md", "sha256", "-signer", "other.crt", "-inkey", "other.key"]);
    let report = identity.validate(&cms, Some(TEXT));
    assert_eq!(verdict(&report), "TOTAL-PASSED TOTAL-PASSED");
    let signers: Vec<_> =
        report.signatures.iter().map(|signature| signature.signer.clone().unwrap()).collect();
    assert!(signers.contains(&identity.certificate) && signers.contains(&other.certificate));
}

const WEAK: &str = "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE";

#[test]
fn sha1_is_verified_but_never_accepted() {
    let identity = Identity::new(LeafKey::Rsa2048);
    let cms = Files::of(&identity).sign(&["-md", "sha1"]);
    assert_weak(&identity, &cms);

    let identity = Identity::new(LeafKey::P256);
    let ecdsa = identity.validate(&Files::of(&identity).sign(&["-md", "sha1"]), Some(TEXT));
    assert_eq!(verdict(&ecdsa), WEAK);
    assert!(ecdsa.signatures[0].blocks.crypto.failure().is_some(), "nobody verified it");
}

#[test]
fn short_rsa_keys_are_verified_but_never_accepted() {
    let identity = Identity::new(LeafKey::P256);
    let files = Files::of(&identity);
    files.openssl(&["genrsa", "-out", "leaf.key", "1024"]).unwrap();
    let spki = files.openssl(&["rsa", "-in", "leaf.key", "-pubout", "-outform", "DER"]).unwrap();
    let identity = identity.with_spki(&spki);
    files.write("leaf.crt", certificate_pem(identity.certificate.der()).as_bytes());
    for digest in ["sha1", "sha256", "sha512"] {
        assert_weak(&identity, &files.sign(&["-md", digest]));
    }
}

/// The signature verifies, and a changed one is told from it.
fn assert_weak(identity: &Identity, cms: &[u8]) {
    let report = identity.validate(cms, Some(TEXT));
    assert_eq!(verdict(&report), WEAK);
    let signature = &report.signatures[0];
    assert_eq!(signature.blocks.crypto, Block::Passed);
    assert!(signature.blocks.acceptance.failure().is_some());
    assert_eq!(signature.algorithm, None);

    let mut broken = cms.to_vec();
    *broken.last_mut().unwrap() ^= 1;
    assert_eq!(verdict(&identity.validate(&broken, Some(TEXT))), "TOTAL-FAILED/SIG_CRYPTO_FAILURE");
}
