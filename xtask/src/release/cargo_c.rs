//! What `cargo cinstall` makes of ffi/Cargo.toml is what `cargo xtask install` stages: packagers may take either.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell;

const VERSION: &str = "0.10.24+cargo-0.98.0";
const PROGRAM: &str = "cargo-cinstall";
/// cargo-c knows nothing of CMake.
const OURS: &str = "lib/cmake/";
/// What programs are built by; the rest of the two pkg-config files is where they are.
const PKG_CONFIG: [&str; 5] = ["Name", "Description", "Version", "Cflags", "Libs"];

/// What somebody who links against an installed library sees of it.
#[derive(Debug, Default, PartialEq)]
struct Installation {
    files: BTreeSet<PathBuf>,
    soname: String,
    symbols: BTreeSet<String>,
    headers: BTreeMap<PathBuf, String>,
    pkg_config: BTreeMap<String, String>,
}

/// Compares if cargo-c is there or is wanted; the value says which.
pub(super) fn compared(prefix: &Path, parts: &Path, wanted: bool) -> Result<&'static str, String> {
    let own = shell::target().join("cargo-c/bin").join(PROGRAM);
    let program = shell::find(PROGRAM).or_else(|| own.is_file().then(|| own.clone()));
    let program = match program {
        Some(program) => program,
        None if wanted => installed(own)?,
        None => return Ok("not compared with cargo-c, which is missing"),
    };
    println!("release: the same by cargo-c");
    let destdir = parts.join("cargo-c");
    let mut command = Command::new(program);
    command.current_dir(shell::root()).args(["cinstall", "--package", "kamusm-ffi"]);
    // Names, header and exported symbols are the same in every profile, and this one is built soonest.
    command.args(["--debug", "--prefix", "/usr", "--libdir", "/usr/lib", "--destdir"]).arg(&destdir);
    shell::capture(&mut command)?;
    differences(&Installation::read(prefix)?, &Installation::read(&destdir.join("usr"))?)?;
    Ok("cargo-c installs the same")
}

fn installed(program: PathBuf) -> Result<PathBuf, String> {
    println!("release: builds cargo-c {VERSION}");
    let mut cargo = shell::cargo();
    // Unoptimised: it only starts cargo and copies files.
    cargo.args(["install", "--quiet", "--locked", "--debug", "cargo-c", "--version", VERSION]);
    shell::capture(cargo.args(["--bin", PROGRAM, "--root"]).arg(shell::target().join("cargo-c")))?;
    Ok(program)
}

impl Installation {
    fn read(prefix: &Path) -> Result<Self, String> {
        let mut files = BTreeSet::new();
        list(prefix, prefix, &mut files)?;
        let text = |file: &Path| {
            fs::read_to_string(prefix.join(file)).map_err(|error| format!("{}: {error}", file.display()))
        };
        let headers = files.iter().filter(|file| file.starts_with("include"));
        let headers = headers.map(|file| Ok((file.clone(), text(file)?))).collect::<Result<_, String>>()?;
        let pkg_config = text(Path::new("lib/pkgconfig/kamusm.pc"))?;
        let library = prefix.join("lib/libkamusm.so");
        let dynamic = shell::capture(Command::new("objdump").arg("-p").arg(&library))?;
        let soname = dynamic.lines().find_map(|line| line.trim().strip_prefix("SONAME"));
        let exported = shell::capture(Command::new("nm").args(["-D", "--defined-only"]).arg(&library))?;
        let symbols = exported.lines().filter_map(|line| line.split_whitespace().nth(2));
        Ok(Self {
            symbols: symbols.map(str::to_owned).collect(),
            soname: soname.unwrap_or("none").trim().to_owned(),
            pkg_config: fields(&pkg_config),
            headers,
            files,
        })
    }
}

/// Files and links, by their place under the prefix.
fn list(prefix: &Path, folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            list(prefix, &path, files)?;
        } else if let Ok(place) = path.strip_prefix(prefix)
            && !place.starts_with(OURS)
        {
            files.insert(place.to_path_buf());
        }
    }
    Ok(())
}

fn fields(text: &str) -> BTreeMap<String, String> {
    let fields = text.lines().filter_map(|line| line.split_once(": "));
    let fields = fields.filter(|(name, _)| PKG_CONFIG.contains(name));
    fields.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect()
}

fn differences(ours: &Installation, theirs: &Installation) -> Result<(), String> {
    let mut found = Vec::new();
    let files = ours.files.symmetric_difference(&theirs.files).map(|file| file.display().to_string());
    let symbols = ours.symbols.symmetric_difference(&theirs.symbols).cloned();
    found.extend(files.chain(symbols).map(|name| format!("{name} is in one of the two only")));
    if ours.soname != theirs.soname {
        found.push(format!("the SONAME is {}, by cargo-c {}", ours.soname, theirs.soname));
    }
    for (header, text) in &ours.headers {
        if theirs.headers.get(header).is_some_and(|other| other != text) {
            found.push(format!("{} has another text", header.display()));
        }
    }
    for name in PKG_CONFIG {
        let (own, other) = (ours.pkg_config.get(name), theirs.pkg_config.get(name));
        if own != other || own.is_none() {
            found.push(format!("{name} of kamusm.pc is {own:?}, by cargo-c {other:?}"));
        }
    }
    if ours.symbols.is_empty() || ours.headers.is_empty() {
        found.push("nothing was compared".to_owned());
    }
    if found.is_empty() { Ok(()) } else { Err(format!("cargo-c differs: {}", found.join("; "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Change = fn(&mut Installation);

    fn installation() -> Installation {
        let header = PathBuf::from("include/kamusm.h");
        Installation {
            files: [header.clone(), "lib/libkamusm.so".into()].into(),
            soname: "libkamusm.so.0".into(),
            symbols: ["kamusm_version".to_owned()].into(),
            headers: [(header, "int a;\n".to_owned())].into(),
            pkg_config: PKG_CONFIG.map(|name| (name.to_owned(), "kamusm".to_owned())).into(),
        }
    }

    #[test]
    fn equal_installations_do_not_differ() {
        assert_eq!(differences(&installation(), &installation()), Ok(()));
    }

    #[test]
    fn each_difference_is_told() {
        let changes: [(&str, Change); 6] = [
            ("kamusm.hpp is in one", |other| other.files.extend([PathBuf::from("include/kamusm.hpp")])),
            ("kamusm_free is in one", |other| other.symbols.extend(["kamusm_free".to_owned()])),
            ("kamusm_version is in one", |other| other.symbols.clear()),
            ("by cargo-c libkamusm.so.0.1", |other| other.soname.push_str(".1")),
            ("kamusm.h has another text", |other| {
                other.headers.values_mut().for_each(|text| text.push('\n'));
            }),
            ("Libs of kamusm.pc", |other| other.pkg_config.retain(|name, _| name != "Libs")),
        ];
        for (wanted, change) in changes {
            let mut other = installation();
            change(&mut other);
            let why = differences(&installation(), &other).expect_err(wanted);
            assert!(why.contains(wanted), "{why}");
        }
        assert!(differences(&Installation::default(), &Installation::default()).is_err());
    }

    #[test]
    fn fields_of_pkg_config_are_read() {
        let text = "prefix=/usr\n\nName: kamusm\nLibs: -L${libdir} -lkamusm\nLibs.private: -lc\n";
        let wanted = [("Libs", "-L${libdir} -lkamusm"), ("Name", "kamusm")];
        assert_eq!(fields(text), wanted.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    }
}
