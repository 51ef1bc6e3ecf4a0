//! What becomes of a request and its answer between the two sides.

use fastrand::Rng;
use kamusm::request::{Request, Response};
use kamusm_sandbox::in_process::{Answer, Arrival, BASE_URL};

/// What happens to one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Both ways are good.
    Good,
    /// The request is lost.
    LostBefore,
    /// The answer is lost.
    LostAfter,
    /// The client waits in vain; the request arrives so much later, after others that were sent later.
    Late { milliseconds: u64 },
    /// The request arrives twice; the client gets the answer to the second.
    Doubled,
    /// The request arrives again later.
    DoubledLate { milliseconds: u64 },
    /// The request breaks in its body.
    RequestCut,
    /// The answer breaks in its body.
    AnswerCut,
}

impl Fate {
    pub(crate) fn bad(chance: &mut Rng) -> Self {
        match chance.u8(..9) {
            0 => Self::LostBefore,
            1 | 2 => Self::LostAfter,
            3 => Self::Late { milliseconds: chance.u64(500..60_000) },
            4 => Self::Late { milliseconds: chance.u64(60_000..400_000) },
            5 => Self::Doubled,
            6 => Self::DoubledLate { milliseconds: chance.u64(1..100_000) },
            7 => Self::RequestCut,
            _ => Self::AnswerCut,
        }
    }
}

/// The request as it arrives.
pub(crate) fn arrival(request: &Request) -> Arrival {
    let path = request.url.strip_prefix(BASE_URL).unwrap_or(&request.url);
    Arrival {
        method: request.method.name().to_owned(),
        path: path.to_owned(),
        headers: request.headers.clone(),
        body: request.body.clone(),
        is_broken: false,
    }
}

/// The request with the half of its body.
pub(crate) fn cut(arrival: &Arrival) -> Arrival {
    let body = arrival.body[..arrival.body.len() / 2].to_vec();
    Arrival { body, is_broken: true, ..arrival.clone() }
}

/// The answer as it arrives.
pub(crate) fn response(answer: &Answer) -> Response {
    Response::new(answer.status, answer.headers.clone(), answer.body.clone())
}
