//! An order's status as the list shows it (TAL.01.16, Şekil 2).

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::application::machine::Step;
use crate::domain::application::texts::{self, Block};
use crate::store::application::Application;

/// A status with its own words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    /// `form_and_payment_pending`, `payment_pending`, `production_pending`, `cancelled`; this service's own are
    /// `form_pending`, `in_production`, `shipped`, `delivered`, `active`. There may be later ones.
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

/// The status of an order. The instruction shows four; the others are this service's own.
pub(crate) fn status(application: &Application) -> Status {
    let step = Step::parse(&application.state).unwrap_or(Step::PreApplication);
    let (code, title, body, action) = match step {
        Step::PreApplication | Step::FormSaved | Step::PhoneVerified if application.payment != "pending" => {
            ("form_pending", "Başvuru Formu Bekleniyor", texts::form_pending(), COMPLETE)
        }
        Step::PreApplication | Step::FormSaved | Step::PhoneVerified => (
            "form_and_payment_pending",
            "Başvuru Formu ve Ödeme Bekleniyor",
            texts::form_and_payment_pending(),
            COMPLETE,
        ),
        Step::PaymentPending => ("payment_pending", "Ödeme Bekleniyor", texts::result(), UPDATE),
        Step::ProductionPending => {
            ("production_pending", "Üretim Bekleniyor", texts::production_pending(), UPDATE)
        }
        Step::InProduction => ("in_production", "Üretimde", texts::in_production(), DETAILS),
        Step::Shipped => ("shipped", "Kargoya Verildi", texts::shipped(), DETAILS),
        Step::Delivered => ("delivered", "Teslim Edildi", texts::delivered(), DETAILS),
        Step::Active => ("active", "Sertifika Aktif", texts::active(), DETAILS),
        Step::Cancelled => ("cancelled", "İptal Edildi", texts::cancelled(), DETAILS),
    };
    Status { code, title, cancelled_by: application.cancelled_by.clone(), body, action }
}
