//! The parts of a text of the service: of a status, and of how to pay.

use std::ffi::{CString, c_char};

use kamusm::status::{Bank, Block};

use crate::text::lendable;

/// What a part of a text of the service is.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_block_kind {
    /// None that this version knows: pass it over.
    Unknown = 0,
    /// Running text: `kamusm_status_block_text`.
    Paragraph = 1,
    /// A point of a list: `kamusm_status_block_label` and `kamusm_status_block_text`.
    Item = 2,
    /// A table of banks and their channels of payment: `kamusm_status_bank_count` and its neighbours.
    Channels = 3,
}

/// The columns of the table of banks.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_channel {
    /// Banka Şubesi.
    Branch = 1,
    /// İnternet Şubesi.
    Internet = 2,
    /// Mobil Şube.
    Mobile = 3,
    /// ATM.
    Atm = 4,
    /// Çağrı Merkezi.
    CallCentre = 5,
}

/// The parts, from 0, as they are lent.
pub(crate) struct Blocks(Vec<BlockView>);

struct BlockView {
    kind: kamusm_block_kind,
    label: Option<CString>,
    text: Option<CString>,
    banks: Vec<(CString, Bank)>,
}

impl Blocks {
    pub(crate) fn new(blocks: &[Block]) -> Self {
        Self(blocks.iter().map(BlockView::new).collect())
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn kind(&self, index: usize) -> Option<kamusm_block_kind> {
        Some(self.0.get(index)?.kind)
    }

    pub(crate) fn label(&self, index: usize) -> Option<*const c_char> {
        Some(self.0.get(index)?.label.as_ref()?.as_ptr())
    }

    pub(crate) fn text(&self, index: usize) -> Option<*const c_char> {
        Some(self.0.get(index)?.text.as_ref()?.as_ptr())
    }

    pub(crate) fn bank_count(&self, block: usize) -> Option<usize> {
        Some(self.0.get(block)?.banks.len())
    }

    pub(crate) fn bank_name(&self, block: usize, bank: usize) -> Option<*const c_char> {
        Some(self.0.get(block)?.banks.get(bank)?.0.as_ptr())
    }

    pub(crate) fn bank_takes(&self, block: usize, bank: usize, channel: i32) -> Option<bool> {
        takes(&self.0.get(block)?.banks.get(bank)?.1, channel)
    }
}

impl BlockView {
    fn new(block: &Block) -> Self {
        let mut view = Self { kind: kamusm_block_kind::Unknown, label: None, text: None, banks: Vec::new() };
        match block {
            Block::Paragraph { text } => {
                view.kind = kamusm_block_kind::Paragraph;
                view.text = Some(lendable(text));
            }
            Block::Item { label, text } => {
                view.kind = kamusm_block_kind::Item;
                view.label = Some(lendable(label));
                view.text = Some(lendable(text));
            }
            Block::Channels { banks } => {
                view.kind = kamusm_block_kind::Channels;
                view.banks = banks.iter().map(|bank| (lendable(&bank.name), bank.clone())).collect();
            }
            _ => {}
        }
        view
    }
}

fn takes(bank: &Bank, channel: i32) -> Option<bool> {
    let columns = [
        (kamusm_channel::Branch, bank.branch),
        (kamusm_channel::Internet, bank.internet),
        (kamusm_channel::Mobile, bank.mobile),
        (kamusm_channel::Atm, bank.atm),
        (kamusm_channel::CallCentre, bank.call_centre),
    ];
    columns.iter().find(|(name, _)| *name as i32 == channel).map(|(_, takes)| *takes)
}
