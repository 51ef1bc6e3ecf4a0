//! The person who is signed in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    application::PersonToken,
    call::Call,
    config::Config,
    idempotency::IdempotencyKey,
    protocol::dialect::{Ask, Operation},
};

/// What the service knows of the person; masked by the service.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Me {
    /// The masked name.
    pub name: String,
    /// The masked TCKN.
    pub tckn: String,
    /// The masked e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// The masked mobile number.
    #[serde(default)]
    pub gsm: Option<String>,
    /// Whether the person agreed to e-onay.
    #[serde(default)]
    pub eonay_consent: Consent,
    /// Whether there is a valid certificate, with which e-imza can be used.
    #[serde(default)]
    pub has_valid_certificate: bool,
    /// The institutions whose e-imza sorumlusu the person is.
    #[serde(default)]
    pub institutions: Vec<Institution>,
}

/// The consent to e-onay.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consent {
    /// Whether it was given.
    pub given: bool,
    /// When, RFC 3339.
    #[serde(default)]
    pub given_at: Option<String>,
}

/// An institution.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Institution {
    /// What the service calls it, for [`crate::institution::InstitutionId`].
    pub id: String,
    /// Kurum Adı.
    pub name: String,
}

/// What Kimlik Bilgilerimi Güncelle brought.
#[derive(Clone, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdentityRefresh {
    /// Ad Soyad, as it is registered.
    pub name: String,
    /// The masked TCKN.
    pub tckn: String,
    /// Whether anything is other than before.
    pub changed: bool,
}

/// Without the name.
impl fmt::Debug for IdentityRefresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityRefresh(changed: {})", self.changed)
    }
}

impl Me {
    /// Asks who is signed in.
    pub fn read(config: &Config, token: &PersonToken) -> Call<Self> {
        Call::json(config, &Ask::new(Operation::Me, &[]).token(token.as_str()))
    }

    /// Kimlik Bilgilerimi Güncelle: asks for what Nüfus ve Vatandaşlık İşleri has registered.
    pub fn refresh_identity(
        config: &Config,
        token: &PersonToken,
        key: &IdempotencyKey,
    ) -> Call<IdentityRefresh> {
        let ask = Ask::new(Operation::RefreshIdentity, &[]).token(token.as_str()).key(key.as_str());
        Call::json(config, &ask.empty())
    }

    /// The person agrees to e-onay; with `accepted: false` the service refuses.
    pub fn consent_to_eonay(
        config: &Config,
        token: &PersonToken,
        accepted: bool,
        key: &IdempotencyKey,
    ) -> Call<Consent> {
        #[derive(Serialize)]
        struct Acceptance {
            accepted: bool,
        }
        let ask = Ask::new(Operation::Consent, &[]).token(token.as_str()).key(key.as_str());
        Call::json(config, &ask.message(&Acceptance { accepted }))
    }
}
