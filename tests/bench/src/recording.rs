//! A session that was walked once against the reference service: what the service, the person and the card answered.

mod octets;
mod play;

use kamusm::{
    config::{Config, Environment},
    request::Response,
    session::{Session, VerificationCode},
    time::Now,
};
use kamusm_cades::x509::certificate::Certificate;
use serde::{Deserialize, Serialize};

pub use octets::Octets;
pub use play::{Given, Play};

/// Everything that a session depends on. The same recording always gives the same session, octet by octet.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "written by the recorder")]
pub struct Recording {
    /// How it was made.
    pub origin: String,
    /// The service's address at that time.
    pub base_url: String,
    /// The doğrulama kodu, long spent.
    pub code: String,
    /// The session's entropy.
    pub entropy: Octets,
    /// The signer's certificate.
    pub certificate: Octets,
    /// The certificate above it.
    pub intermediate: Octets,
    /// The trust anchor.
    pub root: Octets,
    /// The file that was made of it.
    pub cms: Octets,
    /// Every answer, in order.
    pub turns: Vec<Turn>,
}

/// One answer and its time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "written by the recorder")]
pub struct Turn {
    /// The monotonic clock.
    pub monotonic_ms: u64,
    /// The calendar.
    pub unix_ms: i64,
    /// What was answered.
    pub reply: Reply,
}

/// What was answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "written by the recorder")]
pub enum Reply {
    /// By the service.
    Response {
        /// The status.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
        /// The body, which is text.
        body: String,
    },
    /// By the clock.
    Elapsed,
    /// By the person, to the texts.
    Accepted,
    /// By the person, with the recording's certificate.
    Certificate,
    /// By the card.
    Signatures(Vec<Octets>),
}

impl Recording {
    /// The one that is committed.
    pub fn committed() -> Self {
        serde_json::from_str(include_str!("../fixtures/session.json")).expect("the recorder's own file")
    }

    /// The signer's certificate.
    pub fn signer(&self) -> Certificate {
        certificate(&self.certificate)
    }

    /// The certificates above it, the trust anchor last.
    pub fn chain(&self) -> [Certificate; 2] {
        [certificate(&self.intermediate), certificate(&self.root)]
    }

    /// The clocks at an answer.
    pub fn now(&self, turn: usize) -> Now {
        let Turn { monotonic_ms, unix_ms, .. } = self.turns[turn];
        Now { monotonic_ms, unix_ms }
    }

    /// The session before its first step, for a service at this address.
    pub fn session(&self, base_url: &str) -> Session {
        let config = Config::builder(base_url, Environment::Sandbox)
            .client("kamusm-bench", "1")
            .intermediates_pem(&kamusm_test_ca::certificate_pem(&self.intermediate.0))
            .build()
            .expect("the recorded settings are right");
        let code = VerificationCode::parse(&self.code).expect("the service's own code");
        let entropy = self.entropy.0.as_slice().try_into().expect("32 octets were recorded");
        Session::new(code, &config, entropy)
    }

    /// The session with its answers laid out.
    pub fn play(&self) -> Play {
        let given = self.turns.iter().enumerate().map(|(index, turn)| (self.now(index), self.given(turn)));
        Play::new(self.session(&self.base_url), given.collect())
    }

    fn given(&self, turn: &Turn) -> Given {
        match &turn.reply {
            Reply::Response { status, headers, body } => {
                Given::Response(Response::new(*status, headers.clone(), body.clone().into_bytes()))
            }
            Reply::Elapsed => Given::Elapsed,
            Reply::Accepted => Given::Accepted,
            Reply::Certificate => Given::Certificate(self.certificate.0.clone()),
            Reply::Signatures(values) => {
                Given::Signatures(values.iter().map(|value| Some(value.0.clone())).collect())
            }
        }
    }
}

fn certificate(der: &Octets) -> Certificate {
    Certificate::from_der(&der.0).expect("the test CA's certificate")
}
