//! The person who is signed in.

use kamusm::person;

/// The person. It holds personal data: keep it out of logs.
#[derive(Clone, uniffi::Record)]
pub struct Me {
    /// Ad Soyad.
    pub name: String,
    /// The TCKN, masked.
    pub tckn: String,
    /// The e-mail address, masked.
    pub email: Option<String>,
    /// The mobile number, masked.
    pub gsm: Option<String>,
    /// Whether she agreed to e-onay.
    pub eonay_consent: Consent,
    /// Whether she has a certificate that is valid now.
    pub has_valid_certificate: bool,
    /// Where she is the e-imza sorumlusu.
    pub institutions: Vec<Institution>,
}

/// The consent to e-onay.
#[derive(Clone, uniffi::Record)]
pub struct Consent {
    /// Whether it is given.
    pub given: bool,
    /// When, RFC 3339.
    pub given_at: Option<String>,
}

/// An institution.
#[derive(Clone, uniffi::Record)]
pub struct Institution {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What the population register says of the person.
#[derive(Clone, uniffi::Record)]
pub struct IdentityRefresh {
    /// Ad Soyad.
    pub name: String,
    /// The TCKN, masked.
    pub tckn: String,
    /// Whether something is another than before.
    pub changed: bool,
}

impl From<person::Me> for Me {
    fn from(me: person::Me) -> Self {
        let institutions = me.institutions.into_iter();
        Self {
            name: me.name,
            tckn: me.tckn,
            email: me.email,
            gsm: me.gsm,
            eonay_consent: me.eonay_consent.into(),
            has_valid_certificate: me.has_valid_certificate,
            institutions: institutions.map(|one| Institution { id: one.id, name: one.name }).collect(),
        }
    }
}

impl From<person::Consent> for Consent {
    fn from(consent: person::Consent) -> Self {
        Self { given: consent.given, given_at: consent.given_at }
    }
}

impl From<person::IdentityRefresh> for IdentityRefresh {
    fn from(refresh: person::IdentityRefresh) -> Self {
        Self { name: refresh.name, tckn: refresh.tckn, changed: refresh.changed }
    }
}
