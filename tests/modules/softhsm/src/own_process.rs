//! A process for one test: SoftHSM's configuration, and the state of a PKCS#11 module, belong to the process.

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

/// Behind [`in_own_process!`]: starts this test program again for the one test that `marker` is an inner function of.
pub fn run_in_own_process(marker: &str, body: impl FnOnce(SoftHsm)) {
    if let Some(folder) = std::env::var_os(FOLDER) {
        body(SoftHsm::in_folder(folder.as_ref()).expect("the test's folder is there"));
        return;
    }
    let path = marker.strip_suffix("::test").expect("the macro's inner function");
    let (_, name) = path.split_once("::").expect("a test stands in a crate");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let hsm = SoftHsm::in_folder(folder.path()).expect("the temporary folder can be written");
    let (variable, value) = hsm.environment();
    let output = Command::new(std::env::current_exe().expect("the test program has a path"))
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(variable, value)
        .env(FOLDER, folder.path())
        .output()
        .expect("the test program starts again");
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    // A name that is found nowhere would pass by running nothing.
    let passed = output.status.success() && stdout.contains("1 passed");
    assert!(passed, "{name} in its own process: {}\n{stdout}\n{stderr}", output.status);
}
