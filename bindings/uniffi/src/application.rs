//! The person's applications (Başvurularım), read with the person's token; words of the service come as they are.

use std::sync::Arc;

use kamusm::application;
use zeroize::Zeroizing;

use crate::{error::Result, status::Status};

/// A bearer token of the person's sign-in. It is wiped when it is let go, and masked when printed.
#[derive(Debug, uniffi::Object)]
pub struct PersonToken(pub(crate) application::PersonToken);

/// An application with its status.
#[derive(Clone, uniffi::Record)]
pub struct Application {
    /// Sipariş No.
    pub no: String,
    /// Başvuru Tarihi, `YYYY-MM-DD`.
    pub applied_on: String,
    /// The institution.
    pub institution: String,
    /// The product.
    pub product: String,
    /// Why it is applied for, such as `renewal`.
    pub reason: String,
    /// Başvuru Durumu.
    pub status: Status,
    /// Warnings, such as `revokes_existing`.
    pub warnings: Vec<String>,
    /// Where it stands, such as `phone_verified`; empty where an older service does not say.
    pub state: String,
    /// What became of the form, such as `saved`.
    pub form: String,
    /// What became of the payment, such as `received`.
    pub payment: String,
    /// What became of the card.
    pub production: Production,
    /// The tag of this version where it was read alone, for `Operation.WatchApplication`.
    pub etag: Option<String>,
}

/// The production of the card.
#[derive(Clone, uniffi::Record)]
pub struct Production {
    /// What became of it, such as `scheduled`.
    pub state: String,
    /// The first day on which it may be made, `YYYY-MM-DD`.
    pub earliest_on: Option<String>,
}

#[uniffi::export]
impl PersonToken {
    /// 1 to 4096 visible ASCII characters (RFC 6750 2.1).
    #[uniffi::constructor]
    pub fn parse(text: String) -> Result<Arc<Self>> {
        let text = Zeroizing::new(text);
        Ok(Arc::new(Self(application::PersonToken::parse(&text)?)))
    }
}

impl From<application::Application> for Application {
    fn from(application: application::Application) -> Self {
        Self {
            no: application.no,
            applied_on: application.applied_on,
            institution: application.institution,
            product: application.product,
            reason: application.reason.word().to_owned(),
            status: application.status.into(),
            warnings: application.warnings,
            state: application.state.word().to_owned(),
            form: application.form.word().to_owned(),
            payment: application.payment.word().to_owned(),
            production: Production {
                state: application.production.state.word().to_owned(),
                earliest_on: application.production.earliest_on,
            },
            etag: application.etag,
        }
    }
}
