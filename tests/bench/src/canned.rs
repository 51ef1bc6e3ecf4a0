//! A process that knows no protocol: it gives the recorded answers one after the other, whatever is asked.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use kamusm::config::{Config, Environment, Proxy};
use kamusm_bench::{Recording, Reply};

/// The running process.
pub(crate) struct Canned {
    child: Child,
    address: String,
}

impl Canned {
    pub(crate) fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program has a path"))
            .arg("serve-recording")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts again");
        let mut address = String::new();
        let stdout = child.stdout.as_mut().expect("piped");
        BufReader::new(stdout.take(32)).read_line(&mut address).expect("it tells its address");
        Self { child, address: address.trim().to_owned() }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn config(&self) -> Config {
        let builder = Config::builder(&self.address, Environment::Sandbox).proxy(Proxy::None);
        builder.build().expect("loopback")
    }

    /// Ends it; gives the number of connections that it took.
    pub(crate) fn stop(mut self) -> u32 {
        drop(self.child.stdin.take());
        let mut connections = String::new();
        let stdout = self.child.stdout.as_mut().expect("piped");
        stdout.read_to_string(&mut connections).expect("it tells its connections");
        self.child.wait().expect("it ends");
        connections.trim().parse().expect("a number")
    }
}

/// The process itself: until its input ends. Gives the number of connections.
pub(crate) fn serve() -> String {
    let answers: Arc<Vec<Vec<u8>>> = Arc::new(answers());
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut stdout = std::io::stdout();
    // Exactly as long as the parent reads.
    let line = format!("{:<31}", format!("http://{}", listener.local_addr().expect("bound")));
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).expect("the parent reads");
    let connections = Arc::new(AtomicUsize::new(0));
    let (count, next) = (connections.clone(), Arc::new(AtomicUsize::new(0)));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            count.fetch_add(1, Ordering::Relaxed);
            let (answers, next) = (answers.clone(), next.clone());
            // A connection that breaks is the client's to notice.
            thread::spawn(move || drop(converse(&stream, &answers, &next)));
        }
    });
    std::io::stdin().read_to_end(&mut Vec::new()).expect("the parent closes it");
    connections.load(Ordering::Relaxed).to_string()
}

fn answers() -> Vec<Vec<u8>> {
    let turns = Recording::committed().turns;
    let answers = turns.into_iter().filter_map(|turn| match turn.reply {
        Reply::Response { status, headers, body } => {
            let mut answer = format!("HTTP/1.1 {status} X\r\n");
            for (name, value) in headers.iter().filter(|(name, _)| !is_of_the_connection(name)) {
                answer += &format!("{name}: {value}\r\n");
            }
            answer += &format!("content-length: {}\r\n\r\n{body}", body.len());
            Some(answer.into_bytes())
        }
        _ => None,
    });
    answers.collect()
}

fn is_of_the_connection(name: &str) -> bool {
    ["content-length", "transfer-encoding", "connection"].iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn converse(mut stream: &TcpStream, answers: &[Vec<u8>], next: &AtomicUsize) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(octets) = read_head(&mut reader)? {
        reader.read_exact(&mut vec![0; octets])?;
        stream.write_all(&answers[next.fetch_add(1, Ordering::Relaxed) % answers.len()])?;
    }
    Ok(())
}

/// Length of the body; none if the connection ended.
fn read_head(reader: &mut impl BufRead) -> std::io::Result<Option<usize>> {
    let mut octets = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim().split_once(':') {
            None if line.trim().is_empty() => return Ok(Some(octets)),
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                octets = value.trim().parse().map_err(std::io::Error::other)?;
            }
            _ => {}
        }
    }
}
