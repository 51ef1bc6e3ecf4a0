//! Where the driver is.

use std::io;
use std::path::PathBuf;

/// The library that cargo built beside the test.
pub fn driver() -> io::Result<PathBuf> {
    let name = format!("{}kamusm_test_reader{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let program = std::env::current_exe()?;
    let candidates = program.ancestors().skip(1).take(2);
    let found = candidates.flat_map(|folder| [folder.join(&name), folder.join("deps").join(&name)]);
    let missing =
        || io::Error::new(io::ErrorKind::NotFound, format!("{name} is not beside {}", program.display()));
    found.into_iter().find(|path| path.is_file()).ok_or_else(missing)
}
