//! "Yarım kalan işlem": the program is killed, and what was signed is not signed again.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};

use kamusm_sandbox::{Fault, FaultRule};
use kamusm_test_softhsm::in_own_process;
use serde_json::Value;

use crate::{
    office::{APPLICATION, Office, PIN},
    sitting::{ENTER, ESC, Sitting},
};

const HEADING: &str = "Yarım kalan işlem";
const PROMPT: &str = "Sürdürülsün mü? (evet/hayır): ";

fn at_the_pin(office: &Office, arguments: &[&str]) -> Sitting {
    let mut person = Sitting::start(office.program(arguments));
    person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
    person.answers("Sayfa 1/1", ENTER);
    person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
    person.reads("PIN Kodu: ");
    person
}

/// No signature reaches the service until the faults are cleared.
fn cut_off(office: &Office) {
    let lost = FaultRule::once("PUT", "/submission", Fault::DropBefore);
    office.sandbox.admin().inject(FaultRule { times: u32::MAX, ..lost });
}

/// Killed after the card signed and before the service had the signature.
fn killed_with_a_signature(office: &Office, arguments: &[&str]) {
    cut_off(office);
    let mut person = at_the_pin(office, arguments);
    person.types(&format!("{PIN}{ENTER}"));
    person.reads("İmza atıldı, hizmete gönderiliyor");
    person.reads("Hizmete ulaşılamadı; birazdan yeniden denenecek.");
    person.meets_sigkill();
    office.sandbox.admin().clear_faults();
    assert_eq!((office.logins(), office.evidence().len()), (1, 0));
}

#[test]
fn a_signature_is_submitted_after_kill_9_without_a_second_pin() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        killed_with_a_signature(&office, &[]);
        let mut person = Sitting::start(office.program(&[]));
        person.reads(HEADING);
        person.reads(&format!("{APPLICATION}: Bütün metinler imzalandı"));
        person.answers(PROMPT, &format!("evet{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        person.assert_never_wrote("PIN Kodu");
        assert_eq!((office.logins(), office.evidence().len()), (1, 1), "one login in both programs");
        assert_eq!(office.title(), "İşlem Başarılı");
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", ESC);
        assert_eq!(person.ends(), 1);
        person.assert_never_wrote(HEADING);
    });
}

#[test]
fn a_program_killed_at_the_pin_goes_on_from_the_text() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        at_the_pin(&office, &[]).meets_sigkill();
        // Somebody who says no is asked again at the next start.
        let mut person = Sitting::start(office.program(&["--lang", "en"]));
        person.answers("Go on with it? (yes/no): ", &format!("no{ENTER}"));
        person.answers("Verification code: ", ESC);
        assert_eq!(person.ends(), 1);
        let mut person = Sitting::start(office.program(&[]));
        person.reads(&format!("{APPLICATION}: Metinler açıldı, hiçbiri imzalanmadı."));
        person.answers(PROMPT, &format!("evet{ENTER}"));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        assert_eq!(person.ends(), 0);
        assert_eq!((office.logins(), office.evidence().len()), (1, 1));
    });
}

#[test]
fn a_program_finds_the_id_and_goes_on_with_it() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        killed_with_a_signature(&office, &[]);
        let run = |arguments: &[&str]| {
            let program = office.program(&[&["--json", "--accept-fd", "3"], arguments].concat());
            let mut shell = office.redirected(&program, &[(3, ""), (4, "none\n")]);
            let output = shell.stdin(Stdio::null()).output().unwrap();
            let events = String::from_utf8(output.stdout).unwrap();
            let events: Vec<Value> = events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            (events, output.status.code().unwrap())
        };
        let (events, code) = run(&["--code-fd", "4"]);
        assert_eq!(code, 1, "it needs a code");
        let told = events.iter().find(|event| event["event"] == "unfinished").unwrap();
        assert_eq!(told["application"], APPLICATION);
        let (events, code) = run(&["--resume", told["id"].as_str().unwrap()]);
        let done = events.last().unwrap();
        assert_eq!(
            (code, &done["outcome"], &done["journal"]),
            (0, &"accepted".into(), &told["id"]),
            "{done}"
        );
        assert_eq!((office.logins(), office.evidence().len()), (1, 1));
    });
}

#[test]
fn without_a_keyring_the_key_is_in_a_file_of_the_person_alone_and_told_once() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let file = office.state().join("kamusm/journal.key");
        let mut person = Sitting::start(office.program(&[]));
        person.reads(&format!("yalnız sizin okuyabildiğiniz şu dosyada: {}", file.display()));
        person.answers("Doğrulama kodu: ", ESC);
        person.ends();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", ESC);
        person.ends();
        person.assert_never_wrote("şu dosyada");
    });
}

#[test]
fn no_journal_keeps_nothing() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        killed_with_a_signature(&office, &["--no-journal"]);
        assert!(!office.state().exists());
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", ESC);
        person.ends();
        person.assert_never_wrote(HEADING);
    });
}

#[test]
fn a_journal_that_cannot_be_kept_is_told_before_anything_is_asked() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let held = at_the_pin(&office, &[]);
        let mut second = Sitting::start(office.program(&[]));
        second.reads("Kayıt defterini başka bir program kullanıyor.");
        second.reads("--no-journal");
        assert_eq!(second.ends(), 2);
        held.meets_sigkill();
        fs::write(office.folder().join("file"), b"").unwrap();
        let mut nowhere = office.program(&[]);
        nowhere.env("XDG_STATE_HOME", office.folder().join("file"));
        let mut person = Sitting::start(nowhere);
        person.reads("Kayıt defteri yazılamıyor");
        assert_eq!(person.ends(), 2);
        person.assert_never_wrote("Doğrulama kodu: ");
    });
}

#[test]
fn a_damaged_record_is_told_with_its_file_and_left() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        at_the_pin(&office, &[]).meets_sigkill();
        let folder = office.state().join("kamusm/journal");
        let mut files = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path());
        let file = files.find(|path| path.extension().is_some()).unwrap();
        let mut octets = fs::read(&file).unwrap();
        octets[40] ^= 1;
        fs::write(&file, &octets).unwrap();
        let mut person = Sitting::start(office.program(&[]));
        person.reads("Kayıtlardan biri kullanılamıyor: Kayıt defteri bozulmuş.");
        person.reads(file.file_name().unwrap().to_str().unwrap());
        person.answers("Doğrulama kodu: ", ESC);
        person.ends();
        assert_eq!(fs::read(&file).unwrap(), octets);
    });
}

/// The real keyring of a desktop, on a bus of its own.
#[test]
fn the_key_is_kept_in_the_keyring_where_there_is_one() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let program = office.program(&[]);
        let mut bus = Command::new("dbus-run-session");
        // The empty password unlocks a new keyring; the second program of the bus finds the key of the first.
        let script = r#"printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
            sh -c 'echo "pid $$"; exec "$0" "$@"' "$0" "$@"; "$0" "$@""#;
        bus.args(["--", "sh", "-c", script]).arg(program.get_program()).args(program.get_args());
        bus.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        bus.env_remove("DBUS_SESSION_BUS_ADDRESS");
        bus.env("HOME", office.folder()).env("XDG_DATA_HOME", office.folder().join("data"));
        bus.env("XDG_RUNTIME_DIR", office.folder());
        cut_off(&office);
        let mut person = Sitting::start(bus);
        person.reads("pid ");
        person.reads("\n");
        let pid =
            person.transcript().split("pid ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", ENTER);
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        person.reads("Hizmete ulaşılamadı; birazdan yeniden denenecek.");
        assert!(Command::new("kill").args(["-s", "KILL", &pid]).status().unwrap().success());
        office.sandbox.admin().clear_faults();
        person.answers(PROMPT, &format!("evet{ENTER}"));
        person.reads("İmzanız kabul edildi.");
        person.assert_never_wrote("şu dosyada");
        assert!(!office.state().join("kamusm/journal.key").exists());
        assert_eq!((office.logins(), office.evidence().len()), (1, 1));
    });
}
