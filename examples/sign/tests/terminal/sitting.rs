//! A person at a terminal: types, reads, waits for words with a deadline.

use std::{
    fs,
    io::{Read, Write},
    num::NonZero,
    os::fd::AsFd,
    path::PathBuf,
    process::{Child, Command},
    time::{Duration, Instant},
};

use pty_process::{
    Size,
    blocking::{Pts, Pty},
};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    termios::{ControlModes, tcgetattr},
};

/// Long enough for a busy machine; nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the end of the program can stay unseen.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

pub(crate) const ENTER: &str = "\r";
pub(crate) const ESC: &str = "\x1b";
pub(crate) const TAB: &str = "\t";
pub(crate) const CTRL_C: &str = "\x03";

/// The program's path.
pub(crate) fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_kamusm-sign").into()
}

pub(crate) struct Sitting {
    pty: Option<Pty>,
    /// Held so that the settings of the terminal outlive the program.
    pts: Option<Pts>,
    child: Child,
    before: String,
    octets: Vec<u8>,
    /// Up to where the person has read.
    read: usize,
    screen: vt100::Parser,
}

impl Sitting {
    /// Wide enough that no sentence is broken.
    pub(crate) fn start(command: Command) -> Self {
        Self::with_size(command, 60, 250)
    }

    pub(crate) fn with_size(command: Command, rows: u16, columns: u16) -> Self {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let before = settings(&pts);
        let child = pty_process::blocking::Command::from(command).spawn_borrowed(&pts).unwrap();
        let size = [rows, columns].map(|size| NonZero::new(size).unwrap());
        let screen = vt100::Parser::new(size[0], size[1], 10_000);
        Self { pty: Some(pty), pts: Some(pts), child, before, octets: Vec::new(), read: 0, screen }
    }

    pub(crate) fn types(&mut self, text: &str) {
        self.pty.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// Waits until these words come after those that were read before.
    #[track_caller]
    pub(crate) fn reads(&mut self, words: &str) {
        let started = Instant::now();
        loop {
            if let Some(place) = find(&self.octets[self.read..], words.as_bytes()) {
                self.read += place + words.len();
                return;
            }
            let is_over = self.child.try_wait().unwrap().is_some();
            let came = self.receive();
            if is_over && !came {
                panic!("the program ended without {words:?}:\n{}", self.transcript());
            }
            assert!(started.elapsed() < PATIENCE, "{words:?} did not come:\n{}", self.transcript());
        }
    }

    /// Waits for a line that is asked on, and answers it.
    #[track_caller]
    pub(crate) fn answers(&mut self, prompt: &str, text: &str) {
        self.reads(prompt);
        self.types(text);
    }

    /// Waits for the end; the exit code. The terminal must be as it was.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> i32 {
        let started = Instant::now();
        let status = loop {
            let status = self.child.try_wait().unwrap();
            let came = self.receive();
            match status {
                Some(status) if !came => break status,
                _ => assert!(started.elapsed() < PATIENCE, "it does not end:\n{}", self.transcript()),
            }
        };
        self.assert_settings_restored();
        status.code().unwrap()
    }

    #[track_caller]
    pub(crate) fn assert_settings_restored(&self) {
        assert_eq!(settings(self.pts.as_ref().unwrap()), self.before, "settings of the terminal");
    }

    /// Whether keys are seen and lines edited by the terminal itself.
    pub(crate) fn has_echo(&self) -> bool {
        use rustix::termios::LocalModes;
        let modes = tcgetattr(self.pts.as_ref().unwrap().as_fd()).unwrap().local_modes;
        modes.contains(LocalModes::ECHO) || modes.contains(LocalModes::ICANON)
    }

    /// Everything that the program ever wrote.
    pub(crate) fn transcript(&self) -> String {
        String::from_utf8_lossy(&self.octets).into_owned()
    }

    #[track_caller]
    pub(crate) fn assert_never_wrote(&self, words: &str) {
        assert!(!self.transcript().contains(words), "{words:?} was written:\n{}", self.transcript());
    }

    /// The screen as a person sees it now.
    pub(crate) fn screen(&self) -> String {
        self.screen.screen().contents()
    }

    /// What everybody on the machine can see of the program.
    pub(crate) fn command_line(&self) -> Vec<u8> {
        fs::read(format!("/proc/{}/cmdline", self.child.id())).unwrap()
    }

    /// How much the system would write of the program's memory if it crashed: now, and at most.
    pub(crate) fn core_file_limits(&self) -> Vec<String> {
        let limits = fs::read_to_string(format!("/proc/{}/limits", self.child.id())).unwrap();
        let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        line.split_whitespace().skip(4).take(2).map(str::to_owned).collect()
    }

    pub(crate) fn sends_signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// SIGKILL: the program can do nothing about it.
    pub(crate) fn meets_sigkill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Closes the terminal; the exit code.
    #[track_caller]
    pub(crate) fn hangs_up(mut self) -> i32 {
        (self.pty, self.pts) = (None, None);
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap();
            }
            assert!(started.elapsed() < PATIENCE, "it does not end");
            std::thread::yield_now();
        }
    }

    /// Takes what has come; false if nothing came for a while.
    fn receive(&mut self) -> bool {
        let pty = self.pty.as_mut().unwrap();
        let mut descriptors = [PollFd::new(&*pty, PollFlags::IN)];
        if poll(&mut descriptors, Some(&LOOK)).unwrap() == 0 {
            return false;
        }
        let mut octets = [0; 4096];
        let count = pty.read(&mut octets).unwrap_or(0);
        self.octets.extend_from_slice(&octets[..count]);
        self.screen.process(&octets[..count]);
        count > 0
    }
}

impl Drop for Sitting {
    fn drop(&mut self) {
        // A test that failed leaves no program behind; one that is over cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The settings of a terminal, written out. The input speed stands a second time in the control modes, where zero
/// means the same as the output speed: it is left out there.
fn settings(pts: &Pts) -> String {
    const INPUT_SPEED: u32 = 0o2_003_600_000;
    let mut settings = tcgetattr(pts.as_fd()).unwrap();
    settings.control_modes.remove(ControlModes::from_bits_retain(INPUT_SPEED));
    format!("{settings:?}")
}

fn find(octets: &[u8], words: &[u8]) -> Option<usize> {
    octets.windows(words.len()).position(|window| window == words)
}
