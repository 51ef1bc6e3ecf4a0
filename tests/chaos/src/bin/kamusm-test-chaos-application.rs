//! An application as a program has it: one session per start, which goes on with what an earlier start left unfinished.
//!
//! It says each point on its output and waits for a line before it goes on, so that its supervisor can kill it exactly
//! there. The doğrulama kodu and the PIN are lines of its input: whoever gives them counts them, outside this process.

#![expect(clippy::print_stderr, reason = "its supervisor reads what is printed")]

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use kamusm::{
    Answer, Code, Error, Session, Step,
    config::{Config, Environment, Proxy},
    drive::{Failure, Transport as _, wait},
    error::Result,
    http::HttpClient,
    journal::{Entry, Store as _, file::FileStore},
    session::{Outcome, Persist, Requirements, SignRequest, Texts, VerificationCode},
    time::Now,
    token,
};
use kamusm_token::{
    backend::{SignOptions, Signer as _, ToBeSigned},
    cancel::CancelToken,
    deadline::Deadline,
    identity::Identity,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};
use sha2::{Digest as _, Sha256};

const PATIENCE: Duration = Duration::from_secs(20);
/// Of a journal that nobody but the test reads.
const JOURNAL_KEY: [u8; 32] = [0x6b; 32];

#[derive(Parser)]
struct Arguments {
    base_url: String,
    /// The address of the relay.
    proxy: String,
    /// Where the journal and the person's files are.
    folder: String,
    /// Signs only the first of several texts at the first attempt, as when the card is pulled.
    #[arg(long)]
    pulled: bool,
}

struct Application {
    config: Config,
    store: FileStore,
    client: HttpClient,
    cancel: CancelToken,
    signer: SoftSigner,
    chosen: Option<Identity>,
    pulled: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&arguments.folder);
    let person = fs::read_to_string(folder.join("person.pem"))?;
    let config = Config::builder(&arguments.base_url, Environment::Sandbox)
        .client("chaos", "1")
        .proxy(Proxy::Url(arguments.proxy.clone()))
        .intermediates_pem(&fs::read_to_string(folder.join("chain.pem"))?)
        .journal_key(JOURNAL_KEY)
        .build()?;
    let mut application = Application {
        store: FileStore::open(folder.join("journal"))?,
        client: HttpClient::new(&config)?,
        config,
        cancel: CancelToken::new(),
        // Any PIN opens a key in a file; that it is asked for is what counts.
        signer: SoftSigner::from_pem(&person, None)?,
        chosen: None,
        pulled: arguments.pulled,
    };
    let code = read_line()?;
    let outcome = application.session(&code)?;
    let why = outcome.error.as_ref().map_or("", |error| error.code().name());
    Ok(say(&format!("outcome {:?} {why}", outcome.kind))?)
}

impl Application {
    fn session(&mut self, code: &str) -> Result<Outcome, Box<dyn std::error::Error>> {
        let mut entropy = [0; 32];
        getrandom::fill(&mut entropy)?;
        let pending = self.store.pending(&self.config)?;
        if let Some(error) = pending.unusable.into_iter().next() {
            return Err(error.into());
        }
        let mut session = match pending.entries.first() {
            Some(entry) => {
                say(&format!("resuming {:?}", entry.state()))?;
                kept(entry)?;
                Session::resume(&self.store.read(entry.id())?, &self.config, entropy)?
            }
            None => Session::new(VerificationCode::parse(code)?, &self.config, entropy),
        };
        loop {
            let step = session.step(Now::system())?;
            let name = name(&step);
            point("before", &name)?;
            let answer = match step {
                Step::Done(outcome) => return Ok(outcome),
                step => self.answer(step)?,
            };
            point("after", &name)?;
            match session.answer(answer, Now::system()) {
                Err(error) if error.code() == Code::Stale => {}
                other => other?,
            }
        }
    }

    fn answer(&mut self, step: Step) -> Result<Answer> {
        match step {
            Step::Send(send) => Ok(match self.client.perform(send.request(), &self.cancel) {
                Ok(response) => send.response(response),
                Err(Failure::Transport(failure)) => send.failed(failure),
                Err(Failure::Cancelled) => send.cancelled(),
            }),
            Step::Wait(pause) => Ok(wait(&pause, &self.cancel)),
            Step::Show(texts) => show(&texts),
            Step::Choose(requirements) => self.choose(&requirements),
            Step::Sign(request) => self.sign(&request),
            Step::Persist(persist) => self.persist(&persist),
            _ => Err(Error::new(Code::Internal, "a new kind of step")),
        }
    }

    fn choose(&mut self, requirements: &Requirements) -> Result<Answer> {
        match self.identity()? {
            Some(identity) => token::choose(requirements, identity),
            None => Ok(requirements.failed(Error::new(Code::NoSigningCertificate, "there is none"))),
        }
    }

    /// Also for a session in which an earlier start has chosen.
    fn identity(&mut self) -> Result<Option<&Identity>> {
        if self.chosen.is_none() {
            self.chosen = self.signer.identities(Deadline::after(PATIENCE))?.into_iter().next();
        }
        Ok(self.chosen.as_ref())
    }

    fn sign(&mut self, request: &SignRequest) -> Result<Answer> {
        say("pin")?;
        let pin = Pin::new(read_line()?.into_bytes());
        let items = request.items();
        let count = if self.pulled && items.len() > 1 { 1 } else { items.len() };
        self.pulled = false;
        let wanted: Vec<_> = items
            .iter()
            .take(count)
            .map(|item| ToBeSigned { octets: item.to_be_signed.clone(), algorithm: item.algorithm })
            .collect();
        let Some(identity) = self.identity()?.map(|identity| identity.id.clone()) else {
            return Ok(request.failed(Error::new(Code::IdentityGone, "there is none")));
        };
        let options = SignOptions::new(Deadline::after(PATIENCE));
        let values = self.signer.sign(&identity, &wanted, PinSource::Pin(pin), &options)?;
        say("made")?;
        let mut values: Vec<_> = values.into_iter().map(Some).collect();
        values.resize(items.len(), None);
        Ok(request.signatures(values))
    }

    fn persist(&mut self, persist: &Persist) -> Result<Answer> {
        let record = persist.record();
        Ok(match self.store.store(record) {
            Ok(()) => {
                let entry = Entry::open(record.octets(), &self.config)?;
                let why = entry.error_code().map_or("", Code::name);
                let end = if entry.receipt().is_some() { "Accepted" } else { why };
                kept(&entry)?;
                say(&format!("stored {:?} {:?} {end}", record.kind(), entry.state()))?;
                persist.stored()
            }
            Err(error) => {
                say(&format!("not-stored {}", error.code().name()))?;
                persist.failed(error)
            }
        })
    }
}

/// The signatures that a record holds.
fn kept(entry: &Entry) -> Result<()> {
    entry.signatures().iter().try_for_each(|cms| say(&format!("kept {}", digest(cms))))
}

fn show(texts: &Texts) -> Result<Answer> {
    for text in texts.items() {
        say(&format!("shown {}", digest(&text.octets)))?;
    }
    Ok(texts.accept())
}

/// The name of a step, as a point to be killed at.
fn name(step: &Step) -> String {
    match step {
        Step::Send(send) => {
            let request = send.request();
            let path = request.url.split('?').next().unwrap_or_default();
            let last = path.rsplit('/').next().unwrap_or_default();
            // Numbers of sessions and documents are no points of their own.
            let is_word = last.bytes().all(|octet| octet.is_ascii_lowercase() || b"-.".contains(&octet));
            format!("send {} {}", request.method.name(), if is_word { last } else { "item" })
        }
        Step::Wait(pause) => format!("wait {:?}", pause.reason()),
        Step::Show(_) => "show".into(),
        Step::Choose(_) => "choose".into(),
        Step::Sign(_) => "sign".into(),
        Step::Persist(persist) => format!("persist {:?}", persist.record().kind()),
        Step::Done(_) => "done".into(),
        _ => "unknown".into(),
    }
}

/// Waits for the supervisor's word; without one it does not come back.
fn point(side: &str, name: &str) -> Result<()> {
    say(&format!("point {side} {name}"))?;
    read_line().map(drop)
}

fn say(line: &str) -> Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}").and_then(|()| output.flush()).map_err(|error| gone(&error))
}

fn read_line() -> Result<String> {
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(0) => Err(Error::new(Code::Internal, "the supervisor is gone")),
        Ok(_) => Ok(line.trim_end_matches('\n').to_owned()),
        Err(error) => Err(gone(&error)),
    }
}

fn gone(error: &io::Error) -> Error {
    Error::new(Code::Internal, error.to_string())
}

fn digest(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().map(|octet| format!("{octet:02x}")).collect()
}
