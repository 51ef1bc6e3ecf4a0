//! What the machine does with the service's answer, stage by stage.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm_cades::algorithm::DigestAlgorithm;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{
    Outcome, OutcomeKind, Purpose, Refusal, Session, Stage, StepId, WaitReason, ending, internal,
    match_code::match_code, opened::Opened, pause::Pause,
};
use crate::{
    error::{Category, Code, Error, Result},
    protocol::{
        dialect::Operation,
        message::{Discovery, Document, KeySet, Redeemed, SessionBody, Submitted},
        request::Response,
        wire,
    },
    receipt::{self, Known},
    sign_code::SessionState,
    text::{self, Expected},
    time::Now,
};

/// The signature that this core makes, EN 319 122-1.
pub(super) const PROFILE: &str = "CAdES-B-B";
/// A session never has more texts.
const MAX_DOCUMENTS: usize = 10;
/// The pause between two questions where the service does not hold its answer back.
const POLL_MS: u64 = 1_000;
/// How often the service may say something that does not fit.
const MAX_REREADINGS: u32 = 4;
/// How long the checks of a submission are waited for.
const CHECKS_PATIENCE_MS: u64 = 60_000;

impl Session {
    pub(super) fn arrive(&mut self, response: &Response, lapsed: bool, now: Now) {
        let handled = if lapsed { self.extended(response, now) } else { self.arrived(response, now) };
        if let Err(error) = handled {
            self.refused(error, now);
        }
    }

    fn arrived(&mut self, response: &Response, now: Now) -> Result<()> {
        match &self.stage {
            Stage::Discovery => self.discovered(self.decode(Operation::Discovery, response)?),
            Stage::Redemption => {
                let redeemed: Redeemed = self.decode(Operation::Redeem, response)?;
                self.opened = Some(Opened::new(Zeroizing::new(redeemed.token), redeemed.session, now)?);
                self.purpose = Purpose::Approval(None);
                self.look_at_session(now)?;
                self.write();
                Ok(())
            }
            Stage::Challenge => self.challenged(self.decode(Operation::Challenge, response)?, now),
            Stage::Response => self.sign_in_answered(response),
            Stage::Session | Stage::Confirmation => {
                self.renew(self.decode(Operation::Session, response)?, now)?;
                self.look_at_session(now)
            }
            Stage::Document(index) => self.delivered(*index, response),
            Stage::Window => {
                self.renew(self.decode(Operation::OpenWindow, response)?, now)?;
                self.enter(Stage::Reading);
                Ok(())
            }
            Stage::Checking => self.checked(response, now),
            Stage::Submission | Stage::Collection => self.submission_answered(response, now),
            Stage::ReceiptKeys { receipt } => {
                let receipt = receipt.clone();
                let keys = self.decode(Operation::ReceiptKeys, response)?;
                self.receipt_arrived(&receipt, &keys)
            }
            Stage::Farewell(_) => Err(internal("a farewell without a reason")),
            Stage::Reading | Stage::Choosing | Stage::Signing | Stage::Ended(_) => {
                Err(internal("no answer of the service is awaited"))
            }
        }
    }

    pub(super) fn decode<T: DeserializeOwned>(&self, operation: Operation, response: &Response) -> Result<T> {
        wire::decode(&self.config, operation, response)
    }

    /// The environment and the addresses must be right before the code leaves this machine.
    fn discovered(&mut self, service: Discovery) -> Result<()> {
        if service.environment != self.config.environment().name() {
            let reason = "the service is of another environment than the configuration";
            return Err(Error::new(Code::WrongEnvironment, reason));
        }
        if !self.config.is_same_origin(&service.jwks_uri) {
            return Err(Error::new(Code::BadResponse, "jwks_uri is at another host"));
        }
        self.service = Some(service);
        self.set_out();
        Ok(())
    }

    fn renew(&mut self, body: SessionBody, now: Now) -> Result<()> {
        self.opened.as_mut().ok_or_else(|| internal("the session is not open"))?.renew(body, now)
    }

    fn look_at_session(&mut self, now: Now) -> Result<()> {
        let opened = self.opened()?;
        match opened.body.state {
            SessionState::AwaitingConfirmation => {
                self.enter(Stage::Confirmation);
                self.pause(poll(now, WaitReason::Confirmation));
                Ok(())
            }
            SessionState::Open | SessionState::Lapsed => {
                let documents = &opened.body.documents;
                let count = documents.len();
                let numbered = documents
                    .iter()
                    .enumerate()
                    .all(|(place, document)| document.index == place + 1 && document.count == count);
                if count == 0 || count > MAX_DOCUMENTS || !numbered {
                    return Err(Error::new(Code::BadResponse, "the texts are not 1 to 10 in order"));
                }
                if opened.body.signature_policy.profile != PROFILE {
                    let reason = "the service asks for a signature profile that is not known here";
                    return Err(Error::new(Code::NoCommonProfile, reason));
                }
                if opened.body.environment != self.config.environment().name() {
                    return Err(Error::new(Code::WrongEnvironment, "the session is of another environment"));
                }
                if !self.texts.is_empty() {
                    return self.take_up();
                }
                self.enter(Stage::Document(0));
                Ok(())
            }
            SessionState::Cancelled => {
                Err(Error::new(Code::ConfirmationRefused, "the session was refused on the portal"))
            }
            SessionState::Expired => Err(Error::new(Code::SessionExpired, "the session is over")),
            SessionState::Superseded => Err(Error::new(Code::SessionSuperseded, "a newer code was issued")),
            SessionState::Received | SessionState::Accepted if self.is_complete() => {
                self.read_again(Stage::Collection)
            }
            _ => match self.refusals.last() {
                Some(refusal) => {
                    let error = refusal.error.clone();
                    self.submitted = true;
                    Err(error)
                }
                None => Err(Error::new(Code::AlreadySubmitted, "the session has its submission")),
            },
        }
    }

    /// What the service says does not fit what it said before; that is put up with a few times.
    fn read_again(&mut self, stage: Stage) -> Result<()> {
        self.rereadings += 1;
        if self.rereadings > MAX_REREADINGS {
            return Err(Error::new(Code::BadResponse, "the service contradicts itself"));
        }
        self.enter(stage);
        Ok(())
    }

    /// A text is kept only if it is what the session announced and what its profile allows.
    fn delivered(&mut self, index: usize, response: &Response) -> Result<()> {
        let octets = wire::body(&self.config, Operation::Document, response)?;
        let body = &self.opened()?.body;
        let document = body.documents.get(index).ok_or_else(|| internal("no such text"))?;
        has_digest(document, &octets, response.header("repr-digest"))?;
        let expected = Expected {
            application: &body.application.no,
            index: document.index,
            count: document.count,
            session: &body.id,
            created: &body.created_at,
        };
        let count = body.documents.len();
        if document.media_type.contains(text::SIGN_IN_PROFILE) || text::is_sign_in(&octets) {
            // Whatever the configuration lets through: a sign-in is never signed as an approval.
            return Err(Error::new(Code::TextMismatch, "the text is one to sign in with"));
        }
        let announced = document.media_type.contains(text::PROFILE);
        let checked = text::checked(&octets, announced).and_then(|text| text::compare(text, &expected));
        match checked {
            Err(error) if !self.config.other_text_profiles() => return Err(error),
            Err(_) => self.texts_checked = false,
            Ok(()) => {}
        }
        self.texts.push(octets.into_owned());
        if index + 1 < count {
            self.enter(Stage::Document(index + 1));
            return Ok(());
        }
        self.compare_match_codes()?;
        self.enter(Stage::Window);
        Ok(())
    }

    pub(super) fn compare_match_codes(&self) -> Result<()> {
        let body = &self.opened()?.body;
        let ours = match_code(&body.id, self.texts.iter().map(Vec::as_slice));
        if body.match_code.as_deref() == Some(ours.as_str()) {
            return Ok(());
        }
        Err(Error::new(Code::MatchCode, "the service shows another control number"))
    }

    fn extended(&mut self, response: &Response, now: Now) -> Result<()> {
        self.renew(self.decode(Operation::ExtendWindow, response)?, now)?;
        self.occasion += 1;
        if matches!(self.stage, Stage::Signing) {
            // A fresh signing time; the values handed out before still count if they come.
            return self.prepare(now);
        }
        self.go_on();
        Ok(())
    }

    fn checked(&mut self, response: &Response, now: Now) -> Result<()> {
        match wire::body(&self.config, Operation::CheckCertificate, response) {
            Ok(_) => self.prepare(now),
            Err(error) if error.category() == Category::Certificate => self.choose_again(error),
            Err(error) => Err(error),
        }
    }

    pub(super) fn choose_again(&mut self, error: Error) -> Result<()> {
        let signing = self.signing.take().ok_or_else(|| internal("no certificate is chosen"))?;
        self.refusals.push(Refusal { fingerprint: signing.certificate.fingerprint(), error });
        self.occasion += 1;
        self.checks_since = None;
        let is_stale = self.opened()?.is_stale;
        self.enter(if is_stale { Stage::Session } else { Stage::Choosing });
        Ok(())
    }

    fn submission_answered(&mut self, response: &Response, now: Now) -> Result<()> {
        let submitted: Submitted = match self.decode(Operation::Submission, response) {
            Err(error) => return self.submission_refused(error),
            Ok(submitted) => submitted,
        };
        match (submitted.state, submitted.receipt, submitted.problem) {
            (SessionState::Rejected, _, Some(problem)) => {
                self.submission_refused(Error::from_problem(&problem, response.status, None))
            }
            (SessionState::Accepted, Some(receipt), _) => {
                self.enter(Stage::ReceiptKeys { receipt });
                Ok(())
            }
            (SessionState::Received, _, _) => {
                self.wait_for_checks(now);
                Ok(())
            }
            _ => Err(Error::new(Code::BadResponse, "the submission is neither received nor accepted")),
        }
    }

    fn submission_refused(&mut self, error: Error) -> Result<()> {
        match error.code() {
            // Nothing arrived after all: the same bytes again.
            Code::NothingSubmitted => return self.nothing_there(),
            // The service holds the answer already.
            Code::AlreadySubmitted => self.enter(Stage::Collection),
            // The window lapsed on the way by the service's clock; the signatures wait for the extension.
            Code::WrongState if matches!(self.stage, Stage::Submission) => {
                if self.opened()?.body.extensions_left == 0 {
                    self.submitted = false;
                    let reason = "the window lapsed and no extension is left";
                    return Err(Error::new(Code::NoExtensionsLeft, reason).caused_by(error));
                }
                self.absent = true;
                return self.read_again(Stage::Session);
            }
            _ if error.category() == Category::Certificate => {
                let opened = self.opened.as_mut().ok_or_else(|| internal("the session is not open"))?;
                if opened.body.submissions_left <= 1 {
                    return Err(error);
                }
                opened.body.submissions_left -= 1;
                self.submitted = false;
                return self.choose_again(error);
            }
            _ => return Err(error),
        }
        Ok(())
    }

    /// The service has the signatures: ask until its checks are done, but not for ever.
    fn wait_for_checks(&mut self, now: Now) {
        if !matches!(self.stage, Stage::Collection) {
            self.enter(Stage::Collection);
        }
        let since = *self.checks_since.get_or_insert(now.monotonic_ms);
        if now.monotonic_ms.saturating_sub(since) >= CHECKS_PATIENCE_MS {
            return self.finish(Outcome::new(OutcomeKind::Received, None));
        }
        self.pause(poll(now, WaitReason::Checks));
    }

    fn receipt_arrived(&mut self, receipt: &str, keys: &KeySet) -> Result<()> {
        let opened = self.opened()?;
        let service = self.service.as_ref().ok_or_else(|| internal("the service is not known"))?;
        let signing = self.signing.as_ref().ok_or_else(|| internal("no certificate is chosen"))?;
        let cms: Vec<&[u8]> = signing.signatures.iter().flatten().map(Vec::as_slice).collect();
        let known = Known {
            issuer: &service.issuer,
            session: &opened.body.id,
            application: &opened.body.application.no,
            texts: &self.texts,
            cms: &cms,
            certificate: &signing.certificate,
            pinned: self.config.receipt_keys(),
        };
        let receipt = receipt::verify(receipt, keys, &known)?;
        let mut outcome = Outcome::new(OutcomeKind::Accepted, None);
        outcome.receipt = Some(receipt);
        self.finish(outcome);
        Ok(())
    }

    /// Before a PUT the machine notes that from now on the signatures may have arrived.
    pub(super) fn note_submission(&mut self, id: StepId) {
        if matches!(self.stage, Stage::Submission) && !id.lapsed {
            self.submitted = true;
            self.absent = false;
        }
    }

    /// The service has no signatures: the same ones again, or the end that it spoke of.
    fn nothing_there(&mut self) -> Result<()> {
        if let Some(verdict) = self.verdict.take() {
            self.submitted = false;
            self.end(ending::kind_of(&verdict), verdict);
            return Ok(());
        }
        self.absent = true;
        let is_stale = self.opened()?.is_stale;
        self.read_again(if is_stale { Stage::Session } else { Stage::Submission })
    }
}

fn poll(now: Now, reason: WaitReason) -> Pause {
    Pause { until: now.monotonic_ms.saturating_add(POLL_MS), reason }
}

pub(super) fn has_digest(document: &Document, octets: &[u8], header: Option<&str>) -> Result<()> {
    let digest = BASE64.encode(DigestAlgorithm::Sha256.digest(octets));
    let written = format!("sha-256=:{digest}:");
    let announced = document.digest == written;
    let travelled = header.is_none_or(|header| header.split(',').any(|part| part.trim() == written));
    if octets.len() == document.length && announced && travelled {
        return Ok(());
    }
    Err(Error::new(Code::DigestMismatch, format!("text {} is not what was announced", document.index)))
}
