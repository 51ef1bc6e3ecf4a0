//! One row in one language: what is asked, and the parts of what must come.

use kamusm_cades::{algorithm::DigestAlgorithm, cms::SignedData};
use kamusm_sandbox::{Issued, LeafKey};
use serde_json::{Value, json};

use crate::{
    card::Card,
    compare,
    runner::Runner,
    scenario::Scenario,
    signing_service::SigningService,
    stage::Stage,
    want::{self, hex},
};

pub(crate) struct Attempt<'a> {
    runner: &'a mut Runner,
    pub(crate) card: &'a Card,
    signing: &'a SigningService,
}

impl<'a> Attempt<'a> {
    pub(crate) fn new(runner: &'a mut Runner, card: &'a Card, signing: &'a SigningService) -> Self {
        Self { runner, card, signing }
    }

    /// What the runner saw.
    pub(crate) fn see(&mut self, scenario: &Scenario) -> Result<Value, String> {
        let seen = self.runner.perform(scenario)?;
        match seen.get("unsupported") {
            Some(what) => Err(format!("the runner does not know {what}")),
            None => Ok(seen),
        }
    }

    /// Sees, and compares every field.
    pub(crate) fn expect(&mut self, scenario: &Scenario, wanted: &Value) -> Result<(), String> {
        let seen = self.see(scenario)?;
        compare::equal(wanted, &seen)
    }

    /// The address at which the key of this certificate signs.
    pub(crate) fn signing_address(&self, issued: &Issued) -> Result<String, String> {
        self.signing.address_of(issued)
    }
}

/// A session with a fresh code, and the key in a PKCS#12 file.
pub(crate) fn session(stage: &Stage) -> Result<Scenario, String> {
    Ok(keyless_session(stage)?
        .with("token", "pkcs12")
        .with("token_path", stage.pkcs12()?.display())
        .with("token_password", &stage.pin)
        .with("pin", &stage.pin))
}

/// A session with a fresh code, and nothing to sign with.
pub(crate) fn keyless_session(stage: &Stage) -> Result<Scenario, String> {
    Ok(Scenario::new("session")
        .with("name", &stage.application)
        .with("base_url", stage.sandbox.base_url())
        .with("client", "parity")
        .with("intermediates", stage.intermediates()?.display())
        .with("code", stage.code()?))
}

/// Everything of a session that ended so, with no step but these; the rest is to be filled in.
pub(crate) fn ended(stage: &Stage, kinds: &[&str], outcome: &str) -> Value {
    json!({
        "name": stage.application,
        "kinds": kinds,
        "waits": [],
        "show": null,
        "choose": null,
        "sign": null,
        "countdown": null,
        "pin_errors": [],
        "stale": null,
        "outcome": outcome,
        "error": null,
        "return_to": stage.sandbox.base_url(),
        "receipt": null,
        "signed_in": null,
        "cms": [],
        "may_have_arrived": false,
        "log": null,
        "thrown": null,
    })
}

/// A session that no session became.
pub(crate) fn thrown(stage: &Stage, error: Value) -> Value {
    let mut wanted = ended(stage, &[], "");
    for null in ["outcome", "return_to", "cms", "may_have_arrived"] {
        wanted[null] = Value::Null;
    }
    wanted["thrown"] = error;
    wanted
}

/// What is shown, as far as it is known before anything was accepted.
pub(crate) fn shown(stage: &Stage, texts: usize) -> Value {
    let parts = [
        format!("Sipariş No: {}\n", stage.application),
        "METİN SONU\n".to_owned(),
        "Aşağıda yazılı bütün bilgilerin doğru olduğunu".to_owned(),
    ];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let text = |index: usize| {
        json!({
            "title": format!("İmzalanacak Metin {index}:"),
            "octets": want::hex_text_with(&[&parts[..], &[&format!("Belge: {index}/{texts}\n")]].concat()),
            "profile_checked": true,
        })
    };
    json!({
        "service": "Kamu SM deneme hizmeti",
        "origin": stage.sandbox.base_url(),
        "applicant_name": masked_name(&stage.name),
        "applicant_tckn": masked_tckn(&stage.tckn),
        "application": stage.application,
        "institution": stage.institution,
        "product": "Nitelikli Elektronik Sertifika, 3 yıl",
        "warnings": [],
        "created_at": want::time(),
        "match_code": want::digits(4),
        "texts": (1..=texts).map(text).collect::<Vec<_>>(),
    })
}

pub(crate) fn chosen(stage: &Stage) -> Value {
    json!({ "applicant_tckn": masked_tckn(&stage.tckn), "refusals": [] })
}

/// What must be signed with this certificate, before it is known what exactly.
pub(crate) fn signing(stage: &Stage, texts: usize) -> Value {
    let item =
        json!({ "algorithm": algorithm(stage.key), "digest": want::hex_of(digest(stage.key).output_len()) });
    let now = stage.sandbox.admin().now_ms() / 1000;
    json!({
        "certificate": hex(&stage.issued.certificate_der),
        "items": vec![item; texts],
        "signing_time_unix_s": want::within(now - 120, now + 120),
        "failure": null,
    })
}

pub(crate) const WHOLE: [&str; 7] = ["send", "show", "choose", "send", "sign", "send", "done"];

/// Everything of an accepted session, from what the service has stored: texts, signatures, receipt.
pub(crate) fn accepted(stage: &Stage) -> Result<Value, String> {
    let stored = stage.sandbox.admin().evidence(&stage.application).map_err(|why| why.to_string())?;
    let cms: Vec<&[u8]> = stored.iter().map(|row| row.cms.as_slice()).collect();
    if cms.is_empty() {
        return Err("the service has stored no signature".to_owned());
    }
    let mut texts = Vec::new();
    let mut wanted = ended(stage, &WHOLE, "accepted");
    wanted["show"] = shown(stage, cms.len());
    wanted["choose"] = chosen(stage);
    wanted["sign"] = signing(stage, cms.len());
    for (index, octets) in cms.iter().enumerate() {
        let signed = SignedData::parse(octets).map_err(|why| why.to_string())?;
        let text = signed.content().ok_or("a stored signature has no text")?.to_vec();
        let attributes = signed.signer_infos()[0].signed_attributes.as_ref().ok_or("no signed attributes")?;
        // What is hashed is the SET OF, not the [0] that is sent (RFC 5652 5.4).
        let mut set = attributes.raw.to_vec();
        set[0] = 0x31;
        wanted["sign"]["items"][index]["digest"] = json!(hex(digest(stage.key).digest(&set)));
        wanted["show"]["texts"][index]["octets"] = json!(hex(&text));
        texts.push(text);
    }
    wanted["show"]["match_code"] = json!(match_code(&texts)?);
    wanted["show"]["created_at"] = json!(line(&texts[0], "Oluşturma Tarihi: ")?);
    wanted["receipt"] = json!({
        "application": stage.application,
        "received_at": want::time(),
        "signing_time": want::time(),
        "anchored": false,
        "jws": want::jws(),
    });
    wanted["cms"] = json!(cms.iter().map(hex).collect::<Vec<_>>());
    wanted["may_have_arrived"] = json!(true);
    Ok(wanted)
}

/// Kontrol sayısı, from the protocol's own words (docs/protocol.md, "Kontrol sayısı").
fn match_code(texts: &[Vec<u8>]) -> Result<String, String> {
    let mut octets = b"kamusm-match-1\0".to_vec();
    octets.extend_from_slice(line(&texts[0], "Oturum: ")?.as_bytes());
    octets.extend_from_slice(&[0, u8::try_from(texts.len()).map_err(|why| why.to_string())?]);
    for text in texts {
        octets.extend_from_slice(DigestAlgorithm::Sha256.digest(text).as_ref());
    }
    let digest = DigestAlgorithm::Sha256.digest(&octets);
    let first = digest.as_ref();
    Ok(format!("{:04}", u16::from_be_bytes([first[0], first[1]]) >> 3))
}

/// The value of the text's header line.
fn line(text: &[u8], label: &str) -> Result<String, String> {
    let text = str::from_utf8(text).map_err(|why| why.to_string())?;
    let found = text.lines().find_map(|line| line.strip_prefix(label));
    found.map(str::to_owned).ok_or_else(|| format!("no line {label}"))
}

fn digest(key: LeafKey) -> DigestAlgorithm {
    match key {
        LeafKey::P384 => DigestAlgorithm::Sha384,
        _ => DigestAlgorithm::Sha256,
    }
}

fn algorithm(key: LeafKey) -> &'static str {
    match key {
        LeafKey::Rsa2048 => "rsa-sha256",
        LeafKey::P384 => "ecdsa-p384-sha384",
        _ => "ecdsa-p256-sha256",
    }
}

/// `10000000146` → `100******46`.
pub(crate) fn masked_tckn(tckn: &str) -> String {
    format!("{}******{}", &tckn[..3], &tckn[9..])
}

/// `Işıl Öğünç` → `I*** Ö*****`.
pub(crate) fn masked_name(name: &str) -> String {
    let masked = name.split(' ').map(|word| {
        let mut characters = word.chars();
        characters.next().into_iter().chain(characters.map(|_| '*')).collect::<String>()
    });
    masked.collect::<Vec<_>>().join(" ")
}
