//! The test's side: puts a copy of the spy somewhere, steers it and reads what was called.

use std::io;
use std::path::{Path, PathBuf};

use crate::control::{self, Directive};
use crate::folder::Folder;
use crate::record::{self, Login};

/// A spy in front of a real module.
pub struct Spy {
    folder: Folder,
    module: PathBuf,
}

impl Spy {
    /// Places a spy in front of the module `real`, in a folder that belongs to this spy alone.
    pub fn place(folder: &Path, real: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let folder = Folder::new(folder);
        let module = folder.module();
        std::fs::copy(built()?, &module)?;
        std::fs::write(folder.real(), real.as_os_str().as_encoded_bytes())?;
        let spy = Self { folder, module };
        spy.tell(&[]);
        Ok(spy)
    }

    /// Path of the module to load.
    pub fn module(&self) -> &Path {
        &self.module
    }

    /// Replaces all directives, also of a spy that is loaded.
    pub fn tell(&self, directives: &[Directive]) {
        control::write(&self.folder.control(), directives).expect("the spy's folder can be written");
    }

    /// Every call so far, in order: name of the function, then a detail where there is one (`C_Login 1`: user type).
    pub fn calls(&self) -> Vec<String> {
        record::read(&self.folder.calls())
    }

    /// How often the function was called.
    pub fn count(&self, function: &str) -> usize {
        self.calls().iter().filter(|line| line.split(' ').next() == Some(function)).count()
    }

    /// Every login that was answered so far, in order.
    pub fn logins(&self) -> Vec<Login> {
        record::read(&self.folder.logins()).iter().filter_map(|line| Login::from_line(line)).collect()
    }

    /// Forgets the calls and logins so far.
    pub fn forget(&self) {
        for file in [self.folder.calls(), self.folder.logins()] {
            std::fs::write(file, "").expect("the spy's folder can be written");
        }
    }
}

/// The library that cargo built beside the test.
fn built() -> io::Result<PathBuf> {
    let name = format!("{}kamusm_test_spy{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let program = std::env::current_exe()?;
    let candidates = program.ancestors().skip(1).take(2);
    let found = candidates.flat_map(|folder| [folder.join(&name), folder.join("deps").join(&name)]);
    let missing =
        || io::Error::new(io::ErrorKind::NotFound, format!("{name} is not beside {}", program.display()));
    found.into_iter().find(|path| path.is_file()).ok_or_else(missing)
}
