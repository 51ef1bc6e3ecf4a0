//! What a caller tells the machine about a step.

use std::sync::Arc;

/// The answer to one step; made only by the step itself or by a performer.
#[derive(uniffi::Object)]
pub struct Answer(pub(crate) kamusm::Answer);

impl Answer {
    pub(crate) fn new(answer: kamusm::Answer) -> Arc<Self> {
        Arc::new(Self(answer))
    }
}
