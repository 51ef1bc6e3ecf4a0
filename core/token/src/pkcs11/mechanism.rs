//! Mechanisms (PKCS#11 2.40 mechanisms, 2.1 and 2.3): raw ones over our own digest first, combined ones where a card has only those.

use cryptoki::mechanism::Mechanism;
use cryptoki::slot::Slot;
use cryptoki_sys::{
    CKR_DATA_INVALID, CKR_DATA_LEN_RANGE, CKR_FUNCTION_NOT_SUPPORTED, CKR_MECHANISM_INVALID,
    CKR_MECHANISM_PARAM_INVALID,
};
use kamusm_cades::algorithm::{
    KeyAlgorithm, SignatureAlgorithm, digest_info, ecdsa_der_from_raw, ecdsa_raw_from_der,
};

use super::fault::Fault;
use super::module::Module;
use crate::backend::ToBeSigned;

/// Who computes the digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// We do: CKM_RSA_PKCS over DigestInfo, CKM_ECDSA over the digest.
    Raw,
    /// The token does: CKM_SHA256_RSA_PKCS, CKM_ECDSA_SHA256 and so on.
    Combined,
}

/// Both ways, the likelier first. The list of the module only orders them: some lists are wrong.
pub(super) fn ways(module: &Module, slot: Slot, algorithm: SignatureAlgorithm) -> [Way; 2] {
    let listed = module.call("C_GetMechanismList", |pkcs11| pkcs11.get_mechanism_list(slot));
    let has =
        |way| listed.as_ref().is_ok_and(|list| list.contains(&mechanism(algorithm, way).mechanism_type()));
    if !has(Way::Raw) && has(Way::Combined) { [Way::Combined, Way::Raw] } else { [Way::Raw, Way::Combined] }
}

pub(super) fn mechanism(algorithm: SignatureAlgorithm, way: Way) -> Mechanism<'static> {
    match (algorithm, way) {
        (SignatureAlgorithm::RsaPkcs1Sha256, Way::Raw) => Mechanism::RsaPkcs,
        (SignatureAlgorithm::RsaPkcs1Sha256, Way::Combined) => Mechanism::Sha256RsaPkcs,
        (SignatureAlgorithm::EcdsaP384Sha384, Way::Combined) => Mechanism::EcdsaSha384,
        (SignatureAlgorithm::EcdsaP521Sha512, Way::Combined) => Mechanism::EcdsaSha512,
        (_, Way::Combined) => Mechanism::EcdsaSha256,
        (_, Way::Raw) => Mechanism::Ecdsa,
    }
}

/// What `C_Sign` is given.
pub(super) fn input(item: &ToBeSigned, way: Way) -> Vec<u8> {
    if way == Way::Combined {
        return item.octets.clone();
    }
    let digest = item.algorithm.digest();
    let value = digest.digest(&item.octets);
    if item.algorithm.is_ecdsa() { value.as_ref().to_vec() } else { digest_info(digest, value.as_ref()) }
}

/// What leaves this layer. PKCS#11 says r‖s, yet some drivers give the DER of it.
pub(super) fn output(
    algorithm: SignatureAlgorithm,
    key: KeyAlgorithm,
    signature: Vec<u8>,
) -> Option<Vec<u8>> {
    if !algorithm.is_ecdsa() {
        return Some(signature);
    }
    let raw_octets = 2 * key.ecdsa_field_octets()?;
    if signature.len() == raw_octets {
        return ecdsa_der_from_raw(&signature).ok();
    }
    ecdsa_raw_from_der(&signature, key).ok().map(|_| signature)
}

/// Whether the other way may work where this one failed so.
pub(super) fn is_refusal(fault: Fault) -> bool {
    fault.is_one_of(&[
        CKR_MECHANISM_INVALID,
        CKR_MECHANISM_PARAM_INVALID,
        CKR_FUNCTION_NOT_SUPPORTED,
        CKR_DATA_INVALID,
        CKR_DATA_LEN_RANGE,
    ])
}

#[cfg(test)]
mod tests {
    use cryptoki::mechanism::MechanismType;

    use super::*;

    #[test]
    fn mechanisms_are_those_of_the_key() {
        let type_of = |algorithm, way| mechanism(algorithm, way).mechanism_type();
        assert_eq!(type_of(SignatureAlgorithm::RsaPkcs1Sha256, Way::Raw), MechanismType::RSA_PKCS);
        assert_eq!(
            type_of(SignatureAlgorithm::RsaPkcs1Sha256, Way::Combined),
            MechanismType::SHA256_RSA_PKCS
        );
        assert_eq!(type_of(SignatureAlgorithm::EcdsaP256Sha256, Way::Combined), MechanismType::ECDSA_SHA256);
        assert_eq!(type_of(SignatureAlgorithm::EcdsaP384Sha384, Way::Combined), MechanismType::ECDSA_SHA384);
        assert_eq!(type_of(SignatureAlgorithm::EcdsaP521Sha512, Way::Combined), MechanismType::ECDSA_SHA512);
        assert_eq!(type_of(SignatureAlgorithm::EcdsaP384Sha384, Way::Raw), MechanismType::ECDSA);
    }

    #[test]
    fn an_ecdsa_value_leaves_as_der_in_whichever_form_it_came() {
        let (algorithm, key) = (SignatureAlgorithm::EcdsaP256Sha256, KeyAlgorithm::P256);
        let raw = vec![0x11; 64];
        let der = output(algorithm, key, raw).unwrap();
        assert_eq!(der[..4], [0x30, 0x44, 0x02, 0x20]);
        assert_eq!(output(algorithm, key, der.clone()), Some(der));
        assert_eq!(output(algorithm, key, vec![0x11; 63]), None);
    }
}
