//! The end held against what was told.

use std::collections::BTreeSet;

use kamusm_sandbox::in_process::Arrival;
use serde_json::Value;

use super::World;
use crate::ledger::contains;

/// A token may ask so often in a minute.
const REQUESTS_A_MINUTE: usize = 50;

impl World {
    pub(super) async fn check(&mut self) {
        self.check_evidence().await;
        self.check_acknowledged().await;
    }

    /// At most one accepted submission; its octets are those that were signed and shown.
    async fn check_evidence(&mut self) {
        let (order, texts) = self.order();
        let Some(service) = self.server.running() else {
            return self.ledger.violated("the service does not come back");
        };
        if !service.is_intact().await {
            return self.ledger.violated("the database is damaged");
        }
        let rows = match service.evidence(order).await {
            Ok(rows) => rows,
            Err(error) => return self.ledger.violated(format!("the evidence is not readable: {error}")),
        };
        let sessions: BTreeSet<&str> = rows.iter().map(|row| row.session_id.as_str()).collect();
        if sessions.len() > 1 || rows.len() > texts {
            self.ledger.violated(format!(
                "{} signatures of {} sessions accepted",
                rows.len(),
                sessions.len()
            ));
        }
        if rows.len() < texts {
            self.ledger.violated(format!("accepted, but {} of {texts} signatures are there", rows.len()));
        }
        let documents: BTreeSet<&str> = rows.iter().map(|row| row.document_id.as_str()).collect();
        if documents.len() != rows.len() {
            self.ledger.violated("a text was accepted twice");
        }
        for row in &rows {
            if !self.ledger.sent.contains(&row.cms) {
                self.ledger.violated("an accepted signature is not one that was sent");
            }
            if !self.ledger.shown.iter().any(|text| contains(&row.cms, text)) {
                self.ledger.violated("an accepted signature is over a text that was not shown");
            }
        }
    }

    /// What the service said that it did is done, and is said again.
    async fn check_acknowledged(&mut self) {
        let acknowledged = std::mem::take(&mut self.ledger.acknowledged);
        for (count, (arrival, before)) in acknowledged.iter().enumerate() {
            if count % REQUESTS_A_MINUTE == 0 {
                self.clock.pass(61_000);
            }
            let again = match arrival.method.as_str() {
                "PUT" => Arrival { method: "GET".to_owned(), body: Vec::new(), ..arrival.clone() },
                _ => arrival.clone(),
            };
            let Some(after) = self.deliver(&again).await else {
                return self.ledger.violated("the service is not there at the end");
            };
            let json = |body: &[u8]| serde_json::from_slice::<Value>(body).unwrap_or_default();
            let (first, last) = (json(&before.body), json(&after.body));
            let is_kept = if arrival.method == "PUT" {
                let is_decided =
                    ["accepted", "rejected"].contains(&last["state"].as_str().unwrap_or_default());
                is_decided && (first["state"] == "received" || first["receipt"] == last["receipt"])
            } else if arrival.path.ends_with("/sign-sessions") {
                // A session that is over is not opened again, but it is known.
                let is_same =
                    first["token"] == last["token"] && first["session"]["id"] == last["session"]["id"];
                after.status == 410 || (after.status == before.status && is_same)
            } else {
                (after.status, &after.body) == (before.status, &before.body)
            };
            if !is_kept {
                let (method, path) = (&arrival.method, &arrival.path);
                let what = format!("{method} {path} was answered {first}, and is {} {last}", after.status);
                self.ledger.violated(what);
            }
        }
    }
}
