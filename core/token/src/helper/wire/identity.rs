//! An identity on its way between the processes: what the token says; the certificate's verdict is made again here.

use std::path::Path;

use kamusm_cades::x509::certificate::Certificate;
use serde::{Deserialize, Serialize};

use crate::identity::{Identity, TokenInfo};
use crate::pin::{PinEntry, PinState, Tries};

#[derive(Serialize, Deserialize)]
pub(in crate::helper) struct WireIdentity {
    certificate: Vec<u8>,
    label: String,
    serial: String,
    model: String,
    manufacturer: String,
    reader: String,
    has_pad: bool,
    pin_min: u16,
    pin_max: u16,
    tries: WireTries,
    must_change: bool,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(in crate::helper) enum WireTries {
    Unknown,
    NotFull,
    Final,
    Locked,
    Exact(u8),
}

impl WireIdentity {
    /// None if the octets are no certificate.
    pub(in crate::helper) fn into_identity(self, module: &Path, at_unix: i64) -> Option<Identity> {
        let certificate = Certificate::from_der(&self.certificate).ok()?;
        let token = TokenInfo {
            label: self.label,
            serial: self.serial,
            model: self.model,
            manufacturer: self.manufacturer,
            reader: self.reader,
            module: module.to_path_buf(),
        };
        let pin = PinState {
            entry: if self.has_pad { PinEntry::Pad } else { PinEntry::Typed },
            min: self.pin_min,
            max: self.pin_max,
            tries: self.tries.into(),
            must_change: self.must_change,
        };
        Some(Identity::new(certificate, token, pin, at_unix))
    }
}

impl From<Identity> for WireIdentity {
    fn from(identity: Identity) -> Self {
        Self {
            certificate: identity.certificate.der().to_vec(),
            label: identity.token.label,
            serial: identity.token.serial,
            model: identity.token.model,
            manufacturer: identity.token.manufacturer,
            reader: identity.token.reader,
            has_pad: identity.pin.entry == PinEntry::Pad,
            pin_min: identity.pin.min,
            pin_max: identity.pin.max,
            tries: identity.pin.tries.into(),
            must_change: identity.pin.must_change,
        }
    }
}

impl From<Tries> for WireTries {
    fn from(tries: Tries) -> Self {
        match tries {
            Tries::Unknown => Self::Unknown,
            Tries::NotFull => Self::NotFull,
            Tries::Final => Self::Final,
            Tries::Locked => Self::Locked,
            Tries::Exact(left) => Self::Exact(left),
        }
    }
}

impl From<WireTries> for Tries {
    fn from(tries: WireTries) -> Self {
        match tries {
            WireTries::Unknown => Self::Unknown,
            WireTries::NotFull => Self::NotFull,
            WireTries::Final => Self::Final,
            WireTries::Locked => Self::Locked,
            WireTries::Exact(left) => Self::Exact(left),
        }
    }
}
