//! The real `kamusm-sandbox` on its folder and its port, killed and started again.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use crate::door::Door;

/// A running service. What it says of itself is new after each start.
#[derive(Debug)]
pub struct Service {
    folder: PathBuf,
    process: Child,
    facts: BTreeMap<String, String>,
}

impl Service {
    /// On this folder, on a port that it keeps ever after.
    pub fn start(folder: &Path) -> io::Result<Self> {
        let (process, facts) = start(folder, None)?;
        let service = Self { folder: folder.to_path_buf(), process, facts };
        // Each start issues a certificate of its own; the applications keep to the first.
        for (fact, name) in KEPT {
            fs::copy(service.fact(fact)?, folder.join(name))?;
        }
        Ok(service)
    }

    /// `http://127.0.0.1:…`
    pub fn base_url(&self) -> io::Result<&str> {
        self.fact("base_url")
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.base_url()?.trim_start_matches("http://").parse().map_err(io::Error::other)
    }

    /// The admin's door of this start.
    pub fn door(&self) -> io::Result<Door> {
        Ok(Door::new(self.base_url()?, self.fact("admin_token")?))
    }

    /// Its folder, with the files of the person who signs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("sandbox.sqlite")
    }

    /// kill -9.
    pub fn kill(&mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait().map(drop)
    }

    /// Waits for an end that was asked for; `None` if it did not come.
    pub fn ended_within(&mut self, time: Duration) -> io::Result<Option<ExitStatus>> {
        crate::application::wait(&mut self.process, time)
    }

    /// Starts it again after its end, on the same port.
    pub fn start_again(&mut self) -> io::Result<()> {
        (self.process, self.facts) = start(&self.folder, Some(self.address()?))?;
        Ok(())
    }

    /// Ends it in order.
    pub fn stop(&mut self) -> io::Result<ExitStatus> {
        let pid = self.process.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        self.process.wait()
    }

    fn fact(&self, name: &str) -> io::Result<&str> {
        let fact = self.facts.get(name).map(String::as_str);
        fact.ok_or_else(|| io::Error::other(format!("the service told no {name}")))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const KEPT: [(&str, &str); 3] = [
    ("signer_certificate", "person.crt.pem"),
    ("signer_key", "person.key.pem"),
    ("intermediate", "chain.pem"),
];

fn start(folder: &Path, listen: Option<SocketAddr>) -> io::Result<(Child, BTreeMap<String, String>)> {
    let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("service.log"))?;
    let mut command = Command::new(program("kamusm-sandbox")?);
    command.arg("--data").arg(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    if let Some(address) = listen {
        command.arg("--listen").arg(address.to_string());
    }
    let mut process = command.spawn()?;
    let output = process.stdout.take().ok_or_else(|| io::Error::other("the service has no output"))?;
    let mut facts = BTreeMap::new();
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if line == "ready=1" {
            return Ok((process, facts));
        }
        if let Some((name, value)) = line.split_once('=') {
            facts.insert(name.to_owned(), value.to_owned());
        }
    }
    let status = process.wait()?;
    let log = fs::read_to_string(folder.join("service.log")).unwrap_or_default();
    let end: Vec<&str> = log.lines().rev().take(5).collect();
    Err(io::Error::other(format!("the service ended before it was ready: {status}; {end:?}")))
}

/// A program of the workspace: built together with this one.
pub fn program(name: &str) -> io::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folders = here.ancestors().skip(1).take(2);
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    found
        .ok_or_else(|| io::Error::other(format!("{name} is not built; run `cargo build --workspace --bins`")))
}
