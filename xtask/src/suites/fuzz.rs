//! Fuzzing: octets from outside and sequences of C calls, guided by coverage and watched by AddressSanitizer.
//!
//! `tests/fuzz` is one program with all targets. It is built with the pinned stable toolchain: coverage is LLVM's own
//! pass, and AddressSanitizer's runtime comes with rustc, which only asks to be told that it may (`RUSTC_BOOTSTRAP`).

mod calls;
mod run;

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use self::run::{Fuzzer, Told};
use super::c::declaration;
use crate::{programs, report::Report, shell};

/// A target's corpus has its name.
const TARGETS: [&str; 9] =
    ["answers", "calls", "certificate", "cms", "code", "journal", "problem", "session", "text"];
const SECONDS: u64 = 15;
/// For what the manifest of tests/fuzz optimises: that is ours, and what reads for us. Everything else is compiled as
/// always, so that the other workspace and this one share it.
const FLAGS: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=3",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Zsanitizer=address",
    "--cfg=fuzzing",
];

pub(crate) fn checks(report: &mut Report) {
    if let Some(tool) = ["c++", "openssl"].iter().find(|tool| shell::find(tool).is_none()) {
        return report.missing("fuzz targets", tool);
    }
    let fuzzer = match build() {
        Ok(fuzzer) => fuzzer,
        Err(why) => return report.check("build", Err(why)),
    };
    for (target, told) in run::each(&TARGETS, |target| fuzzer.run(target, 1, SECONDS)) {
        let name = told.as_ref().map_or_else(|_| target.to_owned(), |told| format!("{target}: {told}"));
        report.check(&name, told.map(drop));
    }
}

/// Each target for so many seconds; what is new in the corpus stays in the tree.
pub(crate) fn campaign(seed: u64, seconds: u64) -> Result<Value, String> {
    let fuzzer = build()?;
    let told = run::each(&TARGETS, |target| {
        fuzzer.run(target, seed, seconds).and_then(|told| fuzzer.keep(target, told))
    });
    let told: Vec<(&str, Told)> =
        told.into_iter().map(|(target, told)| Ok((target, told?))).collect::<Result<_, String>>()?;
    let counts = told.iter().map(|(target, told)| ((*target).to_owned(), told.json()));
    Ok(json!({ "targets": counts.collect::<serde_json::Map<_, _>>(), "findings": 0 }))
}

fn build() -> Result<Fuzzer, String> {
    let folder = shell::target().join("fuzz");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let header =
        fs::read_to_string(shell::root().join("include/kamusm.h")).map_err(|error| error.to_string())?;
    let source = folder.join("calls.c");
    write_changed(&source, &calls::generate(&declaration::functions(&header)?)?)?;
    let mut cargo = shell::cargo();
    cargo.current_dir(shell::root().join("tests/fuzz")).args(["build", "--quiet", "--locked"]);
    cargo.env("RUSTC_WRAPPER", compiler(&folder)?).env("CARGO_TARGET_DIR", shell::target());
    shell::capture(cargo.env("KAMUSM_FUZZ_CALLS", source))?;
    Ok(Fuzzer { program: programs::path("kamusm-fuzz"), person: person(&folder)?, folder })
}

/// What cargo runs in the place of rustc. The flags are no `RUSTFLAGS`, with which everything would be compiled anew,
/// and `RUSTC_BOOTSTRAP` stays from the build scripts that look for it.
fn compiler(folder: &Path) -> Result<PathBuf, String> {
    let script = folder.join("rustc");
    let flags = FLAGS.join(" ");
    let text = format!(
        "#!/bin/sh\ncase \"$*\" in\n*build_script_*) ;;\n*opt-level=1*) RUSTC_BOOTSTRAP=1 exec \"$@\" {flags} ;;\nesac\n\
         exec \"$@\"\n"
    );
    write_changed(&script, &text)?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
    Ok(script)
}

/// A key that no CA knows, for the objects of the C calls.
fn person(folder: &Path) -> Result<PathBuf, String> {
    let (key, pem) = (folder.join("key.pem"), folder.join("person.pem"));
    if !pem.is_file() {
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]);
        openssl.args(["-subj", "/C=TR/CN=Deneme"]).arg("-keyout").arg(&key);
        let certificate = shell::capture(&mut openssl)?;
        let key = fs::read_to_string(key).map_err(|error| error.to_string())?;
        fs::write(&pem, certificate + &key).map_err(|error| error.to_string())?;
    }
    Ok(pem)
}

/// What did not change is not built again.
fn write_changed(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| error.to_string())
}
