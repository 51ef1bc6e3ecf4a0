//! A service with an applicant, and the caller that applies.

use kamusm_sandbox::{Admin, Fault, FaultRule, Issued, LeafKey, LeafSpec, Sandbox};
use kamusm_test_flow::Applicant;

use super::{
    caller::{Callers, Told},
    message::Request,
    walk::Walk,
};

/// More than any caller asks.
const ALWAYS: u32 = 1000;

pub(super) struct Setting<'a> {
    pub(super) sandbox: Sandbox,
    pub(super) applicant: Applicant,
    pub(super) issued: Issued,
    pub(super) code: String,
    pub(super) callers: &'a Callers,
}

impl<'a> Setting<'a> {
    pub(super) fn new(callers: &'a Callers, texts: u8) -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let applicant = Applicant::with_texts(&sandbox, texts);
        let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
        let code = applicant.code(&sandbox);
        Self { sandbox, applicant, issued, code, callers }
    }

    /// The caller's card holds another certificate.
    pub(super) fn with_certificate(
        callers: &'a Callers,
        spec: impl FnOnce(&Self, LeafSpec) -> LeafSpec,
    ) -> Self {
        let setting = Self::new(callers, 1);
        let spec = spec(&setting, setting.applicant.leaf(LeafKey::P256));
        let issued = setting.applicant.certificate(&setting.sandbox, spec);
        Self { issued, ..setting }
    }

    pub(super) fn admin(&self) -> &Admin {
        self.sandbox.admin()
    }

    pub(super) fn walk(&self) -> Walk<'_> {
        Walk::new(self, &self.code)
    }

    /// The end of a session that meets this service as it is.
    pub(super) fn finish(&self) -> Told {
        self.walk().finish()
    }

    /// The end when requests whose path ends so are altered on their way.
    pub(super) fn altered(&self, path_end: &'static str, mut change: impl FnMut(&mut Request)) -> Told {
        let mut walk = self.walk();
        walk.alter(move |request| {
            if request.url.ends_with(path_end) {
                change(request);
            }
        });
        walk.finish()
    }

    /// The same fault for every request of a kind.
    pub(super) fn inject(&self, method: &str, path_end: &str, fault: Fault) {
        self.admin().inject(FaultRule { times: ALWAYS, ..FaultRule::once(method, path_end, fault) });
    }
}
