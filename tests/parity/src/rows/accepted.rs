//! Sessions that end with "İşlem Başarılı".

use kamusm_sandbox::{Fault, FaultRule, LeafKey};
use serde_json::json;

use super::{Row, row};
use crate::{
    attempt::{Attempt, accepted, session},
    compare, receipt,
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("accepted-p256", "sign one text with a P-256 key", |at| signed(at, 1, LeafKey::P256)),
    row("accepted-p384", "sign one text with a P-384 key", |at| signed(at, 1, LeafKey::P384)),
    row("accepted-rsa", "sign one text with an RSA key of 2048 bits", |at| signed(at, 1, LeafKey::Rsa2048)),
    row("texts-two", "sign two texts with one PIN entry", |at| signed(at, 2, LeafKey::P256)),
    row("texts-ten", "sign ten texts with one PIN entry", |at| signed(at, 10, LeafKey::P256)),
    row("pem", "sign with a key from PEM", pem),
    row("receipt-pinned", "pin the key that signs receipts", receipt_pinned),
    row("countdown", "show Kalan Süre as it runs", countdown),
    row("log", "read what happened, without any secret", log),
    row("answer-twice", "be told that an answer is stale; nothing changed by it", answer_twice),
];

fn signed(at: &mut Attempt<'_>, texts: u8, key: LeafKey) -> Result<(), String> {
    let stage = Stage::new(texts, key)?;
    let seen = at.see(&session(&stage)?)?;
    compare::equal(&accepted(&stage)?, &seen)
}

fn pem(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let scenario = session(&stage)?.without("token").without("token_path");
    let seen = at.see(&scenario.with("token", "pem").with("token_path", stage.pem()?.display()))?;
    compare::equal(&accepted(&stage)?, &seen)
}

fn receipt_pinned(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let key = receipt::thumbprint(&stage)?;
    // So that the two times of the receipt differ.
    let slow = FaultRule::once("PUT", "/submission", Fault::Latency { seconds: 2 });
    stage.sandbox.admin().inject(slow);
    let seen = at.see(&session(&stage)?.with("receipt_key", key))?;
    let claims = receipt::claims(seen["receipt"]["jws"].as_str().unwrap_or_default())?;
    if claims["signing_time"] == claims["received_at"] {
        return Err("the two times of the receipt are one".to_owned());
    }
    let mut wanted = accepted(&stage)?;
    wanted["receipt"]["anchored"] = json!(true);
    for time in ["signing_time", "received_at"] {
        wanted["receipt"][time] = claims[time].clone();
    }
    compare::equal(&wanted, &seen)
}

fn countdown(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let seen = at.see(&session(&stage)?.with("countdown", 2))?;
    let mut wanted = accepted(&stage)?;
    // The window is 150 s; the second value comes at the next whole second.
    wanted["countdown"] = json!([want::within(60, 150), want::within(59, 149)]);
    compare::equal(&wanted, &seen)?;
    let value = |index: usize| seen["countdown"][index].as_i64();
    if value(1) < value(0) { Ok(()) } else { Err(format!("it does not run: {}", seen["countdown"])) }
}

fn log(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let seen = at.see(&session(&stage)?.with("log", 1))?;
    let mut wanted = accepted(&stage)?;
    wanted["log"] = want::lines_with(&["Discovery", "Signing", "Ended Accepted"]);
    compare::equal(&wanted, &seen)?;
    let log = seen["log"].to_string();
    let secrets = [&stage.tckn, &stage.name, &stage.pin, &stage.application];
    match secrets.iter().find(|secret| log.contains(secret.as_str())) {
        Some(secret) => Err(format!("the log holds {secret}")),
        None => Ok(()),
    }
}

fn answer_twice(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let seen = at.see(&session(&stage)?.with("answer_twice", 1))?;
    let mut wanted = accepted(&stage)?;
    wanted["stale"] = want::error(kamusm::Code::Stale);
    compare::equal(&wanted, &seen)
}
