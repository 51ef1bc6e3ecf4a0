//! The driver's readers, each with its line to the card.

use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::message::{self, Request};

/// A reader: pcscd knows it by its number.
pub(crate) struct Link {
    lun: u64,
    socket: PathBuf,
    stream: Mutex<Option<UnixStream>>,
}

static LINKS: Mutex<Vec<Arc<Link>>> = Mutex::new(Vec::new());

/// Adds a reader whose card listens at this socket.
pub(crate) fn open(lun: u64, socket: PathBuf) {
    links().push(Arc::new(Link { lun, socket, stream: Mutex::default() }));
}

/// Takes a reader away.
pub(crate) fn close(lun: u64) {
    links().retain(|link| link.lun != lun);
}

/// Asks the card of a reader; none if there is none or it says no.
pub(crate) fn ask(lun: u64, request: Request, octets: &[u8]) -> Option<Vec<u8>> {
    let link = find(lun)?;
    let mut stream = link.stream.lock().unwrap_or_else(PoisonError::into_inner);
    let mut open = match stream.take() {
        Some(open) => open,
        None => UnixStream::connect(&link.socket).ok()?,
    };
    let answer = talk(&mut open, request, octets)?;
    *stream = Some(open);
    answer
}

/// Waits on a line of its own, so that the card can be spoken with meanwhile.
pub(crate) fn await_change(lun: u64, milliseconds: u32) -> Option<()> {
    let link = find(lun)?;
    let mut stream = UnixStream::connect(&link.socket).ok()?;
    let present = talk(&mut stream, Request::Present, &[])?.is_some();
    let mut octets = vec![present.into()];
    octets.extend(milliseconds.to_be_bytes());
    talk(&mut stream, Request::AwaitChange, &octets).map(drop)
}

fn find(lun: u64) -> Option<Arc<Link>> {
    links().iter().find(|link| link.lun == lun).map(Arc::clone)
}

/// The outer none is a line that broke.
fn talk(stream: &mut UnixStream, request: Request, octets: &[u8]) -> Option<Option<Vec<u8>>> {
    message::ask(stream, request, octets).ok()?;
    message::answered(stream).ok()
}

fn links() -> MutexGuard<'static, Vec<Arc<Link>>> {
    LINKS.lock().unwrap_or_else(PoisonError::into_inner)
}
