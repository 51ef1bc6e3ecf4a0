//! Makes a SoftHSM token for the test of the C example: `provision FOLDER CERTIFICATE.der KEY.der PIN`.
//!
//! `SOFTHSM2_CONF` must name `FOLDER/softhsm2.conf`. The last line of the output is the path of the module.

#![expect(clippy::print_stdout, reason = "its output is what the test reads")]

use std::{env, fs, path::Path};

use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec, module};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, certificate, key, pin] = arguments.as_slice() else {
        return Err("provision FOLDER CERTIFICATE.der KEY.der PIN".into());
    };
    let (certificate, key) = (fs::read(certificate)?, fs::read(key)?);
    let pair =
        KeyPairSpec { certificate: Some(&certificate), private_key: Some(&key), ..KeyPairSpec::default() };
    SoftHsm::in_folder(Path::new(folder))?.provision(&TokenSpec { label: "C", pin, keys: &[pair] })?;
    println!("{}", module()?.display());
    Ok(())
}
