//! Reading and validating the file that the recorded session made.

use kamusm_cades::{
    cms::SignedData,
    validate::{self, Policy, Report, RevocationScope},
};

use crate::Recording;

/// A file with what it is judged by.
pub struct SignedFile {
    cms: Vec<u8>,
    policy: Policy,
}

impl SignedFile {
    /// The recorded session's.
    pub fn recorded() -> Self {
        let recording = Recording::committed();
        let [intermediate, root] = recording.chain();
        let at_unix = recording.now(recording.turns.len() - 1).unix_ms / 1000;
        let mut policy = Policy::new(vec![root], at_unix);
        policy.intermediates = vec![intermediate];
        policy.revocation.required = RevocationScope::None;
        Self { cms: recording.cms.0, policy }
    }

    /// Reads the file.
    pub fn parse(&self) -> SignedData<'_> {
        SignedData::parse(&self.cms).expect("our own file")
    }

    /// Judges the file: form, attributes, path, signer's certificate.
    pub fn validate(&self) -> Report {
        validate::validate(&self.cms, None, &self.policy)
    }
}
