//! The program `kamusm-sandbox`: what it prints is enough to apply.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use kamusm_sandbox::LeafKey;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Http, Session, Signer, content_digest, redemption};

/// Ended however the test ends.
pub(crate) struct Program(pub(crate) Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn run(data: &TempDir) -> (Program, HashMap<String, String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kamusm-sandbox"));
    command.arg("--data").arg(data.path()).args(["--key", "p384"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let pairs = lines.map(|line| {
        let (name, value) = line.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    });
    let mut said = HashMap::new();
    for (name, value) in pairs {
        if name == "ready" {
            break;
        }
        said.insert(name, value);
    }
    (Program(child), said)
}

#[test]
fn its_lines_are_enough_to_sign_and_a_signal_ends_it() {
    let data = TempDir::new().unwrap();
    let (mut program, said) = run(&data);
    let http = Http::new(&said["base_url"]);
    let answer = http.post("/api/v1/sign-sessions", None, redemption(&said["sign_code"]));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let session = Session::from(answer.json());
    let read = |name: &str| pem(&std::fs::read_to_string(&said[name]).unwrap());
    let signer = Signer::from(LeafKey::P384, &read("signer_certificate"), &read("signer_key"));
    let text = http.get(&session.path("/documents/1"), Some(&session.token)).body;
    http.post(&session.path("/window"), Some(&session.token), json!({}));
    let certificate = crate::support::base64(signer.certificate.der());
    let check = json!({ "certificate": certificate });
    let checked = http.post(&session.path("/certificate-checks"), Some(&session.token), check);
    assert_eq!(checked.status, 200, "{}", checked.text());
    let signed_at = crate::support::unix_now();
    let cms = signer.sign_with(&text, &kamusm_cades::sign::Profile::new(true, signed_at));
    let items = session.items(std::slice::from_ref(&cms));
    let accepted = http.put_digested(&session.path("/submission"), &session.token, &items);
    assert_eq!(accepted.status, 200, "{}", accepted.text());

    terminate(&program);
    assert!(program.0.wait().unwrap().success());

    // Another run over the same directory knows what was accepted, and has no code for it.
    let (_program, said) = run(&data);
    assert!(!said.contains_key("sign_code"));
    let http = Http::new(&said["base_url"]);
    let path = format!("/api/v1/applications/{}/evidence", said["application"]);
    let evidence = http.get(&path, Some(&said["person_token"])).json();
    assert_eq!(evidence["items"][0]["digest"], content_digest(&cms));
}

/// A signal while a request is in work: it is answered, nothing new is taken, and the database is closed.
#[test]
fn a_signal_lets_what_was_taken_end() {
    let data = TempDir::new().unwrap();
    let (mut program, said) = run(&data);
    let http = Http::new(&said["base_url"]);
    let session =
        Session::from(http.post("/api/v1/sign-sessions", None, redemption(&said["sign_code"])).json());
    let rule = json!({ "method": "POST", "path_end": "/window", "kind": "latency", "seconds": 2 });
    assert_eq!(http.post("/admin/v1/faults", Some(&said["admin_token"]), rule).status, 204);
    let key = crate::support::fresh_key();
    let (sender, answers) = mpsc::channel();
    let deadline = Duration::from_secs(30);
    let window =
        |http: &Http| http.post_keyed(&session.path("/window"), Some(&session.token), &key, json!({}));
    let answer = std::thread::scope(|scope| {
        for _ in 0..2 {
            let (sender, http) = (sender.clone(), &http);
            scope.spawn(move || sender.send(window(http)).unwrap());
        }
        // Whichever came second is told that the first one is in work.
        answers.recv_timeout(deadline).unwrap().assert_problem(409, "idempotency-in-flight");
        terminate(&program);
        answers.recv_timeout(deadline).unwrap()
    });
    assert_eq!((answer.status, &answer.json()["expires_in"]), (200, &json!(150)));
    assert!(program.0.wait().unwrap().success());
    let health = http.send(reqwest::Method::GET, "/health", None, &[], None);
    assert!(health.is_err(), "nothing is taken any more");
    // SQLite removes its log when the last connection was closed in order.
    assert!(data.path().join("sandbox.sqlite").exists());
    assert!(!data.path().join("sandbox.sqlite-wal").exists());

    // What was done is kept with its answer.
    let (_program, said) = run(&data);
    assert_eq!(window(&Http::new(&said["base_url"])).body, answer.body);
}

fn terminate(program: &Program) {
    let killed = Command::new("kill").arg("-TERM").arg(program.0.id().to_string()).status().unwrap();
    assert!(killed.success());
}

#[test]
fn it_writes_the_description() {
    let output = Command::new(env!("CARGO_BIN_EXE_kamusm-sandbox")).arg("openapi").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), kamusm_sandbox::openapi_yaml());
}

/// The octets between the lines of dashes.
fn pem(text: &str) -> Vec<u8> {
    let body: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    crate::support::from_base64(&body)
}
