//! The service's side: it runs, dies in the middle of what it does, and begins again on what its disk kept.

use std::sync::Arc;

use fastrand::Rng;
use kamusm_sandbox::Ocsp;
use kamusm_sandbox::clock::Clock as _;
use kamusm_sandbox::in_process::{Answer, Arrival, InProcess};

use crate::clock::VirtualClock;
use crate::disk::{Crash, Disk, Image};
use crate::material::builder;
use crate::vfs::{self, Mount};

/// The worker looks so often at what is undecided.
const WORKER_MS: i64 = 30_000;

/// Why there is no code.
pub(crate) enum NoCode {
    Down(String),
    Refused(String),
}

/// The service with its disk.
pub(crate) struct Server {
    clock: VirtualClock,
    pub(crate) disk: Arc<Disk>,
    mount: Mount,
    running: Option<InProcess>,
    up_at: i64,
    worker_at: i64,
    ocsp_up_at: i64,
    chance: Rng,
    pub(crate) crashes: u64,
}

impl Server {
    pub(crate) fn new(clock: &VirtualClock, image: &Image, mut chance: Rng) -> Self {
        let disk = Arc::new(Disk::new(image, chance.u64(..)));
        let mount = Mount::new(disk.clone());
        Self {
            clock: clock.clone(),
            disk,
            mount,
            running: None,
            up_at: 0,
            worker_at: 0,
            ocsp_up_at: 0,
            chance,
            crashes: 0,
        }
    }

    /// Does what the time has come for. What it says belongs into the history.
    pub(crate) async fn tick(&mut self) -> Vec<String> {
        let mut said = Vec::new();
        let now = self.clock.now_ms();
        if self.running.is_none() && now >= self.up_at {
            said.push(self.start().await);
        }
        if let Some(running) = &self.running {
            running.set_ocsp(if now >= self.ocsp_up_at { Ocsp::Up } else { Ocsp::Down });
            if now >= self.worker_at {
                self.worker_at = now + WORKER_MS;
                let done = running.finish_received().await;
                said.push(format!("service: worker {}", if done { "looked" } else { "could not look" }));
                said.extend(self.bury());
            }
        }
        said
    }

    async fn start(&mut self) -> String {
        match builder(&self.clock).in_process(self.mount.directory(), vfs::NAME).await {
            Ok(service) => {
                self.running = Some(service);
                self.worker_at = 0;
                "service: up".to_owned()
            }
            Err(error) => {
                let reason = format!("service: does not start: {error}");
                self.die();
                reason
            }
        }
    }

    /// Answers, unless it is down or dies.
    pub(crate) async fn call(&mut self, arrival: Arrival) -> Result<Answer, Vec<String>> {
        let Some(running) = &self.running else { return Err(vec!["service: down".to_owned()]) };
        let answer = running.call(arrival).await;
        match self.bury() {
            Some(said) => Err(vec![said]),
            None => Ok(answer),
        }
    }

    /// A code from the person's page; an error says why there is none.
    pub(crate) async fn issue_code(&mut self, order: &str) -> Result<String, NoCode> {
        let Some(running) = &self.running else { return Err(NoCode::Down("service: down".to_owned())) };
        let issued = running.issue_sign_code(order).await;
        match self.bury() {
            Some(said) => Err(NoCode::Down(said)),
            None => issued.map(|issued| issued.code).map_err(|error| NoCode::Refused(error.to_string())),
        }
    }

    /// What the world does beside the protocol.
    pub(crate) fn running(&self) -> Option<&InProcess> {
        self.running.as_ref()
    }

    /// The power goes now; tells so.
    pub(crate) fn cut_power(&mut self) -> String {
        self.running = None;
        self.disk.kill();
        self.disk.restart(Crash::Power);
        self.up_at = 0;
        "service: the power is cut".to_owned()
    }

    pub(crate) fn lose_ocsp(&mut self, milliseconds: i64) {
        self.ocsp_up_at = self.clock.now_ms() + milliseconds;
    }

    pub(crate) fn is_ocsp_up(&self) -> bool {
        self.clock.now_ms() >= self.ocsp_up_at
    }

    /// When it begins again.
    pub(crate) fn up_at(&self) -> i64 {
        if self.running.is_some() { i64::MAX } else { self.up_at }
    }

    /// Where its disk died under it, the service is dead too.
    fn bury(&mut self) -> Option<String> {
        self.disk.is_down().then(|| self.die())
    }

    fn die(&mut self) -> String {
        self.running = None;
        self.crashes += 1;
        let crash = if self.chance.bool() { Crash::Power } else { Crash::Kill };
        self.disk.restart(crash);
        let away = self.chance.u64(100..40_000);
        self.up_at = self.clock.now_ms() + i64::try_from(away).unwrap_or(0);
        format!("service: dead by {crash:?}, away for {away} ms")
    }
}
