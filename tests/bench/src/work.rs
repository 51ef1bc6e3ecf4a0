//! Pieces of work on the recorded session's material.

mod assembly;
mod revocation_list;
mod signed_file;

pub use assembly::Assembly;
pub use revocation_list::RevocationList;
pub use signed_file::SignedFile;
