//! `chromedriver` as a process: its own port, ended when dropped.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What stands before the port in the line that says that it runs.
const STARTED: &str = "was started successfully on port ";

/// How long its end may take.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    pub(crate) fn start() -> io::Result<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut driver = Self { process, port: 0 };
        for line in BufReader::new(output).lines() {
            let line = line?;
            if let Some((_, port)) = line.split_once(STARTED) {
                let port = port.trim_end_matches('.').parse();
                driver.port = port.map_err(|_| io::Error::other(line.clone()))?;
                return Ok(driver);
            }
        }
        Err(io::Error::other("chromedriver ended before it said its port"))
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    /// Asks it to end its browsers and itself: killed, it would leave them behind.
    fn drop(&mut self) {
        let asked = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(PATIENCE))?;
            write!(
                stream,
                "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
                self.port
            )?;
            stream.read_to_end(&mut Vec::new())
        });
        if asked.is_err() {
            // It may have ended already.
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}
