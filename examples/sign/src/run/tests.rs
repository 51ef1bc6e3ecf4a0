//! The loop with a slow person: what the terminal's tests cannot wait for.

use kamusm::{
    config::{Config, Environment},
    http::HttpClient,
    request::{Request, Response},
    session::{OutcomeKind, VerificationCode},
    token::time_left,
};
use kamusm_sandbox::{LeafSpec, Sandbox};
use kamusm_token::{pin::Tries, soft::SoftSigner};

use super::*;
use crate::{certificate_choice::Candidate, ending::Ending, terminal::Restorer};

const PIN: &[u8] = b"571943";

/// A service whose first window has one second.
struct ShortWindow(HttpClient);

impl Transport for ShortWindow {
    fn perform(&self, request: &Request, cancel: &CancelToken) -> Result<Response, Failure> {
        let mut response = self.0.perform(request, cancel)?;
        if request.url.ends_with("/window") {
            let body = String::from_utf8(response.body).unwrap();
            assert!(body.contains("\"expires_in\":150"), "{body}");
            response.body = body.replace("\"expires_in\":150", "\"expires_in\":1").into_bytes();
        }
        Ok(response)
    }
}

/// Types the PIN only when the first window is over.
#[derive(Default)]
struct SlowPerson {
    told: Vec<String>,
    asked: usize,
}

impl Front for SlowPerson {
    fn note(&mut self, note: Note<'_>) {
        self.told.push(format!("{note:?}"));
    }

    fn show(&mut self, _: &Texts, _: Countdown) -> Reply<bool> {
        Ok(true)
    }

    fn choose(&mut self, rack: &mut CardRack, choosing: Choosing<'_>) -> Reply<Candidate> {
        let identity = rack.list().identities.remove(0);
        Ok(Candidate::new(identity, choosing.refusals, choosing.at_unix_s))
    }

    fn password(&mut self, _: Countdown) -> Reply<(Pin, Pin)> {
        Err(Stop::Cancelled)
    }

    fn pin(&mut self, _: Tries, countdown: Countdown) -> Reply<Pin> {
        self.asked += 1;
        if self.asked > 1 {
            return Ok(Pin::new(PIN.to_vec()));
        }
        while !countdown.is_over() {
            CancelToken::new().wait_timeout(countdown.until_next_second());
        }
        Err(Stop::TimeOver)
    }

    fn confirm_last_try(&mut self, _: Countdown) -> Reply<bool> {
        Ok(false)
    }

    fn again(&mut self, _: Countdown) -> Reply<()> {
        Err(Stop::Cancelled)
    }

    fn working(&mut self, _: Countdown) {}

    fn end(&mut self, _: &Ending) {}
}

#[test]
fn a_window_that_is_over_while_the_pin_is_typed_is_extended_and_told() {
    let sandbox = Sandbox::builder().start().unwrap();
    let leaf = sandbox.admin().issue_certificate(LeafSpec::default()).unwrap();
    let pin = Some(Pin::new(PIN.to_vec()));
    let signer = SoftSigner::from_pkcs8(&leaf.certificate_der, &leaf.private_key_pkcs8_der, pin).unwrap();
    let config = Config::builder(sandbox.base_url(), Environment::Sandbox).build().unwrap();
    let code = sandbox.admin().issue_sign_code("SD-13712").unwrap();
    let code = VerificationCode::parse(&code.code).unwrap();
    let mut session = Session::new(code, &config, [7; 32]);
    let transport = ShortWindow(HttpClient::new(&config).unwrap());
    let interruption = Interruption::listen(Restorer::default()).unwrap();
    let mut person = SlowPerson::default();
    let mut run = Run::new(&mut person, CardRack::of_signer(signer), None, &interruption, None);

    let outcome = run.complete(&mut session, &transport).unwrap();

    assert_eq!(outcome.kind, OutcomeKind::Accepted, "{outcome:?}");
    let left = time_left(run.state.deadline.unwrap()).as_secs();
    assert!((140..=150).contains(&left), "{left} s are left of the new window");
    assert_eq!(person.asked, 2);
    let extended = person.told.iter().filter(|note| *note == "Extended").count();
    assert_eq!(extended, 1, "{:?}", person.told);
}
