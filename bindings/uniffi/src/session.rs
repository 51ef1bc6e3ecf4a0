//! The sign session: it says the next step and takes its answer; it does nothing itself.

use std::sync::{Arc, Mutex, MutexGuard};

use kamusm::{Code, Error};

use crate::{
    answer::Answer,
    clock::{Now, signed},
    config::Config,
    entropy,
    error::Result,
    step::Step,
    verification_code::VerificationCode,
};

/// One doğrulama kodu on its way to "İşlem Başarılı", or one sign-in by e-imza. Its calls take turns.
#[derive(uniffi::Object)]
pub struct Session(Mutex<kamusm::Session>);

impl Session {
    fn machine(&self) -> Result<MutexGuard<'_, kamusm::Session>> {
        // A panic in the machine may have left it between two states.
        self.0.lock().map_err(|_| Error::new(Code::Internal, "the session was broken by a panic").into())
    }
}

#[uniffi::export]
impl Session {
    /// Begins a session for this code. Nothing is sent yet.
    #[uniffi::constructor]
    pub fn new(code: &VerificationCode, config: &Config) -> Result<Arc<Self>> {
        let session = kamusm::Session::new(code.0.clone(), &config.0, *entropy::drawn()?);
        Ok(Arc::new(Self(Mutex::new(session))))
    }

    /// Begins a sign-in by e-imza: one text that says so is shown and signed, and the outcome holds who signed in.
    #[uniffi::constructor]
    pub fn sign_in(config: &Config) -> Result<Arc<Self>> {
        let session = kamusm::Session::sign_in(&config.0, *entropy::drawn()?);
        Ok(Arc::new(Self(Mutex::new(session))))
    }

    /// Tells the next step: the same state gives the same step.
    pub fn step(&self, now: Now) -> Result<Step> {
        Ok(Step::new(self.machine()?.step(now.into())?))
    }

    /// Takes the answer of the current step. On an error nothing has changed.
    ///
    /// Worth handling: `STALE`, the step was over; ask for the next one.
    pub fn answer(&self, answer: &Answer, now: Now) -> Result<()> {
        Ok(self.machine()?.answer(answer.0.clone(), now.into())?)
    }

    /// Ends the session: the next step tells the service, the one after it is Done.
    pub fn cancel(&self) -> Result<()> {
        self.machine()?.cancel();
        Ok(())
    }

    /// When something changes by time alone, on the monotonic clock: the end of a pause or of the window (Kalan Süre).
    pub fn deadline(&self) -> Result<Option<i64>> {
        Ok(self.machine()?.deadline().map(signed))
    }
}
