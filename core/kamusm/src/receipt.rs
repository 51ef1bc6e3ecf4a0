//! The service's receipt: a compact JWS (RFC 7515), ES256 and nothing else (protocol, section 3).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL};
use kamusm_cades::{
    algorithm::{DigestAlgorithm, PublicKey, SignatureAlgorithm, ecdsa_der_from_raw},
    x509::certificate::Certificate,
};
use serde::Deserialize;

use crate::{
    error::{Code, Error, Result},
    protocol::{
        message::{Key, KeySet},
        wire::content_digest,
    },
};

const TYPE: &str = "kamusm-receipt+jwt";

/// A receipt whose signature and every field were compared with what this side knows.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// The receipt as it came, to keep.
    pub jws: String,
    /// The application's number.
    pub application: String,
    /// When the service received the signatures, RFC 3339.
    pub received_at: String,
    /// İmzalama Tarihi, RFC 3339.
    pub signing_time: String,
    /// Whether its key is one that the configuration pins.
    pub anchored: bool,
}

impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Receipt({}, {})", self.application, self.received_at)
    }
}

/// What this side knows about the submission.
pub(crate) struct Known<'a> {
    pub issuer: &'a str,
    pub session: &'a str,
    pub application: &'a str,
    pub texts: &'a [Vec<u8>],
    pub cms: &'a [&'a [u8]],
    pub certificate: &'a Certificate,
    pub pinned: &'a [String],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sid: String,
    application: String,
    documents: Vec<SignedDocument>,
    signer_certificate: String,
    signing_time: String,
    received_at: String,
    state: String,
}

#[derive(Deserialize)]
struct SignedDocument {
    digest: String,
    cms_digest: String,
}

/// Verifies the signature with the service's keys, then every field.
pub(crate) fn verify(jws: &str, keys: &KeySet, known: &Known<'_>) -> Result<Receipt> {
    let (signed, signature) = jws.rsplit_once('.').ok_or_else(|| wrong("it is not a compact JWS"))?;
    let (header, payload) = signed.split_once('.').ok_or_else(|| wrong("it is not a compact JWS"))?;
    let header: Header = json(header, "its header")?;
    if header.alg != "ES256" || header.typ != TYPE {
        return Err(wrong("its algorithm or type is another"));
    }
    let key = keys
        .keys
        .iter()
        .find(|key| key.kid.as_deref() == Some(&header.kid))
        .ok_or_else(|| wrong("its key is none of the service's"))?;
    verify_signature(key, signed.as_bytes(), &octets(signature, "its signature")?)?;
    let claims: Claims = json(payload, "its claims")?;
    compare(&claims, known)?;
    let thumbprint = thumbprint(key)?;
    let anchored = known.pinned.contains(&thumbprint);
    if !known.pinned.is_empty() && !anchored {
        return Err(wrong("its key is none of the pinned ones"));
    }
    Ok(Receipt {
        jws: jws.to_owned(),
        application: claims.application,
        received_at: claims.received_at,
        signing_time: claims.signing_time,
        anchored,
    })
}

fn compare(claims: &Claims, known: &Known<'_>) -> Result<()> {
    let texts = known.texts.iter().map(|text| content_digest(text));
    let cms = known.cms.iter().map(|cms| content_digest(cms));
    let fields = [
        ("iss", claims.iss == known.issuer),
        ("sid", claims.sid == known.session),
        ("application", claims.application == known.application),
        (
            "text digests",
            claims.documents.iter().map(|document| &document.digest).eq(&texts.collect::<Vec<_>>()),
        ),
        (
            "CMS digests",
            claims.documents.iter().map(|document| &document.cms_digest).eq(&cms.collect::<Vec<_>>()),
        ),
        ("signer_certificate", claims.signer_certificate == content_digest(known.certificate.der())),
        ("state", claims.state == "accepted"),
    ];
    match fields.iter().find(|(_, equal)| !equal) {
        Some((field, _)) => Err(wrong(&format!("its {field} differs"))),
        None => Ok(()),
    }
}

fn verify_signature(key: &Key, signed: &[u8], signature: &[u8]) -> Result<()> {
    let (x, y) = point(key)?;
    // SubjectPublicKeyInfo of a P-256 point up to the uncompressed form's 04, RFC 5480 2.
    let mut spki = vec![
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];
    spki.extend_from_slice(&x);
    spki.extend_from_slice(&y);
    let key = PublicKey::from_spki_der(&spki).map_err(|_| wrong("its key is no P-256 key"))?;
    if signature.len() != 64 {
        return Err(wrong("its signature is not 64 octets"));
    }
    let signature = ecdsa_der_from_raw(signature).map_err(|_| wrong("its signature is out of range"))?;
    key.verify(SignatureAlgorithm::EcdsaP256Sha256.into(), signed, &signature)
        .map_err(|_| wrong("its signature does not verify"))
}

fn point(key: &Key) -> Result<(Vec<u8>, Vec<u8>)> {
    let coordinate = |value: &Option<String>| {
        let octets = BASE64_URL.decode(value.as_deref().unwrap_or_default()).unwrap_or_default();
        if octets.len() == 32 { Ok(octets) } else { Err(wrong("its key has no 32-octet coordinates")) }
    };
    if key.kty != "EC" || key.crv.as_deref() != Some("P-256") {
        return Err(wrong("its key is not EC P-256"));
    }
    Ok((coordinate(&key.x)?, coordinate(&key.y)?))
}

/// RFC 7638: the SHA-256 of the key's required members in order.
fn thumbprint(key: &Key) -> Result<String> {
    let (x, y) = point(key)?;
    let (x, y) = (BASE64_URL.encode(x), BASE64_URL.encode(y));
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    Ok(BASE64_URL.encode(DigestAlgorithm::Sha256.digest(members.as_bytes())))
}

fn json<T: for<'a> Deserialize<'a>>(part: &str, name: &str) -> Result<T> {
    serde_json::from_slice(&octets(part, name)?).map_err(|_| wrong(&format!("{name} cannot be read")))
}

fn octets(part: &str, name: &str) -> Result<Vec<u8>> {
    BASE64_URL.decode(part).map_err(|_| wrong(&format!("{name} is not base64url")))
}

fn wrong(reason: &str) -> Error {
    Error::new(Code::Receipt, format!("the receipt is refused: {reason}"))
}

#[cfg(test)]
mod tests;
