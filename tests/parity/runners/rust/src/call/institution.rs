//! What an institution's e-imza sorumlusu asks.

use kamusm::{
    application::ApplicationNumber,
    drive::Failure,
    error::Result,
    follow::Follow,
    institution::{self, InstitutionId, PreApplication},
    request::TransportFailure,
    time::Now,
};
use serde_json::{Map, Value, json};

use super::{Going, key};
use crate::{error, message};

/// The message as JSON; nothing where the name is not known.
pub(super) fn perform(going: &Going<'_>, name: &str) -> Result<Option<Value>> {
    if name == "institution.csv" {
        return Ok(Some(PreApplication::from_csv(&going.csv())?.iter().map(message::csv_row).collect()));
    }
    let Some(id) = going.scenario.get("institution") else { return Ok(None) };
    let id = InstitutionId::parse(id)?;
    let (config, token) = (&going.config, &going.token);
    let number = || ApplicationNumber::parse(going.scenario.text("number"));
    Ok(Some(match name {
        "institution.submit" => {
            let rows = PreApplication::from_csv(&going.csv())?;
            let good: Vec<PreApplication> = rows.into_iter().filter_map(|row| row.result.ok()).collect();
            let placed = going.ask(&institution::submit(config, token, &id, &good, &key())?)?;
            placed.iter().map(message::placed).collect()
        }
        "institution.list" => {
            going.ask(&institution::list(config, token, &id))?.iter().map(message::of_staff).collect()
        }
        "institution.read" => {
            message::of_staff(&going.ask(&institution::read(config, token, &id, &number()?))?)
        }
        "institution.watch" => {
            let etag = going.scenario.text("etag");
            let changed = going.ask(&institution::watch(config, token, &id, &number()?, etag))?;
            changed.as_ref().map_or(Value::Null, message::of_staff)
        }
        "follow" => follow(going, &id)?,
        _ => return Ok(None),
    }))
}

/// Follows until each number is known or refused once.
fn follow(going: &Going<'_>, id: &InstitutionId) -> Result<Value> {
    let numbers: Result<Vec<_>> = going.scenario.all("number").map(ApplicationNumber::parse).collect();
    let parallel = going.scenario.number("parallel").unwrap_or(1);
    let mut follow = Follow::new(&going.config, &going.token, id, numbers?, parallel);
    let mut statuses = Map::new();
    while statuses.len() < follow.progress().total {
        let Some(question) = follow.next(Now::system().monotonic_ms) else { break };
        let answer = going.send(&question.request).map_err(|failure| match failure {
            Failure::Transport(failure) => failure,
            Failure::Cancelled => TransportFailure::Unreachable,
        });
        if let Some(change) = follow.answer(question.index, answer, Now::system().monotonic_ms) {
            let told = match &change.result {
                Ok(status) => json!(status.code.word()),
                Err(why) => error::of_call(why),
            };
            statuses.insert(change.number.as_str().to_owned(), told);
        }
    }
    let progress = follow.progress();
    Ok(json!({ "known": progress.known, "refused": progress.refused, "statuses": statuses }))
}
