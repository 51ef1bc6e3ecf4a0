//! Sonuç: what became of an approval.

use crate::status::Status;

/// What became of an approval.
#[derive(Clone, uniffi::Record)]
pub struct ApplicationResult {
    /// Which result, such as `done`.
    pub state: String,
    /// As the page shows it.
    pub title: String,
    /// The service's receipt, a compact JWS.
    pub receipt: Option<String>,
    /// Başvuru Durumu.
    pub status: Status,
}

impl From<kamusm::result::ApplicationResult> for ApplicationResult {
    fn from(result: kamusm::result::ApplicationResult) -> Self {
        Self {
            state: result.state.word().to_owned(),
            title: result.title,
            receipt: result.receipt,
            status: result.status.into(),
        }
    }
}
