//! The person's applications (Başvurularım), read with the person's token; words of the service come as they are.

use std::sync::Arc;

use kamusm::{
    application::{self, ApplicationNumber},
    call::Call,
    status,
};
use zeroize::Zeroizing;

use crate::{
    config::Config,
    error::Result,
    request::{Request, Response},
};

/// A bearer token of the person's sign-in. It is wiped when it is let go.
#[derive(uniffi::Object)]
pub struct PersonToken(application::PersonToken);

/// Asks for all applications of the person, the latest first.
#[derive(uniffi::Object)]
pub struct ApplicationsCall(pub(crate) Call<Vec<application::Application>>);

/// Asks for one application.
#[derive(uniffi::Object)]
pub struct ApplicationCall(pub(crate) Call<application::Application>);

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
}

/// A status with the service's texts.
#[derive(Clone, uniffi::Record)]
pub struct Status {
    /// Which status, such as `production_pending`.
    pub code: String,
    /// As the list shows it.
    pub title: String,
    /// Who cancelled, such as `person`.
    pub cancelled_by: Option<String>,
    /// The text.
    pub body: Vec<Block>,
    /// What the person can do.
    pub action: Action,
}

/// The button of a row.
#[derive(Clone, uniffi::Record)]
pub struct Action {
    /// Which action, such as `complete`.
    pub code: String,
    /// As the button shows it.
    pub title: String,
}

/// A part of a status text.
#[derive(Clone, uniffi::Enum)]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        text: String,
    },
    /// A point.
    Item {
        /// Its number or letter.
        label: String,
        /// The text.
        text: String,
    },
    /// Banks with their channels of payment; they differ from text to text.
    Channels {
        /// Each bank.
        banks: Vec<Bank>,
    },
    /// A kind of block that this version does not know.
    Unknown,
}

/// A bank and the channels through which it takes the payment.
#[derive(Clone, uniffi::Record)]
pub struct Bank {
    /// Its name.
    pub name: String,
    /// Banka Şubesi.
    pub branch: bool,
    /// İnternet Şubesi.
    pub internet: bool,
    /// Mobil Şube.
    pub mobile: bool,
    /// ATM.
    pub atm: bool,
    /// Çağrı Merkezi.
    pub call_centre: bool,
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

/// A call for all applications of the person.
#[uniffi::export]
pub fn applications_list(config: &Config, token: &PersonToken) -> Result<Arc<ApplicationsCall>> {
    Ok(Arc::new(ApplicationsCall(application::Application::list(&config.0, &token.0))))
}

/// A call for one application, such as `SD-13712`; somebody else's is `NOT_FOUND`.
#[uniffi::export]
pub fn application_read(
    config: &Config,
    token: &PersonToken,
    number: String,
) -> Result<Arc<ApplicationCall>> {
    let number = ApplicationNumber::parse(&number)?;
    Ok(Arc::new(ApplicationCall(application::Application::read(&config.0, &token.0, &number))))
}

#[uniffi::export]
impl ApplicationsCall {
    /// What to send, exactly as it stands.
    pub fn request(&self) -> Result<Request> {
        Ok(Request::new(self.0.request()))
    }

    /// The applications; a refusal of the service or an answer that is none becomes its error.
    pub fn decode(&self, response: Response) -> Result<Vec<Application>> {
        let applications = self.0.decode(&response.into_inner()?)?;
        Ok(applications.into_iter().map(Application::new).collect())
    }
}

#[uniffi::export]
impl ApplicationCall {
    /// What to send, exactly as it stands.
    pub fn request(&self) -> Result<Request> {
        Ok(Request::new(self.0.request()))
    }

    /// The application; a refusal of the service or an answer that is none becomes its error.
    pub fn decode(&self, response: Response) -> Result<Application> {
        Ok(Application::new(self.0.decode(&response.into_inner()?)?))
    }
}

impl Application {
    pub(crate) fn new(application: application::Application) -> Self {
        let status = application.status;
        Self {
            no: application.no,
            applied_on: application.applied_on,
            institution: application.institution,
            product: application.product,
            reason: application.reason.word().to_owned(),
            status: Status {
                code: status.code.word().to_owned(),
                title: status.title,
                cancelled_by: status.cancelled_by.map(|who| who.word().to_owned()),
                body: status.body.into_iter().map(Block::new).collect(),
                action: Action { code: status.action.code.word().to_owned(), title: status.action.title },
            },
            warnings: application.warnings,
        }
    }
}

impl Block {
    fn new(block: status::Block) -> Self {
        match block {
            status::Block::Paragraph { text } => Self::Paragraph { text },
            status::Block::Item { label, text } => Self::Item { label, text },
            status::Block::Channels { banks } => {
                Self::Channels { banks: banks.into_iter().map(Bank::new).collect() }
            }
            _ => Self::Unknown,
        }
    }
}

impl Bank {
    fn new(bank: status::Bank) -> Self {
        Self {
            name: bank.name,
            branch: bank.branch,
            internet: bank.internet,
            mobile: bank.mobile,
            atm: bank.atm,
            call_centre: bank.call_centre,
        }
    }
}
