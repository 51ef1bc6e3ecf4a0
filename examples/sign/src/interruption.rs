//! Ctrl+C and its relatives: the first one cancels politely, the second one ends the program at once.

use std::{
    io,
    net::Shutdown,
    os::{
        fd::{AsFd, BorrowedFd},
        unix::net::UnixStream,
    },
    process, thread,
    time::Duration,
};

use kamusm_token::cancel::CancelToken;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
    iterator::Signals,
};

use crate::{ending::Ending, terminal::Restorer};

/// Listens for signals; wakes who waits for input, cancels everything else.
#[derive(Debug)]
pub(crate) struct Interruption {
    cancel: CancelToken,
    woken: UnixStream,
}

/// What came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waited {
    Readable,
    TimeOver,
    Interrupted,
}

impl Interruption {
    /// Starts listening. `restorer` puts the terminal back if the program must end at once.
    pub(crate) fn listen(restorer: Restorer) -> io::Result<Self> {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
        let (woken, wake) = UnixStream::pair()?;
        let cancel = CancelToken::new();
        let token = cancel.clone();
        thread::Builder::new().name("signals".into()).spawn(move || {
            for _ in signals.forever() {
                if token.is_cancelled() {
                    restorer.restore();
                    process::exit(Ending::FAILED.into());
                }
                token.cancel();
                // Whoever waits for input sees the end of this stream; it cannot fail while it is open.
                let _ = wake.shutdown(Shutdown::Both);
            }
        })?;
        Ok(Self { cancel, woken })
    }

    /// What a signal cancels.
    pub(crate) fn cancel(&self) -> &CancelToken {
        &self.cancel
    }

    /// Waits until there is something to read, for at most so long; without a limit if there is none.
    pub(crate) fn wait(&self, input: BorrowedFd<'_>, limit: Option<Duration>) -> io::Result<Waited> {
        let limit = limit.map(|limit| Timespec {
            tv_sec: limit.as_secs().try_into().unwrap_or(i64::MAX),
            tv_nsec: limit.subsec_nanos().into(),
        });
        let mut descriptors =
            [PollFd::new(&input, PollFlags::IN), PollFd::from_borrowed_fd(self.woken.as_fd(), PollFlags::IN)];
        match poll(&mut descriptors, limit.as_ref()) {
            Err(Errno::INTR) | Ok(0) if !self.cancel.is_cancelled() => Ok(Waited::TimeOver),
            Err(error) if error != Errno::INTR => Err(error.into()),
            _ if self.cancel.is_cancelled() => Ok(Waited::Interrupted),
            _ => Ok(Waited::Readable),
        }
    }
}
