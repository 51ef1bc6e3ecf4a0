//! Modules that cannot be loaded: each reason has its own error.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use kamusm_test_softhsm::{in_own_process, module};
use kamusm_test_spy::{Directive, Spy};
use kamusm_token::deadline::Deadline;
use kamusm_token::error::{LoadFailure, TokenError};

use crate::backend;
use crate::fixture::{SHORT, returns, soon};

fn open(path: &Path) -> TokenError {
    backend::open(path, soon()).err().unwrap()
}

fn load_failure(path: &Path) -> LoadFailure {
    match open(path) {
        TokenError::ModuleLoad { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_path_that_leads_nowhere() {
    let missing = PathBuf::from("/nowhere/libakisp11.so");
    assert!(matches!(open(&missing), TokenError::ModuleNotFound { path } if path == missing));
    assert!(matches!(open(Path::new("/")), TokenError::ModuleNotFound { .. }));
}

#[test]
fn a_file_that_is_no_library() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("module.so");
    std::fs::write(&text, "this is a text").unwrap();
    assert_eq!(load_failure(&text), LoadFailure::NotALibrary);
}

#[test]
fn a_library_for_another_processor() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("module.so");
    let mut octets = std::fs::read(module().unwrap()).unwrap();
    // e_machine of ELF: one that is not this machine's.
    let (machine, name) = if cfg!(target_arch = "x86_64") { (0xB7, "aarch64") } else { (0x3E, "x86_64") };
    octets[18] = machine;
    std::fs::write(&foreign, octets).unwrap();
    assert_eq!(load_failure(&foreign), LoadFailure::WrongArchitecture { found: name });
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_that_lacks_another() {
    let folder = tempfile::tempdir().unwrap();
    let needy = folder.path().join("module.so");
    let mut octets = std::fs::read(module().unwrap()).unwrap();
    let name = b"libcrypto.so";
    let at = octets.windows(name.len()).position(|window| window == name).expect("SoftHSM uses libcrypto");
    octets[at..at + name.len()].copy_from_slice(b"libmissing.x");
    std::fs::write(&needy, octets).unwrap();
    let LoadFailure::System { reason } = load_failure(&needy) else { panic!("loaded without its library") };
    assert!(reason.contains("libmissing.x"), "{reason}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_that_is_no_module() {
    let folders = ["/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib"];
    let library =
        folders.iter().map(|folder| Path::new(folder).join("libm.so.6")).find(|path| path.is_file());
    let why = load_failure(&library.expect("every Linux has libm"));
    assert_eq!(why, LoadFailure::MissingSymbol { symbol: "C_GetFunctionList" });
}

#[test]
fn a_module_that_refuses_to_start_may_start_later() {
    in_own_process!(|hsm| {
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        spy.tell(&[returns("C_Initialize", 0x5)]);
        assert!(matches!(open(spy.module()), TokenError::ModuleInit { rv: 0x5 }));
        spy.tell(&[]);
        backend::open(spy.module(), soon()).unwrap();
    });
}

#[test]
fn a_module_that_hangs_while_it_starts() {
    in_own_process!(|hsm| {
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        // Reading the library takes its time on a busy machine, so it is read before.
        spy.tell(&[returns("C_Initialize", 0x5)]);
        open(spy.module());
        spy.tell(&[Directive::Hang("C_Initialize".into())]);
        let within = Deadline::after(SHORT);
        let error = backend::open(spy.module(), within).err().unwrap();
        assert!(matches!(error, TokenError::ModuleHung { function: "C_Initialize", .. }), "{error:?}");
    });
}
