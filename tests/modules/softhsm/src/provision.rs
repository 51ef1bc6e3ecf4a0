//! Tokens as a card office would make them: initialised, PIN set, key and certificate on it.

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::object::{Attribute, CertificateType, ObjectClass};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use kamusm_cades::x509::certificate::{Certificate, CertificateError};

use crate::{SoftHsm, key, module};

/// A token to make.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "written out by tests")]
pub struct TokenSpec<'a> {
    /// Label, up to 32 octets; cards of Kamu SM say `AKIS_` and a serial number.
    pub label: &'a str,
    /// PIN of the user, 4 to 255 octets.
    pub pin: &'a str,
    /// What is on it.
    pub keys: &'a [KeyPairSpec<'a>],
}

/// A private key, its certificate, or both.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "written out by tests")]
pub struct KeyPairSpec<'a> {
    /// CKA_ID of both objects; may be empty, and may be that of another pair.
    pub id: &'a [u8],
    /// CKA_LABEL of both objects; on cards of Kamu SM the TCKN and `NES0`.
    pub label: &'a str,
    /// PKCS#8, DER. None leaves the key out.
    pub private_key: Option<&'a [u8]>,
    /// DER. None leaves the certificate out.
    pub certificate: Option<&'a [u8]>,
    /// CKA_ALWAYS_AUTHENTICATE.
    pub always_authenticate: bool,
    /// CKA_SIGN.
    pub may_sign: bool,
}

impl Default for KeyPairSpec<'_> {
    fn default() -> Self {
        Self {
            id: &[1],
            label: "10000000146NES0",
            private_key: None,
            certificate: None,
            always_authenticate: false,
            may_sign: true,
        }
    }
}

/// Why a token could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProvisionError {
    /// There is no SoftHSM on this machine.
    #[error("SoftHSM is not installed (Debian: apt-get install softhsm2)")]
    NotInstalled,
    /// The process was not started with the environment of this [`SoftHsm`].
    #[error("this process does not see the tokens of this folder")]
    NotSeenHere,
    /// SoftHSM offers no slot for another token.
    #[error("no free slot")]
    NoFreeSlot,
    /// The private key is not PKCS#8 of an RSA or elliptic curve key.
    #[error("the private key is not PKCS#8 of an RSA or elliptic curve key")]
    Key,
    /// The certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// SoftHSM refused.
    #[error(transparent)]
    Pkcs11(#[from] cryptoki::error::Error),
}

impl SoftHsm {
    /// Makes a token. The module must not be initialised in this process yet, and is finalised again.
    pub fn provision(&self, token: &TokenSpec<'_>) -> Result<(), ProvisionError> {
        if !self.is_seen_here() {
            return Err(ProvisionError::NotSeenHere);
        }
        let pkcs11 = Pkcs11::new(module()?)?;
        pkcs11.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))?;
        let made = make(&pkcs11, token);
        pkcs11.finalize()?;
        made
    }
}

fn make(pkcs11: &Pkcs11, token: &TokenSpec<'_>) -> Result<(), ProvisionError> {
    let mut slots = pkcs11.get_all_slots()?.into_iter();
    let free = slots.find(|&slot| pkcs11.get_token_info(slot).is_ok_and(|info| !info.token_initialized()));
    let slot = free.ok_or(ProvisionError::NoFreeSlot)?;
    let officer = AuthPin::new("12345678".into());
    let user = AuthPin::new(token.pin.into());
    pkcs11.init_token(slot, &officer, token.label)?;
    let session = pkcs11.open_rw_session(slot)?;
    session.login(UserType::So, Some(&officer))?;
    session.init_pin(&user)?;
    session.logout()?;
    session.login(UserType::User, Some(&user))?;
    for pair in token.keys {
        put(&session, pair)?;
    }
    session.logout()?;
    session.close()?;
    Ok(())
}

fn put(session: &Session, pair: &KeyPairSpec<'_>) -> Result<(), ProvisionError> {
    let common =
        [Attribute::Token(true), Attribute::Id(pair.id.to_vec()), Attribute::Label(pair.label.into())];
    if let Some(der) = pair.certificate {
        let certificate = Certificate::from_der(der)?;
        let mut template = common.to_vec();
        template.extend([
            Attribute::Class(ObjectClass::CERTIFICATE),
            Attribute::CertificateType(CertificateType::X_509),
            Attribute::Private(false),
            Attribute::Subject(certificate.subject_der().to_vec()),
            Attribute::Value(der.to_vec()),
        ]);
        session.create_object(&template)?;
    }
    if let Some(pkcs8) = pair.private_key {
        let mut template = common.to_vec();
        template.extend([
            Attribute::Class(ObjectClass::PRIVATE_KEY),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(pair.may_sign),
        ]);
        if pair.always_authenticate {
            template.push(Attribute::AlwaysAuthenticate(true));
        }
        template.extend(key::attributes(pkcs8).ok_or(ProvisionError::Key)?);
        session.create_object(&template)?;
    }
    Ok(())
}
