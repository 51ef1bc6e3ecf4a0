//! Where calls are made: the person's token, the network, and whether an act may have happened unseen.

use std::cell::Cell;

use kamusm::{
    application::PersonToken,
    call::Call,
    config::Config,
    drive::{Failure, Transport},
    error::{Code, Error, Result},
    http::HttpClient,
    idempotency::IdempotencyKey,
    request::Method,
};

use crate::{ending::Ending, interruption::Interruption, program::Unfit};

/// How often a call without an answer is performed.
const ATTEMPTS: u32 = 3;

/// Makes calls for one person.
pub(super) struct Desk<'a> {
    pub(super) config: Config,
    pub(super) token: PersonToken,
    client: HttpClient,
    interruption: &'a Interruption,
    is_open: Cell<bool>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        config: Config,
        token: PersonToken,
        interruption: &'a Interruption,
    ) -> Result<Self, Unfit> {
        let client = HttpClient::new(&config).map_err(|error| Unfit(error.reason().to_owned()))?;
        Ok(Self { config, token, client, interruption, is_open: Cell::new(false) })
    }

    /// The answer of the service. What is lost on the way is sent again as it stands, except a saved form: its tag is
    /// over once it arrived.
    pub(super) fn perform<T>(&self, call: &Call<T>) -> Result<T> {
        let request = call.request();
        let attempts = if request.method == Method::Put { 1 } else { ATTEMPTS };
        let mut answer = Err(Failure::Cancelled);
        for _ in 0..attempts {
            answer = self.client.perform(request, self.interruption.cancel());
            if !matches!(answer, Err(Failure::Transport(_))) {
                break;
            }
        }
        self.is_open.set(answer.is_err() && request.method != Method::Get);
        call.decode(&answer?)
    }

    /// A fresh key for one act.
    pub(super) fn key(&self) -> Result<IdempotencyKey> {
        let mut entropy = [0; 32];
        let missing = |_| Error::new(Code::Internal, "the system gives no entropy");
        getrandom::fill(&mut entropy).map_err(missing)?;
        Ok(IdempotencyKey::new(entropy))
    }

    /// Whether the last call was an act whose answer did not come.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    pub(super) fn exit_code_of_failure(&self) -> u8 {
        if self.is_open() { Ending::OPEN } else { Ending::FAILED }
    }
}
