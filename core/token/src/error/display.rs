//! Parts of error texts.

use std::fmt;
use std::path::Path;

/// The last component of a path: the folders above may name a person.
pub(super) struct FileName<'a>(pub(super) &'a Path);

impl fmt::Display for FileName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.file_name() {
            Some(name) => f.write_str(&name.to_string_lossy()),
            None => f.write_str("(no file name)"),
        }
    }
}

/// A return value in brackets, if there is one.
pub(super) struct Rv(pub(super) Option<u64>);

impl fmt::Display for Rv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(rv) => write!(f, " (CK_RV {rv:#x})"),
            None => Ok(()),
        }
    }
}
