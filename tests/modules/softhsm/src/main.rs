//! Makes one token from files: `kamusm-test-softhsm FOLDER LABEL PIN KEY.p8 CERTIFICATE.der [OBJECT_LABEL]`.
//!
//! Prints the variable that a program needs to see it.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, label, pin, key, certificate, rest @ ..] = arguments.as_slice() else {
        return Err(
            "usage: kamusm-test-softhsm FOLDER LABEL PIN KEY.p8 CERTIFICATE.der [OBJECT_LABEL]".into()
        );
    };
    let hsm = SoftHsm::in_folder(Path::new(folder))?;
    let (variable, value) = hsm.environment();
    if !hsm.is_seen_here() {
        // SoftHSM reads the environment of its process, which cannot be changed safely from within.
        let status = Command::new(std::env::current_exe()?).args(&arguments).env(variable, value).status()?;
        return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let (key, der) = (std::fs::read(key)?, std::fs::read(certificate)?);
    let pair = KeyPairSpec {
        label: rest.first().map_or("10000000146NES0", String::as_str),
        private_key: Some(&key),
        certificate: Some(&der),
        ..KeyPairSpec::default()
    };
    hsm.provision(&TokenSpec { label, pin, keys: &[pair] })?;
    writeln!(std::io::stdout(), "{variable}={}", value.display())?;
    Ok(ExitCode::SUCCESS)
}
