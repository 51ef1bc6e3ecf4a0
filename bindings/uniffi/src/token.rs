//! Signers: smart cards through PKCS#11 modules, and software keys.

use std::{sync::Arc, time::Duration};

use kamusm::{Code, Error, token};
use kamusm_token::{
    backend::{PadPolicy, SignOptions as Options, Signer},
    pin::PinSource,
    soft::SoftSigner,
};
use zeroize::Zeroizing;

use crate::{
    answer::Answer,
    cancel::{CancelToken, or_never},
    error::Result,
    identity::Identity,
    pin::Pin,
    step::sign::SignStep,
};

/// A signer. Any number of sessions and threads may share it; its calls take turns.
#[derive(uniffi::Object)]
pub struct Token(token::Token);

/// How to sign. It starts with the careful side of everything.
#[derive(Clone, Copy, Debug, uniffi::Record)]
pub struct SignOptions {
    /// The PIN is typed on the PIN pad of the reader; none is given here.
    #[uniffi(default = false)]
    pub use_pad: bool,
    /// Whether to believe the token about its PIN pad.
    #[uniffi(default = None)]
    pub pad_policy: Option<PadTrust>,
    /// Lets the last PIN try be used too. The person must know that it is the last.
    #[uniffi(default = false)]
    pub allow_final_try: bool,
    /// Signs even if the host program is logged in at the token already, so that no PIN is checked.
    #[uniffi(default = false)]
    pub allow_host_login: bool,
}

/// Readers lie about their PIN pad, in both directions.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum PadTrust {
    /// As the token says.
    AsToken,
    /// There is none, whatever the token says.
    Ignore,
    /// There is one, whatever the token says.
    Assume,
}

/// Who calls C_Initialize of a PKCS#11 module. C_Finalize is never called: it would end the sessions of others.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum InitPolicy {
    /// We do; if somebody in the process already has, that is fine too.
    Tolerant,
    /// The host program has, before it opens the token.
    HostManaged,
    /// We do; if somebody in the process already has, that is an error.
    Strict,
}

impl Token {
    fn holding(signer: impl Signer + 'static) -> Arc<Self> {
        Arc::new(Self(token::Token::new(signer)))
    }
}

#[uniffi::export]
impl Token {
    /// Loads a PKCS#11 module and starts it. It stays loaded until the process ends.
    ///
    /// Worth handling: `MODULE_NOT_FOUND`, `MODULE_LOAD`: the driver is not installed.
    /// A library without cards, as on mobile platforms, answers `MODULE_LOAD`.
    #[uniffi::constructor]
    pub fn open_module(path: String, init_policy: InitPolicy) -> Result<Arc<Self>> {
        module(&path, init_policy)
    }

    /// Opens a PKCS#12 file, as OpenSSL 3, Java and Windows write it today.
    ///
    /// The password is empty afterwards; it is asked for again, as PIN, at each signature.
    /// Worth handling: `PIN_INCORRECT`, the password is wrong or the file is damaged.
    #[uniffi::constructor]
    pub fn open_pkcs12(octets: Vec<u8>, password: &Pin) -> Result<Arc<Self>> {
        let octets = Zeroizing::new(octets);
        Ok(Self::holding(SoftSigner::from_pkcs12(&octets, password.take()).map_err(Error::from)?))
    }

    /// Opens PEM text with one private key, not encrypted, and its certificate.
    ///
    /// The PIN, if there is one, is what signing will ask for; it is empty afterwards.
    #[uniffi::constructor]
    pub fn open_pem(octets: Vec<u8>, pin: Option<Arc<Pin>>) -> Result<Arc<Self>> {
        let octets = Zeroizing::new(octets);
        let text =
            str::from_utf8(&octets).map_err(|_| Error::new(Code::Utf8, "the PEM text is not UTF-8"))?;
        let pin = pin.map(|pin| pin.take()).filter(|pin| !pin.is_empty());
        Ok(Self::holding(SoftSigner::from_pem(text, pin).map_err(Error::from)?))
    }

    /// Lists every certificate that the token holds, also those that cannot sign. It blocks and never asks for a PIN.
    ///
    /// Worth handling: `NO_READER`, `NO_TOKEN`: ask for reader or card and call again.
    pub fn identities(&self, timeout_ms: i64) -> Result<Vec<Identity>> {
        let listed = self.0.identities(Duration::from_millis(u64::try_from(timeout_ms).unwrap_or(0)))?;
        Ok(listed.iter().map(Identity::new).collect())
    }

    /// Performs a Sign step: signs all items with one PIN entry. It blocks until the window is over at the latest.
    ///
    /// The PIN is empty afterwards, whatever comes of it. A card that was pulled and time that is over are answers.
    /// Worth handling: `PIN_INCORRECT` and the other numbers about the PIN, none of which is an answer: the same step
    /// comes again, so ask the person again.
    pub fn sign(
        &self,
        sign_step: &SignStep,
        pin: Option<Arc<Pin>>,
        options: SignOptions,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Arc<Answer>> {
        let request = &sign_step.0;
        let typed = pin.map_or_else(kamusm_token::pin::Pin::empty, |pin| pin.take());
        let pin = if options.use_pad { PinSource::Pad } else { PinSource::Pin(typed) };
        let mut how = token::options(request, &or_never(cancel));
        options.apply(&mut how);
        Ok(Answer::new(self.0.sign(request, pin, &how)?))
    }
}

impl SignOptions {
    fn apply(self, options: &mut Options) {
        options.allow_final_try = self.allow_final_try;
        options.allow_host_login = self.allow_host_login;
        options.pad = match self.pad_policy {
            None | Some(PadTrust::AsToken) => PadPolicy::AsToken,
            Some(PadTrust::Ignore) => PadPolicy::Ignore,
            Some(PadTrust::Assume) => PadPolicy::Assume,
        };
    }
}

#[cfg(feature = "pkcs11")]
fn module(path: &str, init_policy: InitPolicy) -> Result<Arc<Token>> {
    use kamusm_token::pkcs11::{InitPolicy as Policy, Pkcs11Signer};

    let policy = match init_policy {
        InitPolicy::Tolerant => Policy::Tolerant,
        InitPolicy::HostManaged => Policy::HostManaged,
        InitPolicy::Strict => Policy::Strict,
    };
    let signer = Pkcs11Signer::open(std::path::Path::new(path), policy).map_err(Error::from)?;
    Ok(Token::holding(signer))
}

#[cfg(not(feature = "pkcs11"))]
fn module(_path: &str, _init_policy: InitPolicy) -> Result<Arc<Token>> {
    Err(Error::new(Code::ModuleLoad, "this library was built without PKCS#11").into())
}
