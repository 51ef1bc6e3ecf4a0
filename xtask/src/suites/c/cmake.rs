//! The CMake package: the examples as projects of their own, with the shared and the static library.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    examples::Example,
    listing,
    program::{Mode, Workshop},
    service::Service,
};
use crate::{report::Report, shell};

pub(super) fn checks(report: &mut Report, workshop: &Workshop, service: &Service) {
    if shell::find("cmake").is_none() {
        return report.missing("the CMake package", "cmake");
    }
    for language in ["c", "cpp"] {
        let built = build(workshop, language);
        report.check(
            &format!("examples/{language} with CMake"),
            built.as_ref().map(drop).map_err(Clone::clone),
        );
        let Ok(folder) = built else { continue };
        for name in ["sign", "sign-static"] {
            let example = Example::of(workshop, folder.join(name), Mode::Plain);
            report.check(
                &format!("{name} in examples/{language}"),
                example.and_then(|example| example.pkcs12()),
            );
        }
        for name in ["applications", "applications-static"] {
            let verdict = listing::of(&folder.join(name), service);
            report.check(&format!("{name} in examples/{language}"), verdict);
        }
        let verdict = stands_alone(&folder.join("applications-static"));
        report.check(&format!("the static one in examples/{language} needs no libkamusm.so"), verdict);
    }
    report.check("find_package takes fitting versions only", versions(workshop));
}

/// The folder with the programs.
fn build(workshop: &Workshop, language: &str) -> Result<PathBuf, String> {
    let folder = workshop.folder.path().join(format!("cmake-{language}"));
    let source = shell::root().join("examples").join(language);
    configure(&source, &folder, workshop)?;
    shell::capture(Command::new("cmake").arg("--build").arg(&folder))?;
    Ok(folder)
}

/// The package is found nowhere but in the staged folder.
fn configure(source: &Path, folder: &Path, workshop: &Workshop) -> Result<(), String> {
    let mut command = Command::new("cmake");
    command.arg("-S").arg(source).arg("-B").arg(folder);
    command.arg(format!("-DCMAKE_PREFIX_PATH={}", workshop.prefix.display()));
    command.args(["-G", "Unix Makefiles", "-DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF"]);
    shell::capture(command.arg("-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF")).map(drop)
}

fn stands_alone(program: &Path) -> Result<(), String> {
    let needed = shell::capture(Command::new("objdump").arg("-p").arg(program))?;
    if needed.contains("libkamusm") { Err("it needs the shared library".to_owned()) } else { Ok(()) }
}

fn versions(workshop: &Workshop) -> Result<(), String> {
    let version = env!("CARGO_PKG_VERSION");
    let newer = format!("{version}.1");
    for (wanted, fits) in
        [("", true), ("0.1", true), (version, true), (&*newer, false), ("0.0.9", false), ("1", false)]
    {
        let source = workshop.folder.path().join(format!("cmake-version-{wanted}"));
        fs::create_dir_all(&source).map_err(|error| error.to_string())?;
        let text = format!(
            "cmake_minimum_required(VERSION 3.18)\nproject(version NONE)\nfind_package(kamusm {wanted} REQUIRED)\n"
        );
        fs::write(source.join("CMakeLists.txt"), text).map_err(|error| error.to_string())?;
        if configure(&source, &source.join("build"), workshop).is_ok() != fits {
            return Err(format!(
                "find_package(kamusm {wanted}) should {}",
                if fits { "find it" } else { "refuse" }
            ));
        }
    }
    Ok(())
}
