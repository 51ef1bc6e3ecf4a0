//! The main job end to end, with the embedded service and an embedded or a PKCS#11 token.

#![expect(clippy::print_stdout, reason = "a command line program speaks on its terminal")]

mod applicant;
mod evidence;
mod person;
mod tamper;
mod timeline;
mod token;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};
use kamusm::{
    Session,
    config::{Config, Environment},
    drive::drive,
    error::{Error, Language},
    http::HttpClient,
    journal::NoStore,
    session::{Outcome, OutcomeKind, VerificationCode},
};
use kamusm_sandbox::Sandbox;
use kamusm_token::cancel::CancelToken;

use crate::{person::DemoPerson, tamper::Tampering, timeline::Timeline};

/// What can go wrong in a demo; told in one line.
type Failure = Box<dyn std::error::Error>;

#[derive(Parser)]
#[command(name = "cargo xtask demo", about = "A doğrulama kodu goes in, \"İşlem Başarılı\" comes out")]
struct Arguments {
    /// The kind of the signer's key.
    #[arg(long, value_enum, default_value_t = Key::Rsa2048)]
    key: Key,
    /// How many texts the application has, 1 to 10; all are signed with one PIN entry.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=10))]
    texts: u8,
    /// Signs through this SoftHSM module, in a token made for this run, instead of the embedded one.
    #[arg(long, value_name = "PATH")]
    module: Option<PathBuf>,
    /// Flips one octet of the CMS on its way to the service.
    #[arg(long)]
    tamper: bool,
    /// The folder for the evidence; default: `target/demo`.
    #[arg(long, value_name = "FOLDER", default_value = "target/demo")]
    evidence: PathBuf,
    /// The language of messages to the person: tr or en.
    #[arg(long, default_value = "tr")]
    lang: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Key {
    Rsa2048,
    P256,
    P384,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = Language::from_tag(&arguments.lang);
    if arguments.module.is_some() {
        match token::with_own_tokens() {
            Ok(None) => {}
            Ok(Some(code)) => return code,
            Err(failure) => {
                println!("demo: failed: {failure}");
                return ExitCode::FAILURE;
            }
        }
    }
    match run(&arguments, language) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(error) = failure.downcast_ref::<Error>() {
                let code = error.code();
                println!("  {} ({}): {}", code.name(), code.number(), error.sentence(language));
                if let Some(problem) = error.problem() {
                    println!(
                        "  the service's problem type: {problem}, request {}",
                        error.request_id().unwrap_or("?")
                    );
                }
            }
            println!("demo: failed: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments, language: Language) -> Result<(), Failure> {
    let timeline = Timeline::start();
    let sandbox = Sandbox::builder().start()?;
    timeline.tell(&format!("service started at {}", sandbox.base_url()));

    let seed = applicant::seed(&sandbox, arguments.key, arguments.texts)?;
    timeline.tell(&format!("application {} with a doğrulama kodu", seed.application));

    let token = token::provide(arguments.module.as_deref(), &seed)?;
    timeline.tell(&format!("token: {}", token.name()));

    let config = Config::builder(sandbox.base_url(), Environment::Sandbox)
        .client("libkamusm demo", env!("CARGO_PKG_VERSION"))
        .language(language)
        .intermediates_pem(&kamusm_test_ca::certificate_pem(sandbox.intermediate_der()))
        .build()?;
    let code = VerificationCode::parse(&seed.code)?;
    let mut session = Session::new(code, &config, fresh_entropy()?);
    let transport = Tampering::new(HttpClient::new(&config)?, arguments.tamper, &timeline);
    let mut person = DemoPerson::new(token.signer(), token.pin(), language, &timeline);
    let outcome = drive(&mut session, &transport, &NoStore, &mut person, &CancelToken::new())?;
    finish(&outcome)?;

    let result = applicant::result(&seed)?;
    timeline.tell(&format!("as the applicant: {result}"));
    let folder = evidence::write(&arguments.evidence, &sandbox, &outcome, person.texts())?;
    timeline.tell(&format!("evidence: {}", folder.display()));
    println!("demo: {result}");
    Ok(())
}

/// Only an accepted signature is a success.
fn finish(outcome: &Outcome) -> Result<(), Failure> {
    match (&outcome.kind, &outcome.receipt, &outcome.error) {
        (OutcomeKind::Accepted, Some(receipt), _) => {
            println!("  receipt: received {}, signed {}", receipt.received_at, receipt.signing_time);
            println!("  {}", receipt.jws);
            Ok(())
        }
        (_, _, Some(error)) => Err(error.clone().into()),
        _ => Err("the service has the signature but has not decided yet".into()),
    }
}

fn fresh_entropy() -> Result<[u8; 32], Failure> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)?;
    Ok(entropy)
}
