//! What a program says once about the service, itself and its network.

use std::sync::Arc;

use kamusm::{Code, Error, config::Proxy};

use crate::{
    error::{Language, Result},
    verification_code::Environment,
};

/// A checked configuration; any number of sessions and threads may share it.
#[derive(uniffi::Object)]
pub struct Config(pub(crate) kamusm::config::Config);

/// What a configuration is made from. Only the first two have to be said.
#[derive(Clone, Debug, uniffi::Record)]
pub struct ConfigSettings {
    /// `https://…`; plain http only on loopback with the sandbox.
    pub base_url: String,
    /// Which codes belong to the service.
    pub environment: Environment,
    /// PEM certificates that the service's TLS certificate must lead to; without them the platform's own are used.
    #[uniffi(default = None)]
    pub trust_roots_pem: Option<Vec<u8>>,
    /// PEM certificates of authorities from which the chain above the signer's certificate is completed.
    #[uniffi(default = None)]
    pub intermediates_pem: Option<String>,
    /// `"system"` (as the system is set up, the default), `"none"`, or the address of a proxy.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
    /// How long one exchange with the service may take, 1000 to 300000; 30000 without this.
    #[uniffi(default = None)]
    pub timeout_ms: Option<i64>,
    /// The program's name, 1 to 64 printable ASCII characters; the service and the portal show it to the person.
    #[uniffi(default = None)]
    pub client_name: Option<String>,
    /// The program's version, 1 to 64 printable ASCII characters.
    #[uniffi(default = None)]
    pub client_version: Option<String>,
    /// The language of the service's own sentences; Turkish without this.
    #[uniffi(default = None)]
    pub language: Option<Language>,
    /// RFC 7638 thumbprints of the keys that may sign receipts; with at least one no other key is taken.
    #[uniffi(default = [])]
    pub receipt_keys: Vec<String>,
    /// Lets texts outside the signed-text profile through; `Text.profile_checked` tells them.
    #[uniffi(default = false)]
    pub other_text_profiles: bool,
    /// How many lines the log keeps, 0 to 65536; 256 without this.
    #[uniffi(default = None)]
    pub log_lines: Option<i64>,
}

#[uniffi::export]
impl Config {
    /// Checks all settings.
    #[uniffi::constructor]
    pub fn new(settings: ConfigSettings) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(built(settings)?)))
    }
}

fn built(settings: ConfigSettings) -> Result<kamusm::config::Config, Error> {
    let mut builder = kamusm::config::Config::builder(&settings.base_url, settings.environment.into());
    if let Some(pem) = &settings.trust_roots_pem {
        builder = builder.trust_roots_pem(pem);
    }
    if let Some(pem) = &settings.intermediates_pem {
        builder = builder.intermediates_pem(pem);
    }
    if let Some(proxy) = settings.proxy {
        builder = builder.proxy(match proxy.as_str() {
            "system" => Proxy::System,
            "none" => Proxy::None,
            _ => Proxy::Url(proxy),
        });
    }
    if let Some(timeout_ms) = settings.timeout_ms {
        // What is no duration is too short, which the builder refuses.
        builder = builder.timeout_ms(u64::try_from(timeout_ms).unwrap_or(0));
    }
    match (settings.client_name, settings.client_version) {
        (None, None) => {}
        (Some(name), Some(version)) => builder = builder.client(&name, &version),
        _ => return Err(Error::new(Code::Config, "client name and version belong together")),
    }
    if let Some(language) = settings.language {
        builder = builder.language(language.into());
    }
    let keys: Vec<&str> = settings.receipt_keys.iter().map(String::as_str).collect();
    builder = builder.receipt_keys(&keys).other_text_profiles(settings.other_text_profiles);
    if let Some(lines) = settings.log_lines {
        let negative = |_| Error::new(Code::Config, "the log keeps 0 lines or more");
        builder = builder.log_lines(usize::try_from(lines).map_err(negative)?);
    }
    builder.build()
}
