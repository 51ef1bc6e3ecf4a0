//! Which certificates can sign, and why the others cannot; the reasons are the core's own.

use kamusm::{
    error::{Code, Error},
    session::Refusal,
};
use kamusm_token::{
    identity::{Identity, Unusable},
    pin::Tries,
};

use crate::mask::mask;

/// A certificate with the verdict on it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) identity: Identity,
    /// Why it cannot sign.
    pub(crate) verdict: Result<(), Error>,
}

impl Candidate {
    /// Judges one certificate for this moment; a refusal of the service outweighs everything.
    pub(crate) fn new(identity: Identity, refusals: &[Refusal], at_unix_s: i64) -> Self {
        let verdict = verdict(&identity, refusals, at_unix_s);
        Self { identity, verdict }
    }

    /// The owner's name; numbers in it are masked.
    pub(crate) fn name(&self) -> String {
        mask(&self.identity.certificate.common_name().unwrap_or_else(|| "?".into()))
    }

    /// The owner's number, masked.
    pub(crate) fn number(&self) -> String {
        mask(&self.identity.certificate.tckn().unwrap_or_else(|| "?".into()))
    }

    /// Kind of card and reader. The card's label is never shown: it holds the owner's number.
    pub(crate) fn place(&self) -> String {
        let token = &self.identity.token;
        let parts = [&token.model, &token.reader].map(|part| mask(part.trim()));
        parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// SHA-256 of the certificate, in hexadecimal digits.
    pub(crate) fn fingerprint(&self) -> String {
        self.identity.id.fingerprint().iter().map(|octet| format!("{octet:02x}")).collect()
    }

    /// Whether it can sign and is the wanted one.
    pub(crate) fn is_usable(&self, wanted: Option<&str>) -> bool {
        self.verdict.is_ok() && wanted.is_none_or(|start| self.fingerprint().starts_with(start))
    }
}

fn verdict(identity: &Identity, refusals: &[Refusal], at_unix_s: i64) -> Result<(), Error> {
    let fingerprint = identity.id.fingerprint();
    if let Some(refusal) = refusals.iter().rev().find(|refusal| refusal.fingerprint == *fingerprint) {
        return Err(refusal.error.clone());
    }
    let refused = |why: &Unusable| Err(Error::new(Code::from_unusable(why), why.to_string()));
    let certificate = &identity.certificate;
    match &identity.usable {
        // The calendar of this machine may be wrong; what counts is the service's.
        Ok(()) | Err(Unusable::Expired { .. } | Unusable::NotYetValid { .. }) => {
            if at_unix_s < certificate.not_before() {
                return refused(&Unusable::NotYetValid { not_before: certificate.not_before() });
            }
            if at_unix_s > certificate.not_after() {
                return refused(&Unusable::Expired { not_after: certificate.not_after() });
            }
        }
        Err(why) => return refused(why),
    }
    if identity.pin.tries == Tries::Locked {
        return Err(Error::new(Code::PinLocked, "the card says that its PIN is locked"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{SystemTime, UNIX_EPOCH};

    use kamusm_test_ca::{LeafSpec, Qc, TestCa};
    use kamusm_token::{backend::Signer, deadline::Deadline, soft::SoftSigner};

    use super::*;

    const DAY_S: i64 = 86_400;

    fn now() -> i64 {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
    }

    fn identity(spec: &LeafSpec) -> Identity {
        let leaf = TestCa::new(now()).issue(spec);
        let signer =
            SoftSigner::from_pkcs8(&leaf.certificate_der, &leaf.private_key_pkcs8_der, None).unwrap();
        signer.identities(Deadline::after(std::time::Duration::from_secs(5))).unwrap().remove(0)
    }

    fn code(candidate: &Candidate) -> Option<Code> {
        candidate.verdict.as_ref().err().map(Error::code)
    }

    #[test]
    fn the_services_calendar_decides_not_the_machines() {
        let expired = LeafSpec {
            not_before: Some(now() - 20 * DAY_S),
            not_after: Some(now() - 10 * DAY_S),
            ..LeafSpec::default()
        };
        let identity = identity(&expired);
        assert_eq!(code(&Candidate::new(identity.clone(), &[], now())), Some(Code::CertificateExpired));
        assert_eq!(code(&Candidate::new(identity.clone(), &[], now() - 15 * DAY_S)), None);
        assert_eq!(
            code(&Candidate::new(identity, &[], now() - 30 * DAY_S)),
            Some(Code::CertificateNotYetValid)
        );
    }

    #[test]
    fn a_seal_is_listed_with_its_reason() {
        let seal = identity(&LeafSpec { qc: Qc::Seal, ..LeafSpec::default() });
        assert_eq!(code(&Candidate::new(seal, &[], now())), Some(Code::CertificateIsSeal));
    }

    #[test]
    fn a_wanted_certificate_is_found_by_the_start_of_its_fingerprint() {
        let candidate = Candidate::new(identity(&LeafSpec::default()), &[], now());
        assert!(candidate.is_usable(None));
        assert!(candidate.is_usable(Some(&candidate.fingerprint()[..8])));
        assert!(!candidate.is_usable(Some("zz")));
    }

    #[test]
    fn numbers_of_the_owner_are_masked() {
        let spec = LeafSpec { common_name: "DENEME 10000000146".into(), ..LeafSpec::default() };
        let mut identity = identity(&spec);
        identity.token.reader = "Okuyucu 10000000146NES0".into();
        let candidate = Candidate::new(identity, &[], now());
        assert_eq!(candidate.name(), "DENEME 100******46");
        assert_eq!(candidate.number(), "100******46");
        assert_eq!(candidate.place(), "software key, Okuyucu 100******46NES0");
    }
}
