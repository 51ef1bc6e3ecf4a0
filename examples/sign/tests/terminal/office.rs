//! A service with an applicant, and the applicant's card in a reader.

use std::{path::PathBuf, process::Command};

use kamusm_sandbox::{Builder, IssuedCode, LeafSpec, Sandbox};
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec, module};
use kamusm_test_spy::{Directive, Spy};
use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::sitting::program;

pub(crate) const TCKN: &str = "10000000146";
pub(crate) const APPLICATION: &str = "SD-13712";
pub(crate) const PIN: &str = "571943";
pub(crate) const WRONG_PIN: &str = "802468";

pub(crate) struct Office {
    pub(crate) sandbox: Sandbox,
    pub(crate) spy: Spy,
    /// DER of the card's certificates.
    pub(crate) certificates: Vec<Vec<u8>>,
    hsm: SoftHsm,
}

impl Office {
    /// A card with one sound certificate.
    pub(crate) fn open(hsm: SoftHsm) -> Self {
        Self::with(hsm, &[LeafSpec::default()], |builder| builder)
    }

    /// A card with these certificates, each with its key.
    pub(crate) fn with(hsm: SoftHsm, specs: &[LeafSpec], change: impl FnOnce(Builder) -> Builder) -> Self {
        let sandbox = change(Sandbox::builder()).start().unwrap();
        let issued: Vec<_> =
            specs.iter().map(|spec| sandbox.admin().issue_certificate(spec.clone()).unwrap()).collect();
        let ids: Vec<[u8; 1]> = (1..).take(issued.len()).map(|id| [id]).collect();
        let keys: Vec<KeyPairSpec<'_>> = issued
            .iter()
            .zip(&ids)
            .map(|(leaf, id)| KeyPairSpec {
                id,
                private_key: Some(&leaf.private_key_pkcs8_der),
                certificate: Some(&leaf.certificate_der),
                ..KeyPairSpec::default()
            })
            .collect();
        hsm.provision(&TokenSpec { label: "AKIS_10000000146", pin: PIN, keys: &keys }).unwrap();
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        let certificates = issued.iter().map(|leaf| leaf.certificate_der.clone()).collect();
        Self { sandbox, spy, certificates, hsm }
    }

    pub(crate) fn code(&self) -> IssuedCode {
        self.sandbox.admin().issue_sign_code(APPLICATION).unwrap()
    }

    /// The program with the card and the service's address.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = self.program_without_card(&["--module"]);
        command.arg(self.spy.module()).args(arguments);
        command
    }

    pub(crate) fn program_without_card(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        let (variable, value) = self.hsm.environment();
        // The person's own state and keyring are none of a test's business.
        command.env("XDG_STATE_HOME", self.state()).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        command.env(variable, value).args(["--service", self.sandbox.base_url()]).args(arguments);
        command
    }

    /// The same program started by a shell that redirects descriptors to files with these contents.
    pub(crate) fn redirected(&self, program: &Command, files: &[(u32, &str)]) -> Command {
        let mut shell = Command::new("sh");
        let mut script = r#"exec "$0" "$@""#.to_owned();
        for (descriptor, content) in files {
            let file = self.hsm.folder().join(format!("descriptor-{descriptor}"));
            std::fs::write(&file, content).unwrap();
            script.push_str(&format!(r#" {descriptor}<"{}""#, file.display()));
        }
        shell.arg("-c").arg(script).arg(program.get_program()).args(program.get_args());
        shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.hsm.folder().to_path_buf()
    }

    /// Where the program keeps its journal.
    pub(crate) fn state(&self) -> PathBuf {
        self.hsm.folder().join("state")
    }

    pub(crate) fn card_does(&self, directives: &[Directive]) {
        self.spy.tell(directives);
    }

    pub(crate) fn logins(&self) -> usize {
        self.spy.count("C_Login")
    }

    /// What the application page knows of the code.
    pub(crate) fn page(&self, code: &IssuedCode) -> Value {
        self.get(&format!("sign-codes/{}", code.id))
    }

    /// The number that the application page shows, once the code is redeemed.
    pub(crate) fn match_code(&self, code: &IssuedCode) -> String {
        self.page(code)["session"]["match_code"].as_str().unwrap().to_owned()
    }

    /// Presses "Evet, benim".
    pub(crate) fn confirm(&self, code: &IssuedCode) {
        let path = format!("sign-codes/{}/confirmation", code.id);
        let answer = self.request(reqwest::Method::PUT, &path, json!({ "confirmed": true }));
        assert_eq!(answer["state"], "redeemed", "{answer}");
    }

    /// The title of the page to return to.
    pub(crate) fn title(&self) -> String {
        self.get("result")["title"].as_str().unwrap().to_owned()
    }

    pub(crate) fn evidence(&self) -> Vec<Vec<u8>> {
        let rows = self.sandbox.admin().evidence(APPLICATION).unwrap();
        rows.into_iter().map(|row| row.cms).collect()
    }

    fn get(&self, path: &str) -> Value {
        self.request(reqwest::Method::GET, path, Value::Null)
    }

    fn request(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let address = format!("{}/api/v1/applications/{APPLICATION}/{path}", self.sandbox.base_url());
        let token = self.sandbox.admin().person_token(TCKN).unwrap();
        let mut request = Client::new().request(method, address).bearer_auth(token);
        if !body.is_null() {
            request = request.json(&body);
        }
        request.send().unwrap().json().unwrap()
    }
}
