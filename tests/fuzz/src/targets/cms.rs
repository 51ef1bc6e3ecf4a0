//! Signature files: what is read is what stands there, and nothing but the true content passes.

use std::sync::LazyLock;

use kamusm_cades::{
    asn1::Writer,
    cms::{SignedData, SignedDataWriter, SignerIdentifier, oid},
    validate::{CertificateProfile, Indication, Policy, RevocationScope, validate},
};

use crate::{bound::bounded, recording};

/// The recorded signature can pass by it.
static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let [_, intermediate, root] = recording::certificates();
    let mut policy = Policy::new(vec![root], SIGNED_AT);
    policy.intermediates = vec![intermediate];
    policy.profile = CertificateProfile::Any;
    policy.revocation.required = RevocationScope::None;
    policy
});
const SIGNED_AT: i64 = 1_795_478_400;
static CONTENT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let file = recording::octets("cms");
    let signed = SignedData::parse(&file).expect("the recorded file");
    signed.content().expect("it is attached").to_vec()
});

pub fn run(octets: &[u8]) {
    let parsed = bounded(octets, 16 * 1024, 64, || SignedData::parse(octets));
    if let Ok(signed) = &parsed {
        assert_eq!([signed.raw(), signed.trailing()].concat(), octets, "nothing is lost");
        let again = SignedData::parse(signed.raw()).expect("what was read once is read again");
        assert!(again.trailing().is_empty() && again.signer_infos() == signed.signer_infos());
        assert_eq!(again.content(), signed.content());
        written(signed);
    }
    // Certificates are parsed and signatures calculated: much, but in proportion.
    let report = bounded(octets, 256 * 1024, 512, || validate(octets, None, &POLICY));
    assert!(!report.signatures.is_empty(), "there is always a verdict");
    for signature in &report.signatures {
        assert_eq!(signature.failure.is_none(), signature.indication() == Indication::TotalPassed);
        if signature.indication() == Indication::TotalPassed {
            let signed = parsed.as_ref().expect("what passes can be read");
            assert_eq!(signed.content(), Some(CONTENT.as_slice()), "only this was ever signed");
        }
    }
}

/// Reader and writer agree about a file with one signer.
fn written(signed: &SignedData<'_>) {
    let [signer] = signed.signer_infos() else { return };
    let (SignerIdentifier::IssuerAndSerialNumber { issuer, serial_number }, Some(attributes), None) =
        (&signer.sid, &signer.signed_attributes, &signer.unsigned_attributes)
    else {
        return;
    };
    let Some(content_type) = signed.encapsulated().content_type.to_object_identifier() else { return };
    let mut set = Writer::default();
    set.raw(&[0x31]);
    set.raw(&attributes.raw[1..]);
    let certificates: Vec<_> = signed.x509_certificates().collect();
    let file = SignedDataWriter {
        content_type,
        content: signed.content(),
        certificates: certificates.clone(),
        issuer,
        serial_number,
        digest_algorithm: signer.digest_algorithm.raw,
        signed_attributes: set.as_slice(),
        signature_algorithm: signer.signature_algorithm.raw,
        signature: &signer.signature,
    }
    .encode();
    let again = SignedData::parse(&file).expect("the writer writes what the reader reads");
    let [same] = again.signer_infos() else { panic!("one signer was written") };
    assert_eq!((&same.sid, &same.signature), (&signer.sid, &signer.signature));
    assert_eq!(same.signed_attributes.as_ref().map(|set| set.raw), Some(attributes.raw));
    assert_eq!(again.content(), signed.content());
    assert!(content_type != oid::DATA || again.version() == 1);
    assert!(again.x509_certificates().all(|certificate| certificates.contains(&certificate)));
}
