//! `cargo xtask install`: builds the C library and stages it with headers, pkg-config file and CMake package, relocatable.

mod cmake;

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{shell, shipped};

/// Number of the ABI, as in `KAMUSM_ABI_VERSION`; a test compares the two.
const ABI: &str = "0";
/// What a static library needs beside itself: `rustc --print native-static-libs`.
const STATIC_LIBS: &str = "-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc";

/// Where to and how.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder that stands for the root of the target system.
    #[arg(long)]
    pub(crate) destdir: PathBuf,
    /// The folder in it.
    #[arg(long, default_value = "/usr/local")]
    pub(crate) prefix: PathBuf,
    /// The cargo profile of the library.
    #[arg(long, default_value = "release")]
    pub(crate) profile: String,
}

/// Builds and stages everything.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let libraries = build(&arguments.profile, &[])?;
    let inside = arguments.prefix.strip_prefix("/").unwrap_or(&arguments.prefix);
    stage(&libraries, &arguments.destdir.join(inside))
}

/// The folder with `libkamusm_capi.so` and `libkamusm_capi.a` of this profile.
pub(crate) fn build(profile: &str, features: &[&str]) -> Result<PathBuf, String> {
    let mut cargo = shell::cargo();
    cargo.args(["rustc", "--quiet", "--package", "kamusm-ffi", "--profile", profile]);
    cargo.args(["--crate-type", "cdylib,staticlib", "--features", &features.join(",")]);
    // Cargo sets no SONAME, and without a cdylib target no build script may.
    cargo.args(["--", "-C", &format!("link-arg=-Wl,-soname,libkamusm.so.{ABI}")]);
    shipped::settings(&mut cargo, profile);
    shell::run(&mut cargo)?;
    Ok(shell::target().join(if profile == "dev" { "debug" } else { profile }))
}

/// Lays everything out under the prefix.
pub(crate) fn stage(libraries: &Path, prefix: &Path) -> Result<(), String> {
    let version = version()?;
    let (lib, include) = (prefix.join("lib"), prefix.join("include"));
    let shared = format!("libkamusm.so.{version}");
    let laid_out = || -> std::io::Result<()> {
        fs::create_dir_all(lib.join("pkgconfig"))?;
        fs::create_dir_all(&include)?;
        copy(&libraries.join("libkamusm_capi.so"), &lib.join(&shared), 0o755)?;
        link(&shared, &lib.join(format!("libkamusm.so.{ABI}")))?;
        link(&format!("libkamusm.so.{ABI}"), &lib.join("libkamusm.so"))?;
        copy(&libraries.join("libkamusm_capi.a"), &lib.join("libkamusm.a"), 0o644)?;
        for header in headers()? {
            let place = include.join(&header);
            fs::create_dir_all(place.parent().unwrap_or(&include))?;
            copy(&shell::root().join("include").join(&header), &place, 0o644)?;
        }
        fs::write(lib.join("pkgconfig/kamusm.pc"), pkg_config(&version))?;
        cmake::write(&lib.join("cmake/kamusm"), &version, ABI, STATIC_LIBS)
    };
    laid_out().map_err(|error| format!("{}: {error}", prefix.display()))
}

/// The public headers, from the folder `include`: kamusm.h, kamusm.hpp and the parts of it.
pub(crate) fn headers() -> std::io::Result<Vec<PathBuf>> {
    let mut headers = vec![PathBuf::from("kamusm.h"), PathBuf::from("kamusm.hpp")];
    for part in fs::read_dir(shell::root().join("include/kamusm"))? {
        headers.push(Path::new("kamusm").join(part?.file_name()));
    }
    headers.sort();
    Ok(headers)
}

fn copy(from: &Path, to: &Path, mode: u32) -> std::io::Result<()> {
    // A program that runs keeps the old file.
    let _ = fs::remove_file(to);
    fs::copy(from, to)?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode))
}

fn link(target: &str, place: &Path) -> std::io::Result<()> {
    let _ = fs::remove_file(place);
    symlink(target, place)
}

fn pkg_config(version: &str) -> String {
    format!(
        "prefix=${{pcfiledir}}/../..\n\
         libdir=${{prefix}}/lib\n\
         includedir=${{prefix}}/include\n\
         \n\
         Name: kamusm\n\
         Description: Kamu SM's electronic application\n\
         Version: {version}\n\
         Cflags: -I${{includedir}}\n\
         Libs: -L${{libdir}} -lkamusm\n\
         Libs.private: {STATIC_LIBS}\n"
    )
}

fn version() -> Result<String, String> {
    let manifest = fs::read_to_string(shell::root().join("Cargo.toml")).map_err(|error| error.to_string())?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = \""));
    let version = line.and_then(|rest| rest.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| "Cargo.toml names no version".to_owned())
}
