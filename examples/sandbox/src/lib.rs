//! Reference service of the libkamusm protocol: redemption of a doğrulama kodu, texts to sign, submission, receipt.
//!
//! ```
//! use kamusm_sandbox::{LeafSpec, Sandbox};
//!
//! let sandbox = Sandbox::builder().start()?;
//! let signer = sandbox.admin().issue_certificate(LeafSpec::default())?;
//! let code = sandbox.admin().issue_sign_code("SD-13712")?;
//! assert_eq!(code.code.len(), 19);
//! assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
//! # let _ = signer;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod admin;
#[cfg(test)]
#[path = "../tests/protocol/chance.rs"]
mod chance;
pub mod clock;
mod connection;
mod domain;
mod http;
pub mod in_process;
mod portal;
mod sandbox;
mod store;
mod tls;

pub use kamusm_test_ca::{Issued, LeafKey, LeafSpec, Notice, Qc, Usage};

pub use admin::{Admin, AdminError, EvidenceRow, IssuedCode};
pub use domain::control::{CertificateStatus, OrderStep};
pub use domain::fault::{Fault, FaultRule, Spoof};
pub use domain::outage::Outages;
pub use domain::pki::{Ocsp, PkiError};
pub use domain::seed::{Institution, Order, Person, Seed};
pub use domain::service::RedeemConfirmation;
pub use sandbox::{Builder, Sandbox, StartError};
pub use store::outbox::{Channel, Message};
pub use tls::{TlsDoor, TlsDoorError, TlsFault};

/// Every page of the portal, `GET` each.
pub fn portal_pages() -> Vec<&'static str> {
    portal::pages()
}

/// Every address of the portal that changes something, `POST` each.
pub fn portal_actions() -> Vec<&'static str> {
    portal::actions()
}

/// The description of the protocol, OpenAPI 3.1, as YAML.
pub fn openapi_yaml() -> String {
    http::description().to_yaml().expect("the description holds nothing that YAML cannot hold")
}

/// The description of the protocol, OpenAPI 3.1, as JSON: for tests that walk through every operation.
pub fn openapi_json() -> String {
    http::description().to_json().expect("the description holds nothing that JSON cannot hold")
}
