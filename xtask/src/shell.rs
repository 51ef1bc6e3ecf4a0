//! Running programs.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Output, Stdio},
};

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the root")
}

/// Cargo as it runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program of the system, if it is installed.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Runs with its output shown; an exit code other than 0 is an error.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status =
        command.stdin(Stdio::null()).status().map_err(|error| described(command, &error.to_string()))?;
    if status.success() { Ok(()) } else { Err(described(command, &status.to_string())) }
}

/// Runs with its output taken; on an exit code other than 0 the end of it is the error.
pub(crate) fn capture(command: &mut Command) -> Result<String, String> {
    let output = output(command)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let all = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = all.lines().collect();
    let end = lines[lines.len().saturating_sub(40)..].join("\n");
    Err(format!("{}\n{end}", described(command, &output.status.to_string())))
}

/// Runs with its output taken, whatever its exit code.
pub(crate) fn output(command: &mut Command) -> Result<Output, String> {
    command.stdin(Stdio::null()).output().map_err(|error| described(command, &error.to_string()))
}

/// Runs with these lines as its input and with its output taken, whatever its exit code.
pub(crate) fn with_input(command: &mut Command, lines: &str) -> Result<Output, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().map_err(|error| error.to_string())?;
    let mut input = process.stdin.take().ok_or("no standard input")?;
    // A program that ends early closes its input.
    let _ = input.write_all(lines.as_bytes());
    drop(input);
    process.wait_with_output().map_err(|error| error.to_string())
}

fn described(command: &Command, what: &str) -> String {
    format!("{} {what}", command.get_program().to_string_lossy())
}

/// The closing line of a command.
pub(crate) fn exit(name: &str, verdict: Result<(), String>) -> ExitCode {
    match verdict {
        Ok(()) => {
            println!("{name}: done");
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("{name}: failed: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a generated file, or says that the committed one differs.
pub(crate) fn generated(place: &str, text: &str, check: bool, command: &str) -> Result<(), String> {
    let path = root().join(place);
    if !check {
        return std::fs::write(path, text).map_err(|error| error.to_string());
    }
    if std::fs::read_to_string(path).is_ok_and(|committed| committed == text) {
        return Ok(());
    }
    Err(format!("{place} differs from what is generated; run `{command}`"))
}
