//! An order's way from the pre-application to production (protocol, section 2), as far as the approval goes.

pub(crate) mod evidence;
pub(crate) mod read;
pub(crate) mod sign_code;
pub(crate) mod status;
pub(crate) mod texts;

use crate::domain::problem::{Kind, Problem};
use crate::store::application::Application;

/// The state from which an approval is possible.
pub(crate) const READY: &str = "phone_verified";
/// Approved, and paid by the institution or later.
pub(crate) const PRODUCTION_PENDING: &str = "production_pending";
/// Approved, and waiting for the payment.
pub(crate) const PAYMENT_PENDING: &str = "payment_pending";
/// Over.
pub(crate) const CANCELLED: &str = "cancelled";

/// The kinds that revoke the person's certificates of the same institution (TAL.01.16, Şekil 2, c).
const REVOKING: [&str; 4] = ["lost_or_stolen", "hardware_fault", "identity_change", "pin_puk_lost"];

/// Where the approval leads: production waits for the payment only when it is prepaid.
pub(crate) fn state_after_approval(application: &Application) -> &'static str {
    if application.prepaid { PAYMENT_PENDING } else { PRODUCTION_PENDING }
}

/// What the person has to know before signing.
pub(crate) fn warnings(application: &Application) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    if REVOKING.contains(&application.reason.as_str()) {
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
