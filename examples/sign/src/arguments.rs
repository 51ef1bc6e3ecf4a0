//! The command line. Secrets never stand on it: the code and the PIN come from the terminal or a descriptor.

use std::{ffi::OsString, path::PathBuf};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, error::ErrorKind};
use kamusm::{config::Environment, error::Language, journal::JournalId};

use crate::{basvuru, doctor};

/// The e-signature application of Kamu SM for the terminal.
#[derive(Debug, Parser)]
#[command(
    name = "kamusm-sign",
    version,
    after_help = "Exit codes: 0 accepted; 1 refused, cancelled or failed; 2 wrong command line; 3 sent, but the \
                  result is not known yet."
)]
pub(crate) struct Arguments {
    /// Address of the service.
    #[arg(long, value_name = "URL")]
    pub(crate) service: String,
    /// The environment that the code must belong to; without it the code itself says so, and basvuru is production.
    #[arg(long, value_enum)]
    environment: Option<EnvironmentName>,
    /// PKCS#11 module of the card; may be given several times. Without it the usual places are searched.
    #[arg(long, value_name = "PATH", conflicts_with = "pkcs12")]
    pub(crate) module: Vec<PathBuf>,
    /// Signs with a PKCS#12 file instead of a card.
    #[arg(long, value_name = "FILE")]
    pub(crate) pkcs12: Option<PathBuf>,
    /// Takes the certificate whose SHA-256 begins so, without asking.
    #[arg(long, value_name = "SHA256", value_parser = fingerprint)]
    pub(crate) certificate: Option<String>,
    /// Reads the verification code from this file descriptor.
    #[arg(long, value_name = "N")]
    pub(crate) code_fd: Option<u32>,
    /// Reads the PIN, or the file's password, from this file descriptor: one line for each time it is needed.
    #[arg(long, value_name = "N")]
    pub(crate) pin_fd: Option<u32>,
    /// With --json: reads the control number that the application page shows from this file descriptor.
    #[arg(long, value_name = "N", requires = "json")]
    pub(crate) accept_fd: Option<u32>,
    /// For programs: one JSON object per event on standard output, no questions.
    #[arg(long, requires = "accept_fd")]
    pub(crate) json: bool,
    /// Roots of the service's TLS certificate, PEM.
    #[arg(long, value_name = "FILE")]
    pub(crate) trust_roots: Option<PathBuf>,
    /// Saves the texts, the signatures and the receipt below this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) save: Option<PathBuf>,
    /// Keeps no journal: what a crash interrupts is lost, and has to be signed again.
    #[arg(long)]
    pub(crate) no_journal: bool,
    /// With --json: goes on with this unfinished signing of the journal instead of a code.
    #[arg(long, value_name = "ID", value_parser = journal_id, requires = "json", conflicts_with_all = ["no_journal", "code_fd"])]
    pub(crate) resume: Option<JournalId>,
    /// Language: tr or en.
    #[arg(long, value_enum, default_value = "tr")]
    lang: LanguageTag,
    #[command(subcommand)]
    pub(crate) task: Option<Task>,
}

/// What is done instead of signing for a verification code.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// The person's applications: lists them, fills the form, approves, shows the status.
    Basvuru(basvuru::Arguments),
    /// Says what keeps the card from signing, and what to do about it.
    Doctor,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EnvironmentName {
    Production,
    Sandbox,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LanguageTag {
    Tr,
    En,
}

/// The Turkish help, by the name of the option.
#[rustfmt::skip]
const TURKISH: &[(&str, &str)] = &[
    ("service", "Hizmetin adresi."),
    ("environment", "Kodun ait olması gereken ortam: production veya sandbox; verilmezse kodun kendisi söyler, basvuru için production."),
    ("module", "Kartın PKCS#11 sürücüsü; birden çok kez verilebilir. Verilmezse bilinen yerlere bakılır."),
    ("pkcs12", "Kart yerine bir PKCS#12 dosyasıyla imzalar."),
    ("certificate", "SHA-256 özeti böyle başlayan sertifikayı sormadan alır."),
    ("code_fd", "Doğrulama kodunu bu dosya tanıtıcısından okur."),
    ("pin_fd", "PIN kodunu ya da dosyanın parolasını bu dosya tanıtıcısından okur; her gerektiğinde bir satır."),
    ("accept_fd", "--json ile: başvuru sayfasındaki kontrol sayısını bu dosya tanıtıcısından okur."),
    ("json", "Programlar için: standart çıktıya olay başına bir JSON nesnesi yazar, soru sormaz."),
    ("trust_roots", "Hizmetin TLS sertifikasının kökleri, PEM."),
    ("save", "Metinleri, imzaları ve alındı belgesini bu klasörün altına kaydeder."),
    ("no_journal", "Kayıt tutmaz: kesilen işlem kaybolur, yeniden imzalamak gerekir."),
    ("resume", "--json ile: kod yerine kayıtlardaki bu yarım kalan işlemi sürdürür."),
    ("lang", "Dil: tr (varsayılan) veya en."),
    ("help", "Yardımı gösterir."),
    ("version", "Sürümü gösterir."),
];
const TURKISH_ABOUT: &str = "Kamu SM e-İmza Uygulaması (terminal).";
const TURKISH_EXIT_CODES: &str = "Çıkış kodları: 0 kabul edildi; 1 reddedildi, iptal edildi veya başarısız; 2 komut \
                                  satırı yanlış; 3 gönderildi ama sonucu henüz belli değil.";
const TURKISH_TEMPLATE: &str = "{about-with-newline}\nKullanım: kamusm-sign --service <URL> [SEÇENEKLER] [KOMUT]\n\n\
                                Komutlar:\n{subcommands}\n\nSeçenekler:\n{options}{after-help}";

impl Arguments {
    /// Reads the command line; an error is what clap would print, and in which language to speak of it.
    pub(crate) fn read(words: &[OsString]) -> Result<Self, (clap::Error, Language)> {
        let language = language_of(words);
        let matches = command(language).try_get_matches_from(words);
        let arguments = matches.and_then(|matches| Self::from_arg_matches(&matches));
        let arguments = arguments.map_err(|error| (error, language))?;
        let numbers = [arguments.code_fd, arguments.pin_fd, arguments.accept_fd];
        let mut numbers: Vec<u32> = numbers.into_iter().flatten().collect();
        numbers.sort_unstable();
        if numbers.windows(2).any(|pair| pair[0] == pair[1]) {
            let error = command(language)
                .error(ErrorKind::ArgumentConflict, "one descriptor cannot give two secrets");
            return Err((error, language));
        }
        let is_without_code = arguments.code_fd.is_none() && arguments.resume.is_none();
        if arguments.json && arguments.task.is_none() && is_without_code {
            let reason = "--json needs --code-fd or --resume";
            return Err((command(language).error(ErrorKind::MissingRequiredArgument, reason), language));
        }
        let is_of_signing = arguments.save.is_some()
            || arguments.resume.is_some()
            || arguments.code_fd.or(arguments.accept_fd).is_some();
        if arguments.task.is_some() && is_of_signing {
            let reason =
                "--save, --resume, --code-fd and --accept-fd belong to signing for a verification code";
            return Err((command(language).error(ErrorKind::ArgumentConflict, reason), language));
        }
        Ok(arguments)
    }

    pub(crate) fn language(&self) -> Language {
        match self.lang {
            LanguageTag::Tr => Language::Turkish,
            LanguageTag::En => Language::English,
        }
    }

    pub(crate) fn environment(&self) -> Option<Environment> {
        self.environment.map(|name| match name {
            EnvironmentName::Production => Environment::Production,
            EnvironmentName::Sandbox => Environment::Sandbox,
        })
    }
}

/// The language of the help must be known before the command line is understood.
fn language_of(words: &[OsString]) -> Language {
    let words: Vec<&str> = words.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    let is_english = words.windows(2).any(|pair| pair == ["--lang", "en"]) || words.contains(&"--lang=en");
    if is_english { Language::English } else { Language::Turkish }
}

fn command(language: Language) -> clap::Command {
    let command = Arguments::command();
    if language == Language::English {
        return command;
    }
    let mut command = command
        .about(TURKISH_ABOUT)
        .after_help(TURKISH_EXIT_CODES)
        .help_template(TURKISH_TEMPLATE)
        .disable_help_subcommand(true)
        .mut_subcommand("basvuru", basvuru::in_turkish)
        .mut_subcommand("doctor", doctor::in_turkish)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(clap::Arg::new("help").long("help").short('h').action(clap::ArgAction::Help))
        .arg(clap::Arg::new("version").long("version").short('V').action(clap::ArgAction::Version))
        .mut_arg("environment", |argument| argument.hide_possible_values(true))
        .mut_arg("lang", |argument| argument.hide_possible_values(true).hide_default_value(true));
    for (name, help) in TURKISH {
        command = command.mut_arg(name, |argument| argument.help(*help));
    }
    command
}

fn journal_id(text: &str) -> Result<JournalId, String> {
    JournalId::parse(text).map_err(|error| error.reason().to_owned())
}

/// At least eight hexadecimal digits, in lower case.
fn fingerprint(text: &str) -> Result<String, String> {
    let is_hexadecimal = text.bytes().all(|octet| octet.is_ascii_hexdigit());
    if !is_hexadecimal || !(8..=64).contains(&text.len()) {
        return Err("8 to 64 hexadecimal digits".into());
    }
    Ok(text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, (clap::Error, Language)> {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        Arguments::read(&words)
    }

    fn refused(line: &str) -> ErrorKind {
        read(line).unwrap_err().0.kind()
    }

    #[test]
    fn every_option_has_its_turkish_help() {
        let command = command(Language::Turkish);
        let mut named: Vec<&str> =
            command.get_arguments().map(|argument| argument.get_id().as_str()).collect();
        let mut turkish: Vec<&str> = TURKISH.iter().map(|(name, _)| *name).collect();
        named.sort_unstable();
        turkish.sort_unstable();
        assert_eq!(named, turkish);
    }

    #[test]
    fn help_speaks_the_language() {
        let (turkish, _) = read("kamusm-sign --help").unwrap_err();
        let (english, _) = read("kamusm-sign --lang en --help").unwrap_err();
        assert!(turkish.to_string().contains("Çıkış kodları: 0 kabul edildi"), "{turkish}");
        assert!(turkish.to_string().contains("Hizmetin adresi."), "{turkish}");
        assert!(!turkish.to_string().contains("Options"), "{turkish}");
        assert!(english.to_string().contains("Exit codes: 0 accepted"), "{english}");
    }

    #[test]
    fn a_program_must_give_the_code_and_the_acceptance_by_descriptors() {
        let base = "kamusm-sign --service http://127.0.0.1:1";
        assert_eq!(refused(&format!("{base} --json")), ErrorKind::MissingRequiredArgument);
        assert_eq!(refused(&format!("{base} --json --code-fd 3")), ErrorKind::MissingRequiredArgument);
        assert_eq!(refused(&format!("{base} --accept-fd 3")), ErrorKind::MissingRequiredArgument);
        assert_eq!(refused(&format!("{base} --code-fd 3 --pin-fd 3")), ErrorKind::ArgumentConflict);
        assert!(read(&format!("{base} --json --code-fd 3 --accept-fd 4 --pin-fd 5")).unwrap().json);
    }

    #[test]
    fn a_task_takes_nothing_that_belongs_to_signing() {
        let base = "kamusm-sign --service http://127.0.0.1:1";
        assert!(read(&format!("{base} --pin-fd 3 basvuru sms SD-1")).unwrap().task.is_some());
        assert_eq!(refused(&format!("{base} --save a basvuru list")), ErrorKind::ArgumentConflict);
        assert_eq!(refused(&format!("{base} --code-fd 3 basvuru list")), ErrorKind::ArgumentConflict);
        assert_eq!(refused(&format!("{base} basvuru sms ../x")), ErrorKind::ValueValidation);
        assert_eq!(refused(&format!("{base} basvuru kanit SD-1 a")), ErrorKind::MissingRequiredArgument);
    }

    #[test]
    fn there_is_no_option_for_the_code_or_the_pin_itself() {
        for option in ["--code", "--pin", "--password", "--yes"] {
            let line = format!("kamusm-sign --service http://127.0.0.1:1 {option} 1234");
            assert_eq!(refused(&line), ErrorKind::UnknownArgument, "{option}");
        }
    }

    #[test]
    fn card_and_file_exclude_each_other_and_fingerprints_are_hexadecimal() {
        let base = "kamusm-sign --service http://127.0.0.1:1";
        assert_eq!(refused(&format!("{base} --module a --pkcs12 b")), ErrorKind::ArgumentConflict);
        assert_eq!(refused(&format!("{base} --certificate 1234")), ErrorKind::ValueValidation);
        let read = read(&format!("{base} --certificate ABCDEF01 --module a --module b")).unwrap();
        assert_eq!((read.certificate.as_deref(), read.module.len()), (Some("abcdef01"), 2));
    }
}
