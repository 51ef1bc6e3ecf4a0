//! The page's side of a doğrulama kodu: it is issued, watched, and its redemption is confirmed.

use serde::{Deserialize, Serialize};

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::Config,
    idempotency::IdempotencyKey,
    protocol::dialect::Operation,
    session::VerificationCode,
    status::open_enum,
};

open_enum! {
    /// What became of a doğrulama kodu.
    CodeState {
        /// It can be redeemed.
        Issued = "issued",
        /// A program redeemed it.
        Redeemed = "redeemed",
        /// Nobody redeemed it in time.
        Expired = "expired",
        /// A newer one was issued.
        Revoked = "revoked",
        /// It was taken back.
        Cancelled = "cancelled",
    }
}

open_enum! {
    /// What became of a sign session.
    SessionState {
        /// It waits for "Evet, benim".
        AwaitingConfirmation = "awaiting_confirmation",
        /// The person reads and signs.
        Open = "open",
        /// The window is over; it can be extended.
        Lapsed = "lapsed",
        /// The signatures came and are checked.
        Received = "received",
        /// The signatures are accepted.
        Accepted = "accepted",
        /// The signatures are refused.
        Rejected = "rejected",
        /// Its time is over.
        Expired = "expired",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// A newer code was issued.
        Superseded = "superseded",
    }
}

/// A doğrulama kodu as the page shows it.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct SignCode {
    /// What the service calls it.
    pub id: String,
    /// What became of it.
    pub state: CodeState,
    /// The code itself, until it is redeemed or over.
    #[serde(default)]
    pub code: Option<VerificationCode>,
    /// When it was issued, RFC 3339.
    pub created_at: String,
    /// Seconds left to redeem it.
    #[serde(default)]
    pub expires_in: u32,
    /// How often somebody tried it after it was redeemed.
    #[serde(default)]
    pub second_redemptions: u32,
    /// The session, once it is redeemed.
    #[serde(default)]
    pub session: Option<CodeSession>,
}

/// The session that a code was redeemed for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeSession {
    /// What became of it.
    pub state: SessionState,
    /// Kontrol sayısı: the program shows the same four digits.
    pub match_code: String,
    /// The program.
    pub client: CodeClient,
    /// When it was redeemed, RFC 3339.
    pub created_at: String,
    /// Seconds until its hard end.
    #[serde(default)]
    pub hard_expires_in: u32,
}

/// The program that redeemed a code.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeClient {
    /// Its name.
    pub name: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// The network it is in, not its address.
    #[serde(default)]
    pub network: String,
    /// Whether the page is in another one.
    #[serde(default)]
    pub is_other_network: bool,
}

impl SignCode {
    /// e-imza ile Onayla: issues a code for the views that prove the reading. Earlier codes are over.
    pub fn issue(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        view_ids: &[String],
        key: &IdempotencyKey,
    ) -> Call<Self> {
        #[derive(Serialize)]
        struct Wish<'a> {
            view_ids: &'a [String],
        }
        let ask = number.ask(Operation::IssueSignCode, token).key(key.as_str());
        Call::json(config, &ask.message(&Wish { view_ids }))
    }

    /// Asks what became of a code.
    pub fn read(config: &Config, token: &PersonToken, number: &ApplicationNumber, id: &str) -> Call<Self> {
        Call::json(config, &number.ask(Operation::SignCode, token).about(id))
    }

    /// The same, but the service may hold its answer back up to 25 s until something changes.
    pub fn watch(config: &Config, token: &PersonToken, number: &ApplicationNumber, id: &str) -> Call<Self> {
        Self::read(config, token, number, id).sent(crate::request::Request::with_long_poll)
    }

    /// "Evet, benim" (`true`) or "Bu ben değilim" (`false`), which ends session and code.
    pub fn confirm(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        id: &str,
        confirmed: bool,
    ) -> Call<Self> {
        #[derive(Serialize)]
        struct Confirmation {
            confirmed: bool,
        }
        let ask = number.ask(Operation::ConfirmSignCode, token).about(id);
        Call::json(config, &ask.message(&Confirmation { confirmed }))
    }

    /// Takes a code back, and the session that it was redeemed for.
    pub fn withdraw(config: &Config, token: &PersonToken, number: &ApplicationNumber, id: &str) -> Call<()> {
        let ask = number.ask(Operation::WithdrawSignCode, token).about(id);
        Call::new(config, &ask, |answered| answered.octets().map(|_| ()))
    }
}
