//! What went wrong: the sentence, the code, the number for the support.

use kamusm::error::Error;

use crate::{messages::Message, screen::Screen};

pub(super) fn tell(screen: &mut Screen<'_>, error: &Error) {
    screen.line(error.sentence(screen.words().language()));
    screen.fill(Message::ErrorCode, &[&error.code().name(), &error.code().number()]);
    if let Some(number) = error.request_id() {
        screen.fill(Message::SupportNumber, &[&number]);
    }
}
