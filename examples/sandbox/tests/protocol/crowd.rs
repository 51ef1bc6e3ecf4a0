//! Several persons at once over HTTP: each sees and changes only what is theirs, whatever the others do meanwhile.
//!
//! Nobody waits for anybody, so a person whose walk fails stops nobody else. The clock stands: what is one's own
//! changes by one's own doing only.

use std::sync::{Mutex, PoisonError};

use kamusm_sandbox::{LeafSpec, Order, Person};
use reqwest::Method;
use serde_json::{Value, json};

use crate::chance::{Chance, count};
use crate::support::{Answer, Http, Session, World, base64, fresh_key, redemption};

const PERSONS: u64 = 6;
/// Of each person.
const STEPS: u64 = 120;
/// So many requests of a session in a minute; the clock stands, so another order and session comes before.
const STEPS_OF_AN_ORDER: u64 = 40;

/// What others may know of a person's things: all but the tokens.
#[derive(Clone, Default)]
struct Card {
    no: String,
    code: String,
    session: String,
}

/// Where everybody leaves their card.
type Board = Mutex<Vec<Card>>;

#[test]
fn several_persons_at_once_keep_to_their_own() {
    let world = World::new();
    let (mut chance, seed) = Chance::new();
    let steps = count(STEPS);
    let board = Board::new(vec![Card::default(); usize::try_from(PERSONS).unwrap()]);
    std::thread::scope(|scope| {
        for number in 0..PERSONS {
            let walk = Chance::of(chance.below(u64::MAX >> 32) + 1);
            let mut visitor = Visitor::new(&world, &board, number, walk, seed);
            scope.spawn(move || {
                for step in 0..steps {
                    visitor.step(step);
                }
                let moved = visitor.moved;
                assert!(moved * 5 > steps, "KAMUSM_SEED={seed}: person {number} hardly moved: {moved}");
            });
        }
    });
}

/// A number whose last two digits are right.
fn tckn(number: u64) -> String {
    let digits: Vec<u64> =
        format!("{}", 200_000_000 + number).bytes().map(|digit| u64::from(digit - b'0')).collect();
    let sum = |first: usize| digits.iter().skip(first).step_by(2).sum::<u64>();
    let tenth = (sum(0) * 7 + 10 * 9 - sum(1)) % 10;
    let last = (sum(0) + sum(1) + tenth) % 10;
    format!("{}{tenth}{last}", 200_000_000 + number)
}

struct Visitor<'a> {
    world: &'a World,
    http: Http,
    board: &'a Board,
    number: u64,
    tckn: String,
    token: String,
    chance: Chance,
    seed: u64,
    own: Card,
    code: String,
    session: Option<Session>,
    seen: String,
    moved: u64,
}

impl<'a> Visitor<'a> {
    fn new(world: &'a World, board: &'a Board, number: u64, chance: Chance, seed: u64) -> Self {
        let tckn = tckn(number);
        let admin = world.sandbox.admin();
        let person = Person { tckn: tckn.clone(), name: format!("Deneme {number}"), orders: Vec::new() };
        admin.add_person(person).unwrap();
        admin.issue_certificate(LeafSpec { tckn: Some(tckn.clone()), ..LeafSpec::default() }).unwrap();
        Self {
            token: admin.person_token(&tckn).unwrap(),
            http: Http::new(world.sandbox.base_url()),
            world,
            board,
            number,
            tckn,
            chance,
            seed,
            own: Card::default(),
            code: String::new(),
            session: None,
            seen: String::new(),
            moved: 0,
        }
    }

    fn step(&mut self, step: u64) {
        let label = format!("KAMUSM_SEED={}, person {}, step {step}", self.seed, self.number);
        if step.is_multiple_of(STEPS_OF_AN_ORDER) {
            self.begin_order(step);
            self.seen = self.look();
        }
        assert_eq!(self.look(), self.seen, "{label}: changed by somebody else");
        let (what, answer) = if self.chance.below(3) == 0 { self.intrude(&label) } else { self.act() };
        let now = self.look();
        let label = format!("{label}, {what}");
        if let Some(answer) = answer {
            assert!(answer.status < 500 && answer.status != 429, "{label}: {}", answer.text());
            // A refusal changes nothing; a signature that is refused was looked at, though.
            assert!(
                answer.status < 300 || what == "submit" || now == self.seen,
                "{label}: {}",
                answer.text()
            );
        }
        self.moved += u64::from(now != self.seen);
        self.seen = now;
        let mut board = self.board.lock().unwrap_or_else(PoisonError::into_inner);
        board[usize::try_from(self.number).unwrap()] = self.own.clone();
    }

    fn begin_order(&mut self, step: u64) {
        let no = format!("SD-{}", 600_000 + self.number * 10_000 + step);
        self.world.sandbox.admin().add_order(&self.tckn, Order::ready(&no)).unwrap();
        self.own = Card { no, ..Card::default() };
        self.session = None;
    }

    /// All that the person sees of their own: the list, the order, its history, the code with its session.
    fn look(&self) -> String {
        let read =
            |path: &str| self.http.get(&format!("/api/v1/applications{path}"), Some(&self.token)).text();
        let Card { no, code, .. } = &self.own;
        let mut seen = vec![read(""), read(&format!("/{no}")), read(&format!("/{no}/events"))];
        seen.push(read(&format!("/{no}/form")));
        if !code.is_empty() {
            seen.push(read(&format!("/{no}/sign-codes/{code}")));
        }
        let all = seen.join("\n");
        let others = (0..PERSONS).filter(|number| *number != self.number);
        for other in others {
            assert!(!all.contains(&format!("SD-6{other}")), "the order of person {other}: {all}");
        }
        all
    }

    /// Something about one's own order.
    fn act(&mut self) -> (&'static str, Option<Answer>) {
        let path = format!("/api/v1/applications/{}", self.own.no);
        let code = format!("{path}/sign-codes/{}", self.own.code);
        let sign = |session: &Option<Session>, end: &str| session.as_ref().map(|session| session.path(end));
        match self.chance.below(10) {
            0..=2 => {
                let views = self.views(&path);
                let answer = self.http.post(
                    &format!("{path}/sign-codes"),
                    Some(&self.token),
                    json!({ "view_ids": views }),
                );
                if answer.status == 201 {
                    let issued = answer.json();
                    self.own.code = issued["id"].as_str().unwrap().to_owned();
                    self.code = issued["code"].as_str().unwrap().to_owned();
                    self.session = None;
                }
                ("issue", Some(answer))
            }
            3..=4 if !self.own.code.is_empty() && self.session.is_none() => {
                let answer = self.http.post("/api/v1/sign-sessions", None, redemption(&self.code));
                if answer.status == 201 {
                    let session = Session::from(answer.json());
                    self.own.session.clone_from(&session.id);
                    self.session = Some(session);
                }
                ("redeem", Some(answer))
            }
            5 => ("withdraw", (!self.own.code.is_empty()).then(|| self.http.delete(&code, &self.token))),
            6 => {
                let body = json!({ "confirmed": self.chance.below(2) == 0 });
                let answer = (!self.own.code.is_empty())
                    .then(|| self.http.put(&format!("{code}/confirmation"), &self.token, &body));
                ("confirm", answer)
            }
            7 => {
                let form = self.http.get(&format!("{path}/form"), Some(&self.token));
                let mut values = form.json()["values"].clone();
                values["unit"] = json!(format!("Birim {}", self.chance.below(1000)));
                let body = json!({ "values": values }).to_string().into_bytes();
                let headers = [("content-type", "application/json"), ("if-match", form.header("etag"))];
                let path = format!("{path}/form");
                (
                    "edit",
                    Some(
                        self.http.send(Method::PUT, &path, Some(&self.token), &headers, Some(body)).unwrap(),
                    ),
                )
            }
            8 => {
                let session = self.session.as_ref();
                let answer = sign(&self.session, "/window")
                    .zip(session)
                    .map(|(path, session)| self.http.post(&path, Some(&session.token), json!({})));
                ("window", answer)
            }
            _ => {
                let cms = self.chance.below(1 << 30).to_be_bytes();
                let answer = self.session.as_ref().map(|session| {
                    let body = session.items(&[cms.to_vec()]);
                    self.http.put_digested(&session.path("/submission"), &session.token, &body)
                });
                ("submit", answer)
            }
        }
    }

    /// Proofs that the taahhütname was read.
    fn views(&self, path: &str) -> Vec<Value> {
        let approval = self.http.get(&format!("{path}/approval"), Some(&self.token));
        let commitments = approval.json()["commitments"].as_array().cloned().unwrap_or_default();
        let view = |commitment: Value| {
            let body = json!({
                "commitment_id": commitment["id"], "digest": commitment["digest"], "read_to_end": true,
            });
            self.http.post(&format!("{path}/commitment-views"), Some(&self.token), body).json()["view_id"]
                .clone()
        };
        commitments.into_iter().map(view).collect()
    }

    /// Something about what is another's; none of it is there for this person.
    fn intrude(&mut self, label: &str) -> (&'static str, Option<Answer>) {
        let other = (self.number + 1 + self.chance.below(PERSONS - 1)) % PERSONS;
        let card = self.board.lock().unwrap_or_else(PoisonError::into_inner)[usize::try_from(other).unwrap()]
            .clone();
        if card.no.is_empty() {
            return ("nobody there", None);
        }
        let of_order = |end: &str| format!("/api/v1/applications/{}{end}", card.no);
        let code = of_order(&format!("/sign-codes/{}", if card.code.is_empty() { "x" } else { &card.code }));
        let confirmation = format!("{code}/confirmation");
        let mut requests = vec![
            (Method::GET, of_order(""), json!(null)),
            (Method::GET, of_order("/form"), json!(null)),
            (Method::GET, of_order("/evidence"), json!(null)),
            (Method::GET, code.clone(), json!(null)),
            (Method::DELETE, code, json!(null)),
            (Method::PUT, confirmation, json!({ "confirmed": false })),
            (Method::POST, of_order("/cancellation"), json!({})),
            (Method::POST, of_order("/sign-codes"), json!({ "view_ids": [] })),
        ];
        let mut token = &self.token;
        // With a session of one's own, at another's.
        if let Some(own) =
            self.session.as_ref().filter(|_| !card.session.is_empty() && self.chance.below(2) == 0)
        {
            token = &own.token;
            let of_session = |end: &str| format!("/api/v1/sign-sessions/{}{end}", card.session);
            let items = json!({ "items": [{ "document_id": "x", "cms": base64(b"x") }] });
            requests = vec![
                (Method::GET, of_session(""), json!(null)),
                (Method::GET, of_session("/documents/1"), json!(null)),
                (Method::POST, of_session("/cancellation"), json!({ "reason": "user" })),
                (Method::POST, of_session("/window"), json!({})),
                (Method::PUT, of_session("/submission"), items),
            ];
        }
        let place = usize::try_from(self.chance.below(requests.len() as u64)).unwrap();
        let (method, path, body) = requests.swap_remove(place);
        let octets = body.to_string().into_bytes();
        let digest = crate::support::content_digest(&octets);
        let key = fresh_key();
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
            ("content-digest", digest.as_str()),
        ];
        let body = (method != Method::GET && method != Method::DELETE).then_some(octets);
        let answer = self.http.send(method, &path, Some(token), &headers, body).unwrap();
        assert_eq!(answer.status, 404, "{label}: {path}: {}", answer.text());
        ("intrude", Some(answer))
    }
}
