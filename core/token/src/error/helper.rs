//! Why the helper program cannot be used.

use std::path::PathBuf;

use super::display::FileName;

/// What is wrong with the helper program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HelperFailure {
    /// There is no such file, or it is no file.
    #[error("there is none")]
    Missing,
    /// The path is relative: where it leads depends on the working folder.
    #[error("its path is not absolute")]
    NotAbsolute,
    /// Somebody else owns the program or a folder above it, so it may not be what was installed.
    #[error("{} belongs to another user", FileName(path))]
    ForeignOwner {
        /// The program or the folder.
        path: PathBuf,
    },
    /// Others may write to the program or to a folder above it, so it may not be what was installed.
    #[error("others may write to {}", FileName(path))]
    Writable {
        /// The program or the folder.
        path: PathBuf,
    },
    /// It was built from other sources than this library.
    #[error("it does not belong to this library")]
    OtherBuild,
    /// The system did not start it.
    #[error("it did not start: {reason}")]
    Start {
        /// Text of the operating system.
        reason: String,
    },
    /// It said something that this library does not understand.
    #[error("it broke the rules of the conversation")]
    Protocol,
}
