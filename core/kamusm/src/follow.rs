//! Many pre-applications followed cheaply: a machine without I/O that says whom to ask next.

use std::fmt;

use crate::{
    application::{ApplicationNumber, PersonToken},
    config::Config,
    error::{Error, Result},
    institution::{self, InstitutionId, StaffApplication},
    protocol::wire,
    request::{Request, Response, TransportFailure},
    status::Status,
    time::MonotonicMs,
};

/// Where more are followed than may be asked at once, each is asked so often.
const ROUND_MS: u64 = 25_000;
/// Where the service holds its answers back, no number is asked again sooner.
const BREATH_MS: u64 = 1_000;
const FIRST_PAUSE_MS: u64 = 1_000;
const LONGEST_PAUSE_MS: u64 = 60_000;

/// Follows the statuses of an institution's pre-applications.
///
/// While [`Follow::next`] gives questions, perform them, several at once; give each answer to [`Follow::answer`]. A
/// number that was answered is asked with its tag, so that an unchanged one costs no body; where not more numbers are
/// followed than may be asked at once, the service holds its answer back until something changes.
pub struct Follow {
    config: Config,
    token: PersonToken,
    institution: InstitutionId,
    parallel: usize,
    followed: Vec<Followed>,
}

struct Followed {
    number: ApplicationNumber,
    etag: Option<String>,
    known: Option<Status>,
    failures: u32,
    turn: Turn,
}

/// When a number is asked next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    From(MonotonicMs),
    /// The answer is on its way.
    Open,
    /// It was refused and is not asked again.
    Over,
}

/// A question to perform.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Question {
    /// Which number is asked about, for [`Follow::answer`].
    pub index: usize,
    /// What to send.
    pub request: Request,
}

/// Something new about a number.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// Which one.
    pub number: ApplicationNumber,
    /// Its status now; or why it is not followed any more.
    pub result: Result<Status>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many numbers are followed.
    pub total: usize,
    /// Of how many the status is known.
    pub known: usize,
    /// How many are not followed any more, because they were refused.
    pub refused: usize,
    /// How many answers are awaited now.
    pub open: usize,
}

impl Follow {
    /// Follows these numbers, at most `parallel` of them asked at once (0 is taken as 1).
    pub fn new(
        config: &Config,
        token: &PersonToken,
        institution: &InstitutionId,
        numbers: Vec<ApplicationNumber>,
        parallel: usize,
    ) -> Self {
        let followed = numbers.into_iter().map(|number| Followed {
            number,
            etag: None,
            known: None,
            failures: 0,
            turn: Turn::From(0),
        });
        Self {
            config: config.clone(),
            token: token.clone(),
            institution: institution.clone(),
            parallel: parallel.max(1),
            followed: followed.collect(),
        }
    }

    /// The next question, as long as more may be open; it counts as open until its answer is given.
    pub fn next(&mut self, now: MonotonicMs) -> Option<Question> {
        if self.count(|followed| followed.turn == Turn::Open) >= self.parallel {
            return None;
        }
        let due = self.followed.iter().enumerate().filter_map(|(index, followed)| match followed.turn {
            Turn::From(from) if from <= now => Some((from, index)),
            _ => None,
        });
        let (_, index) = due.min()?;
        let request = self.request(index);
        self.followed[index].turn = Turn::Open;
        Some(Question { index, request })
    }

    /// When [`Follow::next`] gives something again though no answer came; `None` while that does not depend on time.
    pub fn deadline(&self) -> Option<MonotonicMs> {
        if self.count(|followed| followed.turn == Turn::Open) >= self.parallel {
            return None;
        }
        let turns = self.followed.iter().filter_map(|followed| match followed.turn {
            Turn::From(from) => Some(from),
            Turn::Open | Turn::Over => None,
        });
        turns.min()
    }

    /// Takes the answer to a question; says what is new. What may pass by itself is asked again later.
    pub fn answer(
        &mut self,
        index: usize,
        answer: std::result::Result<Response, TransportFailure>,
        now: MonotonicMs,
    ) -> Option<Change> {
        let pause = if self.holds_back() { BREATH_MS } else { ROUND_MS };
        let followed = self.followed.get(index).filter(|followed| followed.turn == Turn::Open)?;
        let etag = followed.etag.as_deref().unwrap_or_default();
        let call = institution::changed(&self.config, &self.token, &self.institution, &followed.number, etag);
        let answered = answer.map_err(Error::from).and_then(|response| call.decode(&response));
        let followed = &mut self.followed[index];
        match answered {
            Ok(answered) => {
                followed.failures = 0;
                followed.turn = Turn::From(now.saturating_add(pause));
                let StaffApplication { status, etag, .. } = answered?;
                followed.etag = etag;
                let is_new = followed.known.as_ref() != Some(&status);
                followed.known = Some(status.clone());
                is_new.then(|| Change { number: followed.number.clone(), result: Ok(status) })
            }
            Err(error) if wire::is_repeatable(&error) => {
                let pause = (FIRST_PAUSE_MS << followed.failures.min(6)).min(LONGEST_PAUSE_MS);
                let asked = error.retry_after_s().map_or(0, |seconds| u64::from(seconds) * 1000);
                followed.failures += 1;
                followed.turn = Turn::From(now.saturating_add(pause.max(asked)));
                None
            }
            Err(error) => {
                followed.turn = Turn::Over;
                Some(Change { number: followed.number.clone(), result: Err(error) })
            }
        }
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress {
            total: self.followed.len(),
            known: self.count(|followed| followed.known.is_some()),
            refused: self.count(|followed| followed.turn == Turn::Over),
            open: self.count(|followed| followed.turn == Turn::Open),
        }
    }

    fn request(&self, index: usize) -> Request {
        let Followed { number, etag, .. } = &self.followed[index];
        let ask = match etag.as_deref() {
            Some(_) if self.holds_back() => institution::watch,
            _ => institution::changed,
        };
        ask(&self.config, &self.token, &self.institution, number, etag.as_deref().unwrap_or_default())
            .request()
            .clone()
    }

    /// Whether everybody has a connection to wait on.
    fn holds_back(&self) -> bool {
        self.count(|followed| followed.turn != Turn::Over) <= self.parallel
    }

    fn count(&self, is_counted: impl Fn(&Followed) -> bool) -> usize {
        self.followed.iter().filter(|followed| is_counted(followed)).count()
    }
}

impl fmt::Debug for Follow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Follow({:?})", self.progress())
    }
}
