//! Measures what `cargo xtask bench` tells: times beside those of others, each part in a process of its own.

mod canned;
mod card;
mod flow;
mod lists;
mod many;
mod material;
mod openssl;
mod process;
mod raw;
mod record;
mod rounds;
mod signatures;

use std::{
    io::{Write as _, stdout},
    process::ExitCode,
};

type Part = (&'static str, fn() -> rounds::Figures);

/// Every part with its name; each gives figures by name.
const PARTS: &[Part] = &[
    ("signatures", signatures::measure),
    ("lists", lists::measure),
    ("flow", flow::measure),
    ("many", many::measure),
    ("card", card::measure),
];

fn main() -> ExitCode {
    let argument = std::env::args().nth(1).unwrap_or_default();
    let text = match argument.as_str() {
        "record" => record::record(),
        "openssl-version" => openssl::version().to_owned(),
        "serve-recording" => canned::serve(),
        part => match PARTS.iter().find(|(name, _)| *name == part) {
            Some((_, measure)) => rounds::to_json(&measure()),
            None => return ExitCode::FAILURE,
        },
    };
    match stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
