//! The helper program: hears requests on stdin, has the module do them, and ends with its host or after a signature.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::wire::{self, Answer, Event, Hello, Order, Request, WireError};
use crate::backend::{SignOptions, Signer, ToBeSigned};
use crate::deadline::Deadline;
use crate::error::TokenError;
use crate::identity::Identity;
use crate::pin::{Pin, PinSource};
use crate::pkcs11::activity::{self, Change};
use crate::pkcs11::{InitPolicy, Pkcs11Signer};

/// The answers' side of the pipe, shared with the thread that reports the module's calls.
type Line = Arc<Mutex<File>>;

/// Runs as the program `kamusm-token-helper MODULE`.
///
/// It belongs to its host: whoever starts it by hand is told nothing, since no partner of the same build speaks.
pub fn serve() -> ExitCode {
    let Some(module) = std::env::args_os().nth(1).map(PathBuf::from) else { return ExitCode::FAILURE };
    let Ok((mut requests, answers)) = pipes() else { return ExitCode::FAILURE };
    if forbid_core_dumps().is_err() {
        return ExitCode::FAILURE;
    }
    let line: Line = Arc::new(Mutex::new(answers));
    say(&line, &Event::Helper(Hello::own()));
    match wire::receive(&mut requests) {
        Ok(Request::Host(hello)) if hello == Hello::own() => {}
        _ => return ExitCode::FAILURE,
    }
    let reports = Arc::clone(&line);
    activity::observe(Box::new(move |change| say(&reports, &event(change))));
    let (orders, queue) = channel();
    let heard = std::thread::Builder::new().spawn(move || hear(&mut requests, &orders));
    if heard.is_err() {
        return ExitCode::FAILURE;
    }
    work(&module, &queue, &line);
    ExitCode::SUCCESS
}

/// Reads until the host closes its end, then ends the process whatever the module does: nobody waits for it.
fn hear(requests: &mut impl Read, orders: &Sender<(Request, Option<Pin>)>) {
    while let Ok(request) = wire::receive::<Request>(requests) {
        let has_pin = matches!(&request, Request::Sign(order) if order.has_pin);
        let pin = if has_pin { wire::receive_pin(requests).map(Some) } else { Ok(None) };
        let Ok(pin) = pin else { break };
        if orders.send((request, pin)).is_err() {
            break;
        }
    }
    end()
}

/// Ends at once: handlers that a module registered for the end may hang, and nobody would kill this process then.
fn end() -> ! {
    #[cfg(unix)]
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    std::process::exit(0)
}

fn work(module: &Path, queue: &Receiver<(Request, Option<Pin>)>, line: &Line) {
    while let Ok((request, pin)) = queue.recv() {
        let answer = match request {
            Request::Host(_) => return,
            Request::Open { within } => open(module, Deadline::after(within)).map(|_| Answer::Opened),
            Request::List { within } => list(module, Deadline::after(within)),
            Request::Watch => {
                watch(line);
                return;
            }
            Request::Sign(order) => {
                say(line, &Event::Answer(sign(module, order, pin)));
                return;
            }
        };
        let answer = answer.unwrap_or_else(|error| Answer::Failed(WireError::new(error, None)));
        say(line, &Event::Answer(answer));
    }
}

fn open(module: &Path, within: Deadline) -> Result<Pkcs11Signer, TokenError> {
    Pkcs11Signer::open_within(module, InitPolicy::Tolerant, within)
}

fn list(module: &Path, within: Deadline) -> Result<Answer, TokenError> {
    let identities = open(module, within)?.identities(within)?;
    Ok(Answer::Identities(identities.into_iter().map(Into::into).collect()))
}

fn sign(module: &Path, order: Order, pin: Option<Pin>) -> Answer {
    let mut options = SignOptions::new(Deadline::after(order.within));
    options.allow_final_try = order.allow_final_try;
    options.at_unix = Some(order.at_unix);
    options.pad = order.pad.into();
    let items: Vec<ToBeSigned> = order.items.into_iter().map(Into::into).collect();
    let pin = pin.map_or(PinSource::Pad, PinSource::Pin);
    let signed = open(module, options.deadline).and_then(|signer| {
        let id = signer.identity_id(order.fingerprint, &order.serial);
        signer.sign(&id, &items, pin, &options)
    });
    match signed {
        Ok(signatures) => Answer::Signatures(signatures),
        Err(error) => {
            let certificate = matches!(error, TokenError::CertificateUnusable { .. })
                .then(|| certificate(module, &order.fingerprint, options.deadline))
                .flatten();
            Answer::Failed(WireError::new(error, certificate))
        }
    }
}

/// The certificate that was refused: the host makes the verdict again, since reasons do not go over the line.
fn certificate(module: &Path, fingerprint: &[u8; 32], within: Deadline) -> Option<Vec<u8>> {
    let identities = open(module, within).and_then(|signer| signer.identities(within)).ok()?;
    let wanted = |identity: &&Identity| identity.id.fingerprint() == fingerprint;
    identities.iter().find(wanted).map(|identity| identity.certificate.der().to_vec())
}

/// Until the host closes its end, which ends this process.
#[cfg(feature = "pcsc")]
fn watch(line: &Line) {
    const LOOK: std::time::Duration = std::time::Duration::from_secs(3600);
    let Ok(events) = crate::reader::events() else { return say(line, &Event::Answer(Answer::CannotWatch)) };
    loop {
        let patience = Deadline::after(LOOK);
        match events.next(patience) {
            Some(seen) => say(line, &Event::Seen(seen.into())),
            None if patience.has_passed() => {}
            None => return,
        }
    }
}

/// Without the smart card service's library nothing is heard.
#[cfg(not(feature = "pcsc"))]
fn watch(line: &Line) {
    say(line, &Event::Answer(Answer::CannotWatch));
}

fn event(change: Change) -> Event {
    match change {
        Change::Entered { function, for_person } => Event::Entered { function: function.into(), for_person },
        Change::Left => Event::Left,
    }
}

/// A host that does not hear any more has closed the other pipe too, which ends this process.
fn say(line: &Line, event: &Event) {
    let _ = wire::send(&mut *line.lock().unwrap_or_else(PoisonError::into_inner), event);
}

/// The pipes for this program alone: a module that prints does so to nowhere, and one that reads reads nothing.
#[cfg(unix)]
fn pipes() -> io::Result<(File, File)> {
    use std::os::fd::AsFd;

    let requests = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let answers = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let nothing = File::open("/dev/null")?;
    rustix::stdio::dup2_stdin(&nothing)?;
    rustix::stdio::dup2_stdout(io::stderr().as_fd())?;
    Ok((requests, answers))
}

#[cfg(windows)]
fn pipes() -> io::Result<(File, File)> {
    use std::os::windows::io::AsHandle;

    let requests = File::from(io::stdin().as_handle().try_clone_to_owned()?);
    let answers = File::from(io::stdout().as_handle().try_clone_to_owned()?);
    Ok((requests, answers))
}

/// A core file would hold the PIN.
#[cfg(unix)]
fn forbid_core_dumps() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    // Programs that collect core dumps through a pipe do not ask for the limit, but for this.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

#[cfg(not(unix))]
fn forbid_core_dumps() -> io::Result<()> {
    Ok(())
}
