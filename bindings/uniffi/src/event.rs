//! What happened to an application.

/// Something that happened.
#[derive(Clone, uniffi::Record)]
pub struct Event {
    /// When, RFC 3339.
    pub at: String,
    /// What, such as `form_saved`.
    pub code: String,
    /// As the page shows it.
    pub text: String,
}

impl From<kamusm::event::Event> for Event {
    fn from(event: kamusm::event::Event) -> Self {
        Self { at: event.at, code: event.code, text: event.text }
    }
}
