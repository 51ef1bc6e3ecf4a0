//! The institution's side: its e-imza sorumlusu tells of the staff who may apply (TAL.01.16, 4.1).

mod csv;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::csv::Row;
use crate::{
    application::{ApplicationNumber, PersonToken, Reason},
    call::{Answered, Call},
    config::Config,
    email::Email,
    error::{Code, Error, Result},
    gsm::Gsm,
    idempotency::IdempotencyKey,
    payment::Payer,
    protocol::{
        dialect::{Ask, Operation},
        problem::Problem,
    },
    status::Status,
    tckn::Tckn,
};

/// So many pre-applications may be told of at once.
pub const MAX_PRE_APPLICATIONS: usize = 500;

/// What the service calls an institution.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InstitutionId(String);

impl InstitutionId {
    /// 1 to 64 of `A`-`Z`, `a`-`z`, `0`-`9`, `-` and `_`.
    pub fn parse(id: &str) -> Result<Self> {
        let symbol = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
        if id.is_empty() || id.len() > 64 || !id.bytes().all(symbol) {
            return Err(Error::new(Code::Range, "an institution's id is 1 to 64 letters, digits, - and _"));
        }
        Ok(Self(id.to_owned()))
    }

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn ask<'a>(&'a self, operation: Operation, token: &'a PersonToken) -> Ask<'a> {
        Ask::new(operation, &[&self.0]).token(token.as_str())
    }
}

/// One of the staff who may apply.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreApplication {
    /// T.C. Kimlik Numarası. One with wrong check digits is sent too: the service may know the person.
    pub tckn: Tckn,
    /// Ad Soyad.
    pub name: String,
    /// Where the e-mail about the application goes.
    pub email: Email,
    /// The mobile number.
    pub gsm: Option<Gsm>,
    /// Why it is applied for.
    pub reason: Reason,
    /// Kurumlar arası geçiş.
    pub institution_change: bool,
    /// Who pays; `None` is as the institution has agreed.
    pub payer: Option<Payer>,
    /// Ön ödemeli; `None` is as the institution has agreed.
    pub prepaid: Option<bool>,
    /// The product; `None` is the usual one.
    pub product: Option<String>,
}

/// Without personal data.
impl fmt::Debug for PreApplication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PreApplication({}, {})", self.tckn, self.reason.word())
    }
}

/// What became of one of the pre-applications that were told of.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Placed {
    /// Which one, from 1.
    pub row: usize,
    /// Its number, or why it was refused, with [`Error::fields`].
    pub result: Result<ApplicationNumber>,
}

/// A pre-application of the institution as the service has it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct StaffApplication {
    /// Sipariş No.
    pub no: String,
    /// The masked name.
    pub name: String,
    /// The masked TCKN.
    pub tckn: String,
    /// Başvuru Tarihi, `YYYY-MM-DD`.
    pub applied_on: String,
    /// Başvuru Durumu.
    pub status: Status,
    /// The tag of this version where it was read alone, for [`watch`].
    #[serde(skip)]
    pub etag: Option<String>,
}

impl PreApplication {
    /// A pre-application with what each must have.
    pub fn new(tckn: Tckn, name: impl Into<String>, email: Email, reason: Reason) -> Self {
        Self {
            tckn,
            name: name.into(),
            email,
            gsm: None,
            reason,
            institution_change: false,
            payer: None,
            prepaid: None,
            product: None,
        }
    }

    /// Reads the rows of a CSV file, each with its own result ([`Row`]).
    ///
    /// UTF-8 with or without BOM, at most 256 KiB and 500 rows, separated by `;` or `,`. The first row names the
    /// columns: `tckn`, `name`, `email`, `reason` and, where wanted, `gsm`, `institution_change`, `payer`, `prepaid`,
    /// `product`; or `Kimlik Numarası`, `Ad Soyad`, `E-Posta`, `Başvuru Nedeni`, `Cep Telefonu`, `Kurum Değişikliği`,
    /// `Ödeyen`, `Ön Ödemeli`, `Ürün`. An error is one of the whole file.
    pub fn from_csv(octets: &[u8]) -> Result<Vec<Row>> {
        csv::read(octets)
    }
}

/// Tells of 1 to 500 pre-applications; each has its own result.
pub fn submit(
    config: &Config,
    token: &PersonToken,
    institution: &InstitutionId,
    items: &[PreApplication],
    key: &IdempotencyKey,
) -> Result<Call<Vec<Placed>>> {
    if items.is_empty() || items.len() > MAX_PRE_APPLICATIONS {
        return Err(Error::new(Code::Range, "1 to 500 pre-applications can be told of at once"));
    }
    let message = Batch { items: items.iter().map(Item::of).collect() };
    let ask = institution.ask(Operation::Propose, token).key(key.as_str()).message(&message);
    Ok(Call::new(config, &ask, placed))
}

/// Asks for all pre-applications of the institution.
pub fn list(
    config: &Config,
    token: &PersonToken,
    institution: &InstitutionId,
) -> Call<Vec<StaffApplication>> {
    Call::list(config, &institution.ask(Operation::PreApplications, token))
}

/// Asks for one pre-application of the institution.
pub fn read(
    config: &Config,
    token: &PersonToken,
    institution: &InstitutionId,
    number: &ApplicationNumber,
) -> Call<StaffApplication> {
    let ask = institution.ask(Operation::PreApplication, token).about(number.as_str());
    Call::new(config, &ask, StaffApplication::tagged)
}

/// Asks whether a pre-application has another tag than this one; `None` if it has not.
pub(crate) fn changed(
    config: &Config,
    token: &PersonToken,
    institution: &InstitutionId,
    number: &ApplicationNumber,
    etag: &str,
) -> Call<Option<StaffApplication>> {
    let ask = institution.ask(Operation::PreApplication, token).about(number.as_str());
    let call = Call::new(config, &ask, |answered| answered.unless_unchanged(StaffApplication::tagged));
    call.sent(|request| if etag.is_empty() { request } else { request.with("if-none-match", etag) })
}

/// Waits up to 25 s for a version with another tag; `None` if nothing changed.
pub fn watch(
    config: &Config,
    token: &PersonToken,
    institution: &InstitutionId,
    number: &ApplicationNumber,
    etag: &str,
) -> Call<Option<StaffApplication>> {
    changed(config, token, institution, number, etag).sent(crate::request::Request::with_long_poll)
}

impl StaffApplication {
    fn tagged(answered: &Answered<'_>) -> Result<Self> {
        Ok(Self { etag: answered.etag(), ..answered.message()? })
    }
}

#[derive(Serialize)]
struct Batch<'a> {
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    tckn: &'a str,
    name: &'a str,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gsm: Option<&'a str>,
    reason: &'a str,
    institution_change: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    payer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepaid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<&'a str>,
}

impl<'a> Item<'a> {
    fn of(item: &'a PreApplication) -> Self {
        Self {
            tckn: item.tckn.as_str(),
            name: &item.name,
            email: item.email.as_str(),
            gsm: item.gsm.as_ref().map(Gsm::as_str),
            reason: item.reason.word(),
            institution_change: item.institution_change,
            payer: item.payer.as_ref().map(Payer::word),
            prepaid: item.prepaid,
            product: item.product.as_deref(),
        }
    }
}

fn placed(answered: &Answered<'_>) -> Result<Vec<Placed>> {
    #[derive(Deserialize)]
    struct Verdicts {
        items: Vec<Verdict>,
    }
    #[derive(Deserialize)]
    struct Verdict {
        row: usize,
        #[serde(default)]
        no: Option<String>,
        #[serde(default)]
        problem: Option<Problem>,
    }
    let verdicts: Verdicts = answered.message()?;
    let placed = verdicts.items.into_iter().map(|verdict| {
        let result = match (verdict.no, verdict.problem) {
            (Some(no), None) => ApplicationNumber::parse(&no)
                .map_err(|_| Error::new(Code::BadResponse, "a number that is none came")),
            (None, Some(problem)) => Err(Error::from_problem(&problem, 0, None)),
            _ => Err(Error::new(Code::BadResponse, "a row is neither placed nor refused")),
        };
        Placed { row: verdict.row, result }
    });
    Ok(placed.collect())
}
