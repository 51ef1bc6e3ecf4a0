//! As much of HTTP/1.1 (RFC 9112) as a relay needs: where a message ends.

use std::io::{self, Read};

const LARGEST_HEAD: usize = 64 * 1024;
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// A whole request as it goes on to the service.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    /// Without its query.
    pub(super) path: String,
    pub(super) octets: Vec<u8>,
}

/// Reads a request, and puts the form for a proxy into the one for a server (RFC 9112, 3.2).
pub(super) fn read_request(stream: &mut impl Read) -> io::Result<Request> {
    let (head, body) = read_head(stream)?;
    let body = read_body(stream, body, length(&head).unwrap_or(0))?;
    let (line, fields) = head.split_once("\r\n").ok_or_else(damaged)?;
    let mut words = line.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Err(damaged()) };
    let target = match target.strip_prefix("http://") {
        Some(rest) => rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/"),
        None => target,
    };
    let fields = fields.lines().filter(|line| !is(line, "connection") && !is(line, "proxy-connection"));
    let fields: String = fields.filter(|line| !line.is_empty()).map(|line| format!("{line}\r\n")).collect();
    let head = format!("{method} {target} HTTP/1.1\r\n{fields}connection: close\r\n\r\n");
    Ok(Request {
        method: method.to_owned(),
        path: target.split('?').next().unwrap_or(target).to_owned(),
        octets: [head.into_bytes(), body].concat(),
    })
}

/// Reads the answer to its end. What a killed service leaves unfinished is an error.
pub(super) fn read_answer(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let (head, body) = read_head(stream)?;
    let body = match length(&head) {
        Some(length) => read_body(stream, body, length)?,
        None => {
            let mut all = body;
            stream.take(LARGEST_BODY as u64).read_to_end(&mut all)?;
            all
        }
    };
    Ok([head.as_bytes(), &body].concat())
}

/// The head with its empty line, and what came with it.
fn read_head(stream: &mut impl Read) -> io::Result<(String, Vec<u8>)> {
    let (mut octets, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut part)?;
        if count == 0 || octets.len() > LARGEST_HEAD {
            return Err(damaged());
        }
        octets.extend_from_slice(part.get(..count).unwrap_or_default());
        if let Some(end) = octets.windows(4).position(|four| four == b"\r\n\r\n") {
            let body = octets.split_off(end + 4);
            return Ok((String::from_utf8(octets).map_err(|_| damaged())?, body));
        }
    }
}

fn read_body(stream: &mut impl Read, mut begun: Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
    if length > LARGEST_BODY || begun.len() > length {
        return Err(damaged());
    }
    let left = (length - begun.len()) as u64;
    stream.take(left).read_to_end(&mut begun)?;
    if begun.len() == length { Ok(begun) } else { Err(damaged()) }
}

fn length(head: &str) -> Option<usize> {
    let line = head.lines().find(|line| is(line, "content-length"))?;
    line.split_once(':')?.1.trim().parse().ok()
}

fn is(line: &str, name: &str) -> bool {
    line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name))
}

fn damaged() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}
