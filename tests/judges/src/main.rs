//! Signatures for the judges of `cargo xtask test`, and our own verdicts for `cargo xtask vectors`; see docs/judges.md.

#![expect(clippy::print_stdout, reason = "xtask reads what is printed")]

mod batch;
mod damage;
mod form;
mod issuer;
mod text;
mod vectors;

use std::io;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes signatures for independent judges, each with damaged twins.
    Batch {
        /// An empty folder, or one that is made.
        folder: PathBuf,
    },
    /// Judges the files of EU DSS and prints the comparison, as JSON.
    Vectors {
        /// The folder with `dss_expected.tsv`.
        folder: PathBuf,
    },
}

fn main() -> io::Result<()> {
    match Arguments::parse().command {
        Command::Batch { folder } => batch::write(&folder),
        Command::Vectors { folder } => {
            println!("{:#}", vectors::compare(&folder)?);
            Ok(())
        }
    }
}
