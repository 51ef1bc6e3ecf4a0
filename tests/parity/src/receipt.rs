//! Receipts of the service: what they say, and the key that signs them, as a configuration pins it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kamusm_cades::algorithm::DigestAlgorithm;
use serde_json::Value;

use crate::stage::Stage;

/// RFC 7638, from the key set that the service shows everybody.
pub(crate) fn thumbprint(stage: &Stage) -> Result<String, String> {
    let json = |octets: Vec<u8>| serde_json::from_slice::<Value>(&octets).map_err(|why| why.to_string());
    let service = json(stage.ask("/.well-known/kamusm-configuration", None)?)?;
    let address = service["jwks_uri"].as_str().ok_or("the service names no key set")?;
    let path = address.strip_prefix(stage.sandbox.base_url()).ok_or("the key set is elsewhere")?;
    let key = json(stage.ask(path, None)?)?["keys"][0].clone();
    let members =
        format!(r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#, key["crv"], key["kty"], key["x"], key["y"]);
    Ok(URL_SAFE_NO_PAD.encode(DigestAlgorithm::Sha256.digest(members.as_bytes())))
}

/// What a receipt says (RFC 7515, the payload).
pub(crate) fn claims(jws: &str) -> Result<Value, String> {
    let payload = jws.split('.').nth(1).ok_or("the receipt is no JWS")?;
    let octets = URL_SAFE_NO_PAD.decode(payload).map_err(|why| why.to_string())?;
    serde_json::from_slice(&octets).map_err(|why| why.to_string())
}
