//! `cargo xtask cross`: checks the types of the crates for platforms that this machine cannot run.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

use crate::{setup, shell};

/// Beside what Swift needs: a Rust for which the source of the standard library is packaged.
const PACKAGES: [&str; 4] = ["build-essential", "cargo-web", "rust-web-src", "rustc-web"];
/// Under target.
const FOLDER: &str = "swift/cross";
/// Each target with the packages checked there and their features; `http` and `pkcs11` are for desktops.
const TARGETS: [(&str, &[&str], &str); 4] = [
    ("aarch64-linux-android", &["kamusm-uniffi"], ""),
    ("aarch64-apple-ios", &["kamusm-uniffi"], ""),
    ("aarch64-apple-darwin", &["kamusm-ffi", "kamusm-uniffi"], "kamusm-uniffi/http,kamusm-uniffi/pkcs11"),
    ("x86_64-pc-windows-gnu", &["kamusm-ffi", "kamusm-uniffi"], "kamusm-uniffi/http,kamusm-uniffi/pkcs11"),
];
/// Stands for the C compiler and the archiver of the target, of which there are none here: it writes what it is asked
/// for, empty. A check of types links nothing.
const NO_COMPILER: &str = r#"#!/bin/sh
while [ $# -gt 0 ]; do
    case $1 in
    -o) : > "$2"; exit ;;
    *.a) : > "$1"; exit ;;
    esac
    shift
done
"#;

/// Tells of each target; an error names those that do not compile.
pub(crate) fn run() -> Result<(), String> {
    setup::swift::prepare()?;
    no_compiler().map_err(|error| format!("{FOLDER}: {error}"))?;
    if inside("cargo", &["--version"]).is_err() {
        println!("cross: installs {}", PACKAGES.join(", "));
        inside("apt-get", &["update"])?;
        inside("apt-get", &[&["install", "--yes", "--no-install-recommends"], &PACKAGES[..]].concat())?;
    }
    let mut failures = Vec::new();
    for (target, packages, features) in TARGETS {
        match check(target, packages, features) {
            Ok(()) => println!("   ok    {target}: {}", packages.join(", ")),
            Err(why) => {
                println!("   FAIL  {target}: {why}");
                failures.push(target);
            }
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join(", ")) }
}

fn check(target: &str, packages: &[&str], features: &str) -> Result<(), String> {
    let build_std = "-Zbuild-std=std,panic_unwind";
    let mut arguments = vec!["check", "--quiet", "--locked", build_std, "--target", target];
    for name in ["kamusm-cades", "kamusm-token", "kamusm"].iter().chain(packages) {
        arguments.extend(["--package", name]);
    }
    arguments.extend(["--no-default-features", "--features", features]);
    inside("cargo", &arguments)
}

fn no_compiler() -> std::io::Result<()> {
    let folder = shell::target().join(FOLDER);
    let program = folder.join("no-compiler");
    fs::create_dir_all(folder)?;
    fs::write(&program, NO_COMPILER)?;
    fs::set_permissions(program, fs::Permissions::from_mode(0o755))
}

fn inside(program: &str, arguments: &[&str]) -> Result<(), String> {
    let folder = shell::target().join(FOLDER);
    let no_compiler = folder.join("no-compiler").display().to_string();
    let environment = [
        ("DEBIAN_FRONTEND", "noninteractive".to_owned()),
        ("CARGO_TARGET_DIR", folder.display().to_string()),
        // Building the standard library is not for everybody yet.
        ("RUSTC_BOOTSTRAP", "1".to_owned()),
        ("TARGET_CC", no_compiler.clone()),
        ("TARGET_AR", no_compiler),
        ("AWS_LC_SYS_CMAKE_BUILDER", "0".to_owned()),
        // Else a Mac's own tools are asked for them.
        ("SDKROOT", folder.display().to_string()),
        ("IPHONEOS_DEPLOYMENT_TARGET", "15.0".to_owned()),
        ("MACOSX_DEPLOYMENT_TARGET", "12.0".to_owned()),
    ];
    let mut command: Command =
        setup::swift::inside(program, &environment).ok_or("the folder is not there")?;
    shell::capture(command.args(arguments)).map(drop)
}
