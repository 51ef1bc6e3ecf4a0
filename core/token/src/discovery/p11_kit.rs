//! Modules that the system registers for all programs (p11-kit: pkcs11.conf(5)).

use std::io::Read;
use std::path::{Path, PathBuf};

/// Where packages and the administrator register modules. What a person registers may be planted, and is not read.
const REGISTERS: [&str; 2] = ["/etc/pkcs11/modules", "/usr/share/p11-kit/modules"];

/// Where modules without a path are.
const FOLDERS: [&str; 6] = [
    "/usr/lib/x86_64-linux-gnu/pkcs11",
    "/usr/lib/aarch64-linux-gnu/pkcs11",
    "/usr/lib64/pkcs11",
    "/usr/lib/pkcs11",
    "/usr/local/lib/pkcs11",
    "/opt/homebrew/lib/pkcs11",
];

/// Longest file of the register that is read, and how many.
const OCTETS_MAX: u64 = 16 * 1024;
const FILES_MAX: usize = 64;

/// The registered modules, those that want to be asked first in front.
pub(super) fn modules() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = REGISTERS.iter().map(Path::new).flat_map(registered).collect();
    // The administrator's file replaces the package's file of the same name.
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(file.file_name().map(ToOwned::to_owned)));
    let mut entries: Vec<Entry> = files.iter().filter_map(|file| Entry::parse(&read(file)?)).collect();
    entries.sort_by_key(|entry| -entry.priority);
    entries.into_iter().map(|entry| entry.path()).collect()
}

fn registered(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "module"))
        .take(FILES_MAX)
        .collect();
    files.sort();
    files
}

fn read(file: &Path) -> Option<String> {
    let mut text = String::new();
    std::fs::File::open(file).ok()?.take(OCTETS_MAX).read_to_string(&mut text).ok()?;
    Some(text)
}

struct Entry {
    module: PathBuf,
    priority: i32,
}

impl Entry {
    /// None if it names no module, or one that is not for every program, or one that holds roots and no keys.
    fn parse(text: &str) -> Option<Self> {
        let fields = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        let fields: Vec<(&str, &str)> = fields
            .filter_map(|line| line.split_once(':'))
            .map(|(key, value)| (key.trim(), value.trim()))
            .collect();
        let value = |key| fields.iter().rfind(|(other, _)| *other == key).map(|(_, value)| *value);
        if value("enable-in").is_some() || value("trust-policy") == Some("yes") {
            return None;
        }
        let module = value("module").filter(|module| !module.is_empty())?;
        let priority =
            value("priority").and_then(|priority| priority.parse::<i16>().ok()).unwrap_or_default();
        Some(Self { module: module.into(), priority: priority.into() })
    }

    fn path(self) -> PathBuf {
        if self.module.is_absolute() {
            return self.module;
        }
        let places = FOLDERS.iter().map(|folder| Path::new(folder).join(&self.module));
        places.into_iter().find(|place| place.is_file()).unwrap_or(self.module)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_read_with_its_priority() {
        let entry = Entry::parse("# a card\nmodule: /opt/akis/libakisp11.so\n priority : 7 \n").unwrap();
        assert_eq!((entry.module.to_str(), entry.priority), (Some("/opt/akis/libakisp11.so"), 7));
        assert_eq!(entry.path(), Path::new("/opt/akis/libakisp11.so"));
    }

    #[test]
    fn stores_of_roots_and_modules_of_other_programs_are_left_alone() {
        for text in
            ["module: p11-kit-trust.so\ntrust-policy: yes", "module: a.so\nenable-in: firefox", "module:", ""]
        {
            assert!(Entry::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_nowhere_stays_a_name() {
        let entry = Entry::parse("module: nowhere-pkcs11.so").unwrap();
        assert_eq!(entry.path(), Path::new("nowhere-pkcs11.so"));
    }
}
