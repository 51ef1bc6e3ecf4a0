//! The Python package: its wheel in an environment of its own, its types, its tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use crate::{bindings, programs, report::Report, setup::python, shell, wheel};

const PACKAGE: &str = "bindings/python";
/// What has to have types beside the package itself.
const TYPED: [&str; 4] =
    ["bindings/python/tests", "bindings/python/examples", "examples/python", "tests/parity/runners/python"];

pub(crate) fn checks(report: &mut Report) {
    report.check("the library without HTTP and PKCS#11, for mobile platforms", without_features());
    let interpreter = match environment() {
        Ok(interpreter) => interpreter,
        Err(why) => return report.check("the wheel in an environment of its own", Err(why)),
    };
    report.check("mypy --strict", types(&interpreter));
    let ready = programs::build().and_then(|()| planted());
    match ready.and_then(|planted| tests(&interpreter, &planted)) {
        Ok((passed, failed)) => report.counted("pytest", passed, failed),
        Err(why) => report.check("pytest", Err(why)),
    }
}

/// The command of the parity table's runner.
pub(crate) fn runner() -> Result<Vec<String>, String> {
    let program = shell::root().join("tests/parity/runners/python/runner.py");
    Ok(vec![environment()?.display().to_string(), program.display().to_string()])
}

/// The interpreter of a new environment with the wheel in it: one for all suites of a run.
fn environment() -> Result<PathBuf, String> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    MADE.get_or_init(make_environment).clone()
}

fn make_environment() -> Result<PathBuf, String> {
    let folder = shell::target().join("python/venv");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    python::with_tools(&folder)?;
    let wheel = wheel::build(&folder, "dev")?;
    python::install(&folder, &["--no-index", &wheel.display().to_string()])?;
    Ok(folder.join("bin/python"))
}

fn without_features() -> Result<(), String> {
    let clippy = ["clippy", "--quiet", "--package", "kamusm-uniffi", "--no-default-features"];
    shell::capture(shell::cargo().args(clippy).args(["--", "-D", "warnings"])).map(drop)
}

fn types(interpreter: &Path) -> Result<(), String> {
    let mypy = || {
        let mut command = Command::new(interpreter);
        command.args(["-m", "mypy", "--config-file"]).arg(shell::root().join(PACKAGE).join("pyproject.toml"));
        command.arg("--cache-dir").arg(shell::target().join("python/mypy"));
        command
    };
    shell::capture(mypy().args(["--package", "kamusm"]))?;
    for place in TYPED {
        // Each is a world of its own: two programs may bear the same name.
        shell::capture(mypy().arg(shell::root().join(place))).map_err(|why| format!("{place}: {why}"))?;
    }
    Ok(())
}

/// A library with a function that panics, and its source; in a folder of its own, so that it cannot be shipped.
fn planted() -> Result<PathBuf, String> {
    let folder = shell::target().join("python/planted");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    bindings::generate(&bindings::build("dev", &["_planted-panic"])?, &folder)?;
    Ok(folder)
}

/// The numbers of tests that passed and that failed; what failed was shown.
fn tests(interpreter: &Path, planted: &Path) -> Result<(usize, usize), String> {
    let mut pytest = Command::new(interpreter);
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--color=no"]);
    pytest.current_dir(shell::root().join(PACKAGE));
    pytest.env("KAMUSM_TEST_SANDBOX", programs::path("kamusm-sandbox"));
    pytest.env("KAMUSM_TEST_PROVISION", programs::provision());
    pytest.env("KAMUSM_TEST_PLANTED", planted).env("PYTHONDONTWRITEBYTECODE", "1");
    let output = shell::output(&mut pytest)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    let (passed, failed) = (before(last, " passed"), before(last, " failed") + before(last, " error"));
    if !output.status.success() {
        println!("{text}{}", String::from_utf8_lossy(&output.stderr));
    }
    if passed == 0 || output.status.success() != (failed == 0) || last.contains("skipped") {
        return Err(format!("it ended with {:?}", last));
    }
    Ok((passed, failed))
}

fn before(line: &str, word: &str) -> usize {
    let number = line.split(", ").find_map(|part| part.split_once(word)?.0.rsplit(' ').next()?.parse().ok());
    number.unwrap_or(0)
}
