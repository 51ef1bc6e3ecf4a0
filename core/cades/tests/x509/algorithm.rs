//! Digests, keys, signature algorithms and the two forms of an ECDSA value.

use der::asn1::ObjectIdentifier;
use kamusm_cades::algorithm::{
    AlgorithmError, BrokenDigest, Digest, DigestAlgorithm, EcdsaValueError, KeyAlgorithm, KeyError,
    SignatureAlgorithm, SignatureError, VerificationAlgorithm, digest_info, ecdsa_der_from_raw,
    ecdsa_raw_from_der,
};
use kamusm_cades::asn1::{Tag, Writer};
use kamusm_cades::x509::certificate::{Certificate, NotIssued};
use kamusm_test_ca::{Key, LeafKey, LeafSpec};
use tempfile::TempDir;

use crate::fixture::{Chain, openssl, read, text};

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

#[test]
fn digests_are_those_of_fips_180() {
    let abc = |algorithm: DigestAlgorithm| hex(algorithm.digest(b"abc").as_ref());
    assert_eq!(
        abc(DigestAlgorithm::Sha256),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert!(abc(DigestAlgorithm::Sha384).starts_with("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"));
    assert!(abc(DigestAlgorithm::Sha512).starts_with("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"));
    for algorithm in DigestAlgorithm::ALL {
        assert_eq!(abc(algorithm).len(), 2 * algorithm.output_len());
        assert_eq!(DigestAlgorithm::from_identifier_der(&algorithm.identifier_der()), Ok(algorithm));
        let mut hasher = algorithm.hasher();
        hasher.update(b"a");
        hasher.update(b"bc");
        assert_eq!(hasher.finish(), algorithm.digest(b"abc"));
    }
}

#[test]
fn a_digest_made_elsewhere_has_the_length_of_its_algorithm() {
    let digest = DigestAlgorithm::Sha384.digest(b"abc");
    assert_eq!(Digest::from_octets(DigestAlgorithm::Sha384, digest.as_ref()), Some(digest));
    for wrong in [&digest.as_ref()[1..], &[digest.as_ref(), &[0]].concat(), &[]] {
        assert_eq!(Digest::from_octets(DigestAlgorithm::Sha384, wrong), None);
    }
    assert_eq!(Digest::from_octets(DigestAlgorithm::Sha256, digest.as_ref()), None);
}

#[test]
fn digest_info_has_the_prefix_of_rfc_8017() {
    let digest = DigestAlgorithm::Sha256.digest(b"");
    let info = digest_info(DigestAlgorithm::Sha256, digest.as_ref());
    assert_eq!(hex(&info[..19]), "3031300d060960864801650304020105000420");
    assert_eq!(&info[19..], digest.as_ref());
    let digest = DigestAlgorithm::Sha512.digest(b"");
    let info = digest_info(DigestAlgorithm::Sha512, digest.as_ref());
    assert_eq!(hex(&info[..19]), "3051300d060960864801650304020305000440");
}

#[test]
fn ecdsa_values_go_both_ways_and_still_verify() {
    let chain = Chain::new();
    for (kind, key_algorithm) in [
        (LeafKey::P256, KeyAlgorithm::P256),
        (LeafKey::P384, KeyAlgorithm::P384),
        (LeafKey::P521, KeyAlgorithm::P521),
    ] {
        let key = Key::generate(kind);
        let leaf = chain.ca.issue_with_key(&LeafSpec::default(), &key);
        let certificate = read(&leaf.certificate_der);
        let algorithm = SignatureAlgorithm::for_key(certificate.key_algorithm().unwrap()).unwrap();
        assert_eq!(certificate.key_algorithm(), Ok(key_algorithm));
        for message in 0..64_u8 {
            let signature = key.sign(&[message]);
            let raw = ecdsa_raw_from_der(&signature, key_algorithm).unwrap();
            assert_eq!(raw.len(), 2 * key_algorithm.ecdsa_field_octets().unwrap());
            assert_eq!(ecdsa_der_from_raw(&raw).unwrap(), signature);
            assert_eq!(certificate.verify(algorithm, &[message], &signature), Ok(()));
            assert_eq!(certificate.verify(algorithm, &[message], &raw), Err(SignatureError::Invalid));
        }
    }
}

#[test]
fn ecdsa_values_out_of_range_are_refused() {
    let mut raw = [0; 64];
    assert_eq!(ecdsa_der_from_raw(&raw), Err(EcdsaValueError::Range));
    raw[31] = 1;
    raw[63] = 0x80;
    assert_eq!(ecdsa_der_from_raw(&raw).unwrap(), [0x30, 7, 2, 1, 1, 2, 2, 0, 0x80]);
    // The order of P-256 itself is out of range, one less is in.
    let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    for (place, pair) in order.as_bytes().chunks_exact(2).enumerate() {
        raw[place] = u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    }
    assert_eq!(ecdsa_der_from_raw(&raw), Err(EcdsaValueError::Range));
    raw[31] -= 1;
    assert!(ecdsa_der_from_raw(&raw).is_ok());
    for octets in [0, 63, 65, 128, 130] {
        assert_eq!(ecdsa_der_from_raw(&vec![1; octets]), Err(EcdsaValueError::Length { octets }));
    }
}

#[test]
fn ecdsa_der_is_strict() {
    let p256 = |der: &[u8]| ecdsa_raw_from_der(der, KeyAlgorithm::P256);
    assert!(p256(&[0x30, 6, 2, 1, 1, 2, 1, 1]).is_ok());
    for wrong in [
        &[0x30, 7, 2, 2, 0, 1, 2, 1, 1][..],
        &[0x30, 0x81, 6, 2, 1, 1, 2, 1, 1],
        &[0x30, 6, 2, 1, 1, 2, 1, 1, 0],
        &[0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1],
        &[0x30, 6, 2, 1, 1, 2, 1, 0x81],
        &[0x30, 3, 2, 1, 1],
    ] {
        assert!(matches!(p256(wrong), Err(EcdsaValueError::Asn1(_))), "{wrong:?}");
    }
    assert_eq!(p256(&[0x30, 6, 2, 1, 0, 2, 1, 1]), Err(EcdsaValueError::Range));
    assert_eq!(
        ecdsa_raw_from_der(&[0x30, 6, 2, 1, 1, 2, 1, 1], KeyAlgorithm::Rsa { bits: 2048 }),
        Err(EcdsaValueError::NotEcdsa)
    );
}

#[test]
fn algorithm_identifiers_are_read_with_their_parameters() {
    let read = VerificationAlgorithm::from_identifier_der;
    for algorithm in [
        SignatureAlgorithm::RsaPkcs1Sha256,
        SignatureAlgorithm::EcdsaP256Sha256,
        SignatureAlgorithm::EcdsaP384Sha384,
        SignatureAlgorithm::EcdsaP521Sha512,
    ] {
        assert_eq!(read(algorithm.identifier_der()), Ok(algorithm.into()));
    }
    let mut ecdsa_with_null = SignatureAlgorithm::EcdsaP256Sha256.identifier_der().to_vec();
    ecdsa_with_null.extend([5, 0]);
    ecdsa_with_null[1] += 2;
    assert_eq!(read(&ecdsa_with_null), Err(AlgorithmError::Parameters));
    let sha1_with_rsa = [0x30, 0x0D, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 5, 5, 0];
    let oid = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5");
    assert_eq!(read(&sha1_with_rsa), Err(AlgorithmError::Broken { oid, digest: BrokenDigest::Sha1 }));
    let rsa_encryption = [0x30, 0x0D, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 5, 0];
    assert!(matches!(read(&rsa_encryption), Err(AlgorithmError::Unknown { .. })));
    assert_eq!(
        VerificationAlgorithm::from_signer_info(&rsa_encryption, DigestAlgorithm::Sha384),
        Ok(VerificationAlgorithm::RsaPkcs1(DigestAlgorithm::Sha384))
    );
    assert_eq!(
        VerificationAlgorithm::from_signer_info(
            SignatureAlgorithm::RsaPkcs1Sha256.identifier_der(),
            DigestAlgorithm::Sha384
        ),
        Err(AlgorithmError::DigestMismatch {
            stated: DigestAlgorithm::Sha384,
            named: DigestAlgorithm::Sha256
        })
    );
}

#[test]
fn an_algorithm_of_another_kind_of_key_is_refused() {
    let chain = Chain::new();
    let leaf = read(&chain.ca.issue(&LeafSpec::default()).certificate_der);
    assert_eq!(
        leaf.verify(SignatureAlgorithm::RsaPkcs1Sha256, b"", b""),
        Err(SignatureError::KeyMismatch {
            algorithm: VerificationAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256),
            key: KeyAlgorithm::P256
        })
    );
    assert_eq!(
        SignatureAlgorithm::for_key(KeyAlgorithm::Rsa { bits: 1024 }),
        Err(KeyError::RsaSize { bits: 1024 })
    );
}

/// A self-signed certificate with these options of `openssl req`.
fn self_signed(options: &[&str]) -> Certificate {
    let folder = TempDir::new().unwrap();
    let mut arguments = vec!["req", "-x509", "-nodes", "-subj", "/CN=deneme", "-days", "2"];
    arguments.extend(["-keyout", "key.pem", "-outform", "DER", "-out", "certificate.der"]);
    arguments.extend(options);
    let made = openssl(folder.path(), &arguments);
    assert!(made.status.success(), "{}", text(&made));
    read(&std::fs::read(folder.path().join("certificate.der")).unwrap())
}

fn verdict(certificate: &Certificate) -> Result<(), SignatureError> {
    certificate.is_issued_by(certificate).map_err(|reason| match reason {
        NotIssued::Signature(reason) => reason,
        other => panic!("{other}"),
    })
}

#[test]
fn rsa_pss_verifies_with_matching_parameters_only() {
    let pss = |salt: &str, digest: &str| {
        let salt = format!("rsa_pss_saltlen:{salt}");
        self_signed(&["-newkey", "rsa:2048", "-sigopt", "rsa_padding_mode:pss", "-sigopt", &salt, digest])
    };
    let sound = pss("48", "-sha384");
    assert_eq!(sound.signature_algorithm(), Ok(VerificationAlgorithm::RsaPss(DigestAlgorithm::Sha384)));
    assert_eq!(verdict(&sound), Ok(()));
    // A salt of 20 octets is left out as the default, 32 is spelled out.
    assert_eq!(pss("20", "-sha384").signature_algorithm(), Err(AlgorithmError::Parameters));
    assert_eq!(pss("32", "-sha384").signature_algorithm(), Err(AlgorithmError::Parameters));
    let mask = ["-newkey", "rsa:2048", "-sha384", "-sigopt", "rsa_padding_mode:pss"];
    let mask = [&mask[..], &["-sigopt", "rsa_pss_saltlen:48", "-sigopt", "rsa_mgf1_md:sha256"]].concat();
    assert_eq!(self_signed(&mask).signature_algorithm(), Err(AlgorithmError::Parameters));
    assert!(matches!(
        pss("20", "-sha1").signature_algorithm(),
        Err(AlgorithmError::Broken { digest: BrokenDigest::Sha1, .. })
    ));
}

#[test]
fn a_key_made_for_pss_verifies_nothing_else() {
    let certificate = self_signed(&[
        "-newkey",
        "rsa-pss",
        "-pkeyopt",
        "rsa_keygen_bits:2048",
        "-sigopt",
        "rsa_pss_saltlen:32",
        "-sha256",
    ]);
    assert_eq!(certificate.key_algorithm(), Ok(KeyAlgorithm::Rsa { bits: 2048 }));
    assert_eq!(verdict(&certificate), Ok(()));
    let pkcs1 = VerificationAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256);
    assert!(matches!(
        certificate.verify(pkcs1, certificate.tbs_der(), certificate.signature()),
        Err(SignatureError::KeyMismatch { .. })
    ));
}

#[test]
fn a_key_made_for_pss_may_be_limited_to_a_digest() {
    let limited =
        ["-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_pss_keygen_md:sha384"];
    let limited = [
        &limited[..],
        &["-pkeyopt", "rsa_pss_keygen_mgf1_md:sha384", "-pkeyopt", "rsa_pss_keygen_saltlen:48"],
        &["-sigopt", "rsa_pss_saltlen:48", "-sha384"],
    ]
    .concat();
    let certificate = self_signed(&limited);
    assert_eq!(verdict(&certificate), Ok(()));
    let sha256 = VerificationAlgorithm::RsaPss(DigestAlgorithm::Sha256);
    let key = KeyAlgorithm::Rsa { bits: 2048 };
    assert_eq!(
        certificate.verify(sha256, b"", &[0; 256]),
        Err(SignatureError::KeyMismatch { algorithm: sha256, key })
    );
}

#[test]
fn a_modulus_that_only_costs_time_is_refused() {
    let spki = |octets: usize| {
        let mut key = Writer::default();
        key.nested(Tag::SEQUENCE, |writer| {
            writer.tlv(Tag::INTEGER, &[&[0x00, 0x80][..], &vec![1; octets - 1]].concat());
            writer.tlv(Tag::INTEGER, &[1, 0, 1]);
        });
        let mut writer = Writer::default();
        writer.nested(Tag::SEQUENCE, |writer| {
            writer.raw(&[0x30, 0x0D, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 5, 0]);
            writer.tlv(Tag::BIT_STRING, &[&[0][..], key.as_slice()].concat());
        });
        KeyAlgorithm::from_spki_der(writer.as_slice())
    };
    assert_eq!(spki(1024), Ok(KeyAlgorithm::Rsa { bits: 8192 }));
    assert_eq!(spki(1025), Err(KeyError::RsaSize { bits: 8200 }));
}

#[test]
fn curves_may_be_spelled_out_but_not_changed() {
    for (name, key) in [
        ("prime256v1", KeyAlgorithm::P256),
        ("secp384r1", KeyAlgorithm::P384),
        ("secp521r1", KeyAlgorithm::P521),
    ] {
        let curve = format!("ec_paramgen_curve:{name}");
        let certificate = self_signed(&[
            "-newkey",
            "ec",
            "-pkeyopt",
            &curve,
            "-pkeyopt",
            "ec_param_enc:explicit",
            "-sha384",
        ]);
        assert_eq!(certificate.key_algorithm(), Ok(key));
        assert_eq!(verdict(&certificate), Ok(()), "{name}");
        // CVE-2020-0601: the attacker's own generator on the right curve.
        let spki = certificate.spki_der();
        let point = [&[0x04][..], &generator_head(key)].concat();
        let generator = spki.windows(point.len()).position(|window| window == point).unwrap();
        let mut changed = spki.to_vec();
        changed[generator + 5] ^= 1;
        assert_eq!(KeyAlgorithm::from_spki_der(&changed), Err(KeyError::ExplicitCurve), "{name}");
        // Another order; its last octets stand before the cofactor 1.
        let order = spki.windows(3).rposition(|window| window == [0x02, 0x01, 0x01]).unwrap();
        let mut changed = spki.to_vec();
        changed[order - 1] ^= 2;
        assert_eq!(KeyAlgorithm::from_spki_der(&changed), Err(KeyError::ExplicitCurve), "{name}");
    }
}

fn generator_head(key: KeyAlgorithm) -> [u8; 4] {
    match key {
        KeyAlgorithm::P256 => [0x6B, 0x17, 0xD1, 0xF2],
        KeyAlgorithm::P384 => [0xAA, 0x87, 0xCA, 0x22],
        _ => [0x00, 0xC6, 0x85, 0x8E],
    }
}

#[test]
fn other_keys_are_named_and_refused() {
    let brainpool =
        self_signed(&["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1", "-sha256"]);
    let oid = ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.7");
    assert_eq!(brainpool.key_algorithm(), Err(KeyError::UnknownCurve { oid }));
    let ed25519 = self_signed(&["-newkey", "ed25519"]);
    let oid = ObjectIdentifier::new_unwrap("1.3.101.112");
    assert_eq!(ed25519.key_algorithm(), Err(KeyError::UnknownAlgorithm { oid }));
    let short = self_signed(&["-newkey", "rsa:1024", "-sha256"]);
    assert_eq!(verdict(&short), Err(SignatureError::KeyTooShort { bits: 1024 }));
    let sha1 = self_signed(&["-newkey", "rsa:2048", "-sha1"]);
    assert!(matches!(verdict(&sha1), Err(SignatureError::Algorithm(AlgorithmError::Broken { .. }))));
}
