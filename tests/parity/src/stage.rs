//! The service's side of one row: a service of its own, a person nobody knew before, a certificate, a code.

mod by_hand;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use kamusm_sandbox::{Issued, LeafKey, LeafSpec, Order, Person, Sandbox, Seed};
use kamusm_test_ca::certificate_pem;

use crate::chance;

pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) tckn: String,
    pub(crate) name: String,
    pub(crate) application: String,
    pub(crate) institution: String,
    pub(crate) key: LeafKey,
    pub(crate) issued: Issued,
    /// The password of the files with the key.
    pub(crate) pin: String,
    texts: u8,
    folder: tempfile::TempDir,
    pkcs12: OnceLock<PathBuf>,
}

impl Stage {
    /// A person with one application of this many texts, and a certificate with this kind of key.
    pub(crate) fn new(texts: u8, key: LeafKey) -> Result<Self, String> {
        Self::with_leaf(texts, key, |spec| spec)
    }

    /// The same, whose certificate is special.
    pub(crate) fn with_leaf(
        texts: u8,
        key: LeafKey,
        special: impl FnOnce(LeafSpec) -> LeafSpec,
    ) -> Result<Self, String> {
        Self::of_person(chance::tckn(), chance::name(), texts, key, special)
    }

    /// With the person of the service's seed who has this number, whose outcome is fixed.
    pub(crate) fn of_seed(tckn: &str) -> Result<Self, String> {
        let seed = Seed::default();
        let person = seed.persons.iter().find(|person| person.tckn == tckn).ok_or("no such person")?;
        Self::of_person(person.tckn.clone(), person.name.clone(), 1, LeafKey::P256, |spec| spec)
    }

    fn of_person(
        tckn: String,
        name: String,
        texts: u8,
        key: LeafKey,
        special: impl FnOnce(LeafSpec) -> LeafSpec,
    ) -> Result<Self, String> {
        let told = |why: &dyn std::fmt::Display| why.to_string();
        let sandbox = Sandbox::builder().start().map_err(|why| told(&why))?;
        let right =
            LeafSpec { key, tckn: Some(tckn.clone()), common_name: name.clone(), ..LeafSpec::default() };
        let person = Person { tckn: tckn.clone(), name: name.clone(), orders: Vec::new() };
        sandbox.admin().add_person(person).map_err(|why| told(&why))?;
        // The service issues a code only to a person who has a valid certificate.
        sandbox.admin().issue_certificate(right.clone()).map_err(|why| told(&why))?;
        let issued = sandbox.admin().issue_certificate(special(right)).map_err(|why| told(&why))?;
        let mut stage = Self {
            sandbox,
            tckn,
            name,
            application: String::new(),
            institution: chance::institution(),
            key,
            issued,
            pin: chance::pin(),
            texts,
            folder: tempfile::tempdir().map_err(|why| told(&why))?,
            pkcs12: OnceLock::new(),
        };
        stage.apply()?;
        Ok(stage)
    }

    /// A new application of the same person.
    pub(crate) fn apply(&mut self) -> Result<(), String> {
        self.apply_for(Order { texts: self.texts, ..Order::ready(&chance::application()) })
    }

    /// This application, of the stage's institution.
    pub(crate) fn apply_for(&mut self, mut order: Order) -> Result<(), String> {
        self.application.clone_from(&order.no);
        order.institution.clone_from(&self.institution);
        self.sandbox.admin().add_order(&self.tckn, order).map_err(|why| why.to_string())
    }

    /// A fresh doğrulama kodu.
    pub(crate) fn code(&self) -> Result<String, String> {
        let issued = self.sandbox.admin().issue_sign_code(&self.application);
        issued.map(|issued| issued.code).map_err(|why| why.to_string())
    }

    pub(crate) fn person_token(&self) -> Result<String, String> {
        self.sandbox.admin().person_token(&self.tckn).map_err(|why| why.to_string())
    }

    /// What the service answers to a plain question.
    pub(crate) fn ask(&self, path: &str, token: Option<&str>) -> Result<Vec<u8>, String> {
        let address = format!("{}{path}", self.sandbox.base_url());
        let mut question = reqwest::blocking::Client::new().get(address);
        if let Some(token) = token {
            question = question.bearer_auth(token);
        }
        let answer = question.send().and_then(reqwest::blocking::Response::error_for_status);
        Ok(answer.and_then(|answer| answer.bytes()).map_err(|why| why.to_string())?.to_vec())
    }

    /// The certificates above the signer's, PEM.
    pub(crate) fn intermediates(&self) -> Result<PathBuf, String> {
        self.file("intermediates.pem", certificate_pem(self.sandbox.intermediate_der()))
    }

    /// Certificate and key.
    pub(crate) fn pem(&self) -> Result<PathBuf, String> {
        let key = pem_block("PRIVATE KEY", &self.issued.private_key_pkcs8_der);
        self.file("signer.pem", certificate_pem(&self.issued.certificate_der) + &key)
    }

    /// The same with a password.
    pub(crate) fn pkcs12(&self) -> Result<PathBuf, String> {
        if let Some(made) = self.pkcs12.get() {
            return Ok(made.clone());
        }
        let made = self.folder.path().join("signer.p12");
        let mut openssl = Command::new("openssl");
        openssl.args(["pkcs12", "-export", "-passout", &format!("pass:{}", self.pin), "-in"]);
        let output =
            openssl.arg(self.pem()?).arg("-out").arg(&made).output().map_err(|why| why.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        Ok(self.pkcs12.get_or_init(|| made).clone())
    }

    pub(crate) fn certificate(&self) -> Result<PathBuf, String> {
        self.file("signer.der", &self.issued.certificate_der)
    }

    /// A file of this row.
    pub(crate) fn file(&self, name: &str, octets: impl AsRef<[u8]>) -> Result<PathBuf, String> {
        let path = self.folder.path().join(name);
        fs::write(&path, octets).map_err(|why| format!("{}: {why}", path.display()))?;
        Ok(path)
    }

    /// Where there is nothing.
    pub(crate) fn nowhere(&self) -> PathBuf {
        Path::join(self.folder.path(), "nothing.so")
    }
}

fn pem_block(label: &str, der: &[u8]) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).filter_map(|line| str::from_utf8(line).ok()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
