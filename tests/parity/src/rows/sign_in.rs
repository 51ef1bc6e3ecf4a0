//! Giriş: by e-Devlet, by e-imza.

use kamusm::Code;
use kamusm_sandbox::LeafKey;
use serde_json::json;

use super::{Row, row};
use crate::{
    attempt::{Attempt, ended, masked_name, masked_tckn, session},
    single_call::{anonymous, equal, error, expect, expect_refusal, message},
    stage::Stage,
    want::{self, hex_text_with},
};

pub(super) const ROWS: &[Row] = &[
    row("signed-in-by-edevlet", "sign a person in by e-Devlet", edevlet),
    row("edevlet-other-state", "be kept from the return of somebody else's sign-in", other_state),
    row("signed-in-by-eimza", "sign a person in by e-imza", eimza),
];

const CLIENT: &str = "kamusm-sdk";
const BACK: &str = "http://127.0.0.1:49152/giris";

fn begun(at: &mut Attempt<'_>, stage: &Stage) -> Result<String, String> {
    let asked = anonymous(stage, "edevlet.address").with("client_id", CLIENT).with("redirect_uri", BACK);
    let told = message(at, &asked)?;
    told["address"].as_str().map(str::to_owned).ok_or("no address came".to_owned())
}

fn edevlet(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let address = begun(at, &stage)?;
    let returned = stage.through_edevlet(&address)?;
    let wanted = json!({
        "name": masked_name(&stage.name),
        "tckn": masked_tckn(&stage.tckn),
        "expires_in_s": want::within(60, 86_400),
    });
    expect(at, &stage, &anonymous(&stage, "edevlet.sign_in").with("returned", returned), &wanted)
}

fn other_state(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    begun(at, &stage)?;
    let returned = format!("{BACK}?code=abc&state=somebody-elses");
    let asked = anonymous(&stage, "edevlet.sign_in").with("returned", returned);
    expect_refusal(at, &stage, &asked, error(Code::Forbidden))
}

fn eimza(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let asked = session(&stage)?.without("kind").with("kind", "sign_in").without("code");
    let seen = at.see(&asked)?;
    let mut wanted = ended(&stage, &["send", "send", "show", "choose", "sign", "send", "done"], "accepted");
    for known in ["kinds", "show", "choose", "sign", "may_have_arrived", "return_to"] {
        wanted[known] = seen[known].clone();
    }
    wanted["signed_in"] = json!({ "name": masked_name(&stage.name), "tckn": masked_tckn(&stage.tckn) });
    equal(&wanted, &seen)?;
    let origin = format!("Adres: {}\n", stage.sandbox.base_url());
    let text = json!([{
        "title": seen["show"]["texts"][0]["title"],
        "octets": hex_text_with(&["KAMU SM GİRİŞ/1\n", &origin]),
        "profile_checked": true,
    }]);
    equal(&text, &seen["show"]["texts"])
}
