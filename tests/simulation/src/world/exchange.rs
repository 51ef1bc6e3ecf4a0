//! Requests go out, answers come back, or not.

use kamusm::request::{Request, Response, TransportFailure};
use kamusm_sandbox::in_process::{Answer, Arrival};

use super::World;
use crate::network::{Fate, arrival, cut, response};

impl World {
    /// What the application gets for its request.
    pub(super) async fn exchange(&mut self, request: &Request) -> Result<Response, TransportFailure> {
        self.clock.pass(self.chance.u64(10..150));
        let mut fate = Fate::Good;
        if self.plan.strikes(&mut self.chance, self.plan.network) {
            fate = Fate::bad(&mut self.chance);
            self.counts.bad_exchanges += 1;
        }
        let place = request.url.rsplit('/').next().unwrap_or_default();
        self.note(format!("send {} {place} {fate:?}", request.method.name()));
        let arrival = arrival(request);
        self.ledger.note_sent(&request.body);
        let answer = match fate {
            Fate::Good => self.deliver(&arrival).await,
            Fate::LostBefore => None,
            Fate::LostAfter | Fate::AnswerCut => {
                self.deliver(&arrival).await;
                None
            }
            Fate::Late { milliseconds } => {
                self.send_late(milliseconds, arrival);
                None
            }
            Fate::Doubled => {
                self.deliver(&arrival).await;
                self.deliver(&arrival).await
            }
            Fate::DoubledLate { milliseconds } => {
                self.send_late(milliseconds, arrival.clone());
                self.deliver(&arrival).await
            }
            Fate::RequestCut => {
                self.deliver(&cut(&arrival)).await;
                None
            }
        };
        if let Some(answer) = answer {
            return Ok(response(&answer));
        }
        if matches!(fate, Fate::Late { .. }) || self.chance.bool() {
            self.clock.pass(request.timeout_ms);
            return Err(TransportFailure::Timeout);
        }
        Err(TransportFailure::Unreachable)
    }

    fn send_late(&mut self, milliseconds: u64, arrival: Arrival) {
        let at = self.now().saturating_add_unsigned(milliseconds);
        self.late.push((at, arrival));
    }

    /// Whose time has come arrives, in the order of the times; nobody waits for the answers.
    pub(super) async fn deliver_late(&mut self) {
        loop {
            let now = self.now();
            let due = self.late.iter().enumerate().filter(|(_, (at, _))| *at <= now);
            let Some(place) = due.min_by_key(|(_, (at, _))| *at).map(|(place, _)| place) else { return };
            let (_, arrival) = self.late.remove(place);
            self.note(format!("late {} {}", arrival.method, last(&arrival.path)));
            self.deliver(&arrival).await;
        }
    }

    /// The service answers, if it is there and lives on.
    pub(super) async fn deliver(&mut self, arrival: &Arrival) -> Option<Answer> {
        match self.server.call(arrival.clone()).await {
            Ok(answer) => {
                let problem = problem(&answer);
                self.note(format!("     {} {problem}", answer.status));
                // What is stored first needs no OCSP.
                let needs_ocsp = !arrival.path.ends_with("/submission");
                let is_sound = self.heal_disk_at == i64::MAX && (self.server.is_ocsp_up() || !needs_ocsp);
                self.ledger.note_answer(arrival, &answer, is_sound);
                Some(answer)
            }
            Err(said) => {
                said.into_iter().for_each(|line| self.note(format!("     {line}")));
                None
            }
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The problem's name, or the state that is told.
fn problem(answer: &Answer) -> String {
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let named = body["type"].as_str().or_else(|| body["state"].as_str());
    named.unwrap_or_default().trim_start_matches("urn:kamusm:problem:").to_owned()
}
