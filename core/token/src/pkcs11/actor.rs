//! The one thread that calls a module. Modules are hostile until proven otherwise: they hang, so nobody else waits in them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use cryptoki_sys::CKR_CRYPTOKI_ALREADY_INITIALIZED;

use super::InitPolicy;
use super::activity::Activity;
use super::fault;
use super::module::{Initialiser, Module};
use super::ticket::{Ticket, Watch};
use crate::cancel::CancelToken;
use crate::deadline::Deadline;
use crate::error::{LoadFailure, TokenError};

type Job = Box<dyn FnOnce(&mut Option<Module>) + Send>;

/// Handle to the thread of one module.
pub(super) struct Actor {
    path: PathBuf,
    jobs: Mutex<Sender<Job>>,
    activity: Arc<Activity>,
    process: u32,
}

impl Actor {
    /// Starts the thread; the module is loaded by the first job.
    pub(super) fn start(path: PathBuf) -> Result<Self, TokenError> {
        let (jobs, queue) = channel();
        let thread = std::thread::Builder::new().name("pkcs11".into());
        if let Err(error) = thread.spawn(move || work(&queue)) {
            return Err(TokenError::ModuleLoad {
                path,
                why: LoadFailure::System { reason: error.to_string() },
            });
        }
        Ok(Self { path, jobs: Mutex::new(jobs), activity: Arc::default(), process: std::process::id() })
    }

    /// Has the thread run `job` on the loaded module and waits for it.
    pub(super) fn run<T: Send + 'static>(
        &self,
        policy: InitPolicy,
        deadline: Deadline,
        cancel: &CancelToken,
        job: impl FnOnce(&mut Module, &Watch) -> Result<T, TokenError> + Send + 'static,
    ) -> Result<T, TokenError> {
        let (path, activity) = (self.path.clone(), Arc::clone(&self.activity));
        self.submit(deadline, cancel, move |module, watch| {
            job(loaded(module, &path, policy, &activity)?, watch)
        })
    }

    fn submit<T: Send + 'static>(
        &self,
        deadline: Deadline,
        cancel: &CancelToken,
        job: impl FnOnce(&mut Option<Module>, &Watch) -> Result<T, TokenError> + Send + 'static,
    ) -> Result<T, TokenError> {
        self.usable_in(std::process::id())?;
        if cancel.is_cancelled() {
            return Err(TokenError::Cancelled);
        }
        let ticket = Ticket::new();
        let watch = Watch::new(&ticket, deadline, cancel);
        let answer = Answer(Arc::clone(&ticket));
        let job: Job = Box::new(move |module| {
            if answer.0.start() {
                answer.0.finish(job(module, &watch));
            }
        });
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).send(job).map_err(|_| CRASHED)?;
        ticket.wait(deadline, cancel, &self.activity)
    }

    /// Refuses in a fork, where the thread does not exist, and while an overdue call has not returned.
    fn usable_in(&self, process: u32) -> Result<(), TokenError> {
        if process != self.process {
            return Err(TokenError::ModuleForked { loaded_by: self.process });
        }
        self.activity.refusal().map_or(Ok(()), Err)
    }
}

fn work(queue: &Receiver<Job>) {
    let mut module = None;
    while let Ok(job) = queue.recv() {
        // Who waits for a job that panicked hears of it by `Answer`.
        let _ = catch_unwind(AssertUnwindSafe(|| job(&mut module)));
    }
}

fn loaded<'m>(
    module: &'m mut Option<Module>,
    path: &std::path::Path,
    policy: InitPolicy,
    activity: &Arc<Activity>,
) -> Result<&'m mut Module, TokenError> {
    if module.is_none() {
        *module = Some(Module::load(path, policy, activity)?);
    }
    let module = module.as_mut().expect("loaded just now");
    // An earlier signer was more tolerant than this one.
    if policy == InitPolicy::Strict && module.initialised_by() == Initialiser::Host {
        return Err(TokenError::ModuleInit { rv: fault::number(CKR_CRYPTOKI_ALREADY_INITIALIZED) });
    }
    Ok(module)
}

/// Answers for a job that could not: it panicked.
struct Answer<T: Send + 'static>(Arc<Ticket<T>>);

impl<T: Send + 'static> Drop for Answer<T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.finish(Err(CRASHED));
        }
    }
}

const CRASHED: TokenError = TokenError::ModuleCrashed { during: "no call", signal: None };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_panics_is_answered_and_the_next_one_runs() {
        let actor = Actor::start(PathBuf::from("/nowhere")).unwrap();
        let (soon, cancel) = (Deadline::after(std::time::Duration::from_secs(60)), CancelToken::new());
        let crashed = actor.submit::<()>(soon, &cancel, |_, _| panic!("a defect")).unwrap_err();
        assert!(matches!(crashed, TokenError::ModuleCrashed { .. }), "{crashed:?}");
        assert_eq!(actor.submit(soon, &cancel, |_, _| Ok(7)).unwrap(), 7);
    }

    #[test]
    fn a_forked_process_is_refused() {
        let actor = Actor::start(PathBuf::from("/nowhere")).unwrap();
        assert!(actor.usable_in(std::process::id()).is_ok());
        let other = std::process::id() + 1;
        let refused = actor.usable_in(other).unwrap_err();
        assert!(matches!(refused, TokenError::ModuleForked { loaded_by } if loaded_by == std::process::id()));
    }
}
