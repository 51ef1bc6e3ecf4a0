//! What a program says once about the service, itself and its network.

use std::{ffi::c_char, mem::MaybeUninit};

use kamusm::{
    Code, Error,
    config::{Config, ConfigBuilder, Environment, Proxy},
    error::Language,
};
use zeroize::Zeroizing;

use crate::{
    bytes::octets,
    error::kamusm_error,
    guard::{guard, guard_void},
    handle::given,
    result::kamusm_result,
    text::text,
    verification_code::kamusm_environment,
};

/// A configuration. It is always valid: a setter that refuses its value changes nothing.
///
/// Threads: after the last setter any number may use it at once. Sessions and clients copy what they need.
pub struct kamusm_config {
    builder: ConfigBuilder,
    built: Config,
    receipt_keys: Vec<String>,
}

impl kamusm_config {
    pub(crate) fn built(&self) -> &Config {
        &self.built
    }

    fn change(&mut self, change: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> Result<(), Error> {
        let builder = change(self.builder.clone());
        self.built = builder.clone().build()?;
        self.builder = builder;
        Ok(())
    }
}

/// Makes a configuration for the service at this address.
///
/// `base_url`: `https://…`; plain http only on loopback with the sandbox.
/// `environment`: one of `KAMUSM_ENVIRONMENT_*`.
/// `config`: the configuration, to be freed by `kamusm_config_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_new(
    base_url: *const c_char,
    environment: i32,
    config: Option<&mut MaybeUninit<Box<kamusm_config>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    const PRODUCTION: i32 = kamusm_environment::Production as i32;
    const SANDBOX: i32 = kamusm_environment::Sandbox as i32;
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let base_url = unsafe { text(base_url, "base_url") }?;
        let environment = match environment {
            PRODUCTION => Environment::Production,
            SANDBOX => Environment::Sandbox,
            _ => return Err(Error::new(Code::Range, "environment is none of KAMUSM_ENVIRONMENT_*")),
        };
        let builder = Config::builder(base_url, environment);
        let built = builder.clone().build()?;
        config.write(Box::new(kamusm_config { builder, built, receipt_keys: Vec::new() }));
        Ok(())
    })
}

/// Pins the roots that the service's TLS certificate must lead to; without this the platform's own are used.
///
/// `pem`, `len`: PEM certificates and their length in octets. They are read when a client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_set_trust_roots_pem(
    config: Option<&mut kamusm_config>,
    pem: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let pem = unsafe { octets(pem, len, "pem") }?;
        config.change(|builder| builder.trust_roots_pem(pem))
    })
}

/// Adds certificates of authorities from which the chain above the signer's certificate is completed.
///
/// `pem`, `len`: PEM certificates, UTF-8, and their length in octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_add_intermediates_pem(
    config: Option<&mut kamusm_config>,
    pem: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let pem = unsafe { octets(pem, len, "pem") }?;
        let pem = str::from_utf8(pem).map_err(|_| Error::new(Code::Utf8, "the PEM text is not UTF-8"))?;
        config.change(|builder| builder.intermediates_pem(pem))
    })
}

/// Says how the network is reached.
///
/// `proxy`: `"system"` (as the system is set up, the default), `"none"`, or the address of a proxy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_set_proxy(
    config: Option<&mut kamusm_config>,
    proxy: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let proxy = match unsafe { text(proxy, "proxy") }? {
            "system" => Proxy::System,
            "none" => Proxy::None,
            address => Proxy::Url(address.to_owned()),
        };
        config.change(|builder| builder.proxy(proxy))
    })
}

/// Says how long one exchange with the service may take.
///
/// `timeout_ms`: milliseconds, 1000 to 300000; 30000 without this.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_config_set_timeout_ms(
    config: Option<&mut kamusm_config>,
    timeout_ms: u64,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || given(config, "config")?.change(|builder| builder.timeout_ms(timeout_ms)))
}

/// Names the program; the service and the portal show it to the person.
///
/// `name`, `version`: 1 to 64 printable ASCII characters each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_set_client(
    config: Option<&mut kamusm_config>,
    name: *const c_char,
    version: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let (name, version) = unsafe { (text(name, "name")?, text(version, "version")?) };
        config.change(|builder| builder.client(name, version))
    })
}

/// Chooses the language of the service's own sentences.
///
/// `language`: a language tag as in RFC 5646; everything but English is answered in Turkish.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_set_language(
    config: Option<&mut kamusm_config>,
    language: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let tag = unsafe { text(language, "language") }?;
        config.change(|builder| builder.language(Language::from_tag(tag)))
    })
}

/// Pins a key that may sign receipts; with at least one of them no other key is taken.
///
/// `thumbprint`: RFC 7638, 43 characters of base64url.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_add_receipt_key(
    config: Option<&mut kamusm_config>,
    thumbprint: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let thumbprint = unsafe { text(thumbprint, "thumbprint") }?;
        let mut keys = config.receipt_keys.clone();
        keys.push(thumbprint.to_owned());
        let all: Vec<&str> = keys.iter().map(String::as_str).collect();
        config.change(|builder| builder.receipt_keys(&all))?;
        config.receipt_keys = keys;
        Ok(())
    })
}

/// Lets texts outside the signed-text profile through; `kamusm_step_text_is_checked` tells them.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_config_set_other_text_profiles(
    config: Option<&mut kamusm_config>,
    allowed: bool,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || given(config, "config")?.change(|builder| builder.other_text_profiles(allowed)))
}

/// Keeps a journal of each session of a doğrulama kodu under this key: `KAMUSM_STEP_PERSIST` comes, and
/// `kamusm_session_resume` goes on after a crash.
///
/// `key`, `key_len`: 32 random octets, secret, the same ever after; copied, wipe your own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_config_set_journal_key(
    config: Option<&mut kamusm_config>,
    key: *const u8,
    key_len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let config = given(config, "config")?;
        // SAFETY: the rules at the top of the header.
        let key = unsafe { octets(key, key_len, "key") }?;
        let wrong = |_| Error::new(Code::Range, "the key of the journal has 32 octets");
        let key = Zeroizing::new(<[u8; 32]>::try_from(key).map_err(wrong)?);
        config.change(|builder| builder.journal_key(*key))
    })
}

/// Signs also where the journal cannot be written. A crash may then cost a signature.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_config_set_sign_without_journal(
    config: Option<&mut kamusm_config>,
    allowed: bool,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || given(config, "config")?.change(|builder| builder.sign_without_journal(allowed)))
}

/// Says how many lines the log of this configuration's sessions keeps; `kamusm_log_read` takes them out.
///
/// `lines`: 0 to 65536; 256 without this.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_config_set_log_lines(
    config: Option<&mut kamusm_config>,
    lines: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || given(config, "config")?.change(|builder| builder.log_lines(lines)))
}

/// Frees the configuration; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_config_free(config: Option<Box<kamusm_config>>) {
    guard_void(|| drop(config));
}
