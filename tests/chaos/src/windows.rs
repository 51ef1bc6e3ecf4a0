//! The fourteen windows of the protocol in which a crash or a loss may come, each with a program that is really killed
//! there; docs/journal.md has the table.

use std::{fs, io, path::PathBuf};

use serde_json::json;
use tempfile::TempDir;

use crate::{
    application::{Death, Event, Program},
    chance::Chance,
    database::{self, Kept},
    ledger::{Ledger, Verdict},
    relay::{Fault, Relay},
    service::Service,
};

type Result<T = ()> = io::Result<T>;
type Window = (&'static str, fn(&mut Stage) -> Result);

/// Their names, each with what happens in it.
pub const WINDOWS: [Window; 14] = [
    ("window_01_before_redemption_is_sent", before_redemption),
    ("window_02_redeemed_and_answer_lost", redeemed_and_answer_lost),
    ("window_03_redeemed_by_another_client", redeemed_by_another),
    ("window_04_documents_there_before_pin", before_pin),
    ("window_05_gone_while_signing", while_signing),
    ("window_06_one_of_two_signed", one_of_two),
    ("window_07_signed_not_submitted", signed_not_submitted),
    ("window_08_submitted_and_no_answer", submitted_and_no_answer),
    ("window_09_answered_and_crashed", answered_and_crashed),
    ("window_10_service_killed_before_its_checks", service_killed),
    ("window_11_ocsp_down", ocsp_down),
    ("window_12_too_late_to_submit", too_late),
    ("window_13_other_bytes_after_acceptance", other_bytes),
    ("window_14_disk_full", disk_full),
];

/// No program dies of itself so often.
const MOST_STARTS: usize = 6;
/// Longer than the window and its grace.
const LAPSE_S: u32 = 200;
/// Longer than a session lives.
const HARD_END_S: u32 = 1_900;

/// A service, a relay, and an application of the program under test.
#[derive(Debug)]
pub struct Stage {
    folder: TempDir,
    service: Service,
    relay: Relay,
    program: Program,
    application: String,
    code: String,
    ledger: Ledger,
}

impl Stage {
    /// For this program.
    pub fn new(command: &[PathBuf], environment: &[(&'static str, PathBuf)]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("service");
        fs::create_dir_all(&data)?;
        let service = Service::start(&data)?;
        let relay = Relay::start(service.address()?, Chance::of(1))?;
        let program = Program {
            command: command.to_vec(),
            environment: environment.to_vec(),
            base_url: service.base_url()?.to_owned(),
            proxy: relay.url(),
            folder: folder.path().join("application"),
            pulled: false,
        };
        Program::prepare(&data, &program.folder)?;
        let (application, code, ledger) = (String::new(), String::new(), Ledger::default());
        let mut stage = Self { folder, service, relay, program, application, code, ledger };
        stage.apply(1)?;
        Ok(stage)
    }

    /// A new application with this many texts.
    fn apply(&mut self, texts: u64) -> Result {
        self.application = format!("SD-{}", 80_000 + texts);
        self.code = self.service.door()?.application(&self.application, texts)?;
        Ok(())
    }

    /// Starts the program until this death, which must come.
    fn killed(&mut self, at: &str) -> Result {
        self.start(&Death::At(at.to_owned()))?;
        match self.events().last() {
            Some(Event::Killed(Some(point))) if point == at => Ok(()),
            other => Err(io::Error::other(format!("it came not to {at}: {other:?}"))),
        }
    }

    fn start(&mut self, death: &Death) -> Result {
        let (ledger, application) = (&mut self.ledger, &self.application);
        self.program.run(&self.code, death, |event| ledger.add(application, event))
    }

    /// Starts the program, as often as the person would, until its session is over.
    fn until_over(&mut self) -> Result<(String, String)> {
        for _ in 0..MOST_STARTS {
            self.start(&Death::None)?;
            match self.events().last() {
                Some(Event::Outcome(kind, why)) if kind != "Received" && kind != "Unknown" => {
                    return Ok((kind.clone(), why.clone()));
                }
                Some(Event::Outcome(..)) => {}
                other => return Err(io::Error::other(format!("it ended otherwise: {other:?}"))),
            }
        }
        Err(io::Error::other("it never came to an end"))
    }

    fn accepted(&mut self) -> Result {
        let end = self.until_over()?;
        is("the end", &end, &("Accepted".to_owned(), String::new()))
    }

    fn events(&self) -> &[Event] {
        self.ledger.events(&self.application)
    }

    fn pins(&self, wanted: usize) -> Result {
        is("PIN entries", &self.count(|event| *event == Event::Pin), &wanted)
    }

    /// The state that the start after a kill went on with.
    fn resumed(&self, state: &str) -> Result {
        let resumed = self.count(|event| matches!(event, Event::Resuming(found) if found == state));
        if resumed > 0 { Ok(()) } else { Err(io::Error::other(format!("nothing went on from {state}"))) }
    }

    fn count(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.events().iter().filter(|event| wanted(event)).count()
    }

    /// Ends the service; the ledger must find nothing wrong.
    fn settle(&mut self) -> Result<(Verdict, Kept)> {
        self.service.stop()?;
        let mut rows = database::read(&self.service.database())?;
        let verdict = self.ledger.judge(&rows);
        if !verdict.wrong.is_empty() {
            return Err(io::Error::other(format!("{:?}: {:?}", verdict.wrong, self.events())));
        }
        Ok((verdict, rows.remove(&self.application).unwrap_or_default()))
    }
}

/// Goes through one window; an error says what was otherwise.
pub fn run(window: &Window, command: &[PathBuf], environment: &[(&'static str, PathBuf)]) -> Result {
    let mut stage = Stage::new(command, environment)?;
    let walked = (window.1)(&mut stage).and_then(|()| stage.settle());
    walked
        .map(drop)
        .map_err(|error| io::Error::other(format!("{error}; {:?}; {:?}", stage.events(), stage.relay.seen())))
}

fn before_redemption(stage: &mut Stage) -> Result {
    stage.killed("before send POST sign-sessions")?;
    stage.accepted()?;
    stage.resumed("CodeNotRedeemed")?;
    stage.pins(1)
}

fn redeemed_and_answer_lost(stage: &mut Stage) -> Result {
    stage.relay.once("POST", "/sign-sessions", Fault::LoseAnswer);
    stage.killed("after send POST sign-sessions")?;
    stage.accepted()?;
    stage.resumed("CodeNotRedeemed")?;
    stage.pins(1)
}

fn redeemed_by_another(stage: &mut Stage) -> Result {
    stage.killed("before send POST sign-sessions")?;
    let ours = stage.program.folder.clone();
    let theirs = stage.folder.path().join("another");
    Program::prepare(stage.service.folder(), &theirs)?;
    stage.program.folder = theirs;
    stage.killed("before sign")?;
    let other = std::mem::replace(&mut stage.program.folder, ours);
    let end = stage.until_over()?;
    is("our end", &end, &("Failed".to_owned(), "CODE_ALREADY_USED".to_owned()))?;
    stage.pins(0)?;
    // Who redeemed it goes on.
    stage.program.folder = other;
    stage.accepted()
}

fn before_pin(stage: &mut Stage) -> Result {
    stage.killed("before sign")?;
    stage.service.door()?.advance(LAPSE_S)?;
    stage.accepted()?;
    stage.resumed("Opened")?;
    stage.pins(1)
}

/// The signature was made, and nobody knows of it: it is made again.
fn while_signing(stage: &mut Stage) -> Result {
    stage.killed("after sign")?;
    stage.accepted()?;
    stage.pins(2)
}

fn one_of_two(stage: &mut Stage) -> Result {
    stage.apply(2)?;
    stage.program.pulled = true;
    stage.killed("after persist Signed")?;
    stage.program.pulled = false;
    stage.accepted()?;
    stage.resumed("PartlySigned")?;
    stage.pins(2)
}

fn signed_not_submitted(stage: &mut Stage) -> Result {
    stage.killed("before send PUT submission")?;
    stage.service.door()?.advance(LAPSE_S)?;
    stage.accepted()?;
    stage.resumed("Signed")?;
    stage.pins(1)
}

fn submitted_and_no_answer(stage: &mut Stage) -> Result {
    stage.relay.once("PUT", "/submission", Fault::LoseAnswer);
    stage.killed("after send PUT submission")?;
    stage.accepted()?;
    stage.resumed("Signed")?;
    stage.pins(1)
}

fn answered_and_crashed(stage: &mut Stage) -> Result {
    stage.killed("before persist Ended")?;
    stage.accepted()?;
    stage.resumed("Signed")?;
    stage.pins(1)
}

fn service_killed(stage: &mut Stage) -> Result {
    stage.service.door()?.switch("hold_decisions", json!(true))?;
    stage.killed("after send PUT submission")?;
    stage.service.kill()?;
    stage.service.start_again()?;
    stage.accepted()?;
    stage.pins(1)
}

fn ocsp_down(stage: &mut Stage) -> Result {
    // Not before: the check of the certificate asks it too, and no PIN is asked for then.
    stage.killed("before send PUT submission")?;
    stage.service.door()?.switch("ocsp_down", json!(true))?;
    stage.killed("before wait Checks")?;
    stage.service.door()?.switch("ocsp_down", json!(false))?;
    stage.accepted()?;
    stage.pins(1)
}

fn too_late(stage: &mut Stage) -> Result {
    stage.killed("before send PUT submission")?;
    stage.service.door()?.advance(HARD_END_S)?;
    let end = stage.until_over()?;
    is("the end", &end, &("Expired".to_owned(), "SESSION_EXPIRED".to_owned()))?;
    stage.pins(1)?;
    // The journal keeps the signature as evidence, and a new code is another session.
    let is_evidence = |event: &Event| matches!(event, Event::Stored(_, state, why) if state == "Ended" && why == "SESSION_EXPIRED");
    is("ends with the reason in the journal", &stage.count(is_evidence), &1)
}

/// The journal comes back from a backup that is older than the submission.
fn other_bytes(stage: &mut Stage) -> Result {
    stage.killed("before sign")?;
    let journal = stage.program.folder.join("journal");
    let backup = stage.folder.path().join("backup");
    copy(&journal, &backup)?;
    stage.accepted()?;
    copy(&backup, &journal)?;
    let before = stage.ledger.clone();
    stage.start(&Death::None)?;
    let end = stage.events().last().cloned();
    // The second one is none of the ledger's: the person did what no crash does.
    stage.ledger = before;
    match end {
        Some(Event::Outcome(kind, _)) if kind != "Received" && kind != "Unknown" => Ok(()),
        other => Err(io::Error::other(format!("after the backup: {other:?}"))),
    }
}

/// Files may not grow beyond what the first records need; then there is room again.
fn disk_full(stage: &mut Stage) -> Result {
    let full = "trap '' XFSZ; ulimit -f 8; exec \"$@\"";
    let roomy = stage.program.command.clone();
    let shell = ["/bin/sh", "-c", full, "sh"].map(PathBuf::from);
    stage.program.command = [&shell[..], &roomy].concat();
    let end = stage.until_over()?;
    is("the end", &end, &("Failed".to_owned(), "JOURNAL_UNAVAILABLE".to_owned()))?;
    stage.pins(0)?;
    stage.program.command = roomy;
    stage.accepted()?;
    stage.pins(1)
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if let Some(name) = path.file_name() {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

fn is<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, wanted: &T) -> Result {
    if found == wanted {
        return Ok(());
    }
    Err(io::Error::other(format!("{what}: {found:?} instead of {wanted:?}")))
}
