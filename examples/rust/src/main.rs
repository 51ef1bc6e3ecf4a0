//! Signs one application: sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]
//!
//! The doğrulama kodu and the PIN are lines of standard input, or of the given descriptors; never arguments.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program speaks on its terminal"
)]

use std::{
    env, fs,
    io::{self, Read as _},
    os::fd::AsFd as _,
    path::Path,
    process::ExitCode,
    time::Duration,
};

use kamusm::{
    Answer, Code, Error, Session,
    config::Config,
    drive::{Person, drive},
    error::{Language, Result},
    http::HttpClient,
    journal::NoStore,
    session::{OutcomeKind, Requirements, SignRequest, Texts, VerificationCode},
    token,
};
use kamusm_token::{
    backend::Signer,
    cancel::CancelToken,
    deadline::Deadline,
    identity::Identity,
    pin::{Pin, PinSource},
    pkcs11::{InitPolicy, Pkcs11Signer},
    soft::SoftSigner,
};

/// Who reads, chooses and types the PIN.
struct Terminal {
    signer: Box<dyn Signer>,
    chosen: Option<Identity>,
    pins: Lines,
}

impl Person for Terminal {
    fn show(&mut self, texts: &Texts, _: &CancelToken) -> Result<Answer> {
        println!("{}, başvuru {}", texts.facts().service, texts.facts().application);
        for text in texts.items() {
            println!("\n{}\n{}", text.title, String::from_utf8_lossy(&text.octets));
        }
        println!("kontrol sayısı: {}", texts.facts().match_code);
        Ok(texts.accept())
    }

    // The first certificate that can sign and was not refused yet.
    fn choose(&mut self, requirements: &Requirements, _: &CancelToken) -> Result<Answer> {
        let listed = self.signer.identities(Deadline::after(Duration::from_secs(10)))?;
        let refused = requirements.refusals().len();
        self.chosen = listed.into_iter().filter(|identity| identity.usable.is_ok()).nth(refused);
        match &self.chosen {
            Some(identity) => token::choose(requirements, identity),
            None => Ok(requirements.failed(Error::new(Code::NoSigningCertificate, "no certificate is left"))),
        }
    }

    // A wrong PIN is told, and the next line tried.
    fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer> {
        let Some(identity) = &self.chosen else { return Ok(request.cancelled()) };
        loop {
            let Some(pin) = self.pins.next().ok().filter(|pin| !pin.is_empty()) else {
                return Ok(request.cancelled());
            };
            let options = token::options(request, cancel);
            let pin = PinSource::Pin(Pin::new(pin));
            let made = token::sign(request, self.signer.as_ref(), identity, pin, &options);
            match token::settle(request, made) {
                Err(error) if error.code() == Code::PinIncorrect => {
                    eprintln!("{}", error.sentence(Language::Turkish));
                }
                settled => return settled,
            }
        }
    }
}

/// Lines of a descriptor, read octet by octet: the lines behind are for somebody else.
struct Lines(fs::File);

impl Lines {
    fn of(descriptor: &str) -> io::Result<Self> {
        Ok(Self(match descriptor {
            "0" => io::stdin().as_fd().try_clone_to_owned()?.into(),
            other => fs::File::open(format!("/dev/fd/{other}"))?,
        }))
    }

    fn next(&mut self) -> io::Result<Vec<u8>> {
        let (mut line, mut octet) = (Vec::with_capacity(512), [0]);
        while line.len() < 512 && self.0.read(&mut octet)? == 1 && octet != *b"\n" {
            line.push(octet[0]);
        }
        Ok(line)
    }
}

fn run(arguments: &[String]) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let [base_url, kind, path, options @ ..] = arguments else {
        return Err("sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]".into());
    };
    let option = |name: &str| options.windows(2).find(|pair| pair[0] == name).map_or("0", |pair| &pair[1]);
    let mut pins = Lines::of(option("--pin-fd"))?;
    let code = VerificationCode::parse(&String::from_utf8(Lines::of(option("--code-fd"))?.next()?)?)?;
    let signer: Box<dyn Signer> = match kind.as_str() {
        "--module" => Box::new(Pkcs11Signer::open(Path::new(path), InitPolicy::Tolerant)?),
        _ => Box::new(SoftSigner::from_pkcs12(&fs::read(path)?, Pin::new(pins.next()?))?),
    };
    let config = Config::builder(base_url, code.environment()?).client("example", "1.0").build()?;
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)?;
    let mut person = Terminal { signer, chosen: None, pins };
    let mut session = Session::new(code, &config, entropy);
    let outcome =
        drive(&mut session, &HttpClient::new(&config)?, &NoStore, &mut person, &CancelToken::new())?;
    match &outcome.error {
        Some(why) => eprintln!("{}", why.sentence(Language::Turkish)),
        None => {
            println!("imza teslim edildi; başvuru sayfasına dönün: {}", outcome.return_to.unwrap_or_default())
        }
    }
    let delivered = matches!(outcome.kind, OutcomeKind::Accepted | OutcomeKind::Received);
    Ok(if delivered { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    run(&arguments).unwrap_or_else(|why| {
        eprintln!("{why}");
        ExitCode::FAILURE
    })
}
