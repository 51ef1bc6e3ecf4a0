//! From the command line to the exit code.

use std::{fs, io, path::Path, process::ExitCode};

use kamusm::{
    config::{Config, Environment},
    error::{Code, Error, Language},
    http::HttpClient,
    journal::JournalId,
    session::Session,
    time::Now,
};
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::{
    arguments::{Arguments, Task},
    basvuru,
    card_rack::CardRack,
    code_entry,
    conversation::Conversation,
    descriptor::Descriptor,
    doctor,
    ending::Ending,
    evidence,
    front::{Front, Stop},
    interruption::Interruption,
    journal::Journal,
    json_front::JsonFront,
    messages::{Message, Words},
    run::Run,
    screen::Screen,
    terminal::{Restorer, Terminal},
    unfinished::{self, Begin},
};

/// Why the program does not start: said on standard error, exit code 2.
pub(crate) struct Unfit(pub(crate) String);

/// What is read before the person is asked anything.
pub(crate) struct Prepared {
    pub(crate) rack: CardRack,
    pub(crate) pins: Option<Descriptor>,
    trust_roots: Option<Vec<u8>>,
    pub(crate) entropy: [u8; 32],
}

#[expect(clippy::print_stderr, reason = "a program that does not start says why")]
pub(crate) fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let arguments = match Arguments::read(&words) {
        Ok(arguments) => arguments,
        Err((error, language)) => return refuse(&error, language),
    };
    match start(&arguments) {
        Ok(code) => code.into(),
        Err(Unfit(why)) => {
            eprintln!("{why}");
            Ending::USAGE.into()
        }
    }
}

#[expect(clippy::print_stderr, reason = "a program that does not start says why")]
fn refuse(error: &clap::Error, language: Language) -> ExitCode {
    if error.use_stderr() {
        eprintln!("{}", Words::new(language).say(Message::UsageWrong));
    }
    // Nobody is left to tell if this fails.
    let _ = error.print();
    u8::try_from(error.exit_code()).unwrap_or(Ending::USAGE).into()
}

fn start(arguments: &Arguments) -> Result<u8, Unfit> {
    keep_memory_private();
    let words = Words::new(arguments.language());
    if let Some(Task::Doctor) = &arguments.task {
        return Ok(doctor::run(&arguments.module, arguments.language(), words));
    }
    let restorer = Restorer::default();
    let unlistened = |error: io::Error| Unfit(error.to_string());
    let interruption = Interruption::listen(restorer.clone()).map_err(unlistened)?;
    let prepared = prepare(arguments, words)?;
    if let Some(Task::Basvuru(task)) = &arguments.task {
        let environment = arguments.environment().unwrap_or(Environment::Production);
        let config = configured(arguments, prepared.trust_roots.as_deref(), environment, &Journal::none());
        return basvuru::run(basvuru::Setting {
            arguments: task,
            config: config.map_err(|error| unsuitable(words, &error))?,
            prepared,
            wanted: arguments.certificate.clone(),
            interruption: &interruption,
            restorer: &restorer,
            words,
        });
    }
    let journal = if arguments.no_journal { Ok(Journal::none()) } else { Journal::open() };
    let journal = journal.map_err(|error| unjournaled(words, &error))?;
    let signing = Signing { arguments, interruption: &interruption, journal: &journal };
    if arguments.json {
        let accept = open(arguments.accept_fd.unwrap_or_default(), words)?;
        let mut front = JsonFront::new(io::stdout(), accept, &interruption, words);
        let source = arguments.code_fd.map(|number| open(number, words)).transpose()?;
        // All of them are told; none is chosen here.
        let offered = signing.offer(&prepared, &mut front);
        let begin = offered.and_then(|_| match (arguments.resume, source) {
            (Some(id), _) => Ok(Begin::Unfinished(id)),
            (None, source) => {
                let source = source.ok_or_else(|| Error::new(Code::CodeMalformed, "no code was given"))?;
                code_entry::read(&source, &interruption, arguments.environment()).map(Begin::Code)
            }
        });
        return Ok(signing.sign(prepared, &mut front, begin));
    }
    let source = code_entry::source(arguments.code_fd);
    let source = source.map_err(|(number, error)| unreadable(words, number, &error))?;
    let terminal = Terminal::open(&restorer).map_err(|_| Unfit(words.say(Message::NoTerminal).to_owned()))?;
    let mut conversation = Conversation::begin(Screen::new(terminal, &interruption, words));
    let begin = signing.offer(&prepared, &mut conversation).and_then(|unfinished| {
        if let Some(id) = unfinished {
            return Ok(Begin::Unfinished(id));
        }
        let code = match source {
            Some(source) => code_entry::read(&source, &interruption, arguments.environment()),
            None => code_entry::ask(&mut conversation, arguments.environment()),
        }?;
        conversation.tell_environment(code.environment()?);
        Ok(Begin::Code(code))
    });
    Ok(signing.sign(prepared, &mut conversation, begin))
}

/// A crash leaves no file with the PIN in it.
fn keep_memory_private() {
    let nothing = Rlimit { current: Some(0), maximum: Some(0) };
    // Lowering a limit is refused by nobody; without it the PIN is wiped all the same.
    let _ = setrlimit(Resource::Core, nothing);
}

fn prepare(arguments: &Arguments, words: Words) -> Result<Prepared, Unfit> {
    let read = |path: &Path| {
        let unreadable = |error| Unfit(words.fill(Message::CannotRead, &[&path.display(), &error]));
        fs::read(path).map_err(unreadable)
    };
    let trust_roots = arguments.trust_roots.as_deref().map(read).transpose()?;
    let rack = match &arguments.pkcs12 {
        Some(path) => CardRack::of_file(read(path)?),
        None => CardRack::of_modules(&arguments.module),
    };
    if let Some(folder) = &arguments.save {
        evidence::prepare(folder).map_err(|error| Unfit(words.fill(Message::NotSaved, &[&error])))?;
    }
    // The address is judged before the person types a code; the code's own environment is judged with it later.
    let environment = arguments.environment().unwrap_or(Environment::Sandbox);
    let config = configured(arguments, trust_roots.as_deref(), environment, &Journal::none());
    let client = config.and_then(|config| HttpClient::new(&config));
    client.map_err(|error| unsuitable(words, &error))?;
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|error| Unfit(error.to_string()))?;
    let pins = arguments.pin_fd.map(|number| open(number, words)).transpose()?;
    Ok(Prepared { rack, pins, trust_roots, entropy })
}

fn open(number: u32, words: Words) -> Result<Descriptor, Unfit> {
    Descriptor::open(number).map_err(|error| unreadable(words, number, &error))
}

fn unreadable(words: Words, number: u32, error: &io::Error) -> Unfit {
    Unfit(words.fill(Message::EmptyDescriptor, &[&number, error]))
}

fn unsuitable(words: Words, error: &Error) -> Unfit {
    Unfit(words.fill(Message::ConfigurationWrong, &[&error.reason()]))
}

fn unjournaled(words: Words, error: &Error) -> Unfit {
    let sentence = error.sentence(words.language());
    Unfit(words.fill(Message::NoJournal, &[&sentence, &error.reason()]))
}

fn configured(
    arguments: &Arguments,
    trust_roots: Option<&[u8]>,
    environment: Environment,
    journal: &Journal,
) -> Result<Config, Error> {
    let mut builder = Config::builder(&arguments.service, environment)
        .client("kamusm-sign", env!("CARGO_PKG_VERSION"))
        .language(arguments.language());
    if let Some(pem) = trust_roots {
        builder = builder.trust_roots_pem(pem);
    }
    journal.keyed(builder).build()
}

/// What a session is run with.
struct Signing<'a> {
    arguments: &'a Arguments,
    interruption: &'a Interruption,
    journal: &'a Journal,
}

impl Signing<'_> {
    fn offer(&self, prepared: &Prepared, front: &mut dyn Front) -> Result<Option<JournalId>, Error> {
        let environment = self.arguments.environment().unwrap_or(Environment::Sandbox);
        let config = self.configured(prepared, environment)?;
        unfinished::offer(front, self.journal, &config).map_err(|stop| match stop {
            Stop::Failed(error) => error,
            Stop::Cancelled | Stop::TimeOver => {
                Error::new(Code::Cancelled, "cancelled before a code was given")
            }
        })
    }

    /// The session, from the code or the record to the exit code.
    fn sign(&self, prepared: Prepared, front: &mut dyn Front, begin: Result<Begin, Error>) -> u8 {
        let begun = begin.and_then(|begin| self.begun(&prepared, begin));
        let (mut session, transport) = match begun {
            Ok(begun) => begun,
            Err(error) => {
                let ending = Ending { outcome: Err(error), saved: None };
                front.end(&ending);
                return ending.exit_code();
            }
        };
        let Prepared { rack, pins, .. } = prepared;
        let wanted = self.arguments.certificate.clone();
        let mut run = Run::new(&mut *front, rack, pins, self.interruption, self.journal, wanted);
        let outcome = run.complete(&mut session, &transport);
        let saved = match (&self.arguments.save, &outcome) {
            (Some(folder), Ok(outcome)) if !outcome.signatures.is_empty() => {
                let now_unix_s = Now::system().unix_ms.div_euclid(1000);
                Some(run.evidence().save(folder, outcome, now_unix_s).map_err(|error| error.to_string()))
            }
            _ => None,
        };
        let ending = Ending { outcome, saved };
        front.end(&ending);
        ending.exit_code()
    }

    fn begun(&self, prepared: &Prepared, begin: Begin) -> Result<(Session, HttpClient), Error> {
        let (session, config) = match begin {
            Begin::Code(code) => {
                let config = self.configured(prepared, code.environment()?)?;
                (Session::new(code, &config, prepared.entropy), config)
            }
            Begin::Unfinished(id) => {
                let configs = [Environment::Sandbox, Environment::Production]
                    .into_iter()
                    .filter(|environment| {
                        self.arguments.environment().is_none_or(|wanted| wanted == *environment)
                    })
                    .filter_map(|environment| self.configured(prepared, environment).ok());
                unfinished::session(self.journal, id, configs, prepared.entropy)?
            }
        };
        Ok((session, HttpClient::new(&config)?))
    }

    fn configured(&self, prepared: &Prepared, environment: Environment) -> Result<Config, Error> {
        configured(self.arguments, prepared.trust_roots.as_deref(), environment, self.journal)
    }
}
