//! The demo, for each kind of key and token; OpenSSL judges its evidence.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{programs, report::Report, shell};

const SUCCESS: &str = "demo: İşlem Başarılı";
const SOFTHSM: &[&str] =
    &["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"];

pub(crate) fn tests(report: &mut Report) {
    if let Err(why) = programs::build() {
        return report.check("build", Err(why));
    }
    for key in ["rsa2048", "p256", "p384"] {
        accepted(report, &format!("{key}, embedded token"), &["--key", key]);
    }
    accepted(report, "two texts", &["--texts", "2"]);
    accepted(report, "ten texts", &["--texts", "10", "--key", "p256"]);
    match SOFTHSM.iter().find(|path| Path::new(path).exists()) {
        None => report.missing("SoftHSM", "softhsm2"),
        Some(module) => {
            for key in ["rsa2048", "p256", "p384"] {
                let arguments = ["--key", key, "--texts", "2", "--module", module];
                accepted(report, &format!("{key}, SoftHSM"), &arguments);
            }
        }
    }
    report.check("a flipped octet is refused", tampered());
}

fn accepted(report: &mut Report, name: &str, arguments: &[&str]) {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => return report.check(name, Err(error.to_string())),
    };
    let verdict =
        shell::capture(programs::command("kamusm-demo").args(arguments).arg("--evidence").arg(folder.path()))
            .and_then(|output| match output.lines().last() {
                Some(SUCCESS) => Ok(()),
                last => Err(format!("the last line is {last:?}")),
            })
            .and_then(|()| openssl_accepts(folder.path()));
    report.check(name, verdict);
}

/// Every CMS of the evidence against the service's root, and its content against the text that was shown.
fn openssl_accepts(folder: &Path) -> Result<(), String> {
    let mut signatures: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|error| error.to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "p7m"))
        .collect();
    signatures.sort();
    if signatures.is_empty() {
        return Err("there is no evidence".into());
    }
    for signature in &signatures {
        let content = folder.join("extracted");
        let mut command = Command::new("openssl");
        command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-in"]);
        command.arg(signature).arg("-CAfile").arg(folder.join("root.pem")).arg("-out").arg(&content);
        shell::capture(&mut command)?;
        let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
        if read(&content)? != read(&signature.with_extension("txt"))? {
            return Err("the signed content is not the text that was shown".into());
        }
    }
    Ok(())
}

fn tampered() -> Result<(), String> {
    match shell::capture(programs::command("kamusm-demo").arg("--tamper")) {
        Ok(_) => Err("the demo ended well".into()),
        Err(output) if output.contains("SIGNATURE_INVALID") && output.contains("demo: failed") => Ok(()),
        Err(output) => Err(output),
    }
}
