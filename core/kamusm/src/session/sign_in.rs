//! The sign-in by e-imza: a challenge to read and sign, on the machine of the sign session.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use zeroize::Zeroizing;

use super::{
    Outcome, OutcomeKind, Session, Stage,
    arrival::{PROFILE, has_digest},
    internal,
    opened::Opened,
};
use crate::{
    error::{Category, Code, Error, Result},
    protocol::{
        dialect::{Ask, Operation},
        message::{Applicant, Application, Challenge, ChallengeResponse, Document, Service, SessionBody},
        request::{Request, Response},
    },
    sign_code::SessionState,
    sign_in::SignedIn,
    text::{self, SignIn},
    time::Now,
};

impl Session {
    pub(super) fn challenge_request(&self) -> Request {
        let key = self.idempotency_key("challenge");
        self.sent(&Ask::new(Operation::Challenge, &[]).key(&key).empty())
    }

    pub(super) fn response_request(&self) -> Result<Request> {
        let signing = self.signing.as_ref().ok_or_else(|| internal("no certificate is chosen"))?;
        let cms = signing.signatures.iter().flatten().next().ok_or_else(|| internal("nothing is signed"))?;
        let message = ChallengeResponse { cms: BASE64.encode(cms) };
        let key = self.idempotency_key(&format!("response-{}", self.occasion));
        let id = &self.opened()?.body.id;
        Ok(self.sent(&Ask::new(Operation::AnswerChallenge, &[id]).key(&key).message(&message)))
    }

    /// A text is shown only if it is wholly the one of a sign-in at the configured address. What the configuration
    /// lets through for approvals does not count here.
    pub(super) fn challenged(&mut self, challenge: Challenge, now: Now) -> Result<()> {
        if challenge.signature_policy.profile != PROFILE {
            let reason = "the service asks for a signature profile that is not known here";
            return Err(Error::new(Code::NoCommonProfile, reason));
        }
        let octets = BASE64.decode(&challenge.text);
        let octets = octets.map_err(|_| Error::new(Code::BadResponse, "the text is not base64"))?;
        let body = self.body_of(challenge);
        let document = body.documents.first().ok_or_else(|| internal("no such text"))?;
        has_digest(document, &octets, None)?;
        let checked = text::checked(&octets, document.media_type.contains(text::SIGN_IN_PROFILE))?;
        let expected =
            SignIn { origin: &body.service.origin, challenge: &body.id, created: &body.created_at };
        text::compare_sign_in(checked, &expected)?;
        // There is no token yet: nothing but the answer to the challenge is sent.
        self.opened = Some(Opened::new(Zeroizing::new(String::new()), body, now)?);
        self.texts.push(octets);
        self.enter(Stage::Reading);
        Ok(())
    }

    /// The challenge as a session of one text, without a window to extend.
    fn body_of(&self, challenge: Challenge) -> SessionBody {
        let origin = self.config.origin();
        SessionBody {
            state: SessionState::Open,
            server_time: challenge.created_at.clone(),
            created_at: challenge.created_at,
            expires_in: Some(challenge.expires_in),
            hard_expires_in: Some(challenge.expires_in),
            extensions_left: 0,
            grace_seconds: 0,
            environment: self.config.environment().name().into(),
            service: Service { name: origin.clone(), origin },
            applicant: Applicant { name: String::new(), tckn: String::new() },
            application: Application::default(),
            documents: vec![Document {
                id: challenge.id.clone(),
                index: 1,
                count: 1,
                title: "İmzalanacak Metin 1:".into(),
                media_type: challenge.media_type,
                length: challenge.length,
                digest: challenge.digest,
            }],
            id: challenge.id,
            signature_policy: challenge.signature_policy,
            match_code: None,
            submissions_left: 0,
        }
    }

    pub(super) fn sign_in_answered(&mut self, response: &Response) -> Result<()> {
        match self.decode::<SignedIn>(Operation::AnswerChallenge, response) {
            Ok(signed_in) => {
                let mut outcome = Outcome::new(OutcomeKind::Accepted, None);
                outcome.signed_in = Some(signed_in);
                self.finish(outcome);
                Ok(())
            }
            Err(error) if error.category() == Category::Certificate => self.choose_again(error),
            Err(error) => Err(error),
        }
    }
}
