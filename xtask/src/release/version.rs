//! One version stands in every manifest, in the header, on the pages and in the change log.

use crate::text;

/// What names the version, with how it is read; each reader finds at least one.
const PLACES: &[(&str, Reader)] = &[
    ("ffi/Cargo.toml", crates),
    ("bindings/uniffi/Cargo.toml", crates),
    ("core/kamusm/Cargo.toml", crates),
    ("core/cades/Cargo.toml", crates),
    ("core/token/Cargo.toml", crates),
    ("bindings/python/pyproject.toml", python),
    ("include/kamusm.h", header),
    ("bindings/kotlin/pom.xml", maven),
    ("bindings/kotlin/consumer/pom.xml", maven),
    ("bindings/kotlin/android/pom.xml", maven),
    ("examples/kotlin/pom.xml", maven),
    ("tests/parity/runners/kotlin/pom.xml", maven),
    ("docs/kotlin.md", maven),
    ("docs/python.md", wheels),
    ("CHANGELOG.md", changes),
];

/// The versions that a text names; what takes that of the workspace says [`INHERITED`].
type Reader = fn(&str) -> Vec<String>;

const INHERITED: &str = "that of the workspace";

/// The version that all places name.
pub(crate) fn check() -> Result<String, String> {
    let version = workspace(&text::read("Cargo.toml")?).ok_or("Cargo.toml names no version")?;
    for (place, reader) in PLACES {
        agrees(place, &reader(&text::read(place)?), &version)?;
    }
    Ok(version)
}

fn agrees(place: &str, found: &[String], version: &str) -> Result<(), String> {
    if found.is_empty() {
        return Err(format!("{place} names no version"));
    }
    match found.iter().find(|found| *found != version && *found != INHERITED) {
        Some(other) => Err(format!("{place} says {other}, the workspace {version}")),
        None => Ok(()),
    }
}

fn workspace(manifest: &str) -> Option<String> {
    let (_, package) = manifest.split_once("[workspace.package]\n")?;
    let line = package.lines().find_map(|line| line.strip_prefix("version = \""))?;
    line.strip_suffix('"').map(str::to_owned)
}

fn crates(manifest: &str) -> Vec<String> {
    let package = manifest.split("\n[").next().unwrap_or_default();
    let lines = package.lines().filter_map(|line| match line.strip_prefix("version")? {
        ".workspace = true" => Some(INHERITED.to_owned()),
        own => Some(own.trim_matches([' ', '=', '"']).to_owned()),
    });
    lines.collect()
}

/// maturin takes it from the manifest of the crate.
fn python(manifest: &str) -> Vec<String> {
    let lines = manifest.lines().filter_map(|line| match line.split_once(" = ")? {
        ("dynamic", list) => list.contains("\"version\"").then(|| INHERITED.to_owned()),
        ("version", own) => Some(own.trim_matches('"').to_owned()),
        _ => None,
    });
    lines.collect()
}

fn header(header: &str) -> Vec<String> {
    let number = |part: &str| {
        let line = format!("#define KAMUSM_VERSION_{part} ");
        header.lines().find_map(|other| other.strip_prefix(line.as_str()))
    };
    let parts = ["MAJOR", "MINOR", "PATCH"].map(number);
    parts.into_iter().collect::<Option<Vec<_>>>().map(|parts| parts.join(".")).into_iter().collect()
}

/// The library itself, or who depends on it.
fn maven(project: &str) -> Vec<String> {
    let artifacts = project.split("<artifactId>kamusm</artifactId>").skip(1);
    let versions = artifacts.map(|rest| {
        let version = rest.trim_start().strip_prefix("<version>").and_then(|rest| rest.split('<').next());
        version.unwrap_or("none").to_owned()
    });
    versions.collect()
}

/// Names of wheels.
fn wheels(page: &str) -> Vec<String> {
    let names = page.split("kamusm-").skip(1).filter_map(|rest| rest.split_once("-py3-none-"));
    names.map(|(version, _)| version.to_owned()).collect()
}

/// The newest entry.
fn changes(log: &str) -> Vec<String> {
    let heading = log.lines().find_map(|line| line.strip_prefix("## "));
    heading.and_then(|heading| Some(heading.split_once(", ")?.0.to_owned())).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POM: &str = "<artifactId>kamusm</artifactId>\n  <version>1.2.3</version>\n\
        <artifactId>kamusm-android-check</artifactId><version>9</version>\n\
        <artifactId>kamusm</artifactId>\n  <packaging>jar</packaging>";
    const HEADER: &str =
        "#define KAMUSM_VERSION_MAJOR 1\n#define KAMUSM_VERSION_MINOR 2\n#define KAMUSM_VERSION_PATCH 3\n";

    #[test]
    fn each_reader_finds_the_version_of_its_own_kind() {
        let manifest = "[workspace.package]\nversion = \"1.2.3\"\n[workspace.dependencies]\na = \"1\"\n";
        assert_eq!(workspace(manifest).as_deref(), Some("1.2.3"));
        let package = "[package]\nversion.workspace = true\n\n[dependencies]\nversion = \"1\"\n";
        assert_eq!(crates(package), [INHERITED]);
        assert_eq!(crates("[package]\nversion = \"1.2.4\"\n"), ["1.2.4"]);
        assert_eq!(python("[project]\ndynamic = [\"version\"]\n"), [INHERITED]);
        assert_eq!(python("[project]\nversion = \"1.2.4\"\n"), ["1.2.4"]);
        assert_eq!(header(HEADER), ["1.2.3"]);
        assert_eq!(maven(POM), ["1.2.3", "none"]);
        assert_eq!(wheels("pip install ./kamusm-1.2.3-py3-none-any.whl"), ["1.2.3"]);
        assert_eq!(changes("# Changelog\n\n## 1.2.3, not released\n\n## 1.2.2, 2026-01-01\n"), ["1.2.3"]);
    }

    #[test]
    fn another_version_and_none_are_refused() {
        let found = |text: &str| vec![text.to_owned()];
        assert_eq!(agrees("a", &found("1.2.3"), "1.2.3"), Ok(()));
        assert_eq!(agrees("a", &found(INHERITED), "1.2.3"), Ok(()));
        assert_eq!(agrees("a", &found("1.2.4"), "1.2.3"), Err("a says 1.2.4, the workspace 1.2.3".into()));
        assert_eq!(
            agrees("a", &header("#define KAMUSM_VERSION_MAJOR 1"), "1.2.3"),
            Err("a names no version".into())
        );
    }
}
