//! Commands of the project; `cargo xtask help` lists them.

#![expect(clippy::print_stdout, reason = "a command line program speaks on its terminal")]

mod api;
mod bench;
mod bindings;
mod campaign;
mod cross;
mod demo;
mod errors;
mod evidence;
mod header;
mod install;
mod plant;
mod portal;
mod programs;
mod release;
mod report;
mod setup;
mod shell;
mod shipped;
mod size;
mod suites;
mod text;
mod vectors;
mod wheel;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Commands of the project")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the public API of the crates as text into docs/api.
    Api {
        /// Only compares with what is committed.
        #[arg(long)]
        check: bool,
    },
    /// Counts instructions and allocations, and measures times beside OpenSSL.
    Bench(bench::Arguments),
    /// Builds the library of the languages and writes their sources under target/bindings.
    Bindings,
    /// Runs a test of chance for long, with a seed, and writes docs/evidence/NAME.json.
    Campaign(campaign::Arguments),
    /// Checks the types of the crates for Android, iOS, macOS and Windows; needs root and half an hour at first.
    Cross,
    /// Runs the main job end to end: a doğrulama kodu goes in, "İşlem Başarılı" comes out.
    ///
    /// The arguments go to the demo; `cargo xtask demo --help` lists them.
    Demo(demo::Arguments),
    /// Writes docs/errors.md from the core's list of errors.
    Errors {
        /// Only compares with what is committed.
        #[arg(long)]
        check: bool,
    },
    /// Writes include/kamusm.h from the C functions.
    Header {
        /// Only compares with what is committed.
        #[arg(long)]
        check: bool,
    },
    /// Builds the C library and stages it with headers and pkg-config file.
    Install(install::Arguments),
    /// Breaks core and service on purpose, in a copy, and sees that the simulation notices each fault.
    Plant,
    /// Starts service and portal with the seed data for a person to try, until Ctrl+C.
    Portal,
    /// Builds everything of a release that this machine can build, with checks and checksums.
    Release(release::Arguments),
    /// Installs what the tests need beside Rust: Debian packages (needs root), parts of PyPI and Maven Central.
    Setup,
    /// Writes docs/size.toml from the artefacts as they are shipped.
    Size(size::Arguments),
    /// Runs every check and every test; ends in one line of counts.
    Test {
        /// A missing part of the system is skipped instead of failing the run.
        #[arg(long)]
        allow_skip: bool,
        /// Only the suite of this name; if there is none, those whose name contains it.
        #[arg(long)]
        only: Option<String>,
    },
    /// Holds our verdicts on foreign signatures against those of EU DSS; needs its files.
    Vectors,
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Api { check } => shell::exit("api", api::run(check)),
        Command::Bench(arguments) => shell::exit("bench", bench::run(&arguments)),
        Command::Bindings => shell::exit("bindings", bindings::run()),
        Command::Campaign(arguments) => shell::exit("campaign", campaign::run(&arguments)),
        Command::Cross => shell::exit("cross", cross::run()),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Errors { check } => shell::exit("errors", errors::run(check)),
        Command::Header { check } => shell::exit("header", header::run(check)),
        Command::Install(arguments) => shell::exit("install", install::run(&arguments)),
        Command::Plant => shell::exit("plant", plant::run()),
        Command::Portal => portal::run(),
        Command::Release(arguments) => release::run(&arguments),
        Command::Setup => shell::exit("setup", setup::run()),
        Command::Size(arguments) => shell::exit("size", size::run(&arguments)),
        Command::Test { allow_skip, only } => suites::run(allow_skip, only.as_deref()),
        Command::Vectors => shell::exit("vectors", vectors::run()),
    }
}
