//! Making a signature where the digest and the card's value are given: what is left is our own work.

use kamusm_cades::{
    algorithm::{Digest, SignatureAlgorithm},
    attributes::{Attributes, MessageDigest, SigningTime},
    cms::SignedData,
    sign::{self, Profile},
    x509::certificate::Certificate,
};

use crate::Recording;

/// A digest, a certificate with its chain, and the value that its key gave.
pub struct Assembly {
    digest: Digest,
    certificate: Certificate,
    chain: [Certificate; 2],
    profile: Profile,
    signature: Vec<u8>,
}

impl Assembly {
    /// Takes the recorded signature apart; without any digest, which the count of instructions would take in.
    pub fn recorded() -> Self {
        let recording = Recording::committed();
        let file = SignedData::parse(&recording.cms.0).expect("our own file");
        let [signer] = file.signer_infos() else { panic!("one signer was recorded") };
        let set = signer.signed_attributes.as_ref().expect("CAdES has signed attributes");
        let attributes = Attributes::read(set).expect("our own attributes");
        let certificate = recording.signer();
        let key = certificate.key_algorithm().expect("the test CA's key");
        let algorithm = SignatureAlgorithm::for_key(key).expect("a key that signs");
        let digest = MessageDigest::find(&attributes).expect("it is readable").expect("it is there");
        let time = SigningTime::find(&attributes).expect("it is readable").expect("it is there");
        Self {
            digest: Digest::from_octets(algorithm.digest(), digest.0).expect("its length fits"),
            chain: recording.chain(),
            profile: Profile::new(false, time.unix),
            signature: signer.signature.to_vec(),
            certificate,
        }
    }

    /// Attributes, signature value, file, and reading the file back; digests and verification aside.
    pub fn run(&self) -> Vec<u8> {
        sign::begin_digested(&self.digest, &self.certificate, &self.chain, &self.profile)
            .and_then(|to_be_signed| to_be_signed.finish(&self.signature))
            .expect("the recorded value fits")
    }
}
