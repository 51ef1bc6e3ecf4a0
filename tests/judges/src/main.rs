//! Signatures for the judges of `cargo xtask test`; see docs/judges.md.

mod batch;
mod damage;
mod form;
mod issuer;
mod text;

use std::io;
use std::path::PathBuf;

use clap::Parser;

#[derive(Parser)]
#[command(about = "Writes signatures for independent judges, each with damaged twins")]
struct Arguments {
    /// An empty folder, or one that is made.
    folder: PathBuf,
}

fn main() -> io::Result<()> {
    batch::write(&Arguments::parse().folder)
}
