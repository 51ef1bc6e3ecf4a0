//! Applications at work while the network breaks what passes and either side is killed; then calm, and the ledger.

use std::{
    collections::BTreeMap,
    io,
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    application::{Death, Event, Program},
    chance::Chance,
    database,
    door::Door,
    ledger::{Ledger, Verdict},
    relay::Relay,
    service::{Service, program},
};

/// Applications at the same time.
const LANES: u64 = 20;
/// Of a hundred exchanges so many go wrong.
const DISTURBED_PERCENT: u64 = 45;
/// Starts of an application that nobody kills, after which its session must be over.
const CALM_STARTS: u64 = 8;
/// However it goes, a storm ends.
const LONGEST: Duration = Duration::from_secs(3600);
/// Where the service can be aborted by a fault rule: before or after it has done what was asked.
const SERVICE_POINTS: [(&str, &str); 6] = [
    ("POST", "/sign-sessions"),
    ("POST", "/window"),
    ("POST", "/certificate-checks"),
    ("PUT", "/submission"),
    ("GET", "/submission"),
    ("GET", "/documents/1"),
];

/// How much has to happen.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "its caller says all of it")]
pub struct Goals {
    /// The same seed chooses the same.
    pub seed: u64,
    /// Ends of the service by kill -9 or abort.
    pub service_kills: u64,
    /// Ends of applications by kill -9.
    pub application_kills: u64,
    /// Answers that were lost or doubled.
    pub losses: u64,
}

/// What happened.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Ends of the service by kill -9, at random times.
    pub service_killed: u64,
    /// Ends of the service by its own abort, before or after it had committed what was asked.
    pub service_aborted: BTreeMap<String, u64>,
    /// Ends of applications by kill -9, by the point, or at a random time.
    pub application_killed: BTreeMap<String, u64>,
    /// What the relay did.
    pub network: BTreeMap<&'static str, u64>,
    /// What came of it.
    pub verdict: Verdict,
    /// What was said of the applications about which something is wrong.
    pub stories: Vec<String>,
}

struct Storm<'a> {
    goals: Goals,
    base_url: String,
    folder: PathBuf,
    program: PathBuf,
    relay: &'a Relay,
    /// The door of the running service; none while it is down.
    door: Mutex<Option<Door>>,
    service_kills: AtomicU64,
    application_kills: AtomicU64,
    next_number: AtomicU64,
    over: AtomicBool,
    calm: AtomicBool,
}

/// Runs until all goals are met and everything has settled.
pub fn run(goals: Goals) -> io::Result<Report> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("service");
    std::fs::create_dir_all(&data)?;
    let mut service = Service::start(&data)?;
    let mut chance = Chance::of(goals.seed);
    let relay = Relay::start(service.address()?, chance.branch())?;
    let storm = Storm {
        goals,
        base_url: service.base_url()?.to_owned(),
        folder: folder.path().to_path_buf(),
        program: program("kamusm-test-chaos-application")?,
        relay: &relay,
        door: Mutex::new(Some(service.door()?)),
        service_kills: AtomicU64::new(0),
        application_kills: AtomicU64::new(0),
        next_number: AtomicU64::new(70_001),
        over: AtomicBool::new(false),
        calm: AtomicBool::new(false),
    };
    relay.disturb(DISTURBED_PERCENT);
    let mut report = Report::default();
    let mut ledger = Ledger::default();
    let chances: Vec<Chance> = (0..LANES).map(|_| chance.branch()).collect();
    thread::scope(|scope| -> io::Result<()> {
        let storm = &storm;
        let lanes = chances.into_iter().enumerate().map(|(number, chance)| {
            scope.spawn(move || Lane { storm, number, chance, ledger: Ledger::default() }.run())
        });
        let lanes: Vec<_> = lanes.collect();
        let killing = storm.kill_services(&mut service, &mut chance, &mut report);
        // Also after a failure: the lanes must end.
        storm.calm.store(true, Ordering::SeqCst);
        relay.disturb(0);
        storm.over.store(true, Ordering::SeqCst);
        for lane in lanes {
            ledger.merge(lane.join().map_err(|_| io::Error::other("a lane panicked"))??);
        }
        killing
    })?;
    service.stop()?;
    report.verdict = ledger.judge(&database::read(&service.database())?);
    for (wrong, application) in &report.verdict.wrong {
        report.stories.push(format!("{wrong:?} {application}: {:?}", ledger.events(application)));
    }
    report.note(&ledger, &relay);
    Ok(report)
}

impl Storm<'_> {
    /// Until all goals are met. The service is up when this returns.
    fn kill_services(
        &self,
        service: &mut Service,
        chance: &mut Chance,
        report: &mut Report,
    ) -> io::Result<()> {
        let began = Instant::now();
        let (_open, never) = mpsc::channel::<()>();
        while !self.is_reached() && began.elapsed() < LONGEST {
            let life = Duration::from_millis(50 + chance.below(500));
            if self.service_kills.load(Ordering::Relaxed) >= self.goals.service_kills {
                // Enough of that; the other goals are waited for.
                let _ = never.recv_timeout(Duration::from_millis(200));
                continue;
            }
            let rule = chance.percent(40).then(|| {
                let (method, path) = chance.of_these(&SERVICE_POINTS).copied().unwrap_or_default();
                (method, path, if chance.percent(50) { "kill_before" } else { "kill_after" })
            });
            let aborts = match rule {
                Some((method, path, kind)) => {
                    service.door()?.fault(method, path, kind)?;
                    service.ended_within(life.saturating_mul(3))?.is_some()
                }
                None => {
                    let _ = never.recv_timeout(life);
                    false
                }
            };
            *self.door.lock().unwrap_or_else(PoisonError::into_inner) = None;
            match rule {
                Some((method, path, kind)) if aborts => {
                    *report.service_aborted.entry(format!("{kind} {method} {path}")).or_default() += 1;
                }
                _ => {
                    service.kill()?;
                    report.service_killed += 1;
                }
            }
            service.start_again()?;
            *self.door.lock().unwrap_or_else(PoisonError::into_inner) = Some(service.door()?);
            self.service_kills.fetch_add(1, Ordering::Relaxed);
        }
        if self.is_reached() { Ok(()) } else { Err(io::Error::other("the goals were not reached in time")) }
    }

    fn is_reached(&self) -> bool {
        self.service_kills.load(Ordering::Relaxed) >= self.goals.service_kills
            && self.application_kills.load(Ordering::Relaxed) >= self.goals.application_kills
            && self.relay.counts().lost_or_doubled() >= self.goals.losses
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// A new application with its code, from whichever start of the service answers.
    fn application(&self, texts: u64) -> io::Result<(String, String)> {
        let number = format!("SD-{}", self.next_number.fetch_add(1, Ordering::Relaxed));
        let (_open, never) = mpsc::channel::<()>();
        let began = Instant::now();
        loop {
            let door = self.door.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let issued = door.map(|door| door.application(&number, texts));
            match issued {
                Some(Ok(code)) => return Ok((number, code)),
                Some(Err(error)) if began.elapsed() > Duration::from_secs(120) => return Err(error),
                // It is being killed; the page of a person would be loaded again, too.
                _ => drop(never.recv_timeout(Duration::from_millis(50))),
            }
        }
    }
}

/// One person after another at one application.
struct Lane<'a> {
    storm: &'a Storm<'a>,
    number: usize,
    chance: Chance,
    ledger: Ledger,
}

impl Lane<'_> {
    fn run(mut self) -> io::Result<Ledger> {
        let folder = self.storm.folder.join(format!("application-{}", self.number));
        Program::prepare(&self.storm.folder.join("service"), &folder)?;
        let mut program = Program {
            command: vec![self.storm.program.clone()],
            environment: Vec::new(),
            base_url: self.storm.base_url.clone(),
            proxy: self.storm.relay.url(),
            folder,
            pulled: false,
        };
        while !self.storm.is_over() {
            let texts = 1 + self.chance.below(3);
            program.pulled = self.chance.percent(30);
            let (application, code) = self.storm.application(texts)?;
            self.session(&program, &application, &code)?;
        }
        Ok(self.ledger)
    }

    /// Starts the program until its session is over.
    fn session(&mut self, program: &Program, application: &str, code: &str) -> io::Result<()> {
        let mut calm_starts = 0;
        while calm_starts < CALM_STARTS {
            let death = if self.storm.calm.load(Ordering::SeqCst) { Death::None } else { self.death() };
            calm_starts += u64::from(self.storm.calm.load(Ordering::SeqCst));
            let mut is_over = false;
            let (ledger, kills) = (&mut self.ledger, &self.storm.application_kills);
            program.run(code, &death, |event| {
                if matches!(event, Event::Killed(_)) {
                    kills.fetch_add(1, Ordering::Relaxed);
                }
                is_over |= match &event {
                    Event::Outcome(kind, _) => kind != "Unknown" && kind != "Received",
                    Event::Stored(_, state, _) => state == "Ended",
                    Event::Broken(_) => true,
                    _ => false,
                };
                ledger.add(application, event);
            })?;
            if is_over {
                return Ok(());
            }
        }
        Ok(())
    }

    fn death(&mut self) -> Death {
        match self.chance.below(10) {
            0..4 => Death::AtPoint(self.chance.below(60)),
            4..7 => Death::After(Duration::from_millis(self.chance.below(4000))),
            _ => Death::None,
        }
    }
}

impl Report {
    fn note(&mut self, ledger: &Ledger, relay: &Relay) {
        for point in ledger.kills() {
            *self.application_killed.entry(point.unwrap_or("at a random time").to_owned()).or_default() += 1;
        }
        let counts = relay.counts();
        self.network = [
            ("exchanges", &counts.exchanges),
            ("requests lost", &counts.requests_lost),
            ("answers lost", &counts.answers_lost),
            ("answers cut", &counts.cut),
            ("doubled", &counts.doubled),
            ("delayed", &counts.delayed),
        ]
        .map(|(name, count)| (name, count.load(Ordering::Relaxed)))
        .into();
    }
}
