//! An order's status as the list shows it (TAL.01.16, Şekil 2).

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::application::texts::{self, Block};
use crate::domain::application::{CANCELLED, PAYMENT_PENDING, PRODUCTION_PENDING};
use crate::store::application::Application;

/// A status with its own words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    /// `form_and_payment_pending`, `payment_pending`, `production_pending`, `cancelled` or a later one.
    #[schema(value_type = String)]
    pub(crate) code: &'static str,
    /// As the list shows it, Turkish.
    #[schema(value_type = String)]
    pub(crate) title: &'static str,
    /// Who cancelled: `institution`, `person` or `timeout`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cancelled_by: Option<String>,
    /// The status text, Turkish.
    pub(crate) body: Vec<Block>,
    /// What the person can do.
    pub(crate) action: Action,
}

/// The button of a row.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Action {
    /// `complete`, `update` or `details`.
    #[schema(value_type = String)]
    pub(crate) code: &'static str,
    /// As the button shows it, Turkish.
    #[schema(value_type = String)]
    pub(crate) title: &'static str,
}

const COMPLETE: Action = Action { code: "complete", title: "Başvuruyu Tamamla" };
const UPDATE: Action = Action { code: "update", title: "Başvuruyu Güncelle" };
const DETAILS: Action = Action { code: "details", title: "Detaylar" };

/// The status of an order.
pub(crate) fn status(application: &Application) -> Status {
    let (code, title, body, action) = match application.state.as_str() {
        PAYMENT_PENDING => ("payment_pending", "Ödeme Bekleniyor", texts::result(), UPDATE),
        PRODUCTION_PENDING => {
            ("production_pending", "Üretim Bekleniyor", texts::production_pending(), UPDATE)
        }
        CANCELLED => ("cancelled", "İptal Edildi", texts::cancelled(), DETAILS),
        _ => (
            "form_and_payment_pending",
            "Başvuru Formu ve Ödeme Bekleniyor",
            texts::form_and_payment_pending(),
            COMPLETE,
        ),
    };
    Status { code, title, cancelled_by: application.cancelled_by.clone(), body, action }
}
