//! The forms of a signature: without optional attributes, with each of them, with all (EN 319 122-1 clause 5.2).

use der::asn1::ObjectIdentifier;
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_cades::attributes::{
    CommitmentType, ContentHints, MimeType, PolicyHash, SignaturePolicy, SignerLocation,
};
use kamusm_cades::sign::Profile;

/// A form with the name that stands in the names of its files.
pub(crate) struct Form {
    pub(crate) name: &'static str,
    add: fn(&mut Profile),
}

impl Form {
    pub(crate) fn profile(&self, attached: bool, signing_time_unix: i64) -> Profile {
        let mut profile = Profile::new(attached, signing_time_unix);
        (self.add)(&mut profile);
        profile
    }
}

/// What a BTK P1 signature has.
pub(crate) const PLAIN: Form = Form { name: "plain", add: |_| {} };

/// Every form beside [`PLAIN`].
pub(crate) const OTHERS: [Form; 6] = [
    Form { name: "mime-type", add: mime_type },
    Form { name: "content-hints", add: content_hints },
    Form { name: "commitment", add: commitment },
    Form { name: "location", add: location },
    Form { name: "policy", add: policy },
    Form {
        name: "all",
        add: |profile| {
            [mime_type, content_hints, commitment, location, policy].iter().for_each(|add| add(profile))
        },
    },
];

fn mime_type(profile: &mut Profile) {
    profile.mime_type = MimeType::parse("text/plain; charset=utf-8");
}

fn content_hints(profile: &mut Profile) {
    profile.content_hints = Some(ContentHints { description: Some("text/plain".to_owned()) });
}

fn commitment(profile: &mut Profile) {
    profile.commitment = Some(CommitmentType::PROOF_OF_ORIGIN);
}

fn location(profile: &mut Profile) {
    profile.location = Some(SignerLocation {
        country: Some("TR".to_owned()),
        locality: Some("İstanbul".to_owned()),
        postal_address: vec!["Deneme Sokağı 1".to_owned(), "34000 Şişli".to_owned()],
    });
}

/// BTK P2 by name, with the digest of a document that nobody has.
fn policy(profile: &mut Profile) {
    profile.policy = Some(SignaturePolicy {
        id: ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.3.1.1"),
        hash: PolicyHash {
            algorithm: DigestAlgorithm::Sha256.identifier_der().to_vec(),
            value: DigestAlgorithm::Sha256.digest(b"Deneme ilkesi").as_ref().to_vec(),
        },
        uri: Some("http://sandbox.invalid/ilke.pdf".to_owned()),
    });
}
