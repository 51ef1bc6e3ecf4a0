//! Making and validating B-B signatures, beside the bare operations and beside OpenSSL.

use std::hint::black_box;

use kamusm_cades::{
    cms::SignedData,
    sign::{self, Profile},
    validate::{self, Indication, Policy, RevocationScope},
};
use kamusm_test_ca::LeafKey;

use crate::{
    material::{Material, NOW},
    openssl::OpenSsl,
    raw::Signed,
    rounds::{Contest, Figures},
};

pub(crate) fn measure() -> Figures {
    let mut figures = Figures::new();
    for (name, kind) in [("rsa2048", LeafKey::Rsa2048), ("p256", LeafKey::P256), ("p384", LeafKey::P384)] {
        let material = Material::new(kind);
        signing(name, &material, &mut figures);
        validation(name, &material, &mut figures);
    }
    figures
}

fn signing(name: &str, material: &Material, figures: &mut Figures) {
    let openssl = OpenSsl::new(material);
    let message = begin(material).signed_attributes().to_vec();
    let signed = Signed::new(material.kind, &material.leaf, &message, &material.key.sign(&message));
    openssl.verify(&sign(material));
    let mut contest = Contest::default();
    contest.enter(&format!("{name} raw sign"), || {
        black_box(material.key.sign(&message));
    });
    contest.enter(&format!("{name} raw verify"), || signed.verify());
    contest.enter(&format!("{name} sign"), || {
        black_box(sign(material));
    });
    contest.enter(&format!("{name} openssl sign"), || {
        black_box(openssl.sign());
    });
    contest.run(figures);
}

fn begin(material: &Material) -> sign::ToBeSigned {
    let profile = Profile::new(true, NOW);
    sign::begin(&material.text, &material.leaf, &material.chain(), &profile).expect("sound input")
}

fn sign(material: &Material) -> Vec<u8> {
    let to_be_signed = begin(material);
    let signature = material.key.sign(to_be_signed.signed_attributes());
    to_be_signed.finish(&signature).expect("its own key")
}

fn validation(name: &str, material: &Material, figures: &mut Figures) {
    let openssl = OpenSsl::new(material);
    let file = sign(material);
    let mut policy = Policy::new(vec![material.root.clone()], NOW);
    policy.revocation.required = RevocationScope::None;
    let signatures = three_signatures(material, &file);
    let mut contest = Contest::default();
    contest.enter(&format!("{name} three raw verifications"), || signatures.iter().for_each(Signed::verify));
    contest.enter(&format!("{name} validate"), || {
        let report = validate::validate(&file, None, &policy);
        assert_eq!(report.signatures[0].indication(), Indication::TotalPassed);
    });
    contest.enter(&format!("{name} openssl verify"), || openssl.verify(&file));
    contest.run(figures);
}

/// What has to be verified in any case: the signature, and two certificates.
fn three_signatures(material: &Material, file: &[u8]) -> [Signed; 3] {
    let message = begin(material).signed_attributes().to_vec();
    let file = SignedData::parse(file).expect("our own file");
    let certificate = |of: &kamusm_cades::x509::certificate::Certificate, by| {
        Signed::new(material.kind, by, of.tbs_der(), of.signature())
    };
    [
        Signed::new(material.kind, &material.leaf, &message, &file.signer_infos()[0].signature),
        certificate(&material.leaf, &material.intermediate),
        certificate(&material.intermediate, &material.root),
    ]
}
