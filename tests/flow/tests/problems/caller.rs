//! The caller under test: its steps and answers as plain values, whichever face of the library it uses.

use std::{collections::BTreeSet, rc::Rc};

use kamusm::time::Now;

use super::{exchange::Response, message::Request, through_c::Program, through_rust::RustCaller};

/// The command of the C program, its words one a line.
const C_CALLER: &str = "KAMUSM_TEST_C_CALLER";

/// A session behind one face.
pub(super) trait Caller {
    fn step(&mut self, now: Now) -> Step;
    fn answer(&mut self, answer: Answer, now: Now);
}

/// What is to be done next.
#[derive(Clone)]
pub(super) enum Step {
    Send(Request),
    Wait { until_ms: u64 },
    Show { texts: Vec<Vec<u8>> },
    Choose { refusals: usize },
    Sign { certificate: Vec<u8>, at_unix_s: i64, items: Vec<Vec<u8>> },
    Done(Option<Told>),
}

/// What was done.
pub(super) enum Answer {
    Response(Response),
    Unreachable,
    Elapsed,
    Accept,
    Certificate(Vec<u8>),
    /// The last refusal ends the choice.
    GiveUp,
    Signatures(Vec<Vec<u8>>),
}

/// The error at the end, as the caller is told it.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) number: i32,
    pub(super) problem: Option<String>,
    pub(super) http_status: Option<u16>,
    pub(super) request_id: Option<String>,
    pub(super) turkish: String,
    pub(super) english: String,
}

/// Makes sessions behind the face that is tested.
pub(super) enum Callers {
    Rust,
    C(Rc<Program>),
}

impl Callers {
    pub(super) fn is_c() -> bool {
        std::env::var_os(C_CALLER).is_some()
    }

    pub(super) fn from_environment() -> Self {
        match std::env::var(C_CALLER) {
            Ok(command) => Self::C(Rc::new(Program::start(&command))),
            Err(_) => Self::Rust,
        }
    }

    pub(super) fn session(&self, base_url: &str, code: &str, intermediates_pem: &str) -> Box<dyn Caller> {
        match self {
            Self::Rust => Box::new(RustCaller::new(base_url, code, intermediates_pem)),
            Self::C(program) => Box::new(Program::open(program, base_url, code, intermediates_pem)),
        }
    }

    /// The problem types that the C program knows numbers for.
    pub(super) fn types(&self) -> Option<BTreeSet<String>> {
        match self {
            Self::Rust => None,
            Self::C(program) => Some(program.types()),
        }
    }

    /// The C program's own checks must have passed.
    pub(super) fn close(self) {
        if let Self::C(program) = self {
            Rc::into_inner(program).expect("all sessions are closed").finish();
        }
    }
}
