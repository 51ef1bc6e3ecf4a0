//! The reference service as a process of its own, with the files of its test person.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{programs, shell};

/// The PIN of the test person's software key, and the password of the PKCS#12 file.
pub(crate) const PIN: &str = "1234";

/// A running service, of the built programs; it ends with this value.
pub(crate) struct Service {
    process: Child,
    folder: tempfile::TempDir,
    facts: BTreeMap<String, String>,
}

impl Service {
    pub(crate) fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut process = Command::new(programs::path("kamusm-sandbox"))
            .arg("--data")
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("kamusm-sandbox: {error}"))?;
        let output = process.stdout.take().ok_or("the service has no output")?;
        let mut service = Self { process, folder, facts: BTreeMap::new() };
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some((name, value)) = line.split_once('=') {
                service.facts.insert(name.to_owned(), value.to_owned());
            }
            if line == "ready=1" {
                service.write_key_files()?;
                return Ok(service);
            }
        }
        Err("the service ended before it was ready".to_owned())
    }

    /// A line that the service has announced.
    pub(crate) fn fact(&self, name: &str) -> Result<&str, String> {
        self.facts.get(name).map(String::as_str).ok_or_else(|| format!("the service told no {name}"))
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Certificate and key in one PEM file.
    pub(crate) fn pem(&self) -> PathBuf {
        self.folder().join("signer.pem")
    }

    pub(crate) fn pkcs12(&self) -> PathBuf {
        self.folder().join("signer.p12")
    }

    /// What the test programs read from their environment.
    pub(crate) fn settings(&self) -> Result<Vec<(&'static str, String)>, String> {
        Ok(vec![
            ("KAMUSM_TEST_BASE_URL", self.fact("base_url")?.to_owned()),
            ("KAMUSM_TEST_CODE", self.fact("sign_code")?.to_owned()),
            ("KAMUSM_TEST_APPLICATION", self.fact("application")?.to_owned()),
            ("KAMUSM_TEST_PERSON_TOKEN", self.fact("person_token")?.to_owned()),
            ("KAMUSM_TEST_ANCHOR", self.fact("trust_anchor")?.to_owned()),
            ("KAMUSM_TEST_INTERMEDIATE", self.fact("intermediate")?.to_owned()),
            ("KAMUSM_TEST_PEM", self.pem().display().to_string()),
            ("KAMUSM_TEST_PKCS12", self.pkcs12().display().to_string()),
        ])
    }

    /// SoftHSM with the test person's key: its configuration and its module.
    pub(crate) fn softhsm(&self) -> Result<(String, String), String> {
        let folder = self.folder().join("softhsm");
        let (certificate, key) = (folder.join("certificate.der"), folder.join("key.der"));
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let mut openssl = Command::new("openssl");
        openssl.args(["x509", "-outform", "DER", "-in", self.fact("signer_certificate")?]);
        shell::capture(openssl.arg("-out").arg(&certificate))?;
        let mut openssl = Command::new("openssl");
        openssl.args(["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in", self.fact("signer_key")?]);
        shell::capture(openssl.arg("-out").arg(&key))?;
        let configuration = folder.join("softhsm2.conf");
        let mut provision = Command::new(programs::provision());
        provision.arg(&folder).arg(&certificate).arg(&key).arg(PIN).env("SOFTHSM2_CONF", &configuration);
        let module = shell::capture(&mut provision)?.trim().to_owned();
        Ok((configuration.display().to_string(), module))
    }

    fn write_key_files(&self) -> Result<(), String> {
        let (certificate, key) = (self.fact("signer_certificate")?, self.fact("signer_key")?);
        let read = |path: &str| fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
        fs::write(self.pem(), read(certificate)? + &read(key)?).map_err(|error| error.to_string())?;
        let mut openssl = Command::new("openssl");
        openssl.args(["pkcs12", "-export", "-in", certificate, "-inkey", key, "-passout"]);
        shell::capture(openssl.arg(format!("pass:{PIN}")).arg("-out").arg(self.pkcs12())).map(drop)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
