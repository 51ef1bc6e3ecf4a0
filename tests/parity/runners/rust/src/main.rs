//! Performs the scenarios of the parity table with the Rust crates: scenarios on standard input, one JSON line each
//! on standard output (tests/parity/README.md).

#![expect(clippy::print_stdout, reason = "a command line program speaks on its terminal")]

mod application;
mod cades;
mod call;
mod error;
mod hex;
mod message;
mod network;
mod person;
mod scenario;
mod session;
mod single;
mod trace;

use std::io::{self, BufRead as _};

use kamusm::error::{Error, Result};
use serde_json::{Value, json};

use self::scenario::Scenario;

fn main() {
    let mut lines = Vec::new();
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        if line.is_empty() {
            println!("{}", perform(&Scenario::read(&std::mem::take(&mut lines))));
        } else {
            lines.push(line);
        }
    }
}

fn perform(scenario: &Scenario) -> Value {
    if let Some(key) = scenario.unknown_key() {
        return json!({ "name": scenario.text("name"), "unsupported": key });
    }
    let mut trace = match scenario.text("kind") {
        "session" | "sign_in" => session::trace(scenario),
        "applications" => application::list(scenario),
        "application" => application::one(scenario),
        "identities" => single::identities(scenario),
        "code" => single::code(scenario),
        "config" => single::config(scenario),
        "errors" => single::errors(),
        "call" => call::trace(scenario),
        "cades_sign" => cades::sign(scenario),
        "cades_verify" => cades::verify(scenario),
        kind => json!({ "unsupported": kind }),
    };
    trace["name"] = json!(scenario.text("name"));
    trace
}

/// `{field: value or null, "thrown": error or null}`.
fn told(field: &str, result: Result<Value, Error>) -> Value {
    match result {
        Ok(value) => json!({ field: value, "thrown": null }),
        Err(error) => json!({ field: null, "thrown": error::trace(&error) }),
    }
}
