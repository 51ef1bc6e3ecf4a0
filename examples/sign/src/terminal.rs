//! The terminal: keys one by one without echo, and lines out. It is put back on every way out.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    os::fd::{AsFd, OwnedFd},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr, tcgetwinsize,
    tcsetattr,
};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    interruption::{Interruption, Waited},
    key::{self, Key},
};

/// How long the rest of a control sequence may take before Esc is taken for the key.
const SEQUENCE_TIME: Duration = Duration::from_millis(50);
/// Narrower or lower ones are treated as if they had this size.
const SMALLEST: (usize, usize) = (20, 6);
const USUAL: (usize, usize) = (80, 24);
/// Switches a special character off.
const DISABLED: u8 = if cfg!(target_os = "linux") { 0 } else { 0xff };

/// Puts the terminal back as it was; may be asked any number of times, from any thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Restorer(Arc<Mutex<Option<(OwnedFd, Termios)>>>);

impl Restorer {
    pub(crate) fn restore(&self) {
        if let Some((terminal, before)) = self.place().take() {
            // A terminal that is gone needs no care.
            let _ = tcsetattr(&terminal, OptionalActions::Flush, &before);
        }
    }

    fn place(&self) -> MutexGuard<'_, Option<(OwnedFd, Termios)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What comes from the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Key(Key),
    TimeOver,
    /// A signal came, or the terminal is gone.
    Interrupted,
}

/// The controlling terminal.
pub(crate) struct Terminal {
    input: OwnedFd,
    output: File,
    pending: Zeroizing<Vec<u8>>,
    restorer: Restorer,
    /// Characters of the line that is being redrawn.
    live: usize,
}

impl Terminal {
    /// Takes the terminal over: no echo and no line editing from here on, until this is dropped.
    pub(crate) fn open(restorer: &Restorer) -> io::Result<Self> {
        let output = File::options().read(true).write(true).open("/dev/tty")?;
        let stdin = io::stdin();
        let input = if stdin.is_terminal() { stdin.as_fd() } else { output.as_fd() }.try_clone_to_owned()?;
        Self::over(input, output, restorer)
    }

    fn over(input: OwnedFd, output: File, restorer: &Restorer) -> io::Result<Self> {
        let before = tcgetattr(&input)?;
        *restorer.place() = Some((input.try_clone()?, before.clone()));
        let terminal = Self {
            input,
            output,
            pending: Zeroizing::new(Vec::with_capacity(64)),
            restorer: restorer.clone(),
            live: 0,
        };
        tcsetattr(&terminal.input, OptionalActions::Flush, &without_echo(before))?;
        Ok(terminal)
    }

    /// Columns and rows.
    pub(crate) fn size(&self) -> (usize, usize) {
        let (columns, rows) = match tcgetwinsize(&self.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col.into(), size.ws_row.into()),
            _ => USUAL,
        };
        (columns.max(SMALLEST.0), rows.max(SMALLEST.1))
    }

    /// Forgets what was typed before it was asked for, so that a stray Enter answers nothing.
    pub(crate) fn discard_input(&mut self) {
        self.pending.zeroize();
        // Keys that cannot be discarded are at worst read.
        let _ = tcflush(&self.input, QueueSelector::IFlush);
    }

    /// The next key, if one comes in time.
    pub(crate) fn read(&mut self, interruption: &Interruption, limit: Option<Duration>) -> io::Result<Input> {
        loop {
            if let Some((key, taken)) = key::first(&self.pending) {
                self.forget(taken);
                return Ok(Input::Key(key));
            }
            let is_begun = !self.pending.is_empty();
            let limit = if is_begun { Some(SEQUENCE_TIME) } else { limit };
            match interruption.wait(self.input.as_fd(), limit)? {
                Waited::Interrupted => return Ok(Input::Interrupted),
                Waited::TimeOver if is_begun => {
                    self.pending.zeroize();
                    return Ok(Input::Key(Key::Escape));
                }
                Waited::TimeOver => return Ok(Input::TimeOver),
                Waited::Readable => {
                    let mut octets = Zeroizing::new([0; 32]);
                    match rustix::io::read(&self.input, &mut octets[..]) {
                        Ok(count) if count > 0 => self.pending.extend_from_slice(&octets[..count]),
                        Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                        _ => return Ok(Input::Interrupted),
                    }
                }
            }
        }
    }

    /// A line that stays.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        self.end_live()?;
        writeln!(self.output, "{text}")
    }

    /// Redraws the line that is being typed on; the cursor stands behind it. Too long a line shows its end.
    pub(crate) fn live(&mut self, text: &str) -> io::Result<()> {
        let room = self.size().0 - 1;
        let length = text.chars().count();
        let mut drawn = Zeroizing::new(String::with_capacity(2 * text.len() + 2 * self.live + 8));
        drawn.push('\r');
        drawn.extend(text.chars().skip(length.saturating_sub(room)));
        let surplus = self.live.saturating_sub(length.min(room));
        drawn.extend(std::iter::repeat_n(' ', surplus));
        drawn.extend(std::iter::repeat_n('\u{8}', surplus));
        self.live = length.min(room);
        self.output.write_all(drawn.as_bytes())
    }

    /// Leaves the redrawn line as it is.
    pub(crate) fn end_live(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.live) > 0 { self.output.write_all(b"\n") } else { Ok(()) }
    }

    fn forget(&mut self, count: usize) {
        let left = self.pending.len() - count;
        self.pending.copy_within(count.., 0);
        self.pending[left..].fill(0);
        self.pending.truncate(left);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // The shell's prompt begins on a line of its own.
        let _ = self.end_live();
        self.restorer.restore();
    }
}

/// Keys come one by one and unseen; Ctrl+C stays a signal, Ctrl+Z is off because the shell would keep the settings.
fn without_echo(mut settings: Termios) -> Termios {
    settings
        .local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ECHONL | LocalModes::IEXTEN);
    settings.local_modes.insert(LocalModes::ISIG);
    settings.special_codes[SpecialCodeIndex::VMIN] = 1;
    settings.special_codes[SpecialCodeIndex::VTIME] = 0;
    settings.special_codes[SpecialCodeIndex::VSUSP] = DISABLED;
    settings
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    #[test]
    fn a_panic_puts_the_terminal_back() {
        let (_pty, pts) = pty_process::blocking::open().unwrap();
        let seen = || {
            let settings = tcgetattr(&pts).unwrap();
            format!("{:?} {:?}", settings.local_modes, settings.special_codes)
        };
        let before = seen();
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let output = File::from(pts.as_fd().try_clone_to_owned().unwrap());
            let input = pts.as_fd().try_clone_to_owned().unwrap();
            let _terminal = Terminal::over(input, output, &Restorer::default()).unwrap();
            assert_ne!(seen(), before);
            panic!("as a defect would");
        }));
        let message = *panicked.unwrap_err().downcast::<&str>().unwrap();
        assert_eq!((message, seen()), ("as a defect would", before));
    }
}
