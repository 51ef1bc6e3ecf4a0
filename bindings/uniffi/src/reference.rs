//! The lists that the form's fields choose from.

/// A row of a list.
#[derive(Clone, uniffi::Record)]
pub struct Choice {
    /// What the form's value is.
    pub code: String,
    /// As the page shows it.
    pub title: String,
}

impl From<kamusm::reference::Choice> for Choice {
    fn from(choice: kamusm::reference::Choice) -> Self {
        Self { code: choice.code, title: choice.title }
    }
}
