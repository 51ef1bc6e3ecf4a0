//! The person's applications.

use kamusm::{
    application::{Application, ApplicationNumber, PersonToken},
    call::Call,
    config::Config,
    drive::Transport as _,
    error::Result,
    status::{Bank, Block, Status},
};
use kamusm_token::cancel::CancelToken;
use serde_json::{Value, json};

use crate::{
    network::{Network, config},
    scenario::Scenario,
    told,
};

pub(crate) fn list(scenario: &Scenario) -> Value {
    let result = performed(scenario, Application::list);
    told("applications", result.map(|rows| rows.iter().map(row).collect()))
}

pub(crate) fn one(scenario: &Scenario) -> Value {
    let result = ApplicationNumber::parse(scenario.text("number"))
        .and_then(|number| performed(scenario, |config, token| Application::read(config, token, &number)));
    told("application", result.map(|found| row(&found)))
}

fn performed<T>(scenario: &Scenario, call: impl FnOnce(&Config, &PersonToken) -> Call<T>) -> Result<T> {
    let config = config(scenario)?;
    let token = PersonToken::parse(scenario.text("person_token"))?;
    let call = call(&config, &token);
    call.decode(&Network::new(scenario, &config)?.perform(call.request(), &CancelToken::new())?)
}

/// What the list shows of an application.
pub(crate) fn row(application: &Application) -> Value {
    json!({
        "no": application.no,
        "applied_on": application.applied_on,
        "institution": application.institution,
        "product": application.product,
        "reason": application.reason.word(),
        "status": status(&application.status),
        "warnings": application.warnings,
    })
}

pub(crate) fn status(status: &Status) -> Value {
    json!({
        "code": status.code.word(),
        "title": status.title,
        "cancelled_by": status.cancelled_by.as_ref().map(|by| by.word()),
        "action": { "code": status.action.code.word(), "title": status.action.title },
        "body": status.body.iter().map(block).collect::<Vec<_>>(),
    })
}

pub(crate) fn block(block: &Block) -> Value {
    match block {
        Block::Paragraph { text } => json!({ "kind": "paragraph", "text": text }),
        Block::Item { label, text } => json!({ "kind": "item", "label": label, "text": text }),
        Block::Channels { banks } => {
            json!({ "kind": "channels", "banks": banks.iter().map(bank).collect::<Vec<_>>() })
        }
        _ => json!({ "kind": "unknown" }),
    }
}

fn bank(bank: &Bank) -> Value {
    json!({
        "name": bank.name,
        "branch": bank.branch,
        "internet": bank.internet,
        "mobile": bank.mobile,
        "atm": bank.atm,
        "call_centre": bank.call_centre,
    })
}
