//! The C ABI: header, symbols, guards, C programs in three modes, and what is installed.

mod abi;
mod basvuru;
mod cmake;
pub(super) mod declaration;
mod examples;
mod exports;
mod listing;
mod null_cases;
mod problems;
pub(crate) mod program;
pub(crate) mod service;
mod texts;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use self::{
    declaration::Function,
    program::{Mode, WARNINGS, Workshop, passed},
    service::Service,
};
use crate::{header, install, programs, report::Report, shell};

/// Tests that use up no doğrulama kodu.
const NOUNS: [&str; 22] = [
    "version.c",
    "error.c",
    "config.c",
    "verification_code.c",
    "session.c",
    "step.c",
    "log.c",
    "cancel.c",
    "token.c",
    "application.c",
    "application_state.c",
    "person.c",
    "form.c",
    "approval.c",
    "institution.c",
    "cades.c",
    "threads.c",
    "memory.c",
    "wrapper.cpp",
    "calls.cpp",
    "threads.cpp",
    "memory.cpp",
];
/// C tests that each use up a doğrulama kodu: the program and its argument.
const FLOWS: [(&str, &str); 6] = [
    ("flow", "accepted"),
    ("flow", "declined"),
    ("flow", "cancelled"),
    ("own", ""),
    ("journal", "killed"),
    ("journal", "own"),
];
const TOOLS: [&str; 6] = ["cc", "c++", "pkg-config", "nm", "openssl", "valgrind"];

pub(crate) fn checks(report: &mut Report) {
    report.check("include/kamusm.h and ffi/symbols.txt are the generated ones", header::run(true));
    if let Some(tool) = TOOLS.iter().find(|tool| shell::find(tool).is_none()) {
        return report.missing("C programs", tool);
    }
    report.check("the headers compile as C99 to C17 and C++11 to C++20", headers_compile());
    match prepare() {
        Err(why) => report.check("build and stage", Err(why)),
        Ok((functions, workshop, service)) => {
            let library = workshop.prefix.join("lib/libkamusm.so");
            report
                .check("exported are exactly the committed symbols", exports::symbols(&library, &functions));
            report.check("every exported body is in the guard", exports::guards(&functions));
            report.check("kamusm.hpp wraps every function", exports::wrapped(&functions));
            report.check("the library bears its SONAME", soname(&workshop));
            match staged_header(&workshop) {
                Ok(header) => abi::checks(report, &workshop, &header),
                Err(why) => report.check("tests/abi", Err(why)),
            }
            nouns(report, &workshop, &service, &functions);
            flows(report, &workshop);
            problems::checks(report, &workshop);
            texts::checks(report, &workshop);
            examples::checks(report, &workshop);
            listing::checks(report, &workshop, &service);
            basvuru::checks(report, &workshop);
            cmake::checks(report, &workshop, &service);
            report.check("a static program", static_program(&workshop, &service));
            report.check("a planted panic", planted_panic(&workshop));
        }
    }
}

fn prepare() -> Result<(Vec<Function>, Workshop, Service), String> {
    programs::build()?;
    let workshop = workshop(&[])?;
    let functions = declaration::functions(&staged_header(&workshop)?)?;
    Ok((functions, workshop, Service::start()?))
}

fn staged_header(workshop: &Workshop) -> Result<String, String> {
    fs::read_to_string(workshop.prefix.join("include/kamusm.h")).map_err(|error| error.to_string())
}

/// Builds the library and stages it as an installation would, in a folder that ends with the value.
fn workshop(features: &[&str]) -> Result<Workshop, String> {
    let folder = tempfile::Builder::new().prefix("c-tests").tempdir_in(shell::target());
    let folder = folder.map_err(|error| error.to_string())?;
    let prefix = folder.path().join("prefix");
    install::stage(&install::build("dev", features)?, &prefix)?;
    Ok(Workshop { prefix, folder })
}

fn headers_compile() -> Result<(), String> {
    let include = shell::root().join("include");
    let mut cases = Vec::new();
    for header in install::headers().map_err(|error| error.to_string())? {
        if header.extension().is_some_and(|end| end == "hpp") {
            cases.push(("c++", "c++", header, ["c++17", "c++20", "c++23"]));
        } else {
            cases.push(("cc", "c", header.clone(), ["c99", "c11", "c17"]));
            cases.push(("c++", "c++", header, ["c++11", "c++17", "c++20"]));
        }
    }
    for (compiler, language, header, standards) in cases {
        for standard in standards {
            let mut command = Command::new(compiler);
            command.args(WARNINGS).arg(format!("-std={standard}")).args(["-fsyntax-only", "-x", language]);
            shell::capture(command.arg("-I").arg(&include).arg(include.join(&header)))
                .map_err(|why| format!("{} as {standard}: {why}", header.display()))?;
        }
    }
    Ok(())
}

/// The SONAME holds the number that the header tells.
fn soname(workshop: &Workshop) -> Result<(), String> {
    let header = staged_header(workshop)?;
    let number = header.lines().find_map(|line| line.strip_prefix("#define KAMUSM_ABI_VERSION "));
    let wanted = number.map(|number| format!("libkamusm.so.{number}"));
    let dynamic =
        shell::capture(Command::new("objdump").arg("-p").arg(workshop.prefix.join("lib/libkamusm.so")))?;
    let name = dynamic.lines().find_map(|line| line.trim().strip_prefix("SONAME")).map(str::trim);
    if name.is_some() && name == wanted.as_deref() { Ok(()) } else { Err(format!("SONAME is {name:?}")) }
}

fn nouns(report: &mut Report, workshop: &Workshop, service: &Service, functions: &[Function]) {
    let generated = workshop.folder.path().join("null_cases.c");
    let written = null_cases::generate(functions)
        .and_then(|text| fs::write(&generated, text).map_err(|error| error.to_string()));
    report.check("NULL cases can be made for every function", written);
    for mode in Mode::ALL {
        for noun in NOUNS {
            let verdict = run(workshop, service, &test(noun), noun, "", mode);
            report.check(&format!("{noun}, {}", mode.name()), verdict);
        }
        let verdict = run(workshop, service, &generated, "null_cases", "", mode);
        report.check(&format!("NULL for every pointer, {}", mode.name()), verdict);
    }
}

fn flows(report: &mut Report, workshop: &Workshop) {
    for mode in Mode::ALL {
        for (name, argument) in FLOWS {
            let verdict = Service::start().and_then(|service| {
                run(workshop, &service, &test(&format!("{name}.c")), name, argument, mode)
            });
            report.check(&format!("{name}.c {argument}, {}", mode.name()), verdict);
        }
    }
}

fn test(name: &str) -> PathBuf {
    shell::root().join("tests/c").join(name)
}

fn run(
    workshop: &Workshop,
    service: &Service,
    source: &Path,
    name: &str,
    argument: &str,
    mode: Mode,
) -> Result<(), String> {
    let program = workshop.compile(source, name, mode)?;
    let mut command = workshop.command(&program, mode);
    command.args((!argument.is_empty()).then_some(argument)).envs(service.settings()?);
    passed(&shell::capture(command.env("KAMUSM_TEST_VERSION", env!("CARGO_PKG_VERSION")))?)
}

/// Linked with libkamusm.a, and with nothing of the staged folder at run time.
fn static_program(workshop: &Workshop, service: &Service) -> Result<(), String> {
    let program = workshop.folder.path().join("version-static");
    let mut compiler = Command::new("cc");
    compiler.args(workshop.flags(&["--cflags"])?).arg(test("version.c"));
    compiler.arg(workshop.prefix.join("lib/libkamusm.a"));
    let private = workshop.flags(&["--libs-only-l", "--libs-only-other", "--static"])?;
    compiler.args(private.iter().filter(|flag| *flag != "-lkamusm")).arg("-o").arg(&program);
    shell::capture(&mut compiler)?;
    let mut command = Command::new(&program);
    command.envs(service.settings()?).env("KAMUSM_TEST_VERSION", env!("CARGO_PKG_VERSION"));
    passed(&shell::capture(&mut command)?)
}

/// In a library of its own, so that nothing planted can be shipped.
fn planted_panic(workshop: &Workshop) -> Result<(), String> {
    let planted = self::workshop(&["_planted-panic"])?;
    for mode in Mode::ALL {
        let program = planted.compile(&test("panic.c"), "panic", mode)?;
        passed(&shell::capture(&mut planted.command(&program, mode))?)?;
    }
    let exported =
        shell::capture(Command::new("nm").arg("-D").arg(workshop.prefix.join("lib/libkamusm.so")))?;
    if exported.contains("planted") { Err("the real library has it too".to_owned()) } else { Ok(()) }
}
