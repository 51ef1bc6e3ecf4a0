//! The C ABI: sessions in the process of `tests/c/problems.c`, told what to do line by line.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    rc::Rc,
};

use kamusm::time::Now;

use super::{
    caller::{Answer, Caller, Step, Told},
    message::Request,
};

const SLOTS: usize = 8;

/// The program with its two pipes.
pub(super) struct Program {
    child: RefCell<Child>,
    input: RefCell<Option<ChildStdin>>,
    output: RefCell<BufReader<ChildStdout>>,
    taken: RefCell<[bool; SLOTS]>,
}

/// A session in the program.
pub(super) struct CCaller {
    program: Rc<Program>,
    slot: usize,
}

impl Program {
    pub(super) fn start(command: &str) -> Self {
        let mut words = command.lines();
        let mut command = Command::new(words.next().unwrap());
        let mut child = command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        Self {
            child: RefCell::new(child),
            input: RefCell::new(input),
            output: RefCell::new(BufReader::new(output)),
            taken: RefCell::default(),
        }
    }

    pub(super) fn open(program: &Rc<Self>, base_url: &str, code: &str, intermediates_pem: &str) -> CCaller {
        let slot = program.taken.borrow().iter().position(|taken| !taken).expect("a free slot");
        program.taken.borrow_mut()[slot] = true;
        program.obey(&format!("open {slot} {base_url} {code} {}", hex(intermediates_pem.as_bytes())));
        CCaller { program: program.clone(), slot }
    }

    pub(super) fn types(&self) -> BTreeSet<String> {
        self.say("types");
        self.members().into_iter().map(|(_, name)| name).collect()
    }

    /// Ends it; it says how many of its own checks passed, and leaves with 0 if none failed.
    pub(super) fn finish(&self) {
        self.input.take();
        let last = self.line();
        assert!(last.ends_with(" passed, 0 failed") && !last.starts_with("0 "), "{last}");
        assert!(self.child.borrow_mut().wait().unwrap().success());
    }

    fn say(&self, line: &str) {
        let mut input = self.input.borrow_mut();
        writeln!(input.as_mut().expect("it has not ended"), "{line}").unwrap();
    }

    fn obey(&self, line: &str) {
        self.say(line);
        assert_eq!(self.line(), "ok");
    }

    fn line(&self) -> String {
        let mut line = String::new();
        self.output.borrow_mut().read_line(&mut line).unwrap();
        line.trim_end_matches('\n').to_owned()
    }

    /// `name value` until `end`. What a failed check of the program says is none of that.
    fn members(&self) -> Vec<(String, String)> {
        let mut members = Vec::new();
        loop {
            let line = self.line();
            match line.split_once(' ') {
                None if line == "end" => return members,
                Some((name, value)) if !name.contains(':') => {
                    members.push((name.to_owned(), value.to_owned()))
                }
                _ => panic!("the C program said: {line}"),
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended by itself, or after a failed row nobody hears it any more.
        let _ = self.child.borrow_mut().kill();
        let _ = self.child.borrow_mut().wait();
    }
}

impl Caller for CCaller {
    fn step(&mut self, now: Now) -> Step {
        self.program.say(&format!("step {} {} {}", self.slot, now.monotonic_ms, now.unix_ms));
        let members = Members(self.program.members());
        match members.one("kind") {
            "send" => Step::Send(Request {
                method: members.one("method").to_owned(),
                url: members.one("url").to_owned(),
                headers: members
                    .all("header")
                    .filter_map(|header| header.split_once(' '))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect(),
                body: octets(members.one("body")),
            }),
            "wait" => Step::Wait { until_ms: members.one("until").parse().unwrap() },
            "show" => Step::Show { texts: members.all("text").map(octets).collect() },
            "choose" => Step::Choose { refusals: members.one("refusals").parse().unwrap() },
            "sign" => Step::Sign {
                certificate: octets(members.one("certificate")),
                at_unix_s: members.one("at").parse().unwrap(),
                items: members.all("item").map(octets).collect(),
            },
            _ => Step::Done(members.all("code").next().map(|number| Told {
                number: number.parse().unwrap(),
                problem: members.all("problem").next().map(str::to_owned),
                http_status: members.all("status").next().map(|status| status.parse().unwrap()),
                request_id: members.all("request").next().map(str::to_owned),
                turkish: members.one("turkish").to_owned(),
                english: members.one("english").to_owned(),
            })),
        }
    }

    fn answer(&mut self, answer: Answer, now: Now) {
        let (what, rest) = match answer {
            Answer::Response(response) => {
                let headers = response.headers.iter().map(|(name, value)| format!("header {name} {value}\n"));
                let rest = format!(
                    "{}\n{}body {}\nend",
                    response.status,
                    headers.collect::<String>(),
                    hex(&response.body)
                );
                ("response", rest)
            }
            Answer::Unreachable => ("failed", String::new()),
            Answer::Elapsed => ("elapsed", String::new()),
            Answer::Accept => ("accept", String::new()),
            Answer::Certificate(der) => ("certificate", hex(&der)),
            Answer::GiveUp => ("give-up", String::new()),
            Answer::Signatures(values) => {
                ("signatures", values.iter().map(|value| hex(value)).collect::<Vec<_>>().join(" "))
            }
        };
        let Now { monotonic_ms, unix_ms, .. } = now;
        let line = format!("{what} {} {monotonic_ms} {unix_ms} {rest}", self.slot);
        self.program.obey(line.trim_end());
    }
}

impl Drop for CCaller {
    fn drop(&mut self) {
        // After a failed row the pipe may be gone; the row has said so.
        if !std::thread::panicking() {
            self.program.obey(&format!("close {}", self.slot));
            self.program.taken.borrow_mut()[self.slot] = false;
        }
    }
}

struct Members(Vec<(String, String)>);

impl Members {
    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_else(|| panic!("no {name}"))
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn octets(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
