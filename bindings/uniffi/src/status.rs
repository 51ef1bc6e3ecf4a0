//! Where an application stands; words of the service come as they are.

use kamusm::status;

/// A status with the service's texts.
#[derive(Clone, uniffi::Record)]
pub struct Status {
    /// Which status, such as `production_pending`.
    pub code: String,
    /// As the list shows it.
    pub title: String,
    /// Who cancelled, such as `person`.
    pub cancelled_by: Option<String>,
    /// The text.
    pub body: Vec<Block>,
    /// What the person can do.
    pub action: Action,
}

/// The button of a row.
#[derive(Clone, uniffi::Record)]
pub struct Action {
    /// Which action, such as `complete`.
    pub code: String,
    /// As the button shows it.
    pub title: String,
}

/// A part of a status text.
#[derive(Clone, uniffi::Enum)]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        text: String,
    },
    /// A point.
    Item {
        /// Its number or letter.
        label: String,
        /// The text.
        text: String,
    },
    /// Banks with their channels of payment; they differ from text to text.
    Channels {
        /// Each bank.
        banks: Vec<Bank>,
    },
    /// A kind of block that this version does not know.
    Unknown,
}

/// A bank and the channels through which it takes the payment.
#[derive(Clone, uniffi::Record)]
pub struct Bank {
    /// Its name.
    pub name: String,
    /// Banka Şubesi.
    pub branch: bool,
    /// İnternet Şubesi.
    pub internet: bool,
    /// Mobil Şube.
    pub mobile: bool,
    /// ATM.
    pub atm: bool,
    /// Çağrı Merkezi.
    pub call_centre: bool,
}

impl From<status::Status> for Status {
    fn from(status: status::Status) -> Self {
        Self {
            code: status.code.word().to_owned(),
            title: status.title,
            cancelled_by: status.cancelled_by.map(|who| who.word().to_owned()),
            body: status.body.into_iter().map(Block::from).collect(),
            action: Action { code: status.action.code.word().to_owned(), title: status.action.title },
        }
    }
}

impl From<status::Block> for Block {
    fn from(block: status::Block) -> Self {
        match block {
            status::Block::Paragraph { text } => Self::Paragraph { text },
            status::Block::Item { label, text } => Self::Item { label, text },
            status::Block::Channels { banks } => {
                Self::Channels { banks: banks.into_iter().map(Bank::from).collect() }
            }
            _ => Self::Unknown,
        }
    }
}

impl From<status::Bank> for Bank {
    fn from(bank: status::Bank) -> Self {
        Self {
            name: bank.name,
            branch: bank.branch,
            internet: bank.internet,
            mobile: bank.mobile,
            atm: bank.atm,
            call_centre: bank.call_centre,
        }
    }
}
