//! Eight clients redeem one code at once, over HTTP and against the store on the disk: one gets the session, and the
//! page is told of the others.

use std::sync::{Barrier, mpsc};
use std::time::{Duration, Instant};

use kamusm_sandbox::Order;
use serde_json::{Value, json};

use crate::chance::{Chance, count, tell};
use crate::support::{Answer, Http, TCKN, World, fresh_key, redemption};

const CLIENTS: usize = 8;
const SHORT: u64 = 200;
/// Every code of an order reads the sessions before it, so an order serves so many.
const RACES_OF_AN_ORDER: u64 = 50;
/// How much later than the others a client may send.
const LATEST_US: u64 = 400;

/// What a client does in a race.
#[derive(Clone)]
struct Start {
    code: String,
    key: String,
    delay: Duration,
}

#[test]
fn of_eight_clients_with_one_code_exactly_one_wins() {
    let world = World::new();
    let (mut chance, seed) = Chance::new();
    let races = count(SHORT);
    let (mut lost, mut twins_won) = (0, 0);
    let mut wins = [0; CLIENTS];
    let gate = Barrier::new(CLIENTS);
    std::thread::scope(|scope| {
        let (answers, arrivals) = mpsc::channel();
        let starts: Vec<mpsc::Sender<Start>> = (0..CLIENTS)
            .map(|client| {
                let (sender, starts) = mpsc::channel();
                let (answers, gate, http) = (answers.clone(), &gate, Http::new(world.sandbox.base_url()));
                scope.spawn(move || {
                    for start in starts {
                        answers.send((client, run(&http, gate, &start))).unwrap();
                    }
                });
                sender
            })
            .collect();
        for race in 0..races {
            let order = format!("SD-{}", 500_000 + race / RACES_OF_AN_ORDER);
            world.sandbox.admin().add_order(TCKN, Order::ready(&order)).unwrap();
            let issued = world.sandbox.admin().issue_sign_code(&order).unwrap();
            let mut keys = [(); CLIENTS].map(|()| fresh_key());
            // A request that is sent twice at once is one client: both answers are the same session.
            if chance.below(4) == 0 {
                keys[1] = keys[0].clone();
            }
            for (sender, key) in starts.iter().zip(&keys) {
                let delay = Duration::from_micros(chance.below(LATEST_US));
                sender.send(Start { code: issued.code.clone(), key: key.clone(), delay }).unwrap();
            }
            let mut all: Vec<(usize, Answer)> = arrivals.iter().take(CLIENTS).collect();
            all.sort_by_key(|(client, _)| *client);
            let label = format!("KAMUSM_SEED={seed}, race {race}");
            let (winner, losers) = judge(&all, &keys, &label);
            let path = format!("/{order}/sign-codes/{}", issued.id);
            let page = world.person_get(&path).json();
            assert_eq!(
                (&page["state"], &page["second_redemptions"]),
                (&json!("redeemed"), &json!(losers)),
                "{label}"
            );
            // The winner's answer may get lost: the same request gives the same session again.
            let again =
                world.http.post_keyed("/api/v1/sign-sessions", None, &keys[winner], redemption(&issued.code));
            assert_eq!(again.json()["token"], all[winner].1.json()["token"], "{label}");
            lost += losers;
            wins[winner] += 1;
            twins_won += u64::from(CLIENTS - losers == 2);
        }
        drop(starts);
    });
    tell(&json!({
        "races": races, "clients": CLIENTS, "winners": wins.iter().sum::<u64>(), "refused": lost,
        "won by a request that was sent twice at once": twins_won, "wins of each client": wins,
        "through": "HTTP over loopback, one connection a client; SQLite with WAL and synchronous=FULL",
    }));
}

fn run(http: &Http, gate: &Barrier, start: &Start) -> Answer {
    let body = redemption(&start.code);
    gate.wait();
    let begin = Instant::now();
    while begin.elapsed() < start.delay {
        std::hint::spin_loop();
    }
    http.post_keyed("/api/v1/sign-sessions", None, &start.key, body)
}

/// Exactly one key has a session; everybody else was told that the code is used.
fn judge(all: &[(usize, Answer)], keys: &[String; CLIENTS], label: &str) -> (usize, usize) {
    let (won, lost): (Vec<_>, Vec<_>) = all.iter().partition(|(_, answer)| answer.status == 201);
    let sessions: Vec<Value> = won.iter().map(|(_, answer)| answer.json()["session"]["id"].clone()).collect();
    assert!(!won.is_empty(), "{label}: nobody won");
    let winner = won[0].0;
    assert!(sessions.iter().all(|session| *session == sessions[0]), "{label}: {sessions:?}");
    for (client, answer) in all {
        let has_won = answer.status == 201;
        assert_eq!(has_won, keys[*client] == keys[winner], "{label}: client {client} {}", answer.status);
        if !has_won {
            answer.assert_problem(409, "code-already-used");
        }
    }
    (winner, lost.len())
}
