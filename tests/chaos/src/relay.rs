//! A proxy between application and service that breaks what passes it, by chance or on demand, and counts.

mod message;

use std::{
    collections::VecDeque,
    io::{self, Write as _},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use self::message::{Request, read_answer, read_request};
use crate::chance::Chance;

/// How long either side may be silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// So many exchanges are remembered.
const SEEN: usize = 40;

/// What happens to one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the faults of this relay")]
pub enum Fault {
    /// The service never sees the request.
    LoseRequest,
    /// The service has answered; the application never sees it.
    LoseAnswer,
    /// The service gets the request twice at the same time; the application gets one of the answers.
    Double,
    /// The application gets the first half of the answer.
    Cut,
    /// The answer comes so late.
    Delay(Duration),
}

/// The relay; an application reaches it as its HTTP proxy, so that the service's own address stays in everything.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    service: SocketAddr,
    plan: Mutex<Plan>,
    counts: Counts,
}

/// What is to happen next.
#[derive(Debug)]
struct Plan {
    chance: Chance,
    /// Of a hundred exchanges so many go wrong.
    percent: u64,
    wanted: Vec<(&'static str, &'static str, Fault)>,
    /// The last exchanges, to tell what led to a failure.
    seen: VecDeque<String>,
}

/// What happened.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Exchanges in all.
    pub exchanges: AtomicU64,
    /// Requests that the service never saw.
    pub requests_lost: AtomicU64,
    /// Whole answers of the service that the application never saw.
    pub answers_lost: AtomicU64,
    /// Requests that the service answered twice.
    pub doubled: AtomicU64,
    /// Answers of which half arrived.
    pub cut: AtomicU64,
    /// Answers that came late.
    pub delayed: AtomicU64,
}

impl Counts {
    /// Answers that were lost, in whole or in half, or doubled.
    pub fn lost_or_doubled(&self) -> u64 {
        [&self.answers_lost, &self.cut, &self.doubled].map(|count| count.load(Ordering::Relaxed)).iter().sum()
    }
}

impl Relay {
    /// Before the service at this address, quiet at first.
    pub fn start(service: SocketAddr, chance: Chance) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let plan = Mutex::new(Plan { chance, percent: 0, wanted: Vec::new(), seen: VecDeque::new() });
        let state = Arc::new(State { service, plan, counts: Counts::default() });
        let shared = state.clone();
        // It ends with the process; a connection that breaks is what it is here for.
        thread::spawn(move || {
            for connection in listener.incoming().filter_map(Result::ok) {
                let state = shared.clone();
                thread::spawn(move || drop(state.relay(connection)));
            }
        });
        Ok(Self { address, state })
    }

    /// Where it listens, as a proxy's address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets so many of a hundred exchanges go wrong from now on.
    pub fn disturb(&self, percent: u64) {
        self.state.plan().percent = percent;
    }

    /// Breaks the next exchange of this method whose path ends so.
    pub fn once(&self, method: &'static str, path_end: &'static str, fault: Fault) {
        self.state.plan().wanted.push((method, path_end, fault));
    }

    /// The last exchanges: method, path, status, fault.
    pub fn seen(&self) -> Vec<String> {
        self.state.plan().seen.iter().cloned().collect()
    }

    /// What happened so far.
    pub fn counts(&self) -> &Counts {
        &self.state.counts
    }
}

impl State {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One exchange: the application is told that the connection ends with it.
    fn relay(&self, mut application: TcpStream) -> io::Result<()> {
        application.set_read_timeout(Some(PATIENCE))?;
        let request = read_request(&mut application)?;
        let fault = self.plan().next(&request);
        self.counts.exchanges.fetch_add(1, Ordering::Relaxed);
        if fault == Some(Fault::LoseRequest) {
            count(&self.counts.requests_lost);
            return application.shutdown(Shutdown::Both);
        }
        let mut connection = self.send(&request)?;
        let second = if fault == Some(Fault::Double) { Some(self.send(&request)?) } else { None };
        let mut answer = read_answer(&mut connection)?;
        if let Some(mut second) = second {
            answer = read_answer(&mut second)?;
            count(&self.counts.doubled);
        }
        self.plan().note(&request, &answer, fault);
        match fault {
            Some(Fault::LoseAnswer) => {
                count(&self.counts.answers_lost);
                return application.shutdown(Shutdown::Both);
            }
            Some(Fault::Cut) => {
                count(&self.counts.cut);
                answer.truncate(answer.len() / 2);
            }
            Some(Fault::Delay(time)) => {
                count(&self.counts.delayed);
                let (_open, never) = mpsc::channel::<()>();
                // The time is the fault itself: nothing is waited for.
                let _ = never.recv_timeout(time);
            }
            _ => {}
        }
        application.write_all(&answer)?;
        application.shutdown(Shutdown::Both)
    }

    fn send(&self, request: &Request) -> io::Result<TcpStream> {
        let mut connection = TcpStream::connect(self.service)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.write_all(&request.octets)?;
        Ok(connection)
    }
}

impl Plan {
    fn note(&mut self, request: &Request, answer: &[u8], fault: Option<Fault>) {
        if self.seen.len() == SEEN {
            self.seen.pop_front();
        }
        let status = answer.get(9..12).map(String::from_utf8_lossy).unwrap_or_default();
        let (method, path) = (&request.method, &request.path);
        self.seen.push_back(format!("{method} {path} {status} {fault:?}"));
    }

    fn next(&mut self, request: &Request) -> Option<Fault> {
        let wanted = self
            .wanted
            .iter()
            .position(|(method, path_end, _)| request.method == *method && request.path.ends_with(path_end));
        if let Some(place) = wanted {
            return Some(self.wanted.remove(place).2);
        }
        if !self.chance.percent(self.percent) {
            return None;
        }
        Some(match self.chance.below(10) {
            0 => Fault::LoseRequest,
            1..4 => Fault::LoseAnswer,
            4..7 => Fault::Double,
            7..9 => Fault::Cut,
            _ => Fault::Delay(Duration::from_millis(self.chance.below(400))),
        })
    }
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    /// A service that answers each request with its number, and counts the requests.
    fn service() -> (SocketAddr, Arc<AtomicU64>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(AtomicU64::new(0));
        let counter = seen.clone();
        thread::spawn(move || {
            for mut connection in listener.incoming().map_while(Result::ok) {
                let request = read_request(&mut connection).unwrap();
                assert_eq!(request.path, "/s/submission");
                let number = counter.fetch_add(1, Ordering::SeqCst);
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{number}");
                connection.write_all(answer.as_bytes()).unwrap();
            }
        });
        (address, seen)
    }

    fn ask(relay: &Relay) -> String {
        let mut connection = TcpStream::connect(relay.address).unwrap();
        let request = "PUT http://127.0.0.1:1/s/submission HTTP/1.1\r\nContent-Length: 2\r\n\r\nab";
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A connection that is broken off is an answer too.
        let _ = connection.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    }

    #[test]
    fn each_fault_does_what_it_is_named_after_and_is_counted() {
        let (address, seen) = service();
        let relay = Relay::start(address, Chance::of(1)).unwrap();
        let with = |fault| {
            relay.once("PUT", "/submission", fault);
            (ask(&relay), seen.load(Ordering::SeqCst))
        };
        assert_eq!(with(Fault::LoseRequest), (String::new(), 0));
        assert_eq!(with(Fault::LoseAnswer), (String::new(), 1));
        let (answer, requests) = with(Fault::Double);
        assert!(answer.ends_with(['1', '2']), "{answer}");
        assert_eq!(requests, 3);
        let (answer, requests) = with(Fault::Cut);
        assert!(answer.starts_with("HTTP/1.1 200") && !answer.ends_with('3'), "{answer}");
        assert_eq!(requests, 4);
        assert!(with(Fault::Delay(Duration::from_millis(1))).0.ends_with('4'));
        assert!(ask(&relay).ends_with('5'), "then it is quiet");
        let counts = relay.counts();
        assert_eq!(counts.lost_or_doubled(), 3);
        assert_eq!(
            (counts.requests_lost.load(Ordering::Relaxed), counts.delayed.load(Ordering::Relaxed)),
            (1, 1)
        );
        assert_eq!(counts.exchanges.load(Ordering::Relaxed), 6);
    }

    #[test]
    fn the_same_seed_breaks_the_same_exchanges() {
        let faults = |seed| {
            let mut plan =
                Plan { chance: Chance::of(seed), percent: 50, wanted: Vec::new(), seen: VecDeque::new() };
            let request = Request { method: "GET".into(), path: "/".into(), octets: Vec::new() };
            (0..50).map(|_| plan.next(&request)).collect::<Vec<_>>()
        };
        assert_eq!(faults(7), faults(7));
        assert_ne!(faults(7), faults(8));
    }
}
