//! An application as a process: what it says, and its end at a named point, at a random time, or by itself.

use std::{
    fs, io,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

/// So long an application may say nothing: longer than the machine tries on.
const PATIENCE: Duration = Duration::from_secs(150);
/// What the person types.
const PIN: &str = "135790";

/// How an application program is started.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "tests describe their programs")]
pub struct Program {
    /// The program, with what stands before the arguments of all programs.
    pub command: Vec<PathBuf>,
    /// What it needs of its environment.
    pub environment: Vec<(&'static str, PathBuf)>,
    /// The service.
    pub base_url: String,
    /// The relay.
    pub proxy: String,
    /// The journal and the person's files.
    pub folder: PathBuf,
    /// The first of several texts is signed alone.
    pub pulled: bool,
}

/// When the program is killed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the ends that there are")]
pub enum Death {
    /// Never.
    None,
    /// At the point of this number, the first is 0.
    AtPoint(u64),
    /// At the point of this name.
    At(String),
    /// At a point of this name, the first of them is 0.
    AtNth(String, u64),
    /// So long after its start.
    After(Duration),
}

/// What happened in one start of a program, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the words that there are")]
pub enum Event {
    /// The program goes on with something that was left in this state.
    Resuming(String),
    /// A text was shown: its digest.
    Shown(String),
    /// The PIN was asked for.
    Pin,
    /// A signature was made.
    Made,
    /// A signature is in the record of which the next word is: its digest.
    Kept(String),
    /// A record was stored: its kind, the state that it holds, and how the session ended where it did.
    Stored(String, String, String),
    /// A record could not be stored.
    NotStored(String),
    /// It ended by itself: the kind of the end and the reason.
    Outcome(String, String),
    /// It was killed at this point, or at none.
    Killed(Option<String>),
    /// It ended otherwise; this is what it wrote.
    Broken(String),
}

impl Program {
    /// Puts the person's files into the application's folder.
    pub fn prepare(service: &Path, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let read = |name: &str| fs::read_to_string(service.join(name));
        fs::write(folder.join("person.pem"), read("person.crt.pem")? + &read("person.key.pem")?)?;
        fs::write(folder.join("chain.pem"), read("chain.pem")?)
    }

    /// Runs the program until its end, which is this death or its own; `heard` is told each event at once.
    pub fn run(&self, code: &str, death: &Death, mut heard: impl FnMut(Event)) -> io::Result<()> {
        let mut running = self.start(code)?;
        let (end, limit) = match death {
            Death::After(time) => (Instant::now().checked_add(*time), true),
            _ => (None, false),
        };
        let mut points = (0, 0);
        loop {
            let patience = end.map_or(PATIENCE, |end| end.saturating_duration_since(Instant::now()));
            let line = match running.lines.recv_timeout(patience) {
                Ok(line) => line,
                Err(RecvTimeoutError::Timeout) if limit => return running.kill(None, heard),
                Err(RecvTimeoutError::Timeout) => {
                    running.kill(None, &mut heard)?;
                    heard(Event::Broken("it said nothing for too long".into()));
                    return Ok(());
                }
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if let Some(point) = line.strip_prefix("point ") {
                if death.is_here(point, &mut points) {
                    return running.kill(Some(point.to_owned()), heard);
                }
                running.say("");
            } else if line == "pin" {
                heard(Event::Pin);
                running.say(PIN);
            } else {
                heard(Event::read(&line));
            }
        }
        let status = running.process.wait()?;
        if !status.success() {
            heard(Event::Broken(format!("{status}: {}", running.complaint())));
        }
        Ok(())
    }

    fn start(&self, code: &str) -> io::Result<Running> {
        let (program, before) =
            self.command.split_first().ok_or_else(|| io::Error::other("there is no program"))?;
        let mut command = Command::new(program);
        command.args(before).args([&self.base_url, &self.proxy]).arg(&self.folder);
        if self.pulled {
            command.arg("--pulled");
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let complaints = self.folder.join("stderr");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(fs::File::create(&complaints)?);
        let mut process = command.spawn()?;
        let none = || io::Error::other("the program has no pipe");
        let input = process.stdin.take().ok_or_else(none)?;
        let output = process.stdout.take().ok_or_else(none)?;
        let (sender, lines) = mpsc::channel();
        // What stands in the pipe is read to its end, also after the program was killed.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut running = Running { process, input, lines, complaints };
        running.say(code);
        Ok(running)
    }
}

struct Running {
    process: Child,
    input: ChildStdin,
    lines: Receiver<String>,
    complaints: PathBuf,
}

impl Running {
    fn say(&mut self, line: &str) {
        // A program that has just ended reads no more; its output says so next.
        let _ = writeln!(self.input, "{line}");
    }

    /// kill -9; what it had said before is heard all the same.
    fn kill(&mut self, point: Option<String>, mut heard: impl FnMut(Event)) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        for line in self.lines.iter().filter(|line| !line.starts_with("point ")) {
            heard(if line == "pin" { Event::Pin } else { Event::read(&line) });
        }
        heard(Event::Killed(point));
        Ok(())
    }

    fn complaint(&self) -> String {
        fs::read_to_string(&self.complaints).unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Death {
    fn is_here(&self, point: &str, (seen, named): &mut (u64, u64)) -> bool {
        *seen += 1;
        match self {
            Self::AtPoint(number) => *seen == number + 1,
            Self::At(name) => name == point,
            Self::AtNth(name, number) => {
                *named += u64::from(name == point);
                name == point && *named == number + 1
            }
            Self::None | Self::After(_) => false,
        }
    }
}

impl Event {
    fn read(line: &str) -> Self {
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap_or_default().to_owned();
        match word().as_str() {
            "resuming" => Self::Resuming(word()),
            "shown" => Self::Shown(word()),
            "made" => Self::Made,
            "kept" => Self::Kept(word()),
            "stored" => Self::Stored(word(), word(), word()),
            "not-stored" => Self::NotStored(word()),
            "outcome" => Self::Outcome(word(), word()),
            _ => Self::Broken(line.to_owned()),
        }
    }
}

/// Waits for a process that was told to end, so long.
pub(crate) fn wait(process: &mut Child, time: Duration) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now().checked_add(time);
    let (_open, never) = mpsc::channel::<()>();
    loop {
        if let Some(status) = process.try_wait()? {
            return Ok(Some(status));
        }
        if end.is_none_or(|end| Instant::now() >= end) {
            return Ok(None);
        }
        // Nothing tells of a child's end but asking.
        let _ = never.recv_timeout(Duration::from_millis(10));
    }
}
