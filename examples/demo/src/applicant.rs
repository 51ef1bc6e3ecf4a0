//! The applicant at the portal: an application, a doğrulama kodu, and in the end the result.

use kamusm_sandbox::{LeafKey, LeafSpec, Order, Person, Sandbox};
use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use crate::{Failure, Key};

const TCKN: &str = "17291716060";
const NAME: &str = "Işıl Çağrı Öğünç";
const APPLICATION: &str = "SD-20001";

/// What the demo starts from.
pub(crate) struct Seed {
    pub(crate) application: String,
    pub(crate) code: String,
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: zeroize::Zeroizing<Vec<u8>>,
    portal: String,
    token: String,
}

/// A person with an application that only waits for the approval, and a certificate for the person.
pub(crate) fn seed(sandbox: &Sandbox, key: Key, texts: u8) -> Result<Seed, Failure> {
    let order = Order { texts, ..Order::ready(APPLICATION) };
    let admin = sandbox.admin();
    admin.add_person(Person { tckn: TCKN.into(), name: NAME.into(), orders: vec![order] })?;
    let kind = match key {
        Key::Rsa2048 => LeafKey::Rsa2048,
        Key::P256 => LeafKey::P256,
        Key::P384 => LeafKey::P384,
    };
    let leaf =
        LeafSpec { key: kind, tckn: Some(TCKN.into()), common_name: NAME.into(), ..LeafSpec::default() };
    let issued = admin.issue_certificate(leaf)?;
    let portal = format!("{}/api/v1/applications/{APPLICATION}", sandbox.base_url());
    let token = admin.person_token(TCKN)?;
    let view_ids = read_commitments(&portal, &token)?;
    let answer = post(&format!("{portal}/sign-codes"), &token, &json!({ "view_ids": view_ids }))?;
    let code = field(answer, "code")?;
    Ok(Seed {
        application: APPLICATION.into(),
        code,
        certificate: issued.certificate_der.clone(),
        key: issued.private_key_pkcs8_der.clone(),
        portal,
        token,
    })
}

/// What has to be read is read; the proofs of that.
fn read_commitments(portal: &str, token: &str) -> Result<Vec<String>, Failure> {
    let approval = Client::new().get(format!("{portal}/approval")).bearer_auth(token).send()?;
    let approval: Value = approval.json()?;
    let commitments = approval.get("commitments").and_then(Value::as_array).cloned().unwrap_or_default();
    let read = |commitment: &Value| {
        let view = json!({
            "commitment_id": commitment["id"],
            "digest": commitment["digest"],
            "read_to_end": true,
        });
        field(post(&format!("{portal}/commitment-views"), token, &view)?, "view_id")
    };
    commitments.iter().map(read).collect()
}

fn post(address: &str, token: &str, body: &Value) -> Result<Response, Failure> {
    let request = Client::new().post(address).bearer_auth(token);
    Ok(request.header("idempotency-key", idempotency_key()?).json(body).send()?)
}

/// What the portal shows the applicant now: the title of the result.
pub(crate) fn result(seed: &Seed) -> Result<String, Failure> {
    let answer = Client::new().get(format!("{}/result", seed.portal)).bearer_auth(&seed.token).send()?;
    field(answer, "title")
}

fn field(answer: Response, name: &str) -> Result<String, Failure> {
    let status = answer.status();
    let body: Value = answer.json()?;
    let value = body.get(name).and_then(Value::as_str).filter(|_| status.is_success());
    value.map(str::to_owned).ok_or_else(|| format!("the portal answered {status} {}", body["type"]).into())
}

fn idempotency_key() -> Result<String, Failure> {
    let octets = crate::fresh_entropy()?;
    Ok(octets.iter().map(|octet| format!("{octet:02x}")).collect())
}
