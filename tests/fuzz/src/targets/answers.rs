//! Bodies of the single calls: what decodes, decodes the same again; what does not, ends in an error of the protocol.

use std::{fmt::Debug, sync::LazyLock};

use kamusm::{
    application::{Application, ApplicationNumber, PersonToken},
    approval::Approval,
    call::Call,
    commitment::Commitment,
    config::{Config, Environment},
    event::Event,
    evidence::Evidence,
    form::{Form, FormValues},
    idempotency::IdempotencyKey,
    institution::{self, InstitutionId, PreApplication},
    payment::Payment,
    person::Me,
    phone::PhoneVerification,
    reference::Choice,
    request::Response,
    result::ApplicationResult,
    sign_code::SignCode,
};

use super::problem;
use crate::bound::bounded;

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    Config::builder("http://127.0.0.1:1", Environment::Sandbox).build().expect("right settings")
});
static TOKEN: LazyLock<PersonToken> = LazyLock::new(|| PersonToken::parse("token").expect("a token"));

/// What every call needs; the service's answers do not depend on it here.
pub fn token() -> &'static PersonToken {
    &TOKEN
}

/// The first octet says which call; the rest is the body of its answer.
pub fn run(octets: &[u8]) {
    let [kind, body @ ..] = octets else { return };
    bounded(octets, 128 * 1024, 512, || call(*kind, body));
}

fn call(kind: u8, body: &[u8]) {
    let (config, token) = (&*CONFIG, &*TOKEN);
    let number = ApplicationNumber::parse("SD-1").expect("a number");
    let place = InstitutionId::parse("kurum-1").expect("an id");
    match kind % 17 {
        0 => decoded(&Application::list(config, token), body),
        1 => decoded(&Application::read(config, token, &number), body),
        2 => decoded(&Approval::read(config, token, &number), body),
        3 => decoded(&Event::list(config, token, &number), body),
        4 => decoded(&Evidence::list(config, token, &number), body),
        5 => form(&Form::read(config, token, &number), body),
        6 => decoded(&Payment::read(config, token, &number), body),
        7 => decoded(&Me::read(config, token), body),
        8 => decoded(&Choice::list(config, token, "provinces"), body),
        9 => decoded(&ApplicationResult::read(config, token, &number), body),
        10 => decoded(&SignCode::read(config, token, &number, "c1"), body),
        11 => decoded(&institution::list(config, token, &place), body),
        12 => decoded(&institution::read(config, token, &place, &number), body),
        13 => decoded(&PhoneVerification::start(config, token, &number, &key()), body),
        14 => decoded(&Commitment::new("t1", DIGEST).content(config, token), body),
        15 => decoded(&Evidence::new("e1", "text/plain", DIGEST).download(config, token, &number), body),
        _ => rows(body),
    }
}

const DIGEST: &str = "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:";

fn key() -> IdempotencyKey {
    IdempotencyKey::new([7; 32])
}

fn response(body: &[u8]) -> Response {
    let headers = [("content-type", "application/json"), ("etag", "\"v1\""), ("repr-digest", DIGEST)];
    Response::new(200, headers.map(|(name, value)| (name.into(), value.into())).into(), body.to_vec())
}

fn decoded<T: Debug + 'static>(call: &Call<T>, body: &[u8]) {
    let response = response(body);
    match (call.decode(&response), call.decode(&response)) {
        (Ok(message), Ok(again)) => assert_eq!(format!("{message:?}"), format!("{again:?}")),
        (Err(error), again) => {
            problem::told(&error);
            assert_eq!(again.err(), Some(error));
        }
        (Ok(_), Err(error)) => panic!("the same octets were a message before: {error}"),
    }
}

/// A form of the service judges whatever values it has itself.
fn form(call: &Call<Form>, body: &[u8]) {
    decoded(call, body);
    if let Ok(form) = call.decode(&response(body)) {
        let values = form.values.clone();
        assert_eq!(form.check(&values), form.check(&values));
        assert!(form.check(&FormValues::new()).iter().all(|error| !error.pointer.is_empty()));
    }
}

/// The institution's own file.
fn rows(octets: &[u8]) {
    if let Ok(rows) = PreApplication::from_csv(octets) {
        assert!(rows.len() <= octets.len());
    }
}
