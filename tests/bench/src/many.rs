//! Many sessions at once in one process, on one HTTP client and one signer.

use std::{sync::Barrier, thread, time::Duration, time::Instant};

use kamusm::{
    Error,
    config::{Config, Environment},
    drive::{Person, drive},
    http::HttpClient,
    journal::NoStore,
    session::{Answer, OutcomeKind, Requirements, Session, SignRequest, Texts, VerificationCode},
    token,
};
use kamusm_sandbox::{LeafKey, Order, Person as Applicant, Sandbox};
use kamusm_token::{
    backend::Signer as _,
    cancel::CancelToken,
    deadline::Deadline,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};

use crate::{
    process,
    rounds::{Figures, microseconds},
};

const SESSIONS: usize = 64;
const TCKN: &str = "17291716060";
const NAME: &str = "Işıl Çağrı Öğünç";
const PIN: &[u8] = b"135790";
const SIGN_TIME: Duration = Duration::from_secs(60);

pub(crate) fn measure() -> Figures {
    let bureau = Bureau::new();
    let client = HttpClient::new(&bureau.config).expect("a client can be made");
    bureau.sessions(1).for_each(|session| session.run(&client));
    let sessions: Vec<Run<'_>> = bureau.sessions(SESSIONS).collect();
    let starting = Barrier::new(SESSIONS + 1);
    let before = process::peak_rss_kib();
    let (cpu, wall) = thread::scope(|scope| {
        let (starting, client) = (&starting, &client);
        let threads: Vec<_> = sessions
            .into_iter()
            .map(|session| {
                scope.spawn(move || {
                    starting.wait();
                    session.run(client);
                })
            })
            .collect();
        let began = (process::cpu(), Instant::now());
        starting.wait();
        threads.into_iter().for_each(|thread| thread.join().expect("the session succeeds"));
        (process::cpu() - began.0, began.1.elapsed())
    });
    let count = f64::from(u32::try_from(SESSIONS).expect("a few"));
    let kib = |kib: u64| f64::from(u32::try_from(kib).expect("less than 4 TiB"));
    Figures::from([
        ("many sessions".into(), count),
        ("many wall".into(), microseconds(wall)),
        ("many cpu per session".into(), microseconds(cpu) / count),
        ("many peak KiB before".into(), kib(before)),
        ("many peak KiB".into(), kib(process::peak_rss_kib())),
    ])
}

/// The reference service, and one person who signs all the time.
pub(crate) struct Bureau {
    sandbox: Sandbox,
    pub(crate) config: Config,
    signer: SoftSigner,
}

/// A session that can begin.
pub(crate) struct Run<'a> {
    session: Session,
    signer: &'a SoftSigner,
}

impl Bureau {
    pub(crate) fn new() -> Self {
        let sandbox = Sandbox::builder().start().expect("the service starts");
        let person = Applicant { tckn: TCKN.into(), name: NAME.into(), orders: Vec::new() };
        sandbox.admin().add_person(person).expect("the service takes a person");
        let leaf = kamusm_sandbox::LeafSpec {
            key: LeafKey::P256,
            tckn: Some(TCKN.into()),
            common_name: NAME.into(),
            ..kamusm_sandbox::LeafSpec::default()
        };
        let issued = sandbox.admin().issue_certificate(leaf).expect("the service issues a certificate");
        let pin = Some(Pin::new(PIN.to_vec()));
        let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, pin);
        let config = Config::builder(sandbox.base_url(), Environment::Sandbox).build().expect("loopback");
        Self { config, signer: signer.expect("key and certificate fit"), sandbox }
    }

    /// New applications, each with its code.
    pub(crate) fn sessions(&self, count: usize) -> impl Iterator<Item = Run<'_>> {
        (0..count).map(|_| self.session())
    }

    fn session(&self) -> Run<'_> {
        let mut entropy = [0; 32];
        getrandom::fill(&mut entropy).expect("the system has entropy");
        let number = u32::from_le_bytes(entropy[..4].try_into().expect("four octets"));
        let application = format!("SD-{}", 100_000 + number % 899_999_999);
        let admin = self.sandbox.admin();
        admin.add_order(TCKN, Order::ready(&application)).expect("the service takes an order");
        let code = admin.issue_sign_code(&application).expect("the service issues a code").code;
        let code = VerificationCode::parse(&code).expect("the service's own code");
        Run { session: Session::new(code, &self.config, entropy), signer: &self.signer }
    }
}

impl Run<'_> {
    /// To its end, which is a success.
    pub(crate) fn run(mut self, client: &HttpClient) {
        let mut person = Willing(self.signer);
        let outcome = drive(&mut self.session, client, &NoStore, &mut person, &CancelToken::new());
        let outcome = outcome.expect("the session goes on");
        assert_eq!(outcome.kind, OutcomeKind::Accepted, "{:?}", outcome.error);
    }
}

/// Accepts everything at once.
struct Willing<'a>(&'a SoftSigner);

impl Person for Willing<'_> {
    fn show(&mut self, texts: &Texts, _: &CancelToken) -> Result<Answer, Error> {
        Ok(texts.accept())
    }

    fn choose(&mut self, requirements: &Requirements, _: &CancelToken) -> Result<Answer, Error> {
        token::choose(requirements, &self.0.identities(Deadline::after(SIGN_TIME))?[0])
    }

    fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer, Error> {
        let identity = &self.0.identities(Deadline::after(SIGN_TIME))?[0];
        let pin = PinSource::Pin(Pin::new(PIN.to_vec()));
        token::sign(request, self.0, identity, pin, &token::options(request, cancel))
    }
}
