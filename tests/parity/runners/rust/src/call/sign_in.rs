//! The sign-in by e-Devlet: the address first, the exchange once the browser came back.

use std::sync::Mutex;

use kamusm::{
    error::{Code, Error, Result},
    sign_in::EDevlet,
};
use serde_json::{Value, json};

use super::{Going, entropy};

/// The sign-in under way, from one scenario to the next.
static BEGUN: Mutex<Option<EDevlet>> = Mutex::new(None);

pub(super) fn address(going: &Going<'_>) -> Result<Value> {
    let (client, back) = (going.scenario.text("client_id"), going.scenario.text("redirect_uri"));
    let begun = EDevlet::new(&going.config, client, back, entropy())?;
    let address = json!({ "address": begun.address() });
    *BEGUN.lock().expect("nothing panics while it is held") = Some(begun);
    Ok(address)
}

pub(super) fn returned(going: &Going<'_>) -> Result<Value> {
    let begun = BEGUN.lock().expect("nothing panics while it is held").take();
    let begun = begun.ok_or_else(|| Error::new(Code::State, "no sign-in was begun"))?;
    let signed_in = going.ask(&begun.returned(going.scenario.text("returned"))?)?;
    Ok(json!({ "name": signed_in.name, "tckn": signed_in.tckn, "expires_in_s": signed_in.expires_in_s }))
}
