//! The ABI over time: programs built with the headers of earlier libraries run with today's (tests/abi).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    declaration::{self, Function},
    program::{Mode, Workshop, passed},
    service::Service,
};
use crate::{report::Report, shell, text};

/// The programs of each folder that are there, with their arguments; each uses up a doğrulama kodu at most.
const PROGRAMS: [(&str, &str); 5] =
    [("error.c", ""), ("step.c", ""), ("flow.c", "accepted"), ("flow.c", "declined"), ("own.c", "")];

pub(super) fn checks(report: &mut Report, workshop: &Workshop, today: &str) {
    let folders = match folders() {
        Ok(folders) => folders,
        Err(why) => return report.check("tests/abi", Err(why)),
    };
    for folder in folders {
        let version = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let same = text::read(folder.join("kamusm.h")).and_then(|frozen| differences(&frozen, today));
        report.check(&format!("all of the header of {version} stands in today's"), same);
        report.check(&format!("the symbols of {version} are those of its header"), symbols(&folder));
        let old = match OldLibrary::new(workshop, &folder, &version) {
            Ok(old) => old,
            Err(why) => return report.check(&format!("a library with the symbols of {version}"), Err(why)),
        };
        for (program, argument) in PROGRAMS.iter().filter(|(program, _)| folder.join(program).exists()) {
            let verdict = old.run(program, argument);
            report.check(&format!("{program} {argument} built with {version}"), verdict);
        }
    }
}

fn folders() -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(shell::root().join("tests/abi")).map_err(|error| error.to_string())?;
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    if folders.is_empty() { Err("there is no earlier header".to_owned()) } else { Ok(folders) }
}

/// What the earlier header says and today's does not say in the same words.
fn differences(frozen: &str, today: &str) -> Result<(), String> {
    let declared: BTreeMap<String, String> = declaration::functions(today)?.iter().map(signature).collect();
    for (name, old) in declaration::functions(frozen)?.iter().map(signature) {
        match declared.get(&name) {
            Some(new) if *new == old => {}
            Some(new) => return Err(format!("{old} became {new}")),
            None => return Err(format!("{name} is gone")),
        }
    }
    let numbers = numbers(today);
    for (name, old) in self::numbers(frozen) {
        // The library's own version rises.
        if name.starts_with("KAMUSM_VERSION_") {
            continue;
        }
        match numbers.get(name) {
            Some(new) if *new == old => {}
            Some(new) => return Err(format!("{name} was {old} and is {new}")),
            None => return Err(format!("{name} is gone")),
        }
    }
    if public_struct(frozen).is_some() && public_struct(frozen) == public_struct(today) {
        Ok(())
    } else {
        Err("kamusm_bytes is another one".to_owned())
    }
}

/// Types only: a parameter may get a better name.
fn signature(function: &Function) -> (String, String) {
    let kinds: Vec<&str> = function.parameters.iter().map(|parameter| parameter.kind.as_str()).collect();
    (function.name.clone(), format!("{} {}({})", function.returns, function.name, kinds.join(", ")))
}

/// The enumerators and the macros with a value.
fn numbers(header: &str) -> BTreeMap<&str, &str> {
    let numbers = header.lines().filter_map(|line| {
        let line = line.trim();
        if let Some(pair) = line.strip_prefix("#define ") {
            return pair.split_once(' ');
        }
        line.strip_suffix(',')?.split_once(" = ").filter(|(name, _)| name.starts_with("KAMUSM_"))
    });
    numbers.collect()
}

fn public_struct(header: &str) -> Option<Vec<&str>> {
    let body = header.split_once("} kamusm_bytes;")?.0.rsplit_once("typedef struct {")?.1;
    Some(body.lines().map(str::trim).filter(|line| line.ends_with(';')).collect())
}

fn symbols(folder: &Path) -> Result<(), String> {
    let functions = declaration::functions(&text::read(folder.join("kamusm.h"))?)?;
    let mut names: Vec<&str> = functions.iter().map(|function| function.name.as_str()).collect();
    names.sort_unstable();
    if text::read(folder.join("symbols.txt"))?.lines().eq(names) {
        Ok(())
    } else {
        Err("they differ".to_owned())
    }
}

/// Header and symbols of an earlier library: enough to build with, nothing to run with.
struct OldLibrary<'a> {
    workshop: &'a Workshop,
    sources: PathBuf,
    folder: PathBuf,
}

impl<'a> OldLibrary<'a> {
    fn new(workshop: &'a Workshop, sources: &Path, version: &str) -> Result<Self, String> {
        let folder = workshop.folder.path().join(format!("abi-{version}"));
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let mut text = String::new();
        for name in text::read(sources.join("symbols.txt"))?.lines() {
            text.push_str(&format!("void {name}(void);\nvoid {name}(void) {{}}\n"));
        }
        let source = folder.join("symbols.c");
        fs::write(&source, text).map_err(|error| error.to_string())?;
        let abi = numbers(&text::read(sources.join("kamusm.h"))?)
            .get("KAMUSM_ABI_VERSION")
            .map(|number| format!("-Wl,-soname,libkamusm.so.{number}"))
            .ok_or("the header tells no ABI")?;
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", &abi]).arg(&source).arg("-o").arg(folder.join("libkamusm.so"));
        shell::capture(&mut compiler)?;
        Ok(Self { workshop, sources: sources.to_owned(), folder })
    }

    fn run(&self, name: &str, argument: &str) -> Result<(), String> {
        let program = self.folder.join(name.trim_end_matches(".c"));
        let mut compiler = Command::new("cc");
        compiler.args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-I"]).arg(&self.sources);
        compiler.arg(self.sources.join(name)).arg("-L").arg(&self.folder).args(["-lkamusm", "-o"]);
        shell::capture(compiler.arg(&program))?;
        let service = Service::start()?;
        let mut command = self.workshop.command(&program, Mode::Plain);
        command.args((!argument.is_empty()).then_some(argument)).envs(service.settings()?);
        passed(&shell::capture(&mut command)?)
    }
}

#[cfg(test)]
mod tests {
    use super::{differences, folders};
    use crate::text;

    const HEADER: &str = "#define KAMUSM_ABI_VERSION 0\nenum e {\n    KAMUSM_E_ONE = 1,\n};\n\
        typedef struct {\n    const uint8_t *data;\n    size_t len;\n} kamusm_bytes;\n\
        extern \"C\" {\n/**\n * One.\n */\nsize_t kamusm_one(const kamusm_e *e);\n/**\n * Two.\n */\nvoid kamusm_two(void);\n}\n";

    #[test]
    fn all_earlier_headers_stand_in_todays() {
        let today = text::read("include/kamusm.h").unwrap();
        for folder in folders().unwrap() {
            assert_eq!(differences(&text::read(folder.join("kamusm.h")).unwrap(), &today), Ok(()));
        }
    }

    #[test]
    fn what_is_added_or_renamed_is_no_difference() {
        let more = HEADER
            .replace(
                "void kamusm_two(void);",
                "void kamusm_two(void);\n/**\n * Three.\n */\nvoid kamusm_three(void);",
            )
            .replace("KAMUSM_E_ONE = 1,", "KAMUSM_E_ONE = 1,\n    KAMUSM_E_TWO = 2,")
            .replace("*e)", "*better)");
        assert_eq!(differences(HEADER, &more), Ok(()));
    }

    #[test]
    fn what_is_gone_or_different_is_told() {
        for (old, new) in [
            ("kamusm_two", "kamusm_second"),
            ("size_t kamusm_one", "uint32_t kamusm_one"),
            ("const kamusm_e *e", "kamusm_e *e"),
            ("(void)", "(bool twice)"),
            ("KAMUSM_E_ONE = 1", "KAMUSM_E_ONE = 3"),
            ("KAMUSM_E_ONE", "KAMUSM_E_FIRST"),
            ("KAMUSM_ABI_VERSION 0", "KAMUSM_ABI_VERSION 1"),
            ("    size_t len;", "    uint32_t len;"),
        ] {
            assert!(differences(HEADER, &HEADER.replace(old, new)).is_err(), "{old} became {new}");
        }
    }
}
