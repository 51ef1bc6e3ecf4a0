//! A process for one test: SoftHSM's configuration, and the state of a PKCS#11 module, belong to the process.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::SoftHsm;

/// Names the folder of the test to its process.
const FOLDER: &str = "KAMUSM_TEST_FOLDER";

/// Runs the body of a test in a process of its own, with a [`SoftHsm`] that only it sees:
///
/// ```text
/// #[test]
/// fn a_card_signs() {
///     in_own_process!(|hsm| { hsm.provision(…).unwrap(); … });
/// }
/// ```
#[macro_export]
macro_rules! in_own_process {
    ($body:expr) => {{
        fn test() {}
        $crate::run_in_own_process(std::any::type_name_of_val(&test), $body)
    }};
}

/// Behind [`in_own_process!`].
pub fn run_in_own_process(marker: &str, body: impl FnOnce(SoftHsm)) {
    let in_folder = |folder: &Path| SoftHsm::in_folder(folder).expect("the test's folder can be written");
    run_with_environment(
        marker,
        |folder| vec![in_folder(folder).environment()],
        |folder| body(in_folder(folder)),
    );
}

/// Starts this test program again for the one test that `marker` is an inner function of, with a folder of its own and
/// this environment; there the body runs.
#[expect(clippy::print_stdout, reason = "a test speaks through its own test program")]
pub fn run_with_environment(
    marker: &str,
    environment: impl FnOnce(&Path) -> Vec<(&'static str, PathBuf)>,
    body: impl FnOnce(&Path),
) {
    if let Some(folder) = std::env::var_os(FOLDER) {
        body(folder.as_ref());
        return;
    }
    let path = marker.strip_suffix("::test").expect("the macro's inner function");
    let (_, name) = path.split_once("::").expect("a test stands in a crate");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(std::env::current_exe().expect("the test program has a path"))
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .envs(environment(folder.path()))
        .env(FOLDER, folder.path())
        .output()
        .expect("the test program starts again");
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    // A name that is found nowhere would pass by running nothing.
    let passed = output.status.success() && stdout.contains("1 passed");
    // What it tells is for whoever runs the tests with `--nocapture`.
    print!("{stdout}");
    assert!(passed, "{name} in its own process: {}\n{stdout}\n{stderr}", output.status);
}
