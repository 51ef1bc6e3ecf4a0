//! The person's e-İmza application: `kamusm-sign` with a card, driven by its descriptors.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use kamusm_sandbox::{LeafSpec, Sandbox};
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec, module};
use serde_json::Value;

const PIN: &str = "571943";

/// A card in a reader.
pub(crate) struct Card(SoftHsm);

impl Card {
    pub(crate) fn issue(hsm: SoftHsm, sandbox: &Sandbox) -> Self {
        let leaf = sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
        let pair = KeyPairSpec {
            private_key: Some(&leaf.private_key_pkcs8_der),
            certificate: Some(&leaf.certificate_der),
            ..KeyPairSpec::default()
        };
        hsm.provision(&TokenSpec { label: "AKIS_10000000146", pin: PIN, keys: &[pair] }).unwrap();
        Self(hsm)
    }
}

/// The running program.
pub(crate) struct Signer {
    process: Child,
    accept: ChildStdin,
    events: BufReader<ChildStdout>,
}

impl Signer {
    /// Starts it with the code from the page on descriptor 3 and the PIN on 4.
    pub(crate) fn start(card: &Card, service: &str, code: &str) -> Self {
        let folder = card.0.folder();
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../debug/kamusm-sign");
        assert!(program.is_file(), "build it: cargo build -p kamusm-sign");
        let (code_file, pin_file) = (folder.join("code"), folder.join("pin"));
        std::fs::write(&code_file, format!("{code}\n")).unwrap();
        std::fs::write(&pin_file, format!("{PIN}\n")).unwrap();
        let (variable, value) = card.0.environment();
        // Away from the terminal that the test may have.
        let mut shell = Command::new("setsid");
        shell.args(["--wait", "sh", "-c", r#"c="$1" p="$2"; shift 2; exec "$@" 3<"$c" 4<"$p""#, "sh"]);
        shell.arg(&code_file).arg(&pin_file).arg(program).args(["--service", service, "--module"]);
        shell.arg(module().unwrap()).args("--json --code-fd 3 --pin-fd 4 --accept-fd 0".split(' '));
        shell.env(variable, value).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = shell.spawn().unwrap();
        let (accept, events) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Self { process, accept, events: BufReader::new(events) }
    }

    /// Reads until this event.
    pub(crate) fn until(&mut self, name: &str) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.events.read_line(&mut line).unwrap() > 0, "it ended before {name:?}");
            let event: Value = serde_json::from_str(&line).unwrap();
            if event["event"] == name {
                return event;
            }
            assert_ne!(event["event"], "done", "before {name:?}: {event}");
        }
    }

    /// Reads to its end; the outcome.
    pub(crate) fn outcome(mut self) -> String {
        let done = self.until("done");
        self.process.wait().unwrap();
        done["outcome"].as_str().unwrap_or_default().to_owned()
    }

    /// Types the number that the page shows.
    pub(crate) fn accept(&mut self, number: &str) {
        writeln!(self.accept, "{number}").unwrap();
    }
}
