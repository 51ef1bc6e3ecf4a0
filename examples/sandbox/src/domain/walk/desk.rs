//! A service without its tasks, one person, one order at a time, and what may be done about its codes.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use kamusm_cades::sign::{self, Profile};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_test_ca::{Key, LeafSpec};
use tempfile::TempDir;

use super::Seen;
use super::diagram::{Cause, Machine};
use crate::Sandbox;
use crate::chance::Chance;
use crate::clock::ManualClock;
use crate::domain::application::sign_code::{self, Proof};
use crate::domain::application::{cancellation, form, progress};
use crate::domain::pki::issue;
use crate::domain::problem::{Kind, Problem};
use crate::domain::seed::{Order, Person, add_person};
use crate::domain::service::Service;
use crate::domain::session::redeem::{Redemption, redeem};
use crate::domain::session::{cancel, certificate_check, window};
use crate::domain::submission::{submit, worker};
use crate::sandbox::set_up;
use crate::store::applicant::Applicant;
use crate::store::submission::Item;
use crate::store::{application, document};

/// 2026-06-23T10:19:44+03:00
const START_MS: i64 = 1_782_199_184_000;
const TCKN: &str = "10000000146";
const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 1));
const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 1, 0, 1));
/// How far the clock goes, in seconds: within a window, its grace, beyond it, a code's life, a session's.
const LEAPS: [u64; 8] = [1, 5, 20, 151, 151, 165, 700, 1801];
const MINUTE_MS: i64 = 60_000;

/// What a step was, and why the service refused it.
pub(super) struct Step {
    pub(super) cause: Cause,
    pub(super) refusal: Option<Kind>,
}

/// A code as the page got it, and what it was redeemed for.
struct Code {
    id: String,
    grouped: String,
    session: Option<Redeemed>,
}

#[derive(Clone)]
struct Redeemed {
    id: String,
    token: String,
    key: String,
}

pub(super) struct Desk {
    service: Arc<Service>,
    person: Applicant,
    certificate: Certificate,
    key: Key,
    no: String,
    codes: Vec<Code>,
    /// How many keys and signatures there were, so that each is another.
    count: u64,
    is_over: bool,
    is_patient: bool,
    _directory: TempDir,
}

impl Desk {
    pub(super) async fn open() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let builder = Sandbox::builder().clock(ManualClock::at(START_MS));
        let (service, _) = set_up(builder, directory.path().to_owned()).await.unwrap();
        let spec = LeafSpec::default();
        let kind = spec.key;
        let issued = issue::issue(&service, spec).await.unwrap();
        let person = Person { tckn: TCKN.to_owned(), name: String::new(), orders: Vec::new() };
        Self {
            person: add_person(&service, &person).await.unwrap(),
            certificate: Certificate::from_der(&issued.certificate_der).unwrap(),
            key: Key::from_pkcs8_der(kind, &issued.private_key_pkcs8_der).unwrap(),
            service,
            no: String::new(),
            codes: Vec::new(),
            count: 0,
            is_over: true,
            is_patient: false,
            _directory: directory,
        }
    }

    pub(super) async fn begin_order(&mut self, number: u64) {
        self.no = format!("SD-{}", 900_000 + number);
        let person =
            Person { tckn: TCKN.to_owned(), name: String::new(), orders: vec![Order::ready(&self.no)] };
        add_person(&self.service, &person).await.unwrap();
        self.codes.clear();
        self.is_over = false;
        self.is_patient = !self.is_patient;
    }

    /// Whether nothing more can become of the order.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Every code and session of the order, as its page shows them.
    pub(super) async fn look(&self) -> Seen {
        let mut seen = Seen::new();
        for code in &self.codes {
            let whole = sign_code::read(&self.service, &self.person, &self.no, &code.id).await.unwrap();
            assert_eq!(whole.state() == "redeemed", whole.session.is_some());
            assert_eq!(whole.grouped.is_some(), whole.state() == "issued");
            seen.insert((Machine::Code, code.id.clone()), word(whole.state()));
            if let (Some(session), Some(state)) = (&whole.session, whole.session_state()) {
                assert!(session.submissions_used <= 3 && session.extensions_used <= 10);
                seen.insert((Machine::Session, session.id.clone()), state.name());
            }
        }
        let issued = seen.values().filter(|state| **state == "issued").count();
        assert!(issued <= 1, "{issued} codes at once");
        seen
    }

    pub(super) async fn settle(&self) {
        progress::settle(&self.service).await.unwrap();
    }

    /// One operation by chance.
    pub(super) async fn step(&mut self, chance: &mut Chance, seen: &Seen, label: &str) -> Step {
        let code = self.pick(chance);
        let roll = self.likely(seen, chance).unwrap_or_else(|| chance.below(44));
        let (cause, result) = match roll {
            0..=1 => (Cause::Issue, self.issue().await),
            2..=6 => (Cause::Redeem, self.redeem(code, chance).await),
            7..=10 => (Cause::Confirm, self.confirm(code, true).await),
            11 => (Cause::Refuse, self.confirm(code, false).await),
            12 => (Cause::Withdraw, self.withdraw(code).await),
            13 => (Cause::Cancel, self.cancel(code).await),
            14..=19 => (Cause::Window, self.window(code).await),
            20..=21 => (Cause::Extend, self.extend(code).await),
            22..=29 => (Cause::Submit, self.submit_bad(code, chance).await),
            30 => (Cause::Submit, self.submit_good(code).await),
            31..=32 => {
                self.service.hold_decisions(true);
                (Cause::Submit, self.submit_bad(code, chance).await)
            }
            33 => {
                self.service.hold_decisions(true);
                (Cause::Submit, self.submit_good(code).await)
            }
            34..=35 => {
                self.service.hold_decisions(false);
                (Cause::Decide, worker::finish_all(&self.service).await)
            }
            36 if chance.below(3) == 0 => (Cause::Order, self.edit(chance).await),
            37 if chance.below(8) == 0 => (Cause::Order, self.give_up().await),
            38 if chance.below(40) == 0 => (Cause::Time, self.nearly_forget().await),
            _ => {
                let leap = LEAPS[usize::try_from(chance.below(8)).unwrap()];
                self.service.clock.advance(Duration::from_secs(leap));
                (Cause::Time, Ok(()))
            }
        };
        let refusal = result.err().map(|problem| problem.kind());
        assert_ne!(refusal, Some(Kind::Internal), "{label}: {cause:?}");
        // A rejection is told as a problem, yet it was done.
        let is_rejection = cause == Cause::Submit && refusal == Some(Kind::SignatureInvalid);
        let ends = [Some(Kind::AlreadyApproved), Some(Kind::WrongState), Some(Kind::NothingToPay)];
        self.is_over |= cause == Cause::Issue && ends.contains(&refusal) && chance.below(3) == 0;
        Step { cause, refusal: refusal.filter(|_| !is_rejection) }
    }

    /// What people do most of the time, as the row of the table of operations; else anything may come.
    fn likely(&self, seen: &Seen, chance: &mut Chance) -> Option<u64> {
        let state = |machine, id: &str| seen.get(&(machine, id.to_owned())).copied();
        let code = self.codes.last();
        let session = code.and_then(|code| code.session.as_ref());
        let of_code = code.and_then(|code| state(Machine::Code, &code.id));
        let (row, percent) = match session.and_then(|session| state(Machine::Session, &session.id)) {
            Some("awaiting_confirmation") => (7, 40),
            // Patient ones stay with the session that they have; only so it comes to its third refusal and its end.
            Some("open" | "lapsed" | "received") if self.is_patient => (14 + chance.below(30), 85),
            Some("open" | "lapsed" | "received") => (14 + chance.below(30), 50),
            Some("rejected") => ([0, 11, 12, 13, 36][usize::try_from(chance.below(5)).unwrap()], 60),
            Some(_) => (0, 75),
            None if of_code == Some("issued") => (2, 40),
            None => (0, 75),
        };
        (chance.below(100) < percent).then_some(row)
    }

    /// One of the last codes; what is over for long shows little.
    fn pick(&self, chance: &mut Chance) -> Option<usize> {
        let back = usize::try_from(1 + chance.below(10) / 6 + chance.below(10) / 8).unwrap();
        self.codes.len().checked_sub(back)
    }

    fn session(&self, code: Option<usize>) -> Result<Redeemed, Problem> {
        let session = code.and_then(|code| self.codes[code].session.clone());
        session.ok_or_else(|| Kind::SessionUnknown.into())
    }

    async fn issue(&mut self) -> Result<(), Problem> {
        let whole = sign_code::issue(&self.service, &self.person, &self.no, Proof::Seed, HOME).await?;
        self.codes.push(Code { id: whole.code.id, grouped: whole.grouped.unwrap(), session: None });
        Ok(())
    }

    async fn redeem(&mut self, code: Option<usize>, chance: &mut Chance) -> Result<(), Problem> {
        let Some(code) = code else { return Err(Kind::CodeUnknown.into()) };
        self.count += 1;
        let before = self.codes[code].session.clone().filter(|_| chance.below(2) == 0);
        let fresh = format!("walk-{:016}", self.count);
        let key = before.as_ref().map_or(fresh, |session| session.key.clone());
        let request = Redemption {
            code: &self.codes[code].grouped,
            client_name: "walk",
            client_version: "1",
            sdk_version: None,
            profiles: None,
            digests: None,
            idempotency_key: &key,
            payload: b"{}",
            address: if chance.below(2) == 0 { HOME } else { ELSEWHERE },
        };
        let redeemed = redeem(&self.service, &request).await?;
        if let Some(before) = before {
            assert_eq!((before.id, before.token), (redeemed.session.clone(), redeemed.token.clone()));
        }
        self.codes[code].session = Some(Redeemed { id: redeemed.session, token: redeemed.token, key });
        Ok(())
    }

    async fn confirm(&self, code: Option<usize>, is_me: bool) -> Result<(), Problem> {
        let code = self.known(code)?;
        sign_code::confirm(&self.service, &self.person, &self.no, &code.id, is_me).await
    }

    async fn withdraw(&self, code: Option<usize>) -> Result<(), Problem> {
        let code = self.known(code)?;
        sign_code::withdraw(&self.service, &self.person, &self.no, &code.id).await
    }

    fn known(&self, code: Option<usize>) -> Result<&Code, Problem> {
        code.map(|code| &self.codes[code]).ok_or_else(|| Kind::NotFound.into())
    }

    async fn window(&self, code: Option<usize>) -> Result<(), Problem> {
        let session = self.session(code)?;
        window::start(&self.service, &session.id, &session.token).await
    }

    async fn extend(&self, code: Option<usize>) -> Result<(), Problem> {
        let session = self.session(code)?;
        window::extend(&self.service, &session.id, &session.token).await
    }

    async fn cancel(&self, code: Option<usize>) -> Result<(), Problem> {
        let session = self.session(code)?;
        cancel::cancel(&self.service, &session.id, &session.token, "walk").await
    }

    /// Something that is no signature; now and then what was sent before.
    async fn submit_bad(&mut self, code: Option<usize>, chance: &mut Chance) -> Result<(), Problem> {
        self.count += u64::from(chance.below(6) != 0);
        let cms = self.count.to_be_bytes().to_vec();
        self.submit(code, |_| cms.clone()).await
    }

    async fn submit_good(&self, code: Option<usize>) -> Result<(), Problem> {
        let session = self.session(code)?;
        let der = self.certificate.der();
        certificate_check::check(&self.service, &session.id, &session.token, der).await?;
        let profile = Profile::new(true, self.service.now() / 1000);
        let sign = |text: &[u8]| {
            let prepared = sign::begin(text, &self.certificate, &[], &profile).unwrap();
            prepared.finish(&self.key.sign(prepared.signed_attributes())).unwrap()
        };
        self.submit(code, sign).await
    }

    async fn submit(&self, code: Option<usize>, sign: impl Fn(&[u8]) -> Vec<u8>) -> Result<(), Problem> {
        let session = self.session(code)?;
        let mut connection = self.service.store.read().await?;
        let documents = document::of_session(&mut connection, &session.id).await?;
        drop(connection);
        let items = documents.into_iter().map(|text| Item { cms: sign(&text.content), document_id: text.id });
        submit(&self.service, &session.id, &session.token, items.collect()).await?;
        Ok(())
    }

    /// "Başvuruyu Güncelle"; the telephone stays as it is verified.
    async fn edit(&self, chance: &mut Chance) -> Result<(), Problem> {
        let mut values = form::read(&self.service, &self.person, &self.no).await?.values;
        values.insert("unit".to_owned(), format!("Birim {}", chance.below(1000)));
        form::save(&self.service, &self.person, &self.no, Some("*"), values).await?;
        Ok(())
    }

    async fn give_up(&mut self) -> Result<(), Problem> {
        cancellation::cancel(&self.service, &self.person, &self.no).await
    }

    /// Until a minute before the order is cancelled because nobody cared for it.
    async fn nearly_forget(&self) -> Result<(), Problem> {
        let mut connection = self.service.store.read().await?;
        let order = application::get(&mut connection, &self.no).await?.ok_or(Kind::NotFound)?;
        drop(connection);
        let left = order.due_at.unwrap_or_default() - MINUTE_MS - self.service.now();
        self.service.clock.advance(Duration::from_millis(u64::try_from(left).unwrap_or_default()));
        Ok(())
    }
}

/// The word of a code's state for as long as the test runs.
fn word(state: &str) -> &'static str {
    let words = ["issued", "redeemed", "expired", "revoked", "cancelled"];
    words.into_iter().find(|word| *word == state).unwrap()
}
