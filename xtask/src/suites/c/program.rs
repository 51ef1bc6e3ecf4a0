//! Compiles C and C++ programs against the staged library and runs them: plain, with sanitizers, under valgrind.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell;

pub(crate) const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// Under what a test program runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Plain,
    Sanitized,
    Valgrind,
}

impl Mode {
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Sanitized, Self::Valgrind];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Sanitized => "sanitizers",
            Self::Valgrind => "valgrind",
        }
    }
}

/// A staged library and a folder for the programs built with it.
pub(super) struct Workshop {
    pub(super) prefix: PathBuf,
    pub(super) folder: tempfile::TempDir,
}

impl Workshop {
    /// What pkg-config says of it.
    pub(super) fn flags(&self, which: &[&str]) -> Result<Vec<String>, String> {
        flags(&self.prefix, which)
    }

    /// Compiles with a plain compiler and pkg-config; the name is the program's own in this folder.
    pub(super) fn compile(&self, source: &Path, name: &str, mode: Mode) -> Result<PathBuf, String> {
        self.compile_with(source, name, mode, &[])
    }

    /// The same with libraries of others.
    pub(super) fn compile_with(
        &self,
        source: &Path,
        name: &str,
        mode: Mode,
        libraries: &[&str],
    ) -> Result<PathBuf, String> {
        // Valgrind watches the program that runs plainly too; each is compiled once.
        let built = if mode == Mode::Valgrind { Mode::Plain } else { mode };
        let program = self.folder.path().join(format!("{name}-{}", built.name()));
        if program.is_file() {
            return Ok(program);
        }
        let is_cpp = source.extension().is_some_and(|end| end == "cpp");
        let mut compiler = Command::new(if is_cpp { "c++" } else { "cc" });
        compiler.arg(if is_cpp { "-std=c++17" } else { "-std=c11" }).args(["-g", "-O1"]).args(WARNINGS);
        if mode == Mode::Sanitized {
            compiler.args(["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]);
        }
        compiler.args(self.flags(&["--cflags"])?).arg("-I").arg(shell::root().join("tests/c"));
        compiler
            .arg(source)
            .args(self.flags(&["--libs"])?)
            .args(libraries)
            .arg("-lpthread")
            .arg("-o")
            .arg(&program);
        shell::capture(&mut compiler)?;
        Ok(program)
    }

    /// The command that runs it with the staged library.
    pub(super) fn command(&self, program: &Path, mode: Mode) -> Command {
        let mut command = Command::new(program);
        if mode == Mode::Valgrind {
            command = Command::new("valgrind");
            command.args(["-q", "--error-exitcode=9", "--leak-check=full"]);
            command.arg("--errors-for-leak-kinds=definite,indirect,possible");
            let known = shell::root().join("tests/c/valgrind.supp");
            command.arg(format!("--suppressions={}", known.display())).arg(program);
        }
        // A backtrace would load debug information, which valgrind then counts.
        command.env("LD_LIBRARY_PATH", self.prefix.join("lib")).env("RUST_BACKTRACE", "0");
        command
    }
}

/// What pkg-config says of a library that is staged here, and of no other.
pub(crate) fn flags(prefix: &Path, which: &[&str]) -> Result<Vec<String>, String> {
    let mut command = Command::new("pkg-config");
    command.args(which).arg("kamusm").env("PKG_CONFIG_LIBDIR", prefix.join("lib/pkgconfig"));
    Ok(shell::capture(&mut command)?.split_whitespace().map(str::to_owned).collect())
}

/// The closing line of a test program says how many checks passed.
pub(super) fn passed(output: &str) -> Result<(), String> {
    let last = output.lines().last().unwrap_or_default();
    let count = last.strip_suffix(" passed, 0 failed").and_then(|count| count.parse::<u32>().ok());
    if count.is_some_and(|count| count > 0) { Ok(()) } else { Err(format!("the last line is {last:?}")) }
}
