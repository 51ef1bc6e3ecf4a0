//! The command line of `basvuru`. Neither a token nor a code stands on it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kamusm::application::ApplicationNumber;

/// What is asked of the person's applications.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Reads the person's token from this file, `-` for standard input; without it the person signs in by e-imza.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) token_file: Option<PathBuf>,
    /// Signs in by e-Devlet: gives its address and asks for the one that the browser came back to.
    #[arg(long, global = true)]
    pub(crate) edevlet: bool,
    /// For programs: JSON objects on standard output, no questions; list, form, durum and kanit, with --token-file.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists the applications.
    List,
    /// Shows the form; with --set changes it.
    Form {
        /// The application, such as SD-13712.
        #[arg(value_name = "NO", value_parser = number)]
        number: ApplicationNumber,
        /// Fills a field, several times if wished; without a value the terminal asks for it.
        #[arg(long, value_name = "NAME[=VALUE]")]
        set: Vec<String>,
    },
    /// Sends the code to the mobile phone and asks for it.
    Sms {
        /// The application, such as SD-13712.
        #[arg(value_name = "NO", value_parser = number)]
        number: ApplicationNumber,
    },
    /// Shows the taahhütname to its end and approves by e-onay.
    Onay {
        /// The application, such as SD-13712.
        #[arg(value_name = "NO", value_parser = number)]
        number: ApplicationNumber,
    },
    /// Shows where an application stands, its payment and what happened.
    Durum {
        /// The application, such as SD-13712.
        #[arg(value_name = "NO", value_parser = number)]
        number: ApplicationNumber,
    },
    /// Downloads the accepted signatures into a new folder below FOLDER and verifies them.
    Kanit {
        /// The application, such as SD-13712.
        #[arg(value_name = "NO", value_parser = number)]
        number: ApplicationNumber,
        /// Where the new folder is made.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        /// A certificate (PEM) that signatures are trusted up to; several times if wished.
        #[arg(long, value_name = "FILE", required = true)]
        anchor: Vec<PathBuf>,
    },
}

fn number(text: &str) -> Result<ApplicationNumber, String> {
    ApplicationNumber::parse(text).map_err(|error| error.reason().to_owned())
}

/// Command, what it does, its Turkish line of usage.
#[rustfmt::skip]
const TURKISH: &[(&str, &str, &str)] = &[
    ("list", "Başvuruları listeler.", "list"),
    ("form", "Formu gösterir; --set ile değiştirir.", "form <NO> [--set ALAN[=DEĞER]]..."),
    ("sms", "Cep telefonuna kod gönderir ve kodu sorar.", "sms <NO>"),
    ("onay", "Taahhütnameyi sonuna kadar gösterir ve e-onay ile onaylar.", "onay <NO>"),
    ("durum", "Başvurunun durumunu, ödemesini ve olanları gösterir.", "durum <NO>"),
    ("kanit", "Kabul edilen imzaları KLASÖR altına indirir ve doğrular.", "kanit <NO> <KLASÖR> --anchor <DOSYA>..."),
];
/// Argument and its Turkish help.
#[rustfmt::skip]
const TURKISH_ARGUMENTS: &[(&str, &str)] = &[
    ("number", "Başvurunun numarası, örneğin SD-13712."),
    ("set", "Alanı doldurur, birden çok kez verilebilir; değer verilmezse terminalde sorulur."),
    ("folder", "Yeni klasörün açılacağı yer."),
    ("anchor", "İmzaların güvenildiği sertifika (PEM); birden çok kez verilebilir."),
    ("token_file", "Kişinin erişim anahtarını bu dosyadan okur, standart girdi için -; verilmezse e-imza ile girilir."),
    ("edevlet", "e-Devlet ile giriş: adresini verir ve tarayıcının döndüğü adresi sorar."),
    ("json", "Programlar için: standart çıktıya JSON yazar, soru sormaz; list, form, durum, kanit; --token-file ister."),
];

/// The same command with its Turkish help.
pub(crate) fn in_turkish(command: clap::Command) -> clap::Command {
    let mut command = turkish(command, "<KOMUT>")
        .about("Başvurularım: listeler, formu doldurur, onaylar, durumu gösterir.")
        .disable_help_subcommand(true)
        .help_template(
            "{about-with-newline}\nKullanım: {usage}\n\nKomutlar:\n{subcommands}\n\nSeçenekler:\n{options}",
        );
    for (name, about, usage) in TURKISH {
        command = command.mut_subcommand(name, |command| {
            turkish(command, usage)
                .about(*about)
                .help_template("{about-with-newline}\nKullanım: {usage}\n\n{positionals}\n{options}")
        });
    }
    command
}

fn turkish(command: clap::Command, usage: &str) -> clap::Command {
    let help = clap::Arg::new("help").long("help").short('h').help("Yardımı gösterir.");
    command
        .override_usage(format!("kamusm-sign --service <URL> [SEÇENEKLER] basvuru {usage}"))
        .disable_help_flag(true)
        .mut_args(|argument| {
            let known = TURKISH_ARGUMENTS.iter().find(|(name, _)| argument.get_id() == *name);
            known.map_or(argument.clone(), |(_, help)| argument.help(*help))
        })
        .arg(help.action(clap::ArgAction::Help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_turkish_help() {
        let command = Arguments::augment_args(clap::Command::new("basvuru"));
        let named: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(named, TURKISH.iter().map(|(name, ..)| *name).collect::<Vec<_>>());
        let arguments = command.get_subcommands().flat_map(clap::Command::get_arguments);
        for argument in command.get_arguments().chain(arguments) {
            let is_known = TURKISH_ARGUMENTS.iter().any(|(name, _)| argument.get_id() == *name);
            assert!(is_known, "{}", argument.get_id());
        }
    }
}
