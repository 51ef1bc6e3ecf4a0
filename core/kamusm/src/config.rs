//! What a program says once about the service, itself and its network.

use std::sync::Arc;

use kamusm_cades::x509::{certificate::Certificate, pem};
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::{
    error::{Code, Error, Language, Result},
    log::{DEFAULT_LINES, Log, MAX_LINES},
    protocol::{dialect::Dialect, version1::Version1},
};

const DEFAULT_TIMEOUT_MS: u64 = 30_000;

/// A checked configuration; cheap to clone and to share between sessions and threads.
#[derive(Clone, Debug)]
pub struct Config(Arc<Settings>);

#[derive(Clone, Debug)]
struct Settings {
    base_url: Url,
    environment: Environment,
    trust_roots_pem: Option<Vec<u8>>,
    intermediates: Vec<Certificate>,
    proxy: Proxy,
    timeout_ms: u64,
    client_name: String,
    client_version: String,
    language: Language,
    receipt_keys: Vec<String>,
    other_text_profiles: bool,
    journal_key: Option<JournalKey>,
    sign_without_journal: bool,
    log_lines: usize,
    log: Log,
    dialect: Arc<dyn Dialect>,
}

/// The key of the journal, wiped and never printed.
#[derive(Clone)]
struct JournalKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for JournalKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JournalKey(****)")
    }
}

/// Which service a code belongs to; its first symbol says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// `K`.
    Production,
    /// `S`.
    Sandbox,
}

impl Environment {
    /// The name in configuration and discovery.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
        }
    }
}

/// How the network is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proxy {
    /// As the system is set up.
    #[default]
    System,
    /// Directly.
    None,
    /// Through this address.
    Url(String),
}

/// Collects the settings; [`ConfigBuilder::build`] checks them all.
#[derive(Clone, Debug)]
#[must_use]
pub struct ConfigBuilder {
    settings: Result<Settings>,
}

impl Config {
    /// A configuration for the service at this address, `https://…` (plain http only on loopback).
    pub fn builder(base_url: &str, environment: Environment) -> ConfigBuilder {
        let settings = checked_base(base_url, environment).map(|base_url| Settings {
            base_url,
            environment,
            trust_roots_pem: None,
            intermediates: Vec::new(),
            proxy: Proxy::default(),
            timeout_ms: DEFAULT_TIMEOUT_MS,
            client_name: "libkamusm".into(),
            client_version: env!("CARGO_PKG_VERSION").into(),
            language: Language::default(),
            receipt_keys: Vec::new(),
            other_text_profiles: false,
            journal_key: None,
            sign_without_journal: false,
            log_lines: DEFAULT_LINES,
            log: Log::new(DEFAULT_LINES),
            dialect: Arc::new(Version1),
        });
        ConfigBuilder { settings }
    }

    /// The address of the service without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.0.base_url.as_str().trim_end_matches('/')
    }

    /// Whether the address has the scheme, host and port of the service.
    pub(crate) fn is_same_origin(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|url| url.origin() == self.0.base_url.origin())
    }

    /// Scheme, host and port of the service, as a text to sign in with names them.
    pub(crate) fn origin(&self) -> String {
        self.0.base_url.origin().ascii_serialization()
    }

    /// Which codes belong to the service.
    pub fn environment(&self) -> Environment {
        self.0.environment
    }

    /// The roots that the service's TLS certificate must lead to, PEM; `None` is the platform's own.
    pub fn trust_roots_pem(&self) -> Option<&[u8]> {
        self.0.trust_roots_pem.as_deref()
    }

    /// Certificates of authorities that complete the chain of the signer's one.
    pub fn intermediates(&self) -> &[Certificate] {
        &self.0.intermediates
    }

    /// How the network is reached.
    pub fn proxy(&self) -> &Proxy {
        &self.0.proxy
    }

    /// How long one exchange may take.
    pub fn timeout_ms(&self) -> u64 {
        self.0.timeout_ms
    }

    /// The program's name, told to the service and shown to the person on the portal.
    pub fn client_name(&self) -> &str {
        &self.0.client_name
    }

    /// The program's version.
    pub fn client_version(&self) -> &str {
        &self.0.client_version
    }

    /// The language of the service's texts.
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// RFC 7638 thumbprints of the keys that may sign a receipt; empty leaves receipts unanchored.
    pub fn receipt_keys(&self) -> &[String] {
        &self.0.receipt_keys
    }

    /// The key of the journal; without one nothing is journaled.
    pub(crate) fn journal_key(&self) -> Option<&[u8; 32]> {
        self.0.journal_key.as_ref().map(|key| &*key.0)
    }

    /// Whether a session goes on where its journal cannot be written.
    pub fn sign_without_journal(&self) -> bool {
        self.0.sign_without_journal
    }

    /// What happened in the sessions of this configuration.
    pub fn log(&self) -> &Log {
        &self.0.log
    }

    /// What is spoken with the service.
    pub(crate) fn dialect(&self) -> &dyn Dialect {
        &*self.0.dialect
    }

    /// Whether texts outside the signed-text profile are let through, marked.
    pub fn other_text_profiles(&self) -> bool {
        self.0.other_text_profiles
    }
}

impl ConfigBuilder {
    /// Pins the roots of the service's TLS certificate, PEM.
    pub fn trust_roots_pem(self, pem: &[u8]) -> Self {
        self.with(|settings| settings.trust_roots_pem = Some(pem.to_vec()))
    }

    /// Adds certificates of authorities, PEM: cards seldom hold those above the signer's own, and a verifier
    /// needs them.
    pub fn intermediates_pem(mut self, text: &str) -> Self {
        match (pem::certificates(text), &mut self.settings) {
            (Ok(found), Ok(settings)) => settings.intermediates.extend(found),
            (Err(why), Ok(_)) => self.settings = Err(wrong(&format!("the intermediate certificates: {why}"))),
            (_, Err(_)) => {}
        }
        self
    }

    /// How the network is reached.
    pub fn proxy(self, proxy: Proxy) -> Self {
        self.with(|settings| settings.proxy = proxy)
    }

    /// How long one exchange may take, 1 000 to 300 000.
    pub fn timeout_ms(self, timeout_ms: u64) -> Self {
        self.with(|settings| settings.timeout_ms = timeout_ms)
    }

    /// The program's name and version, each 1 to 64 printable ASCII characters.
    pub fn client(self, name: &str, version: &str) -> Self {
        self.with(|settings| {
            settings.client_name = name.to_owned();
            settings.client_version = version.to_owned();
        })
    }

    /// The language of the service's texts.
    pub fn language(self, language: Language) -> Self {
        self.with(|settings| settings.language = language)
    }

    /// Pins the keys that may sign a receipt by their RFC 7638 thumbprints.
    pub fn receipt_keys(self, thumbprints: &[&str]) -> Self {
        let keys = thumbprints.iter().map(|print| (*print).to_owned()).collect();
        self.with(|settings| settings.receipt_keys = keys)
    }

    /// Lets texts outside the signed-text profile through; they are marked in the step.
    pub fn other_text_profiles(self, allowed: bool) -> Self {
        self.with(|settings| settings.other_text_profiles = allowed)
    }

    /// Keeps a journal of each doğrulama kodu's session under this key: the steps [`crate::Step::Persist`] come, and
    /// [`crate::Session::resume`] goes on after a crash. The key must be random, secret, and the same ever after.
    pub fn journal_key(self, key: [u8; 32]) -> Self {
        let key = JournalKey(Zeroizing::new(key));
        self.with(|settings| settings.journal_key = Some(key))
    }

    /// Signs also where the journal cannot be written. A crash may then cost a signature.
    pub fn sign_without_journal(self, allowed: bool) -> Self {
        self.with(|settings| settings.sign_without_journal = allowed)
    }

    /// Speaks another wire than this project's own; the seam itself may still change.
    #[doc(hidden)]
    pub fn dialect(self, dialect: Arc<dyn Dialect>) -> Self {
        self.with(|settings| settings.dialect = dialect)
    }

    /// How many lines of the log are kept, 0 to 65 536.
    pub fn log_lines(self, lines: usize) -> Self {
        self.with(|settings| settings.log_lines = lines)
    }

    /// Checks everything.
    pub fn build(self) -> Result<Config> {
        let mut settings = self.settings?;
        if settings.log_lines > MAX_LINES {
            return Err(wrong("the log keeps at most 65 536 lines"));
        }
        settings.log = Log::new(settings.log_lines);
        if !(1_000..=300_000).contains(&settings.timeout_ms) {
            return Err(wrong("the timeout must be 1 000 to 300 000 ms"));
        }
        for word in [&settings.client_name, &settings.client_version] {
            let printable = word.bytes().all(|octet| octet.is_ascii_graphic() || octet == b' ');
            if word.is_empty() || word.len() > 64 || !printable {
                return Err(wrong("client name and version must be 1 to 64 printable ASCII characters"));
            }
        }
        if settings.receipt_keys.iter().any(|key| key.len() != 43) {
            return Err(wrong("a receipt key thumbprint is 43 characters of base64url"));
        }
        Ok(Config(Arc::new(settings)))
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        if let Ok(settings) = &mut self.settings {
            change(settings);
        }
        self
    }
}

fn wrong(reason: &str) -> Error {
    Error::new(Code::Config, reason)
}

/// https only; http only on loopback and only for the sandbox (protocol, floor).
fn checked_base(base_url: &str, environment: Environment) -> Result<Url> {
    let url = Url::parse(base_url).map_err(|_| wrong("the base address is not a URL"))?;
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return Err(wrong("the base address has no host")),
    };
    match url.scheme() {
        "https" => {}
        "http" if loopback && environment == Environment::Sandbox => {}
        _ => return Err(wrong("the base address must be https; http only on loopback with the sandbox")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("the base address must not hold a user name"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("the base address must not have a query or a fragment"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secure_addresses_are_taken() {
        let takes = |address: &str, environment| Config::builder(address, environment).build();
        assert_eq!(
            takes("https://basvuru.example/kamusm/", Environment::Production).unwrap().base_url(),
            "https://basvuru.example/kamusm"
        );
        assert!(takes("http://127.0.0.1:8080", Environment::Sandbox).is_ok());
        assert!(takes("http://[::1]:8080", Environment::Sandbox).is_ok());
        for (address, environment) in [
            ("http://127.0.0.1:8080", Environment::Production),
            ("http://basvuru.example", Environment::Sandbox),
            ("ftp://basvuru.example", Environment::Sandbox),
            ("https://user@basvuru.example", Environment::Sandbox),
            ("https://basvuru.example/?a=b", Environment::Sandbox),
            ("basvuru.example", Environment::Sandbox),
        ] {
            assert_eq!(takes(address, environment).unwrap_err().code(), Code::Config, "{address}");
        }
    }

    #[test]
    fn other_settings_are_checked_too() {
        let base = || Config::builder("https://basvuru.example", Environment::Production);
        for builder in [
            base().timeout_ms(1),
            base().client("", "1"),
            base().client("EBYS", "çok yeni"),
            base().receipt_keys(&["short"]),
            base().log_lines(65_537),
        ] {
            assert_eq!(builder.build().unwrap_err().code(), Code::Config);
        }
        let keyed = base().journal_key([0x5a; 32]).build().unwrap();
        assert!(format!("{keyed:?}").contains("JournalKey(****)"));
        assert_eq!(keyed.journal_key(), Some(&[0x5a; 32]));
        let damaged = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
        assert_eq!(base().intermediates_pem(damaged).build().unwrap_err().code(), Code::Config);
        assert!(base().client("EBYS", "4.2").timeout_ms(5_000).build().is_ok());
        assert!(base().build().unwrap().is_same_origin("https://basvuru.example:443/jwks.json"));
        assert!(!base().build().unwrap().is_same_origin("https://basvuru.example.evil/jwks.json"));
    }
}
