//! A language's runner: a process that performs scenarios.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::scenario::Scenario;

/// No scenario takes longer.
const PATIENCE: Duration = Duration::from_secs(90);

#[derive(Clone)]
pub(crate) struct Command {
    pub(crate) language: String,
    words: Vec<String>,
}

/// `language=["program","argument"]`.
pub(crate) fn command(text: &str) -> Result<Command, String> {
    let (language, words) = text.split_once('=').ok_or("a runner is LANGUAGE=[COMMAND]")?;
    let words: Vec<String> = serde_json::from_str(words).map_err(|why| format!("{language}: {why}"))?;
    if words.is_empty() {
        return Err(format!("{language}: the command is empty"));
    }
    Ok(Command { language: language.to_owned(), words })
}

pub(crate) struct Runner {
    process: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Runner {
    pub(crate) fn start(command: &Command) -> Result<Self, String> {
        let mut process = std::process::Command::new(&command.words[0])
            .args(&command.words[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|why| format!("{}: {why}", command.words[0]))?;
        let input = process.stdin.take();
        let output = process.stdout.take().ok_or("the runner has no output")?;
        Ok(Self { process, input, lines: lines_of(output) })
    }

    pub(crate) fn perform(&mut self, scenario: &Scenario) -> Result<Value, String> {
        let input = self.input.as_mut().ok_or("the runner has ended")?;
        input
            .write_all(scenario.to_text().as_bytes())
            .map_err(|why| format!("the runner has ended: {why}"))?;
        input.flush().map_err(|why| why.to_string())?;
        let line = self.lines.recv_timeout(PATIENCE).map_err(|_| "the runner does not answer".to_owned())?;
        serde_json::from_str(&line).map_err(|why| format!("no JSON ({why}): {line}"))
    }

    /// At the end of its input a runner ends well.
    pub(crate) fn end(mut self) -> Result<(), String> {
        drop(self.input.take());
        let status = self.process.wait().map_err(|why| why.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("the runner ended with {status}")) }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn lines_of(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
