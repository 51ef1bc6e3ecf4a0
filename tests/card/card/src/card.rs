//! The card: PIN, keys and certificates, and its answers (NIST SP 800-73-4, part 2).

use kamusm_test_ca::Issued;

use crate::apdu::{
    Command, DONE, Instruction, NOT_FOUND, PIN_LOCKED, SECURITY_NOT_SATISFIED, Status, UNKNOWN_INSTRUCTION,
    WRONG_DATA, WRONG_LENGTH, first_object, tlv,
};
use crate::key::Key;
use crate::object;

/// Answer to reset; no driver of OpenSC claims it, so that it looks for the applet.
pub(crate) const ATR: [u8; 11] = [0x3B, 0x95, 0x13, 0x81, 0x01, 0x80, 0x73, 0xFF, 0x01, 0x00, 0x0B];

/// The reference of the PIN of the applet.
const PIN_REFERENCE: u8 = 0x80;
const PIN_OCTETS: usize = 8;
const PIN_PADDING: u8 = 0xFF;

/// Where on the card a key is; the place decides when the PIN is asked for (SP 800-73-4, part 1, table 4b).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "all places of a PIV card for keys of today")]
pub enum Place {
    /// 9A: once.
    Authentication = 0x9A,
    /// 9C: before each signature.
    Signature = 0x9C,
    /// 9D: once.
    KeyManagement = 0x9D,
    /// 9E: never.
    CardAuthentication = 0x9E,
}

/// A key with its certificate.
pub(crate) struct Holding {
    pub(crate) place: Place,
    pub(crate) certificate: Vec<u8>,
    key: Key,
}

/// A PIV card.
pub struct Card {
    holdings: Vec<Holding>,
    pin: Vec<u8>,
    tries: u8,
    tries_left: u8,
    atr: Vec<u8>,
    state: State,
}

/// What a card forgets without power.
#[derive(Default)]
struct State {
    verified: bool,
    selected: bool,
    chained: Vec<u8>,
    pending: Vec<u8>,
}

impl Card {
    /// With three tries for this PIN of 4 to 8 digits.
    pub fn new(pin: &str, keys: &[(Place, &Issued)]) -> Self {
        keys.iter().fold(Self::empty(pin), |card, (place, issued)| {
            card.with_key(*place, &issued.certificate_der, &issued.private_key_pkcs8_der)
        })
    }

    /// Without any key.
    pub fn empty(pin: &str) -> Self {
        Self {
            holdings: Vec::new(),
            pin: pin.into(),
            tries: 3,
            tries_left: 3,
            atr: ATR.to_vec(),
            state: State::default(),
        }
    }

    /// With one key more, from PKCS#8.
    #[must_use]
    pub fn with_key(mut self, place: Place, certificate_der: &[u8], pkcs8_der: &[u8]) -> Self {
        let certificate = certificate_der.to_vec();
        self.holdings.push(Holding { place, certificate, key: Key::new(pkcs8_der) });
        self
    }

    /// With another answer to reset.
    #[must_use]
    pub fn with_atr(mut self, atr: &[u8]) -> Self {
        self.atr = atr.to_vec();
        self
    }

    /// How many PIN tries are left.
    pub fn tries_left(&self) -> u8 {
        self.tries_left
    }

    /// Power, or a reset: the ATR.
    pub(crate) fn power(&mut self) -> Vec<u8> {
        self.state = State::default();
        self.atr.clone()
    }

    /// The response to a command.
    pub(crate) fn respond(&mut self, octets: &[u8]) -> Vec<u8> {
        let Some(command) = Command::parse(octets) else { return WRONG_LENGTH.to_be_bytes().to_vec() };
        if command.instruction == Instruction::More {
            return self.next_part(command.expected);
        }
        let mut data = std::mem::take(&mut self.state.chained);
        data.extend_from_slice(command.data);
        if command.instruction == Instruction::Part {
            self.state.chained = data;
            return DONE.to_be_bytes().to_vec();
        }
        match self.perform(&command, &data) {
            Ok(answer) => {
                self.state.pending = answer;
                self.next_part(command.expected)
            }
            Err(status) => status.to_be_bytes().to_vec(),
        }
    }

    fn perform(&mut self, command: &Command<'_>, data: &[u8]) -> Result<Vec<u8>, Status> {
        if command.instruction == Instruction::Select {
            let is_ours = object::APPLICATION.starts_with(data) || data.starts_with(object::APPLICATION);
            self.state.selected = command.p1 == 4 && !data.is_empty() && is_ours;
            return if self.state.selected { Ok(object::application()) } else { Err(NOT_FOUND) };
        }
        if !self.state.selected {
            return Err(UNKNOWN_INSTRUCTION);
        }
        match (command.instruction, command.p1, command.p2) {
            (Instruction::Read, 0x3F, 0xFF) => {
                let (_, tag, _) = first_object(data).filter(|(tag, ..)| *tag == 0x5C).ok_or(WRONG_DATA)?;
                object::find(tag, &self.holdings).ok_or(NOT_FOUND)
            }
            (Instruction::Verify, 0, PIN_REFERENCE) => self.verify(data),
            (Instruction::Verify, 0xFF, PIN_REFERENCE) => {
                self.state.verified = false;
                Ok(Vec::new())
            }
            (Instruction::Sign, _, reference) => self.sign(reference, data),
            _ => Err(UNKNOWN_INSTRUCTION),
        }
    }

    fn verify(&mut self, data: &[u8]) -> Result<Vec<u8>, Status> {
        let refusal = |tries_left| if tries_left == 0 { PIN_LOCKED } else { 0x63C0 | u16::from(tries_left) };
        if data.is_empty() && self.state.verified {
            return Ok(Vec::new());
        }
        if data.is_empty() || self.tries_left == 0 {
            return Err(refusal(self.tries_left));
        }
        if data.len() != PIN_OCTETS {
            return Err(WRONG_DATA);
        }
        let pin = data.split(|octet| *octet == PIN_PADDING).next().unwrap_or_default();
        self.state.verified = pin == self.pin;
        if self.state.verified {
            self.tries_left = self.tries;
            return Ok(Vec::new());
        }
        self.tries_left -= 1;
        Err(refusal(self.tries_left))
    }

    fn sign(&mut self, reference: u8, data: &[u8]) -> Result<Vec<u8>, Status> {
        let holding =
            self.holdings.iter().find(|holding| holding.place as u8 == reference).ok_or(NOT_FOUND)?;
        if holding.place != Place::CardAuthentication && !self.state.verified {
            return Err(SECURITY_NOT_SATISFIED);
        }
        let (_, mut objects, _) = first_object(data).filter(|(tag, ..)| *tag == 0x7C).ok_or(WRONG_DATA)?;
        let mut challenge = None;
        while let Some((tag, value, rest)) = first_object(objects) {
            challenge = if tag == 0x81 { Some(value) } else { challenge };
            objects = rest;
        }
        let signature = holding.key.sign(challenge.ok_or(WRONG_DATA)?).map_err(|_| WRONG_DATA)?;
        if holding.place == Place::Signature {
            self.state.verified = false;
        }
        Ok(tlv(&[0x7C], &tlv(&[0x82], &signature)))
    }

    fn next_part(&mut self, expected: usize) -> Vec<u8> {
        let rest = self.state.pending.split_off(expected.min(self.state.pending.len()));
        let mut part = std::mem::replace(&mut self.state.pending, rest);
        match u8::try_from(self.state.pending.len()) {
            Ok(0) => part.extend(DONE.to_be_bytes()),
            Ok(left) => part.extend([0x61, left]),
            Err(_) => part.extend([0x61, 0]),
        }
        part
    }
}
