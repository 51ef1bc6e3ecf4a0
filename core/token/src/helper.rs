//! Smart cards through a process of their own: a module that hangs or crashes takes nobody with it, and the copies of
//! the PIN that modules keep end with the process.
//!
//! [`HelperSigner`] is this process's side; [`serve`] is the program `kamusm-token-helper`. One process lists as often
//! as it is asked and ends with the first signature; the next call starts another.

mod process;
mod program;
mod serve;
mod turn;
mod watch;
mod wire;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::backend::{SignOptions, Signer, ToBeSigned, unix_now};
use crate::cancel::CancelToken;
use crate::deadline::Deadline;
use crate::error::{HelperFailure, TokenError};
use crate::identity::{Identity, IdentityId};
use crate::pin::PinSource;
use crate::pkcs11::activity::Activity;
use crate::pkcs11::ticket::Ticket;
use process::Process;
use turn::Turn;
use wire::{Answer, Order, Request};

pub use program::HelperProgram;
pub use serve::serve;

/// How long [`HelperSigner::open`] lets a module load and start.
const OPEN_TIME: Duration = Duration::from_secs(30);

/// Signs with the cards that one PKCS#11 module knows, like [`Pkcs11Signer`](crate::pkcs11::Pkcs11Signer), and never
/// loads the module into this process.
pub struct HelperSigner {
    program: HelperProgram,
    module: PathBuf,
    turn: Arc<Turn<Process>>,
}

impl HelperSigner {
    /// Has the helper program load the module at `path` and start it.
    pub fn open(program: &HelperProgram, path: &Path) -> Result<Self, TokenError> {
        Self::open_within(program, path, Deadline::after(OPEN_TIME))
    }

    /// Like [`Self::open`], with a deadline for a module that hangs while it starts.
    pub fn open_within(program: &HelperProgram, path: &Path, within: Deadline) -> Result<Self, TokenError> {
        let module = path.canonicalize().ok().filter(|path| path.is_file());
        let module = module.ok_or_else(|| TokenError::ModuleNotFound { path: path.to_path_buf() })?;
        let signer = Self { program: program.clone(), module, turn: Arc::default() };
        match signer.call(Request::Open { within: within.remaining() }, None, within, &CancelToken::new())? {
            Answer::Opened => Ok(signer),
            answer => Err(signer.refused(answer, unix_now())),
        }
    }

    /// Canonical path of the module.
    pub fn module(&self) -> &Path {
        &self.module
    }

    /// One question to the process that waits from an earlier call, or to a new one.
    fn call(
        &self,
        request: Request,
        pin: Option<PinSource>,
        deadline: Deadline,
        cancel: &CancelToken,
    ) -> Result<Answer, TokenError> {
        if cancel.is_cancelled() {
            return Err(TokenError::Cancelled);
        }
        let ends = matches!(request, Request::Sign(_));
        let mut turn = self.turn.take(deadline, cancel)?;
        let mut process = match turn.item().filter(Process::is_alive) {
            Some(process) => process,
            None => Process::start(&self.program, &self.module)?,
        };
        let kill = process.kill_switch();
        let (activity, ticket) = (Arc::<Activity>::default(), Ticket::new());
        ticket.start();
        let (reports, answers) = (Arc::clone(&activity), Arc::clone(&ticket));
        let exchange = move || {
            let answer = process.exchange(&request, pin, &reports);
            answers.finish(answer.map(|answer| (answer, process)));
        };
        // Pipes have no deadline; the thread ends with the process at the latest.
        let started = std::thread::Builder::new().name("pkcs11-helper".into()).spawn(exchange);
        started.map_err(|error| TokenError::Helper {
            why: HelperFailure::Start { reason: error.to_string() },
        })?;
        match ticket.wait(deadline, cancel, &activity) {
            Ok((answer, process)) => {
                if !ends {
                    turn.leave(process);
                }
                Ok(answer)
            }
            Err(error) => {
                kill.pull();
                Err(error)
            }
        }
    }

    fn refused(&self, answer: Answer, at_unix: i64) -> TokenError {
        match answer {
            Answer::Failed(error) => error.into_error(&self.module, at_unix),
            _ => TokenError::Helper { why: HelperFailure::Protocol },
        }
    }
}

impl Signer for HelperSigner {
    fn identities(&self, within: Deadline) -> Result<Vec<Identity>, TokenError> {
        let at_unix = unix_now();
        let request = Request::List { within: within.remaining() };
        match self.call(request, None, within, &CancelToken::new())? {
            Answer::Identities(found) => Ok(found
                .into_iter()
                .filter_map(|identity| identity.into_identity(&self.module, at_unix))
                .collect()),
            answer => Err(self.refused(answer, at_unix)),
        }
    }

    fn sign(
        &self,
        id: &IdentityId,
        items: &[ToBeSigned],
        pin: PinSource,
        options: &SignOptions,
    ) -> Result<Vec<Vec<u8>>, TokenError> {
        if id.module() != self.module {
            return Err(TokenError::IdentityGone);
        }
        let at_unix = options.moment();
        let order = Order {
            fingerprint: *id.fingerprint(),
            serial: id.serial().to_owned(),
            items: items.iter().map(Into::into).collect(),
            within: options.deadline.remaining(),
            allow_final_try: options.allow_final_try,
            at_unix,
            pad: options.pad.into(),
            has_pin: matches!(pin, PinSource::Pin(_)),
        };
        match self.call(Request::Sign(order), Some(pin), options.deadline, &options.cancel)? {
            Answer::Signatures(signatures) if signatures.len() == items.len() => Ok(signatures),
            answer => Err(self.refused(answer, at_unix)),
        }
    }
}

impl fmt::Debug for HelperSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HelperSigner").finish_non_exhaustive()
    }
}
