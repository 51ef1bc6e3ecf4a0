//! The page's side of a code: issuing it, watching it, answering for it, taking it back.

use std::net::IpAddr;

use crate::clock::UnixMs;
use crate::domain::application::approval::Method;
use crate::domain::application::machine::Event;
use crate::domain::application::read::own;
use crate::domain::application::{change, commitment, events, progress};
use crate::domain::code::VerificationCode;
use crate::domain::magic::Magic;
use crate::domain::person::has_valid_certificate;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::{random, random_id};
use crate::domain::service::{Changing, Service, network};
use crate::domain::session::{REFUSED, State, next_change, redeem, state_at, wrong_state};
use crate::store::Connection;
use crate::store::applicant::Applicant;
use crate::store::sign_code::{self, SignCode};
use crate::store::sign_session::{self, SignSession};

pub(crate) const LIFETIME_S: i64 = 10 * 60;
const SEAL: &str = "sign-code";

/// A code with what became of it.
pub(crate) struct Whole {
    pub(crate) code: SignCode,
    pub(crate) session: Option<SignSession>,
    /// The code itself, as long as the page may show it.
    pub(crate) grouped: Option<String>,
    pub(crate) now: UnixMs,
}

impl Whole {
    /// The word for the code's state.
    pub(crate) fn state(&self) -> &str {
        match self.code.state.as_str() {
            "issued" if self.now >= self.code.expires_at => "expired",
            state => state,
        }
    }

    /// The state of the session that it was redeemed for.
    pub(crate) fn session_state(&self) -> Option<State> {
        self.session.as_ref().map(|session| state_at(session, self.now))
    }
}

impl Changing for Whole {
    fn mark(&self) -> String {
        format!("{} {:?} {}", self.state(), self.session_state(), self.code.second_redemptions)
    }

    fn next_change(&self) -> Option<UnixMs> {
        match &self.session {
            Some(session) => next_change(session, self.now),
            None => Some(self.code.expires_at).filter(|end| *end > self.now),
        }
    }
}

/// That the taahhütname was read.
#[derive(Clone, Copy)]
pub(crate) enum Proof<'a> {
    /// The proofs of the person's own reading.
    Views(&'a [String]),
    /// What the seed says of the order: the admin door's way.
    Seed,
}

/// Issues a code; the ones before it and their sessions are over.
pub(crate) async fn issue(
    service: &Service,
    person: &Applicant,
    no: &str,
    proof: Proof<'_>,
    address: IpAddr,
) -> Result<Whole, Problem> {
    progress::settle(service).await?;
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let application = own(&mut transaction, person, no).await?;
    change::check(&application, Event::Approve)?;
    Method::EImza.require(&application)?;
    let magic = Magic::of(&person.tckn);
    match proof {
        _ if magic == Some(Magic::NotRead) => return Err(Kind::NotRead.into()),
        Proof::Views(ids) => commitment::require(&mut transaction, no, ids).await?,
        Proof::Seed if !application.commitment_read => return Err(Kind::NotRead.into()),
        Proof::Seed => {}
    }
    if !has_valid_certificate(&mut transaction, person, now).await? {
        return Err(Kind::NoValidCertificate.into());
    }
    // A text that may not be shown is refused here, not when somebody waits with a card in the reader.
    redeem::compose(&application, &random_id(), now)?;
    end_all(&mut transaction, no, Ending::NewerCode, now).await?;
    let code = VerificationCode::from_random(random());
    let grouped = code.grouped();
    let code = SignCode {
        id: random_id(),
        application_no: no.to_owned(),
        hash: service.keys.code_hash(&code),
        sealed: Some(service.keys.seal(SEAL, grouped.as_bytes())),
        state: "issued".to_owned(),
        network: network(address),
        created_at: now,
        expires_at: if magic == Some(Magic::CodeOver) { now } else { now + LIFETIME_S * 1000 },
        second_redemptions: 0,
    };
    sign_code::insert(&mut transaction, &code).await?;
    events::add(&mut transaction, no, events::SIGN_CODE_ISSUED, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(Whole { code, session: None, grouped: Some(grouped), now })
}

/// Why all codes and sessions of an order end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    /// A newer code takes their place.
    NewerCode,
    /// The order went another way: approved by e-onay, edited, cancelled.
    Order(&'static str),
}

impl Ending {
    const fn of_codes(self) -> &'static str {
        match self {
            Self::NewerCode => "revoked",
            Self::Order(_) => "cancelled",
        }
    }

    fn end(self, session: &mut SignSession) {
        let (state, reason) = match self {
            Self::NewerCode => (State::Superseded, None),
            Self::Order(reason) => (State::Cancelled, Some(reason.to_owned())),
        };
        session.state = state.name().to_owned();
        session.reason = reason;
    }
}

/// Ends the order's codes and sessions; refused while signatures are stored that are not decided yet.
///
/// `now` is the time at which somebody can see it: what time has ended by then stays ended by time.
pub(crate) async fn end_all(
    connection: &mut Connection,
    no: &str,
    ending: Ending,
    now: UnixMs,
) -> Result<(), Problem> {
    for mut session in sign_session::of_application(connection, no).await? {
        match state_at(&session, now) {
            State::Received => return Err(Kind::AlreadyApproved.into()),
            State::AwaitingConfirmation | State::Open | State::Lapsed | State::Rejected => {
                ending.end(&mut session);
                sign_session::update(connection, &session).await?;
            }
            // Accepted ones approved an order that was changed since; they stay as evidence.
            State::Accepted | State::Expired | State::Cancelled | State::Superseded => {}
        }
    }
    Ok(sign_code::end_all(connection, no, ending.of_codes(), now).await?)
}

/// The code as the page sees it.
pub(crate) async fn read(
    service: &Service,
    person: &Applicant,
    no: &str,
    id: &str,
) -> Result<Whole, Problem> {
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await?;
    let code = own_code(&mut connection, no, id).await?;
    let session = sign_session::of_code(&mut connection, id).await?;
    let now = service.now();
    let shown = code.sealed.as_deref().filter(|_| code.state == "issued" && now < code.expires_at);
    let opened = shown.and_then(|sealed| service.keys.open(SEAL, sealed));
    let grouped = opened.and_then(|octets| String::from_utf8(octets).ok());
    Ok(Whole { code, session, grouped, now })
}

async fn own_code(connection: &mut Connection, no: &str, id: &str) -> Result<SignCode, Problem> {
    let code = sign_code::get(connection, id).await?;
    code.filter(|code| code.application_no == no).ok_or_else(|| Kind::NotFound.into())
}

/// Takes the code back, and the session that it was redeemed for.
pub(crate) async fn withdraw(
    service: &Service,
    person: &Applicant,
    no: &str,
    id: &str,
) -> Result<(), Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    own(&mut transaction, person, no).await?;
    let code = own_code(&mut transaction, no, id).await?;
    sign_code::end(&mut transaction, &code.id, "cancelled", now).await?;
    if let Some(session) = sign_session::of_code(&mut transaction, id).await? {
        end_session(&mut transaction, session, now, "withdrawn_on_the_page").await?;
    }
    transaction.commit().await?;
    service.changed();
    Ok(())
}

/// "Evet, benim" opens the texts; "Bu ben değilim" ends the session, now or later.
pub(crate) async fn confirm(
    service: &Service,
    person: &Applicant,
    no: &str,
    id: &str,
    is_me: bool,
) -> Result<(), Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    own(&mut transaction, person, no).await?;
    own_code(&mut transaction, no, id).await?;
    let session = sign_session::of_code(&mut transaction, id).await?;
    let mut session = session.ok_or_else(|| Problem::new(Kind::WrongState).with("state", "issued"))?;
    if is_me {
        match state_at(&session, now) {
            State::AwaitingConfirmation => {
                session.state = State::Open.name().to_owned();
                sign_session::update(&mut transaction, &session).await?;
            }
            State::Open | State::Lapsed | State::Received | State::Accepted | State::Rejected => {}
            state @ (State::Expired | State::Cancelled | State::Superseded) => {
                return Err(wrong_state(state));
            }
        }
    } else {
        end_session(&mut transaction, session, now, REFUSED).await?;
    }
    transaction.commit().await?;
    service.changed();
    Ok(())
}

/// Signatures that were stored stay; everything else ends.
async fn end_session(
    connection: &mut Connection,
    mut session: SignSession,
    now: UnixMs,
    reason: &str,
) -> Result<(), Problem> {
    match state_at(&session, now) {
        State::Received | State::Accepted => Err(Kind::AlreadySubmitted.into()),
        State::Expired | State::Cancelled | State::Superseded => Ok(()),
        State::AwaitingConfirmation | State::Open | State::Lapsed | State::Rejected => {
            session.state = State::Cancelled.name().to_owned();
            session.reason = Some(reason.to_owned());
            Ok(sign_session::update(connection, &session).await?)
        }
    }
}
