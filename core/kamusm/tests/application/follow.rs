//! Many statuses followed: bounded, with tags, and patient with what fails.

use kamusm::{
    Code,
    application::ApplicationNumber,
    follow::{Change, Follow, Question},
    institution::InstitutionId,
    request::{Response, TransportFailure},
    status::StatusCode,
};
use serde_json::json;

use crate::caller::Caller;

fn follow(count: usize, parallel: usize) -> Follow {
    let Caller { config, token, .. } = Caller::new();
    let numbers = (1..=count).map(|number| ApplicationNumber::parse(&format!("SD-{number}")).unwrap());
    Follow::new(&config, &token, &InstitutionId::parse("k1").unwrap(), numbers.collect(), parallel)
}

fn row(code: &str, etag: &str) -> Response {
    let body = json!({
        "no": "SD-1", "name": "I***", "tckn": "172******60", "applied_on": "2026-11-01",
        "status": { "code": code, "title": "T", "action": { "code": "details", "title": "D" } },
    });
    Response::new(200, vec![("etag".into(), etag.into())], body.to_string().into_bytes())
}

fn problem(status: u16, name: &str) -> Response {
    let headers = vec![("content-type".into(), "application/problem+json".into())];
    Response::new(status, headers, json!({ "type": name }).to_string().into_bytes())
}

fn code(change: Option<Change>) -> StatusCode {
    change.unwrap().result.unwrap().code
}

#[test]
fn no_more_than_allowed_are_asked_at_once_and_everybody_has_a_turn() {
    let mut follow = follow(500, 8);
    let (mut open, mut asked, mut now) = (Vec::<Question>::new(), vec![0; 500], 0);
    while follow.progress().known < 500 {
        while let Some(question) = follow.next(now) {
            assert_eq!(question.request.header("prefer"), None, "there are too many to wait on");
            open.push(question);
        }
        assert!(open.len() <= 8 && follow.progress().open == open.len());
        assert!(open.len() < 8 || follow.deadline().is_none(), "only an answer makes room");
        let question = open.remove(0);
        asked[question.index] += 1;
        assert_eq!(
            code(follow.answer(question.index, Ok(row("cancelled", "\"1\"")), now)),
            StatusCode::Cancelled
        );
        now += 10;
    }
    assert!(asked.iter().all(|times| *times == 1), "nobody is asked twice in a round");
    assert_eq!(follow.progress().total, 500);
}

#[test]
fn an_unchanged_one_costs_no_body_and_is_no_news() {
    let mut follow = follow(1, 4);
    let first = follow.next(0).unwrap();
    assert_eq!(first.request.header("if-none-match"), None);
    assert_eq!(
        code(follow.answer(0, Ok(row("production_pending", "\"1\"")), 0)),
        StatusCode::ProductionPending
    );
    assert_eq!(follow.next(0).map(|question| question.index), None, "not at once again");
    let second = follow.next(follow.deadline().unwrap()).unwrap();
    assert_eq!(second.request.header("if-none-match"), Some("\"1\""));
    assert_eq!(second.request.header("prefer"), Some("wait=25"), "everybody has a connection to wait on");
    assert_eq!(follow.answer(0, Ok(Response::new(304, Vec::new(), Vec::new())), 30_000), None);
    let third = follow.next(follow.deadline().unwrap()).unwrap();
    assert_eq!(third.request.header("if-none-match"), Some("\"1\""));
    assert_eq!(follow.answer(0, Ok(row("production_pending", "\"2\"")), 60_000), None, "the same status");
    let fourth = follow.next(follow.deadline().unwrap()).unwrap();
    assert_eq!(fourth.request.header("if-none-match"), Some("\"2\""));
    assert_eq!(code(follow.answer(0, Ok(row("shipped", "\"3\"")), 90_000)).word(), "shipped");
}

#[test]
fn what_may_pass_is_asked_again_later_and_later() {
    let mut follow = follow(1, 1);
    let (mut now, mut pauses) = (0, Vec::new());
    for _ in 0..8 {
        follow.next(now).unwrap();
        assert_eq!(follow.answer(0, Err(TransportFailure::Timeout), now), None);
        let next = follow.deadline().unwrap();
        assert!(follow.next(next - 1).is_none());
        pauses.push(next - now);
        now = next;
    }
    assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    follow.next(now).unwrap();
    let mut busy = problem(429, "urn:kamusm:problem:rate-limited");
    busy.headers.push(("retry-after".into(), "300".into()));
    assert_eq!(follow.answer(0, Ok(busy), now), None);
    assert_eq!(follow.deadline(), Some(now + 300_000));
}

#[test]
fn a_refused_one_is_told_once_and_left() {
    let mut follow = follow(2, 4);
    let (first, second) = (follow.next(0).unwrap(), follow.next(0).unwrap());
    let change = follow.answer(first.index, Ok(problem(404, "urn:kamusm:problem:not-found")), 0).unwrap();
    assert_eq!((change.number.as_str(), change.result.unwrap_err().code()), ("SD-1", Code::NotFound));
    assert!(follow.answer(second.index, Ok(row("cancelled", "\"1\"")), 0).is_some());
    // Answers that nobody awaits change nothing.
    assert_eq!(follow.answer(first.index, Ok(row("cancelled", "\"1\"")), 0), None);
    assert_eq!(follow.answer(7, Ok(row("cancelled", "\"1\"")), 0), None);
    let progress = follow.progress();
    assert_eq!((progress.total, progress.known, progress.refused, progress.open), (2, 1, 1, 0));
    assert_eq!(follow.next(100_000).unwrap().index, second.index);
}
