//! Going on from a record: what the service knows is asked for first, for the clock of before is gone.

use zeroize::Zeroizing;

use super::{
    Purpose, Session, Stage, VerificationCode, arrival::has_digest, journal::Journal, opened::Opened,
    signing::Signing,
};
use crate::{
    config::Config,
    error::{Code, Error, Result},
    journal::{self, seal::corrupt, snapshot::Snapshot},
};

impl Session {
    /// Goes on from the newest record of a journal: redeems with the same key, reads the session again, submits the same
    /// signatures, or says by its end why there is nothing to go on with. The entropy must be fresh and secret.
    ///
    /// [`Code::State`] if the session of the record is over.
    pub fn resume(record: &[u8], config: &Config, entropy: [u8; 32]) -> Result<Self> {
        let (header, snapshot) = Snapshot::opened(record, journal::key(config)?)?;
        if snapshot.end.as_ref().is_some_and(|end| !end.is_open) {
            return Err(Error::new(Code::State, "the session of this record is over"));
        }
        if snapshot.service != config.base_url() || snapshot.environment != config.environment().name() {
            return Err(Error::new(Code::Config, "the record belongs to another service"));
        }
        let code = snapshot.code.as_ref().map(|code| VerificationCode::parse(&code.0)).transpose();
        let code = code.map_err(|_| corrupt("its code is none"))?;
        let mut session = Self::of(Purpose::Approval(code), config, entropy);
        let secret: [u8; 32] =
            snapshot.secret.0.as_slice().try_into().map_err(|_| corrupt("its secret is too short"))?;
        session.secret = Zeroizing::new(secret);
        let mut journal = Journal::new(header.journal);
        journal.next = header.sequence.checked_add(1).ok_or_else(|| corrupt("its place is the last"))?;
        journal.begun_unix_s = Some(snapshot.begun_unix_s);
        journal.is_kept = true;
        session.journal = Some(journal);
        session.restore(snapshot)?;
        Ok(session)
    }

    fn restore(&mut self, snapshot: Snapshot) -> Result<()> {
        let (Some(token), Some(body)) = (snapshot.token, snapshot.session) else {
            return match self.purpose {
                Purpose::Approval(Some(_)) => Ok(()),
                _ => Err(corrupt("it has neither code nor session")),
            };
        };
        let texts = snapshot.texts.len();
        let signs = snapshot.certificate.is_some();
        if (texts != 0 && texts != body.documents.len())
            || snapshot.signatures.len() != if signs { texts } else { 0 }
        {
            return Err(corrupt("its texts and signatures do not fit"));
        }
        self.opened = Some(Opened::restored(token.0, body));
        self.texts = snapshot.texts.iter().map(|text| text.0.to_vec()).collect();
        self.texts_checked = snapshot.texts_checked;
        if let Some(certificate) = snapshot.certificate {
            let signatures = snapshot.signatures.iter();
            let signatures = signatures.map(|made| made.as_ref().map(|cms| cms.0.to_vec())).collect();
            let signing = Signing::restored(&certificate.0, signatures);
            self.signing = Some(signing.map_err(|_| corrupt("its certificate cannot be read"))?);
        }
        // Whether they left is not known.
        self.submitted = self.is_complete();
        Ok(())
    }

    /// Every text has its signature.
    pub(super) fn is_complete(&self) -> bool {
        !self.texts.is_empty() && self.signing.as_ref().is_some_and(Signing::is_complete)
    }

    /// The service is known: what is the first question?
    pub(super) fn set_out(&mut self) {
        self.enter(match &self.opened {
            _ if self.is_sign_in() => Stage::Challenge,
            None => Stage::Redemption,
            // A submission can be read also when the session is over.
            Some(_) if self.is_complete() => Stage::Collection,
            Some(_) => Stage::Session,
        });
        self.write();
    }

    /// The texts are here from before: they must still be the ones of the session.
    pub(super) fn take_up(&mut self) -> Result<()> {
        let opened = self.opened()?;
        let documents = &opened.body.documents;
        if documents.len() != self.texts.len() {
            return Err(Error::new(Code::DigestMismatch, "the session has other texts than before"));
        }
        for (document, text) in documents.iter().zip(&self.texts) {
            has_digest(document, text, None)?;
        }
        let is_counting = opened.window_end.is_some();
        self.compare_match_codes()?;
        self.enter(match is_counting {
            _ if self.is_complete() => Stage::Submission,
            true => Stage::Reading,
            false => Stage::Window,
        });
        Ok(())
    }
}
