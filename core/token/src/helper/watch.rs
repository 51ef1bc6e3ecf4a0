//! Readers and cards, live, as the helper hears of them: it may be linked with libpcsclite where this library is not.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::process::{KillSwitch, Process, Report};
use super::{HelperSigner, wire::Request};
use crate::cancel::{CancelToken, Wake};
use crate::error::TokenError;
use crate::reader::{Event, Events};

impl HelperSigner {
    /// What happens to readers and cards from now on, the readers that are there first. A helper that was built without
    /// the feature `pcsc` hears nothing; then the module is asked once a second.
    pub fn events(self: &Arc<Self>) -> Result<Events, TokenError> {
        let mut process = Process::start(&self.program, &self.module)?;
        process.ask(&Request::Watch)?;
        match process.report()? {
            Report::CannotWatch => Events::polling(Arc::clone(self) as Arc<dyn crate::backend::Signer>),
            first => Events::from(move |sender, cancel| forward(process, first, sender, cancel)),
        }
    }
}

/// Until nobody listens any more, or the helper ends.
fn forward(mut process: Process, first: Report, sender: &Sender<Event>, cancel: &CancelToken) {
    let kill = Arc::new(process.kill_switch());
    let switch: Arc<dyn Wake> = Arc::clone(&kill) as Arc<dyn Wake>;
    cancel.wake_on_cancel(Arc::downgrade(&switch));
    let mut report = Ok(first);
    while let Ok(Report::Seen(event)) = report {
        if cancel.is_cancelled() || sender.send(event).is_err() {
            return;
        }
        report = process.report();
    }
}

impl Wake for KillSwitch {
    fn wake(&self) {
        self.pull();
    }
}
