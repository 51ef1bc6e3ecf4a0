//! A service, a person, and a session with a journal.

use kamusm::{config::ConfigBuilder, session::OutcomeKind};
use kamusm_sandbox::{Issued, LeafKey, Sandbox};
use kamusm_test_flow::{Applicant, Kind, Walk};

/// Longer than a window with its grace, shorter than the hard end.
pub(crate) const LAPSE_S: u64 = 400;

pub(crate) struct Setting {
    pub(crate) sandbox: Sandbox,
    pub(crate) applicant: Applicant,
    pub(crate) issued: Issued,
}

pub(crate) fn keyed(builder: ConfigBuilder) -> ConfigBuilder {
    builder.journal_key([0x42; 32])
}

impl Setting {
    pub(crate) fn new(texts: u8) -> Self {
        Self::of(Sandbox::builder().start().unwrap(), texts)
    }

    pub(crate) fn of(sandbox: Sandbox, texts: u8) -> Self {
        let applicant = Applicant::with_texts(&sandbox, texts);
        let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
        Self { sandbox, applicant, issued }
    }

    pub(crate) fn walk(&self) -> Walk<'_> {
        self.walk_with(keyed)
    }

    pub(crate) fn walk_with(&self, settings: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> Walk<'_> {
        Walk::configured(&self.sandbox, &self.applicant.code(&self.sandbox), &self.issued, settings)
    }

    /// What the service took.
    pub(crate) fn evidence(&self) -> Vec<Vec<u8>> {
        let rows = self.sandbox.admin().evidence(&self.applicant.application).unwrap();
        rows.into_iter().map(|row| row.cms).collect()
    }

    /// To the end, which is a success; the service has these signatures and has them once.
    pub(crate) fn accepted(&self, walk: &mut Walk<'_>) {
        let outcome = walk.finish();
        assert_eq!(outcome.kind, OutcomeKind::Accepted, "{:?}", outcome.error);
        assert_eq!(outcome.journal_failure, None);
        assert_eq!(outcome.journal, Some(walk.entry().id()));
        assert!(!walk.entry().is_pending());
        assert_eq!(walk.entry().receipt().unwrap(), outcome.receipt.unwrap().jws);
        assert_eq!(self.evidence(), outcome.signatures);
    }

    /// Nothing is shown, chosen or signed on the way to the accepted end.
    pub(crate) fn accepted_without_the_person(&self, walk: &mut Walk<'_>) {
        let signings = walk.signings();
        for kind in [Kind::Show, Kind::Choose, Kind::Sign] {
            // Each runs to the end where its kind does not come.
            assert_eq!(kamusm_test_flow::kind(&walk.until(kind)), Kind::Done, "{:?}", walk.requests());
        }
        self.accepted(walk);
        assert_eq!(walk.signings(), signings);
    }
}
