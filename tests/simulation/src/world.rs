//! One seed, one history: the world goes wrong by its plan, heals, settles, and is held against what was told.

mod check;
mod exchange;
mod journal;
mod person;

use std::collections::BTreeSet;
use std::sync::Arc;

use fastrand::Rng;
use kamusm::config::Config;
use kamusm::journal::JournalId;
use kamusm_sandbox::clock::Clock as _;
use kamusm_sandbox::in_process::{self, Arrival};

use crate::application::{Files, State, config};
use crate::clock::VirtualClock;
use crate::disk::Trouble;
use crate::history::History;
use crate::ledger::Ledger;
use crate::material::{Material, ORDERS, material};
use crate::plan::Plan;
use crate::server::Server;

/// No history is longer.
const MOST_TURNS: u32 = 1_000;
/// The worker is late where nobody else does anything.
const LONGEST_IDLE_MS: i64 = 300_000;
/// The longest time for which the disk is out of order.
const TROUBLE_MS: i64 = 20_000;

/// What came of a seed.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// What happened.
    pub history: History,
    /// Over the history and every change of the service's disk.
    pub digest: String,
    /// The promises that were broken; none where all is well.
    pub violations: Vec<String>,
    /// How many calls the service's disk had.
    pub disk_calls: u64,
    /// Those of them that wrote.
    pub disk_writes: Vec<u64>,
    /// How much went wrong, for the record.
    pub counts: Counts,
}

/// How often something happened.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Exchanges whose request or answer did not go its straight way.
    pub bad_exchanges: u64,
    /// Times the service died.
    pub service_crashes: u64,
    /// Times the application died.
    pub application_crashes: u64,
    /// Times a disk call failed or could have.
    pub disk_troubles: u64,
    /// Sessions that were resumed.
    pub resumed: u64,
    /// Times a PIN was asked for.
    pub pins: u64,
    /// Sessions that ended void, with a reason.
    pub void: u64,
    /// Orders approved.
    pub accepted: u64,
}

pub(crate) struct World {
    clock: VirtualClock,
    chance: Rng,
    plan: Plan,
    material: Arc<Material>,
    config: Config,
    server: Server,
    state: State,
    files: Files,
    last_journal: Option<JournalId>,
    /// Journals whose texts all carry a signature that is safe.
    signed: BTreeSet<JournalId>,
    failures: u32,
    late: Vec<(i64, Arrival)>,
    heal_disk_at: i64,
    history: History,
    ledger: Ledger,
    counts: Counts,
}

/// Runs the world of this seed.
pub fn run(seed: u64) -> Report {
    lived(seed, |_| {})
}

/// Runs a world in which nothing goes wrong but this, at this call of the service's disk, for a while.
pub fn run_troubled(seed: u64, call: u64, trouble: Trouble) -> Report {
    lived(seed, |world| {
        world.plan = Plan { order: world.plan.order, ..Plan::default() };
        world.trouble_disk(call, trouble);
        world.heal_disk_at = world.now() + TROUBLE_MS;
    })
}

fn lived(seed: u64, change: impl FnOnce(&mut World)) -> Report {
    let material = material();
    let runtime = runtime();
    in_process::seed(seed);
    let mut world = World::new(seed, material);
    change(&mut world);
    runtime.block_on(world.live());
    let digest = format!("{}-{:02x?}", world.history.digest(), &world.server.disk.trace()[..8]);
    world.counts.service_crashes = world.server.crashes;
    Report {
        seed,
        digest: digest.replace([',', ' ', '[', ']'], ""),
        disk_calls: world.server.disk.calls(),
        disk_writes: world.server.disk.writes(),
        history: world.history,
        violations: world.ledger.violations,
        counts: world.counts,
    }
}

/// One thread does everything of a world, but SQLite's own.
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("there are threads")
}

impl World {
    fn new(seed: u64, material: Arc<Material>) -> Self {
        let mut chance = Rng::with_seed(seed);
        let plan = Plan::draw(&mut chance);
        let clock = VirtualClock::new();
        let server = Server::new(&clock, &material.image, chance.fork());
        Self {
            clock,
            chance,
            plan,
            material,
            config: config(),
            server,
            state: State::NoCode { from_ms: 0 },
            files: Files::new(),
            last_journal: None,
            signed: BTreeSet::new(),
            failures: 0,
            late: Vec::new(),
            heal_disk_at: i64::MAX,
            history: History::default(),
            ledger: Ledger::default(),
            counts: Counts::default(),
        }
    }

    async fn live(&mut self) {
        let plan = self.plan;
        self.note(format!("{plan:?}"));
        for _ in 0..MOST_TURNS {
            self.surroundings().await;
            self.misfortune();
            match &self.state {
                State::NoCode { from_ms } if self.now() >= *from_ms => self.take_code().await,
                State::Running(_) => self.go_on().await,
                State::Gone { until_ms } if self.now() >= *until_ms => self.come_back(),
                State::NoCode { .. } | State::Gone { .. } => self.idle(),
                State::Accepted => break,
            }
            if !self.ledger.violations.is_empty() {
                return;
            }
        }
        self.settle().await;
        self.check().await;
    }

    /// Everything heals; what is on its way arrives, what is undecided is decided.
    async fn settle(&mut self) {
        self.plan.budget = 0;
        if !matches!(self.state, State::Accepted) {
            self.ledger.violated("the person never gets there although everything is healed");
        }
        self.server.disk.heal();
        self.heal_disk_at = i64::MAX;
        for _ in 0..1_000 {
            if self.late.is_empty() && self.server.is_ocsp_up() && self.server.running().is_some() {
                break;
            }
            self.idle();
            self.surroundings().await;
        }
        self.clock.pass(60_000);
        self.surroundings().await;
        // What was told must stand even now.
        let said = self.server.cut_power();
        self.note(said);
        self.surroundings().await;
    }

    /// What happens without the person.
    async fn surroundings(&mut self) {
        if self.now() >= self.heal_disk_at {
            self.heal_disk_at = i64::MAX;
            self.server.disk.heal();
            self.note("disk: healed");
        }
        for line in self.server.tick().await {
            self.note(line);
        }
        self.deliver_late().await;
    }

    /// Plans what goes wrong next.
    fn misfortune(&mut self) {
        if self.plan.strikes(&mut self.chance, self.plan.service) {
            let changes = self.chance.u64(..14);
            self.server.disk.crash_after(changes);
            self.note(format!("plan: the service dies in change {changes} from here"));
        }
        if self.heal_disk_at == i64::MAX && self.plan.strikes(&mut self.chance, self.plan.disk) {
            let kinds = [Trouble::Error, Trouble::Short, Trouble::Full, Trouble::ReadOnly];
            let (calls, kind) = (self.chance.u64(..60), kinds[self.chance.usize(..kinds.len())]);
            self.heal_disk_at = self.now() + self.chance.i64(1..TROUBLE_MS);
            self.trouble_disk(calls, kind);
        }
        // Most of all while the person signs: then the signatures arrive when nobody can check them.
        let is_signing = matches!(&self.state, State::Running(running) if running.is_signing);
        let ocsp = if is_signing { self.plan.ocsp * 4 } else { self.plan.ocsp / 4 };
        if self.server.is_ocsp_up() && self.plan.strikes(&mut self.chance, ocsp) {
            let hours = if self.chance.u8(..8) == 0 { 26 } else { 2 };
            let milliseconds = self.chance.i64(5_000..hours * 3_600_000);
            self.server.lose_ocsp(milliseconds);
            self.note(format!("plan: no OCSP for {milliseconds} ms"));
        }
    }

    fn trouble_disk(&mut self, calls: u64, kind: Trouble) {
        self.server.disk.trouble_after(calls, kind);
        self.counts.disk_troubles += 1;
        self.note(format!("plan: disk {kind:?} in call {calls} from here"));
    }

    /// Nobody does anything until something happens by itself.
    fn idle(&mut self) {
        let state_at = match self.state {
            State::NoCode { from_ms } => from_ms,
            State::Gone { until_ms } => until_ms,
            _ => i64::MAX,
        };
        let late_at = self.late.iter().map(|(at, _)| *at).min().unwrap_or(i64::MAX);
        let next = state_at.min(late_at).min(self.server.up_at()).min(self.heal_disk_at);
        let milliseconds = next.saturating_sub(self.now()).clamp(1, LONGEST_IDLE_MS);
        self.clock.pass(milliseconds.unsigned_abs());
    }

    fn now(&self) -> i64 {
        self.clock.now_ms()
    }

    fn order(&self) -> (&'static str, usize) {
        ORDERS[self.plan.order]
    }

    fn note(&mut self, what: impl std::fmt::Display) {
        self.history.add(self.clock.elapsed_ms(), what);
    }
}
