//! Kotlin and Java: the library's own tests, a program that has only the jar, Android's API, examples, documentation.

mod document;
mod examples;
mod project;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use self::project::Project;
use super::c::service::Service;
use crate::{bindings, programs, report::Report, setup, shell};

const LIBRARY: Project = Project { pom: "bindings/kotlin/pom.xml", name: "library" };
const CONSUMER: Project = Project { pom: "bindings/kotlin/consumer/pom.xml", name: "consumer" };
const ANDROID: Project = Project { pom: "bindings/kotlin/android/pom.xml", name: "android" };
const RUNNER: Project = Project { pom: "tests/parity/runners/kotlin/pom.xml", name: "parity" };

pub(crate) fn checks(report: &mut Report) {
    if shell::find("mvn").is_none() || !setup::kotlin::is_ready() {
        return report.missing("Kotlin", "Maven or a part of its repository");
    }
    report.check("the build stops where the library is missing", needs_library());
    // The planted one first: what cargo leaves in its folder is then the real one.
    let ready = planted().and_then(|planted| {
        programs::build()?;
        bindings::run()?;
        Ok(planted)
    });
    let planted = match ready {
        Ok(planted) => planted,
        Err(why) => return report.check("the library and its sources", Err(why)),
    };
    let built = tested_library(report, &planted);
    let is_built = built.is_ok();
    report.check("the library is built, tested and installed", built);
    if !is_built {
        return;
    }
    report.check("the jar holds the classes and the library, nothing else", jar("", IN_JAR, &["Test.class"]));
    report.check("the jar of the sources", jar("-sources", &["tr/kamusm/Session.kt"], &[".so", "Test.kt"]));
    report.check(
        "the jar of the documentation",
        jar("-javadoc", &["index.html", "tr/kamusm/Session.html"], &[]),
    );
    report.check(
        "Android's API level 26 has all that the classes call",
        ANDROID.build(&["process-classes"], &[]).map(drop),
    );
    document::checks(report);
    examples::checks(report);
}

const IN_JAR: &[&str] =
    &["linux-x86-64/libkamusm_uniffi.so", "tr/kamusm/Session.class", "tr/kamusm/ffi/Session.class"];

/// Set when the library of today is in the repository.
static INSTALLED: OnceLock<()> = OnceLock::new();

/// The command of the runner of the parity table; [`checks`] has built the library, or it is built here.
pub(crate) fn runner() -> Result<Vec<String>, String> {
    if INSTALLED.get().is_none() {
        bindings::run()?;
        LIBRARY.build(&["install", "-DskipTests"], &[])?;
    }
    RUNNER.build(&["compile"], &[])?;
    Ok(RUNNER.program("tr.kamusm.parity.MainKt"))
}

/// Everything with one compilation: tests in two languages, the three jars, the repository of the checkout.
fn tested_library(report: &mut Report, planted: &Path) -> Result<(), String> {
    LIBRARY.clear()?;
    let service = Service::start()?;
    let mut environment = settings(&service)?;
    environment.push(("KAMUSM_TEST_PLANTED", planted.display().to_string()));
    let built = LIBRARY.build(&["-Prelease", "install"], &environment);
    LIBRARY.tests(report, "surefire-reports", "")?;
    LIBRARY.tests(report, "surefire-reports-tr", ", in a Turkish JVM")?;
    built.map(|_| INSTALLED.get_or_init(|| ())).map(drop)
}

/// What the tests read from their environment.
fn settings(service: &Service) -> Result<Vec<(&'static str, String)>, String> {
    let mut settings = service.settings()?;
    settings.push(("KAMUSM_TEST_ADMIN_TOKEN", service.fact("admin_token")?.to_owned()));
    Ok(settings)
}

/// A library with a function that panics, in a folder of its own, so that it cannot be shipped.
fn planted() -> Result<PathBuf, String> {
    let folder = shell::target().join("kotlin/planted");
    let copy = folder.join(bindings::LIBRARY);
    let built = bindings::build("dev", &["_planted-panic"])?;
    fs::create_dir_all(folder).and_then(|()| fs::copy(built, &copy)).map_err(|error| error.to_string())?;
    Ok(copy)
}

fn needs_library() -> Result<(), String> {
    match LIBRARY.build(&["validate", "-Dkamusm.native=nowhere"], &[]) {
        Ok(_) => Err("it went on".to_owned()),
        Err(output) if output.contains("run `cargo xtask bindings` first") => Ok(()),
        Err(output) => Err(output),
    }
}

/// The jar has these entries, and none that ends with one of those.
fn jar(kind: &str, wanted: &[&str], unwanted: &[&str]) -> Result<(), String> {
    let list = shell::capture(Command::new("jar").arg("tf").arg(LIBRARY.artifact(kind)))?;
    let entries: Vec<&str> = list.lines().collect();
    if let Some(missing) = wanted.iter().find(|name| !entries.contains(name)) {
        return Err(format!("{missing} is not in it"));
    }
    match entries.iter().find(|name| unwanted.iter().any(|end| name.ends_with(end))) {
        Some(name) => Err(format!("{name} is in it")),
        None => Ok(()),
    }
}
