//! Swift: the package with its tests, the small program, the page's program; inside the folder of `setup::swift`.

mod examples;

use std::{fs, path::Path, process::Command};

use super::c::service::Service;
use crate::{bindings, programs, report::Report, setup, shell};

/// Packages share the folder of what is built, so that each part is compiled once.
const BUILT: &str = "swift/build";
/// A run that finds fewer has lost some.
const FEWEST_TESTS: usize = 40;

pub(crate) fn checks(report: &mut Report) {
    if setup::swift::inside("true", &[]).is_none() {
        return report.missing("Swift", "the folder target/swift/root");
    }
    if let Err(why) = prepare() {
        return report.check("the generated sources", Err(why));
    }
    tests(report);
    examples::checks(report);
}

/// The command of the parity table's runner, which is built before.
pub(crate) fn runner() -> Result<Vec<String>, String> {
    prepare()?;
    build("tests/parity/runners/swift/runner")?;
    let command = program("parity", &[])?;
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    Ok(words.map(|word| word.to_string_lossy().into_owned()).collect())
}

/// Generates the sources and lays them into the package.
fn prepare() -> Result<(), String> {
    bindings::run()?;
    let (from, to) = (bindings::folder().join("swift"), shell::root().join("bindings/swift/Sources"));
    let copies = [
        ("KamusmFFI.swift", "KamusmFFI/KamusmFFI.swift"),
        ("kamusm_uniffiFFI.h", "CKamusm/kamusm_uniffiFFI.h"),
    ];
    for (name, place) in copies {
        replace(&from.join(name), &to.join(place)).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

/// A file that stays as it is need not be compiled again.
fn replace(from: &Path, to: &Path) -> std::io::Result<()> {
    let octets = fs::read(from)?;
    if fs::read(to).is_ok_and(|there| there == octets) {
        return Ok(());
    }
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::write(to, octets)
}

fn swift(verb: &str, package: &Path, environment: &[(&str, String)]) -> Result<Command, String> {
    let library = bindings::folder().display().to_string();
    // SwiftPM leaves folders behind.
    let temporary = shell::target().join("swift/tmp");
    fs::create_dir_all(&temporary).map_err(|error| error.to_string())?;
    let own = [("LD_LIBRARY_PATH", library.clone()), ("TMPDIR", temporary.display().to_string())];
    let environment = [environment, &own].concat();
    let mut command = setup::swift::inside("swift", &environment).ok_or("Swift is not there")?;
    command.arg(verb).arg("--package-path").arg(package);
    command.arg("--scratch-path").arg(shell::target().join(BUILT));
    command.args(["-Xlinker", &format!("-L{library}")]);
    Ok(command)
}

fn build(package: &str) -> Result<(), String> {
    shell::capture(&mut swift("build", &shell::root().join(package), &[])?).map(drop)
}

/// Runs a program that was built.
fn program(name: &str, environment: &[(&str, String)]) -> Result<Command, String> {
    let library = ("LD_LIBRARY_PATH", bindings::folder().display().to_string());
    let place = shell::target().join(BUILT).join("debug").join(name).display().to_string();
    setup::swift::inside(&place, &[environment, &[library]].concat()).ok_or("Swift is not there".to_owned())
}

/// Each test of the package is a check.
fn tests(report: &mut Report) {
    let output = programs::build().and_then(|()| Service::start()).and_then(|service| {
        let facts = [
            ("KAMUSM_TEST_ADMIN_TOKEN", service.fact("admin_token")?.to_owned()),
            ("KAMUSM_TEST_PERSON_TOKEN", service.fact("person_token")?.to_owned()),
            ("KAMUSM_TEST_TRUST_ANCHOR", service.fact("trust_anchor")?.to_owned()),
        ];
        let environment = [service.settings()?, facts.to_vec()].concat();
        shell::output(&mut swift("test", &shell::root().join("bindings/swift"), &environment)?)
    });
    let output = match output {
        Ok(output) => output,
        Err(why) => return report.check("swift test", Err(why)),
    };
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let mut count = 0;
    for (name, passed) in text.lines().filter_map(verdict) {
        count += 1;
        let failures = text.lines().filter(|line| line.contains(&format!("error: {name} ")));
        let why = || failures.collect::<Vec<_>>().join("\n");
        report.check(name, if passed { Ok(()) } else { Err(why()) });
    }
    let whole = if !output.status.success() {
        let lines: Vec<&str> = text.lines().collect();
        Err(lines[lines.len().saturating_sub(30)..].join("\n"))
    } else if count < FEWEST_TESTS {
        Err(format!("only {count} tests ran"))
    } else {
        Ok(())
    };
    report.check("swift test", whole);
}

/// `Test Case 'CodeTests.testName' passed (0.1 seconds)`.
fn verdict(line: &str) -> Option<(&str, bool)> {
    let (name, rest) = line.strip_prefix("Test Case '")?.split_once("' ")?;
    match rest.split(' ').next()? {
        "passed" => Some((name, true)),
        "failed" => Some((name, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn lines_of_the_test_runner_are_read() {
        assert_eq!(verdict("Test Case 'A.testB' passed (0.1 seconds)"), Some(("A.testB", true)));
        assert_eq!(verdict("Test Case 'A.testB' failed (0.1 seconds)"), Some(("A.testB", false)));
        assert_eq!(verdict("Test Case 'A.testB' started at 2026"), None);
        assert_eq!(verdict("Test Suite 'A' passed"), None);
    }
}
