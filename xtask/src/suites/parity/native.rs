//! The runners in C and C++, built by a plain compiler from a staged installation.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    install, shell,
    suites::c::program::{WARNINGS, flags},
};

pub(super) fn c() -> Result<Vec<String>, String> {
    build("c", "cc", "-std=c11")
}

pub(super) fn cpp() -> Result<Vec<String>, String> {
    build("cpp", "c++", "-std=c++17")
}

fn build(language: &str, compiler: &str, standard: &str) -> Result<Vec<String>, String> {
    let prefix = staged()?;
    let program = shell::target().join("parity").join(format!("runner-{language}"));
    let mut compile = Command::new(compiler);
    compile.args([standard, "-g", "-O1"]).args(WARNINGS);
    compile.args(sources(language)?).args(flags(&prefix, &["--cflags", "--libs"])?).arg("-lpthread");
    compile.arg(format!("-Wl,-rpath,{}", prefix.join("lib").display())).arg("-o").arg(&program);
    shell::capture(&mut compile)?;
    Ok(vec![program.display().to_string()])
}

/// What an integrator has: headers, library and pkg-config file.
fn staged() -> Result<PathBuf, String> {
    let prefix = shell::target().join("parity/prefix");
    install::stage(&install::build("dev", &[])?, &prefix)?;
    Ok(prefix)
}

fn sources(language: &str) -> Result<Vec<PathBuf>, String> {
    let folder = shell::root().join("tests/parity/runners").join(language);
    let entries = fs::read_dir(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(files.filter(|file| file.extension().is_some_and(|end| end == language)).collect())
}
