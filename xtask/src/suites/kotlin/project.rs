//! One Maven project: built without a network, under the target folder.

use std::{fs, path::PathBuf};

use crate::{
    report::Report,
    setup::maven::{build, define, run},
    shell,
};

pub(super) struct Project {
    /// In the checkout.
    pub(super) pom: &'static str,
    /// Of its folder under target/kotlin.
    pub(super) name: &'static str,
}

impl Project {
    /// Runs Maven; on a failure the end of its output is the error.
    pub(super) fn build(&self, arguments: &[&str], environment: &[(&str, String)]) -> Result<String, String> {
        let mut command = build(&shell::root().join(self.pom));
        command.arg("--offline").arg(define("kamusm.target", &shell::target())).args(arguments);
        run(command.envs(environment.iter().map(|(name, value)| (name, value))))
    }

    pub(super) fn folder(&self) -> PathBuf {
        shell::target().join("kotlin").join(self.name)
    }

    /// Removes what an earlier run made: its reports would be counted, its classes tested.
    pub(super) fn clear(&self) -> Result<(), String> {
        let folder = self.folder();
        if !folder.exists() {
            return Ok(());
        }
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))
    }

    /// A jar of the library.
    pub(super) fn artifact(&self, kind: &str) -> PathBuf {
        self.folder().join(format!("kamusm-{}{kind}.jar", env!("CARGO_PKG_VERSION")))
    }

    /// The words that start a program of the project.
    pub(super) fn program(&self, class: &str) -> Vec<String> {
        let folder = self.folder();
        let path = format!("{}:{}", folder.join("classes").display(), folder.join("lib/*").display());
        let words = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", &path, class];
        words.map(str::to_owned).to_vec()
    }

    /// Counts what surefire has reported, class by class.
    pub(super) fn tests(&self, report: &mut Report, folder: &str, suffix: &str) -> Result<(), String> {
        let folder = self.folder().join(folder);
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "xml"));
        files.sort();
        if files.is_empty() {
            return Err("no test was run".to_owned());
        }
        for file in files {
            let text = fs::read_to_string(&file).map_err(|error| error.to_string())?;
            let count = |name: &str| attribute(&text, name)?.parse::<usize>().ok();
            let (Some(name), Some(run), Some(failures), Some(errors), Some(skipped)) = (
                attribute(&text, "name"),
                count("tests"),
                count("failures"),
                count("errors"),
                count("skipped"),
            ) else {
                return Err(format!("{} is no report", file.display()));
            };
            let failed = failures + errors + skipped;
            report.counted(&format!("{name}{suffix}"), run.saturating_sub(failed), failed);
        }
        Ok(())
    }
}

/// Of the element `testsuite`.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, suite) = text.split_once("<testsuite ")?;
    let (head, _) = suite.split_once('>')?;
    let (_, rest) = head.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}
