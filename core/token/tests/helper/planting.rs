//! A program that somebody else put there gets no PIN.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use kamusm_test_softhsm::{in_own_process, module};
use kamusm_test_spy::{Directive, Spy};
use kamusm_token::error::{HelperFailure, TokenError};
use kamusm_token::helper::{HelperProgram, HelperSigner};

use crate::backend::PROGRAM;

const BUILD: &str = env!("KAMUSM_TOKEN_BUILD");

fn refusal(path: &Path) -> HelperFailure {
    match HelperProgram::at(path).unwrap_err() {
        TokenError::Helper { why } => why,
        other => panic!("{other:?}"),
    }
}

/// A copy of the program in a folder of its own.
fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("kamusm-token-helper");
    fs::copy(PROGRAM, &path).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    (folder, path)
}

#[test]
fn only_an_absolute_path_to_a_file_is_a_program() {
    assert_eq!(refusal(Path::new("kamusm-token-helper")), HelperFailure::NotAbsolute);
    assert_eq!(refusal(Path::new("/nowhere/kamusm-token-helper")), HelperFailure::Missing);
    assert_eq!(refusal(Path::new("/")), HelperFailure::Missing);
    let (folder, path) = copy();
    assert_eq!(HelperProgram::in_folder(folder.path()).unwrap().path(), path);
}

#[test]
fn a_program_or_folder_that_others_may_write_to_is_refused() {
    let (folder, path) = copy();
    let folder = folder.path().canonicalize().unwrap();
    HelperProgram::at(&path).unwrap();
    for mode in [0o757, 0o775] {
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        assert_eq!(refusal(&path), HelperFailure::Writable { path: path.clone() });
    }
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o777)).unwrap();
    assert_eq!(refusal(&path), HelperFailure::Writable { path: folder.clone() });
    // Only its owner can replace a file there.
    fs::set_permissions(&folder, Permissions::from_mode(0o1777)).unwrap();
    HelperProgram::at(&path).unwrap();
}

#[test]
fn a_program_is_looked_at_again_before_it_starts() {
    let (_folder, path) = copy();
    let program = HelperProgram::at(&path).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o757)).unwrap();
    let error = HelperSigner::open(&program, &module().unwrap()).unwrap_err();
    assert!(matches!(error, TokenError::Helper { why: HelperFailure::Writable { .. } }), "{error:?}");
}

#[test]
fn a_program_of_another_build_is_refused() {
    let (_folder, path) = copy();
    let mut octets = fs::read(&path).unwrap();
    let at = octets.windows(BUILD.len()).position(|window| window == BUILD.as_bytes()).unwrap();
    octets[at] = if octets[at] == b'0' { b'1' } else { b'0' };
    fs::write(&path, octets).unwrap();
    for program in [path.as_path(), Path::new("/bin/cat"), Path::new("/bin/true")] {
        let program = HelperProgram::at(program).unwrap();
        let error = HelperSigner::open(&program, &module().unwrap()).unwrap_err();
        assert!(matches!(error, TokenError::Helper { why: HelperFailure::OtherBuild }), "{error:?}");
    }
}

/// The program as a stranger would start it.
fn start(module: &Path, first: &str) -> Child {
    let mut child = Command::new(PROGRAM)
        .arg(module)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    say(&mut child, first);
    child
}

fn say(child: &mut Child, message: &str) {
    try_say(child, message).unwrap();
}

fn try_say(child: &mut Child, message: &str) -> std::io::Result<()> {
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    child.stdin.as_mut().unwrap().write_all(&[&length, message.as_bytes()].concat())
}

fn hello(build: &str) -> String {
    format!(r#"{{"Host":{{"protocol":1,"build":"{} {build}"}}}}"#, env!("CARGO_PKG_VERSION"))
}

const OPEN: &str = r#"{"Open":{"within":{"secs":60,"nanos":0}}}"#;

#[test]
fn a_host_of_another_build_is_refused_before_the_module_is_loaded() {
    in_own_process!(|hsm| {
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        let mut child = start(spy.module(), &hello("0000000000000000"));
        // It may have ended before it is asked.
        let _ = try_say(&mut child, OPEN);
        let mut said = child.stdout.take().unwrap();
        let mut length = [0; 4];
        said.read_exact(&mut length).unwrap();
        let mut greeting = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
        said.read_exact(&mut greeting).unwrap();
        assert_eq!(said.read(&mut length).unwrap(), 0, "nothing after its own greeting");
        assert!(!child.wait().unwrap().success());
        assert!(spy.calls().is_empty());
    });
}

#[test]
fn a_helper_ends_with_its_host_even_if_the_module_hangs() {
    in_own_process!(|hsm| {
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        spy.tell(&[Directive::Hang("C_Initialize".into())]);
        let mut child = start(spy.module(), &hello(BUILD));
        say(&mut child, OPEN);
        while spy.count("C_Initialize") == 0 {
            std::thread::yield_now();
        }
        drop(child.stdin.take());
        child.wait().unwrap();
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap_or_default();
        assert!(!said.contains("Opened"), "the module hung until the end");
    });
}
