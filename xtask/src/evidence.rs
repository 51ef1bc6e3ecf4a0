//! What was found, for whoever reads it later: one file of `docs/evidence` for each command that looks for something.

use std::process::Command;

use serde_json::{Value, json};

use crate::shell;

/// The state of the checkout in which something is looked for.
pub(crate) struct Origin {
    commit: String,
    is_changed: bool,
}

impl Origin {
    /// As it is now; the folders are those that the findings are about.
    pub(crate) fn read(folders: &[&str]) -> Result<Self, String> {
        let git = |arguments: &[&str]| {
            shell::capture(Command::new("git").current_dir(shell::root()).args(arguments))
        };
        let commit = git(&["rev-parse", "HEAD"])?.trim().to_owned();
        let status = ["status", "--porcelain", "--untracked-files=no"];
        let is_changed = !git(&[&status[..], folders].concat())?.is_empty();
        Ok(Self { commit, is_changed })
    }

    /// Writes what the command found.
    pub(crate) fn write(self, name: &str, command: &str, found: Value) -> Result<(), String> {
        let mut evidence = json!({
            "command": command,
            "commit": self.commit,
            "uncommitted changes": self.is_changed,
        });
        let Value::Object(found) = found else { return Err(format!("{name}: what was found is no object")) };
        evidence.as_object_mut().expect("an object was just made").extend(found);
        shell::generated(&format!("docs/evidence/{name}.json"), &format!("{evidence:#}\n"), false, command)
    }
}
