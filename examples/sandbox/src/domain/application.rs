//! An order's way from the pre-application to the active certificate (protocol, section 2).

pub(crate) mod approval;
pub(crate) mod cancellation;
pub(crate) mod change;
pub(crate) mod commitment;
pub(crate) mod events;
pub(crate) mod evidence;
pub(crate) mod form;
pub(crate) mod machine;
pub(crate) mod payment;
pub(crate) mod phone;
pub(crate) mod production;
pub(crate) mod progress;
pub(crate) mod read;
pub(crate) mod sign_code;
pub(crate) mod status;
pub(crate) mod texts;

use crate::domain::problem::{Kind, Problem};
use crate::store::application::Application;

/// What the person has to know before signing.
pub(crate) fn warnings(application: &Application) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    if production::revokes_existing(&application.reason) {
        warnings.push("revokes_existing");
    }
    if application.institution_change {
        warnings.push("production_date_may_differ");
    }
    warnings
}

/// Label and value of each line of the form summary.
pub(crate) fn form_lines(application: &Application) -> Result<Vec<(String, String)>, Problem> {
    serde_json::from_str(&application.form).map_err(|error| {
        tracing::error!(%error, "a stored form cannot be read");
        Kind::Internal.into()
    })
}
