//! The card's end of the socket.

use std::io;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::time::Duration;

use kamusm_test_reader::message::{Request, answer, asked};

use crate::apdu::{Command, Instruction, PAD_CANCELLED};
use crate::reader::{Shared, State};

/// Where the APDU starts in a PIN_VERIFY structure (PC/SC part 10, 2.6.2).
const PAD_APDU: usize = 19;
const PAD_PIN_OCTETS: usize = 8;

/// Answers everybody who connects, each in a thread of its own.
pub(crate) fn serve(listener: UnixListener, shared: Arc<Shared>) {
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let shared = Arc::clone(&shared);
            // A line that ends is the service that ended.
            std::thread::spawn(move || drop(talk(stream, &shared)));
        }
    });
}

fn talk(mut stream: UnixStream, shared: &Shared) -> io::Result<()> {
    loop {
        let (request, octets) = asked(&mut stream)?;
        let reply = reply(request, &octets, shared);
        answer(&mut stream, reply.as_deref())?;
    }
}

fn reply(request: Request, octets: &[u8], shared: &Shared) -> Option<Vec<u8>> {
    match request {
        Request::Present => shared.state().is_present().then(Vec::new),
        Request::Power => shared.state().card.as_mut().map(crate::card::Card::power),
        Request::PowerDown => {
            shared.state().card.as_mut()?.power();
            Some(Vec::new())
        }
        Request::Transmit => transmit(octets, shared),
        Request::HasPad => shared.state().script.pad.is_some().then(Vec::new),
        Request::PadVerify => pad_verify(octets, shared),
        Request::AwaitChange => {
            await_change(octets, shared);
            Some(Vec::new())
        }
    }
}

fn transmit(octets: &[u8], shared: &Shared) -> Option<Vec<u8>> {
    let instruction = Command::parse(octets).map_or(Instruction::Other, |command| command.instruction);
    let takes = shared.change(|state| {
        state.card.as_ref()?;
        state.instructions.push(instruction);
        if let Some(pull) = state.script.pulls(instruction) {
            state.card = None;
            state.hides_absence = !pull.is_told;
            return None;
        }
        Some(state.script.signing_takes)
    })?;
    let mut state = shared.state();
    if instruction == Instruction::Sign {
        state = shared.wait_while(state, takes, |state| state.card.is_some() && !state.is_closed);
        if let Some(status) = state.script.status_at_signing.take() {
            return Some(status.to_be_bytes().to_vec());
        }
    }
    state.card.as_mut().map(|card| card.respond(octets))
}

/// The person at the pad types into the APDU that the reader was given.
fn pad_verify(structure: &[u8], shared: &Shared) -> Option<Vec<u8>> {
    let typed = shared.state().script.pad.as_ref()?.typed.clone();
    let Some(typed) = typed else { return Some(PAD_CANCELLED.to_be_bytes().to_vec()) };
    let mut apdu = structure.get(PAD_APDU..)?.get(..4)?.to_vec();
    let mut pin = typed.into_bytes();
    pin.resize(PAD_PIN_OCTETS, 0xFF);
    apdu.push(u8::try_from(pin.len()).ok()?);
    apdu.extend(pin);
    transmit(&apdu, shared)
}

fn await_change(octets: &[u8], shared: &Shared) {
    let Some((&[known, a, b, c, d], _)) = octets.split_first_chunk() else { return };
    let known = known != 0;
    let time = Duration::from_millis(u32::from_be_bytes([a, b, c, d]).into());
    shared.change(|state| state.seen_by_service = Some(known));
    let unchanged = |state: &mut State| state.is_present() == known && !state.is_closed;
    drop(shared.wait_while(shared.state(), time, unchanged));
}
