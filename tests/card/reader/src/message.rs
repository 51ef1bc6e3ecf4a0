//! What driver and card say to each other: a request, then its answer; both are a tag, a length and so many octets.

use std::io::{self, Read, Write};

/// Longest message that is read: an extended APDU and a little more.
const OCTETS_MAX: u32 = 70_000;

/// What the driver asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "both ends are built together")]
pub enum Request {
    /// Is there a card?
    Present,
    /// Power it, cold or warm; the answer is its ATR.
    Power,
    /// Take its power away.
    PowerDown,
    /// A command APDU; the answer is the response APDU.
    Transmit,
    /// Has the reader a PIN pad?
    HasPad,
    /// A PIN_VERIFY structure for the pad; the answer is the response APDU.
    PadVerify,
    /// Answers once the presence is no longer what the first octet says, or when the milliseconds that follow (big
    /// endian, four octets) are over.
    AwaitChange,
}

const REQUESTS: [Request; 7] = [
    Request::Present,
    Request::Power,
    Request::PowerDown,
    Request::Transmit,
    Request::HasPad,
    Request::PadVerify,
    Request::AwaitChange,
];

/// Writes a request with what belongs to it.
pub fn ask(stream: &mut impl Write, request: Request, octets: &[u8]) -> io::Result<()> {
    let tag = REQUESTS.iter().position(|other| *other == request).unwrap_or_default();
    write(stream, u8::try_from(tag).unwrap_or_default(), octets)
}

/// Reads a request.
pub fn asked(stream: &mut impl Read) -> io::Result<(Request, Vec<u8>)> {
    let (tag, octets) = read(stream)?;
    let request = REQUESTS.get(usize::from(tag)).ok_or(io::ErrorKind::InvalidData)?;
    Ok((*request, octets))
}

/// Writes an answer; none is "no card", or "no".
pub fn answer(stream: &mut impl Write, octets: Option<&[u8]>) -> io::Result<()> {
    write(stream, octets.is_some().into(), octets.unwrap_or_default())
}

/// Reads an answer.
pub fn answered(stream: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let (tag, octets) = read(stream)?;
    Ok((tag != 0).then_some(octets))
}

fn write(stream: &mut impl Write, tag: u8, octets: &[u8]) -> io::Result<()> {
    let length = u32::try_from(octets.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let mut message = vec![tag];
    message.extend(length.to_be_bytes());
    message.extend_from_slice(octets);
    stream.write_all(&message)
}

fn read(stream: &mut impl Read) -> io::Result<(u8, Vec<u8>)> {
    let mut head = [0; 5];
    stream.read_exact(&mut head)?;
    let [tag, length @ ..] = head;
    let length = u32::from_be_bytes(length);
    if length > OCTETS_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut octets = vec![0; usize::try_from(length).map_err(|_| io::ErrorKind::InvalidData)?];
    stream.read_exact(&mut octets)?;
    Ok((tag, octets))
}
