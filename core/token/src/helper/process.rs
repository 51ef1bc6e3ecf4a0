//! One helper process, seen from the host: started, spoken to, killed.

use std::io::{self, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::program::HelperProgram;
use super::wire::{self, Answer, Event, Hello, Request};
use crate::error::{HelperFailure, TokenError};
use crate::pin::PinSource;
use crate::pkcs11::activity::{Activity, Change};
use crate::reader;

/// A process that runs. It is killed when this is dropped: nothing of it is wanted any more.
pub(super) struct Process {
    child: Arc<Mutex<Child>>,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    is_known: bool,
}

/// What a helper that watches says.
pub(super) enum Report {
    Seen(reader::Event),
    CannotWatch,
}

/// Kills the process while another thread speaks with it.
pub(super) struct KillSwitch(Arc<Mutex<Child>>);

impl Process {
    /// Starts the program for one module. Nothing secret is in its arguments or environment.
    pub(super) fn start(program: &HelperProgram, module: &Path) -> Result<Self, TokenError> {
        let failed = |reason: String| TokenError::Helper { why: HelperFailure::Start { reason } };
        program.check()?;
        let mut command = Command::new(program.path());
        // What the module prints is nobody's: it may name the person, or hold the PIN.
        command.arg(module).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed("no pipes".into()));
        };
        let child = Arc::new(Mutex::new(child));
        Ok(Self { child, stdin, stdout: BufReader::new(stdout), is_known: false })
    }

    /// Whether it still runs; one that waited may have ended meanwhile.
    pub(super) fn is_alive(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(child.try_wait(), Ok(None))
    }

    pub(super) fn kill_switch(&self) -> KillSwitch {
        KillSwitch(Arc::clone(&self.child))
    }

    /// One question and its answer. Meanwhile `activity` tells which call the module is in.
    pub(super) fn exchange(
        &mut self,
        request: &Request,
        pin: Option<PinSource>,
        activity: &Activity,
    ) -> Result<Answer, TokenError> {
        if !self.is_known {
            self.greet()?;
        }
        wire::send(&mut self.stdin, request).map_err(|_| self.died(activity))?;
        if let Some(PinSource::Pin(pin)) = pin {
            wire::send_pin(&mut self.stdin, &pin).map_err(|_| self.died(activity))?;
        }
        loop {
            match wire::receive(&mut self.stdout).map_err(|error| self.lost(&error, activity))? {
                Event::Entered { function, for_person } => {
                    activity.note(Change::Entered { function: wire::function(&function), for_person });
                }
                Event::Left => activity.note(Change::Left),
                Event::Answer(answer) => return Ok(answer),
                Event::Helper(_) | Event::Seen(_) => {
                    return Err(TokenError::Helper { why: HelperFailure::Protocol });
                }
            }
        }
    }

    /// A question that has no single answer.
    pub(super) fn ask(&mut self, request: &Request) -> Result<(), TokenError> {
        if !self.is_known {
            self.greet()?;
        }
        wire::send(&mut self.stdin, request).map_err(|_| self.died(&Activity::default()))
    }

    /// The next thing that happened to the readers.
    pub(super) fn report(&mut self) -> Result<Report, TokenError> {
        let nobody = Activity::default();
        match wire::receive(&mut self.stdout).map_err(|error| self.lost(&error, &nobody))? {
            Event::Seen(seen) => Ok(Report::Seen(seen.into())),
            Event::Answer(Answer::CannotWatch) => Ok(Report::CannotWatch),
            _ => Err(TokenError::Helper { why: HelperFailure::Protocol }),
        }
    }

    /// Nothing is asked, and no PIN given, before both know that they were built together.
    fn greet(&mut self) -> Result<(), TokenError> {
        let other = || TokenError::Helper { why: HelperFailure::OtherBuild };
        wire::send(&mut self.stdin, &Request::Host(Hello::own())).map_err(|_| other())?;
        match wire::receive(&mut self.stdout) {
            Ok(Event::Helper(hello)) if hello == Hello::own() => {
                self.is_known = true;
                Ok(())
            }
            _ => Err(other()),
        }
    }

    fn lost(&self, error: &io::Error, activity: &Activity) -> TokenError {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            self.died(activity)
        } else {
            TokenError::Helper { why: HelperFailure::Protocol }
        }
    }

    /// It ended in the middle of a question: the module brought it down.
    fn died(&self, activity: &Activity) -> TokenError {
        let status = KillSwitch(Arc::clone(&self.child)).pull();
        TokenError::ModuleCrashed {
            during: activity.current().unwrap_or("no call"),
            signal: status.and_then(signal),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill_switch().pull();
    }
}

impl KillSwitch {
    /// Kills and waits for the end; how a process that was over already had ended.
    pub(super) fn pull(&self) -> Option<ExitStatus> {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Of one that closed its pipes and lives on, the end is ours; of any other, its own.
        let _ = child.kill();
        child.wait().ok()
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
