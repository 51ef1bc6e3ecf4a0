//! The text page by page, and what a hasty or a hostile keyboard cannot do.

use kamusm_test_softhsm::in_own_process;

use crate::{
    office::{Office, PIN},
    sitting::{ENTER, ESC, Sitting},
};

const ROWS: u16 = 12;
const COLUMNS: u16 = 50;

#[test]
fn a_small_screen_holds_a_page_and_pages_turn_both_ways() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = Sitting::with_size(office.program(&[]), ROWS, COLUMNS);
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.reads("Sayfa 1/");
        let first = person.screen();
        assert!(first.contains("İmzalanacak Metin 1:"), "the page and its title fit:\n{first}");
        assert!(first.contains("| KAMU SM BAŞVURU ONAYI/1"), "{first}");
        person.types(ENTER);
        person.reads("Sayfa 2/");
        let second = person.screen();
        person.types("g");
        person.reads("Sayfa 1/");
        assert!(person.screen().contains("| KAMU SM BAŞVURU ONAYI/1"), "{}", person.screen());
        person.types(" ");
        person.reads("Sayfa 2/");
        assert_eq!(text_lines(&second).last(), text_lines(&person.screen()).last());
        assert_ne!(text_lines(&second), text_lines(&first));
    });
}

#[test]
fn everything_that_is_signed_was_shown() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let folder = office.folder().join("kanit");
        let program = office.program(&["--save", folder.to_str().unwrap()]);
        let mut person = Sitting::with_size(program, ROWS, COLUMNS);
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.reads("Sayfa 1/");
        person.reads(" -");
        let transcript = person.transcript();
        let count: usize = transcript.rsplit("Sayfa 1/").next().unwrap()[..1].parse().unwrap();
        assert!((2..10).contains(&count), "{transcript}");
        person.types(ENTER);
        for page in 2..=count {
            person.answers(&format!("Sayfa {page}/{count}"), ENTER);
        }
        person.answers("(evet/hayır): ", &format!("evet{ENTER}"));
        person.answers("PIN Kodu: ", &format!("{PIN}{ENTER}"));
        assert_eq!(person.ends(), 0);
        let made = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        let signed = std::fs::read_to_string(made.join("metin-1.txt")).unwrap();
        let shown = text_lines(&person.transcript()).join("");
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(letters(&shown), letters(&signed));
    });
}

fn text_lines(screen: &str) -> Vec<String> {
    let lines = screen.lines().filter_map(|line| line.strip_prefix("| "));
    lines.map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn what_was_pasted_behind_the_code_accepts_nothing() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = Sitting::start(office.program(&[]));
        let code = office.code();
        person.reads("Doğrulama kodu: ");
        person.types(&format!("{}{ENTER}{ENTER}evet{ENTER}{PIN}{ENTER}", code.code));
        person.reads("Sayfa 1/1");
        person.types(ESC);
        assert_eq!(person.ends(), 1);
        person.assert_never_wrote("Kontrol sayısı");
        assert_eq!(office.logins(), 0);
    });
}

#[test]
fn what_was_typed_ahead_at_a_page_accepts_nothing() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut person = Sitting::start(office.program(&[]));
        person.answers("Doğrulama kodu: ", &format!("{}{ENTER}", office.code().code));
        person.answers("Sayfa 1/1", &format!("{ENTER}evet{ENTER}"));
        person.reads("(evet/hayır): ");
        person.types(ESC);
        assert_eq!(person.ends(), 1);
        person.assert_never_wrote("Sertifika Seçimi");
    });
}

#[test]
fn without_a_terminal_it_says_what_to_use() {
    in_own_process!(|hsm| {
        let office = Office::open(hsm);
        let mut command = std::process::Command::new("setsid");
        let program = office.program(&[]);
        command.arg("--wait").arg(program.get_program()).args(program.get_args());
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("--json"), "{told}");
    });
}
