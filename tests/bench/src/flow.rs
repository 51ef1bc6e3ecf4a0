//! One session after the other: with the reference service in this process, and our side alone.

use std::{hint::black_box, time::Instant};

use kamusm::{
    drive::Transport as _,
    http::HttpClient,
    request::Request,
    session::{OutcomeKind, Session, Step},
};
use kamusm_bench::Recording;
use kamusm_token::cancel::CancelToken;

use crate::{
    canned::Canned,
    many::Bureau,
    process,
    rounds::{Contest, Figures, median, microseconds},
};

const SESSIONS: usize = 15;

pub(crate) fn measure() -> Figures {
    let mut figures = Figures::new();
    with_the_service(&mut figures);
    our_side(&mut figures);
    figures
}

/// Processor time of client and service together.
fn with_the_service(figures: &mut Figures) {
    let bureau = Bureau::new();
    let client = HttpClient::new(&bureau.config).expect("a client can be made");
    let (mut cpu, mut wall) = (Vec::new(), Vec::new());
    // The first one warms up: it connects.
    for session in bureau.sessions(SESSIONS + 1) {
        let began = (process::cpu(), Instant::now());
        session.run(&client);
        cpu.push(microseconds(process::cpu() - began.0));
        wall.push(microseconds(began.1.elapsed()));
    }
    figures.insert("flow first wall".into(), wall.remove(0));
    cpu.remove(0);
    figures.insert("flow with service".into(), median(cpu));
    figures.insert("flow with service wall".into(), median(wall));
}

/// The recorded session, over loopback to a process that only repeats the recorded answers.
fn our_side(figures: &mut Figures) {
    let recording = Recording::committed();
    let canned = Canned::start();
    let client = HttpClient::new(&canned.config()).expect("a client can be made");
    let mut requests = 0;
    let mut contest = Contest::default();
    contest.enter("flow our side", || {
        requests = replay(&recording, &client, canned.address());
    });
    contest.enter("flow machine", || {
        black_box(recording.play().finish());
    });
    contest.run(figures);
    figures.insert("flow requests".into(), f64::from(requests));
    figures.insert("flow connections".into(), f64::from(canned.stop()));
}

/// Gives the number of requests.
fn replay(recording: &Recording, client: &HttpClient, address: &str) -> u32 {
    let mut session = recording.session(&recording.base_url);
    let mut play = recording.play();
    let mut requests = 0;
    for turn in 0..recording.turns.len() {
        let now = recording.now(turn);
        let step = session.step(now).expect("a step is never refused");
        let answer = match &step {
            Step::Send(send) => {
                play.skip();
                requests += 1;
                let request = redirected(send.request(), &recording.base_url, address);
                send.response(client.perform(&request, &CancelToken::new()).expect("loopback"))
            }
            step => play.answer(step),
        };
        session.answer(answer, now).expect("the recorded answer fits its step");
    }
    finished(&session, recording);
    requests
}

fn redirected(request: &Request, from: &str, to: &str) -> Request {
    let mut request = request.clone();
    request.url = request.url.replacen(from, to, 1);
    request
}

fn finished(session: &Session, recording: &Recording) {
    match session.step(recording.now(recording.turns.len() - 1)) {
        Ok(Step::Done(outcome)) => assert_eq!(outcome.kind, OutcomeKind::Accepted),
        other => panic!("the recording ends at {other:?}"),
    }
}
