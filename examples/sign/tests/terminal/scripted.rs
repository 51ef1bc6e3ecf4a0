//! `--json` and the descriptors: for programs, without a terminal; accepting stays a person's act.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use kamusm_test_softhsm::in_own_process;
use kamusm_test_spy::Directive;
use serde_json::Value;

use crate::{
    office::{Office, PIN, WRONG_PIN},
    sitting::{ENTER, Sitting},
};

/// A program that drives the program: code on descriptor 3, PIN on 4, acceptance on 0.
struct Script {
    child: Child,
    accept: ChildStdin,
    events: BufReader<ChildStdout>,
}

impl Script {
    fn start(office: &Office, code: &str, pin: &str) -> Self {
        let program = office.program(&["--json", "--code-fd", "3", "--pin-fd", "4", "--accept-fd", "0"]);
        let redirected = office.redirected(&program, &[(3, code), (4, pin)]);
        // Away from the terminal that the test may have.
        let mut shell = Command::new("setsid");
        shell.arg("--wait").arg(redirected.get_program()).args(redirected.get_args());
        shell.envs(redirected.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (accept, events) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, accept, events: BufReader::new(events) }
    }

    /// Reads until this event.
    #[track_caller]
    fn until(&mut self, name: &str) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.events.read_line(&mut line).unwrap() > 0, "it ended before {name:?}");
            assert!(!line.contains(PIN) && !line.contains(WRONG_PIN), "{line}");
            let event: Value = serde_json::from_str(&line).unwrap();
            if event["event"] == name {
                return event;
            }
            assert_ne!(event["event"], "done", "before {name:?}: {event}");
        }
    }

    fn accepts(&mut self, number: &str) {
        writeln!(self.accept, "{number}").unwrap();
    }

    fn exit_code(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap()
    }
}

#[test]
fn a_program_signs_with_the_number_from_the_page() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut script = Script::start(&office, &code.code, &format!("{PIN}\n"));
        let texts = script.until("texts");
        assert!(texts["texts"][0]["text"].as_str().unwrap().starts_with("KAMU SM BAŞVURU ONAYI/1\n"));
        let number = office.match_code(&code);
        assert!(texts.get("match_code").is_none(), "a program must fetch it from the page: {texts}");
        script.accepts(&number);
        assert_eq!(script.until("certificates")["certificates"][0]["tckn"], "100******46");
        let done = script.until("done");
        assert_eq!((&done["outcome"], &done["exit_code"]), (&"accepted".into(), &0.into()), "{done}");
        assert_eq!(done["receipt"]["jws"].as_str().unwrap().matches('.').count(), 2);
        assert_eq!(script.exit_code(), 0);
        assert_eq!(office.title(), "İşlem Başarılı");
    });
}

#[test]
fn another_number_accepts_nothing() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut script = Script::start(&office, &code.code, PIN);
        script.until("texts");
        let right: u32 = office.match_code(&code).parse().unwrap();
        script.accepts(&format!("{:04}", (right + 1) % 10_000));
        script.until("declined");
        let done = script.until("done");
        assert_eq!((&done["outcome"], &done["error"]["name"]), (&"cancelled".into(), &"DECLINED".into()));
        assert_eq!(script.exit_code(), 1);
        assert_eq!((office.logins(), office.evidence().len()), (0, 0));
    });
}

#[test]
fn a_wrong_pin_is_used_once() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        office.card_does(&[Directive::PinTries(3)]);
        let code = office.code();
        let mut script = Script::start(&office, &code.code, &format!("{WRONG_PIN}\n{PIN}\n"));
        script.until("texts");
        let number = office.match_code(&code);
        script.accepts(&number);
        let done = script.until("done");
        assert_eq!(done["error"]["name"], "PIN_INCORRECT", "{done}");
        assert_eq!(done["error"]["used_pin_try"], true);
        assert_eq!(script.exit_code(), 1);
        assert_eq!(office.logins(), 1);
    });
}

#[test]
fn the_last_try_is_not_a_programs() {
    in_own_process!(|hsm| {
        const FINAL_TRY: u64 = 0x0002_0000;
        let office = Office::open(hsm);
        office.card_does(&[Directive::TokenFlags(FINAL_TRY)]);
        let code = office.code();
        let mut script = Script::start(&office, &code.code, PIN);
        script.until("texts");
        let number = office.match_code(&code);
        script.accepts(&number);
        assert_eq!(script.until("done")["error"]["name"], "PIN_FINAL_TRY");
        assert_eq!(script.exit_code(), 1);
        assert_eq!(office.logins(), 0);
    });
}

#[test]
fn a_program_that_goes_away_accepts_nothing() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut script = Script::start(&office, &code.code, PIN);
        script.until("texts");
        let Script { mut child, accept, events } = script;
        drop((accept, events));
        assert_eq!(child.wait().unwrap().code(), Some(1));
        assert_eq!(office.page(&code)["session"]["state"], "cancelled");
        assert_eq!(office.logins(), 0);
    });
}

#[test]
fn nothing_is_signed_that_nobody_hears_of() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let code = office.code();
        let mut script = Script::start(&office, &code.code, PIN);
        script.until("texts");
        let number = office.match_code(&code);
        let Script { mut child, mut accept, events } = script;
        drop(events);
        writeln!(accept, "{number}").unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1));
        assert_eq!(office.page(&code)["session"]["state"], "cancelled");
        assert_eq!(office.logins(), 0);
    });
}

#[test]
fn the_pin_alone_can_come_from_a_descriptor() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let shell = office.redirected(&office.program(&["--pin-fd", "4"]), &[(4, PIN)]);
        let mut person = Sitting::start(shell);
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote("PIN Kodu: ");
        person.assert_never_wrote(PIN);
    });
}
