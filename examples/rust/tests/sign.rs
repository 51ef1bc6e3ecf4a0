//! The program as a person runs it, against the reference service.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{
    fs,
    io::Write as _,
    process::{Command, Output, Stdio},
};

use kamusm_sandbox::{LeafSpec, Sandbox};

const PIN: &str = "1234";

/// The seed's first person, with a PKCS#12 file; `input` are the lines that are typed.
fn run(input: impl FnOnce(&str) -> String) -> Output {
    let sandbox = Sandbox::builder().start().unwrap();
    let issued = sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, octets: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, octets).unwrap();
        path
    };
    let (certificate, key) =
        (file("certificate.der", &issued.certificate_der), file("key.der", &issued.private_key_pkcs8_der));
    let pkcs12 = folder.path().join("signer.p12");
    let made = Command::new("sh")
        .args([
            "-ec",
            "openssl x509 -in \"$1\" -out \"$1.pem\"; openssl pkey -in \"$2\" -out \"$2.pem\"; \
            openssl pkcs12 -export -in \"$1.pem\" -inkey \"$2.pem\" -passout pass:1234 -out \"$3\"",
            "sh",
        ])
        .args([&certificate, &key, &pkcs12])
        .status();
    assert!(made.unwrap().success());
    let code = sandbox.admin().issue_sign_code("SD-13712").unwrap().code;
    let mut program = Command::new(env!("CARGO_BIN_EXE_kamusm-example-rust"))
        .args([sandbox.base_url(), "--pkcs12"])
        .arg(&pkcs12)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input(&code).as_bytes()).unwrap();
    program.wait_with_output().unwrap()
}

#[test]
fn code_password_and_pin_are_lines_of_the_input() {
    let output = run(|code| format!("{code}\n{PIN}\n{PIN}\n"));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("İmzalanacak Metin 1:") && text.contains("METİN SONU"));
    assert!(text.contains("başvuru sayfasına dönün: http://127.0.0.1:"));
}

#[test]
fn a_wrong_pin_is_told_and_the_next_line_tried() {
    let output = run(|code| format!("{code}\n{PIN}\n0000\n{PIN}\n"));
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("PIN"));
}

#[test]
fn without_a_pin_nothing_is_signed() {
    let output = run(|code| format!("{code}\n{PIN}\n"));
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stderr.is_empty());
}
