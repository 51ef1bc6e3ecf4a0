//! The institution's side: its e-imza sorumlusu tells of the staff who may apply.

use kamusm::{
    application::Reason, email::Email, error::Error, gsm::Gsm, institution, payment::Payer, tckn::Tckn,
};

use crate::{
    clock::signed,
    error::{ErrorDetails, Result},
    status::Status,
};

/// One of the staff who may apply. It holds personal data: keep it out of logs.
#[derive(Clone, uniffi::Record)]
pub struct PreApplication {
    /// The TCKN; whether its check digits are right is the service's matter.
    pub tckn: String,
    /// Ad Soyad.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// Why a certificate is needed, such as `first`.
    pub reason: String,
    /// The mobile number.
    #[uniffi(default = None)]
    pub gsm: Option<String>,
    /// Whether the person comes from another institution.
    #[uniffi(default = false)]
    pub institution_change: bool,
    /// Who pays, such as `institution`.
    #[uniffi(default = None)]
    pub payer: Option<String>,
    /// Whether it is paid before.
    #[uniffi(default = None)]
    pub prepaid: Option<bool>,
    /// The product.
    #[uniffi(default = None)]
    pub product: Option<String>,
}

/// A row of a CSV file: what it says, or why it is refused.
#[derive(Clone, uniffi::Record)]
pub struct CsvRow {
    /// The line that it begins at, from 1.
    pub line: i64,
    /// What it says.
    pub item: Option<PreApplication>,
    /// Why it is refused; its fields name the columns, such as `/email`.
    pub error: Option<ErrorDetails>,
}

/// What became of a row of a submission.
#[derive(Clone, uniffi::Record)]
pub struct Placed {
    /// Which row, from 1.
    pub row: i64,
    /// The number of the new application.
    pub number: Option<String>,
    /// Why the row is refused.
    pub error: Option<ErrorDetails>,
}

/// An application of one of the staff; what tells who it is comes masked.
#[derive(Clone, uniffi::Record)]
pub struct StaffApplication {
    /// Sipariş No.
    pub no: String,
    /// Ad Soyad, masked.
    pub name: String,
    /// The TCKN, masked.
    pub tckn: String,
    /// Başvuru Tarihi, `YYYY-MM-DD`.
    pub applied_on: String,
    /// Başvuru Durumu.
    pub status: Status,
    /// The tag of this version where it was read alone, for `Operation.WatchStaffApplication`.
    pub etag: Option<String>,
}

/// The rows of a CSV file (at most 500 rows and 256 KiB), each with its own result; what is no such file is refused.
#[uniffi::export]
pub fn pre_applications_from_csv(octets: Vec<u8>) -> Result<Vec<CsvRow>> {
    let rows = institution::PreApplication::from_csv(&octets)?.into_iter().map(|row| {
        let (item, error) = parts(row.result);
        CsvRow { line: signed(row.line), item: item.map(PreApplication::from), error }
    });
    Ok(rows.collect())
}

fn parts<T>(result: Result<T, Error>) -> (Option<T>, Option<ErrorDetails>) {
    match result {
        Ok(found) => (Some(found), None),
        Err(error) => (None, Some(ErrorDetails::new(&error))),
    }
}

impl PreApplication {
    pub(crate) fn parsed(self) -> Result<institution::PreApplication, Error> {
        let (tckn, email) = (Tckn::parse_unchecked(&self.tckn)?, Email::parse(&self.email)?);
        let mut item = institution::PreApplication::new(tckn, self.name, email, Reason::from(self.reason));
        item.gsm = self.gsm.as_deref().map(Gsm::parse).transpose()?;
        item.institution_change = self.institution_change;
        item.payer = self.payer.map(Payer::from);
        item.prepaid = self.prepaid;
        item.product = self.product;
        Ok(item)
    }
}

impl From<institution::PreApplication> for PreApplication {
    fn from(item: institution::PreApplication) -> Self {
        Self {
            tckn: item.tckn.as_str().to_owned(),
            name: item.name,
            email: item.email.as_str().to_owned(),
            reason: item.reason.word().to_owned(),
            gsm: item.gsm.map(|gsm| gsm.as_str().to_owned()),
            institution_change: item.institution_change,
            payer: item.payer.map(|payer| payer.word().to_owned()),
            prepaid: item.prepaid,
            product: item.product,
        }
    }
}

impl From<institution::Placed> for Placed {
    fn from(placed: institution::Placed) -> Self {
        let (number, error) = parts(placed.result);
        Self {
            row: i64::try_from(placed.row).unwrap_or(i64::MAX),
            number: number.map(|number| number.as_str().to_owned()),
            error,
        }
    }
}

impl From<institution::StaffApplication> for StaffApplication {
    fn from(application: institution::StaffApplication) -> Self {
        Self {
            no: application.no,
            name: application.name,
            tckn: application.tckn,
            applied_on: application.applied_on,
            status: application.status.into(),
            etag: application.etag,
        }
    }
}
