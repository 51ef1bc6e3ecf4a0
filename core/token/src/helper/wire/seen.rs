//! An event of the readers on its way from the helper.

use serde::{Deserialize, Serialize};

use crate::reader::{CardSeen, Event, Reader};

#[derive(Serialize, Deserialize)]
pub(in crate::helper) enum WireSeen {
    ServiceUp,
    ServiceDown,
    ReaderAdded(WireReader),
    ReaderRemoved(WireReader),
    CardInserted(WireReader),
    CardRemoved(WireReader),
}

#[derive(Serialize, Deserialize)]
pub(in crate::helper) struct WireReader {
    name: String,
    card: Option<WireCard>,
}

#[derive(Serialize, Deserialize)]
struct WireCard {
    atr: Vec<u8>,
    is_held: bool,
}

impl From<Event> for WireSeen {
    fn from(event: Event) -> Self {
        match event {
            Event::ServiceUp => Self::ServiceUp,
            Event::ServiceDown => Self::ServiceDown,
            Event::ReaderAdded(reader) => Self::ReaderAdded(reader.into()),
            Event::ReaderRemoved(reader) => Self::ReaderRemoved(reader.into()),
            Event::CardInserted(reader) => Self::CardInserted(reader.into()),
            Event::CardRemoved(reader) => Self::CardRemoved(reader.into()),
        }
    }
}

impl From<WireSeen> for Event {
    fn from(seen: WireSeen) -> Self {
        match seen {
            WireSeen::ServiceUp => Self::ServiceUp,
            WireSeen::ServiceDown => Self::ServiceDown,
            WireSeen::ReaderAdded(reader) => Self::ReaderAdded(reader.into()),
            WireSeen::ReaderRemoved(reader) => Self::ReaderRemoved(reader.into()),
            WireSeen::CardInserted(reader) => Self::CardInserted(reader.into()),
            WireSeen::CardRemoved(reader) => Self::CardRemoved(reader.into()),
        }
    }
}

impl From<Reader> for WireReader {
    fn from(reader: Reader) -> Self {
        let card = reader.card.map(|card| WireCard { atr: card.atr, is_held: card.is_held });
        Self { name: reader.name, card }
    }
}

impl From<WireReader> for Reader {
    fn from(reader: WireReader) -> Self {
        let card = reader.card.map(|card| CardSeen { atr: card.atr, is_held: card.is_held });
        Self { name: reader.name, card }
    }
}
