//! A process for one test: which service is used, and the state of OpenSC, belong to the process.

use std::path::Path;

use kamusm_test_softhsm::run_with_environment;

use crate::Service;

/// Runs the body of a test in a process of its own that sees only the readers of the test:
///
/// ```text
/// #[test]
/// fn a_card_signs() {
///     with_readers!(1, |desk| { desk.reader(0).insert(card); … });
/// }
/// ```
#[macro_export]
macro_rules! with_readers {
    ($readers:expr, $body:expr) => {{
        fn test() {}
        $crate::run_in_own_process(std::any::type_name_of_val(&test), $readers, $body)
    }};
}

/// Behind [`with_readers!`].
pub fn run_in_own_process(marker: &str, readers: usize, body: impl FnOnce(Service)) {
    let environment = |folder: &Path| Service::environment(folder).to_vec();
    run_with_environment(marker, environment, |folder| {
        body(Service::start(folder, readers).expect("pcscd starts"));
    });
}
