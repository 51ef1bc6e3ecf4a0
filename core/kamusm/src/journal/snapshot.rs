//! What a record holds: all that a session needs to go on, and what its end was.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::seal::{Header, corrupt, open, seal};
use crate::{error::Result, protocol::message::SessionBody};

/// All of it. Neither PIN nor key is ever part of it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot {
    /// The address of the service; the token is sent nowhere else.
    pub(crate) service: String,
    pub(crate) environment: String,
    pub(crate) begun_unix_s: i64,
    /// What the idempotency keys are made of.
    pub(crate) secret: Octets,
    /// The doğrulama kodu until it is redeemed.
    pub(crate) code: Option<Secret>,
    pub(crate) token: Option<Secret>,
    pub(crate) session: Option<SessionBody>,
    pub(crate) texts: Vec<Octets>,
    pub(crate) texts_checked: bool,
    pub(crate) certificate: Option<Octets>,
    /// One CMS per text.
    pub(crate) signatures: Vec<Option<Octets>>,
    pub(crate) end: Option<End>,
}

/// How the session ended, in the numbers of the outcome and of the error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct End {
    pub(crate) outcome: i32,
    pub(crate) error: Option<i32>,
    pub(crate) receipt: Option<String>,
    /// Whether the service may have the signatures although nothing proves it: then it can be asked again.
    pub(crate) is_open: bool,
}

/// Base64 in JSON, wiped.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Octets(pub(crate) Zeroizing<Vec<u8>>);

/// A text that is wiped.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) Zeroizing<String>);

impl Snapshot {
    pub(crate) fn sealed(&self, header: &Header, key: &[u8; 32], entropy: &[u8; 32]) -> Result<Vec<u8>> {
        let mut json = Zeroizing::new(Vec::with_capacity(self.room()));
        serde_json::to_writer(&mut *json, self).map_err(|_| corrupt("it cannot be written"))?;
        seal(header, &json, key, entropy)
    }

    pub(crate) fn opened(record: &[u8], key: &[u8; 32]) -> Result<(Header, Self)> {
        let (header, json) = open(record, key)?;
        // The reason names no place: what was written is secret.
        let snapshot = serde_json::from_slice(&json).map_err(|_| corrupt("its snapshot cannot be read"))?;
        Ok((header, snapshot))
    }

    /// More than its JSON takes, so that it is written without being copied about.
    pub(crate) fn room(&self) -> usize {
        let octets = self.texts.iter().chain(self.signatures.iter().flatten()).chain(&self.certificate);
        let receipt = self.end.iter().filter_map(|end| end.receipt.as_ref()).map(String::len).sum::<usize>();
        16 * 1024 + receipt + octets.map(|octets| 2 * octets.0.len()).sum::<usize>()
    }
}

impl Octets {
    pub(crate) fn new(octets: &[u8]) -> Self {
        Self(Zeroizing::new(octets.to_vec()))
    }
}

impl Serialize for Octets {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(BASE64.encode(&*self.0)))
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let octets = BASE64.decode(&*text).map_err(|_| serde::de::Error::custom("no base64"))?;
        Ok(Self(Zeroizing::new(octets)))
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}
