//! Onay: by which methods an application can be approved, and e-onay itself.

use serde::{Deserialize, Serialize};

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    commitment::Commitment,
    config::Config,
    idempotency::IdempotencyKey,
    protocol::dialect::Operation,
    result::ApplicationResult,
    status::open_enum,
};

open_enum! {
    /// How an application is approved.
    MethodCode {
        /// E-Onay.
        EOnay = "e_onay",
        /// e-imza ile Onayla.
        EImza = "e_imza",
    }
}

open_enum! {
    /// Why a method is not available.
    UnavailableReason {
        /// The person did not agree to e-onay before.
        NoPriorConsent = "no_prior_consent",
        /// The person has no valid certificate.
        NoValidCertificate = "no_valid_certificate",
        /// The taahhütname was not read.
        NotRead = "not_read",
        /// The phone is not verified.
        PhoneNotVerified = "phone_not_verified",
        /// The application is elsewhere.
        WrongState = "wrong_state",
    }
}

/// A method of approval.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Method {
    /// Which method.
    pub code: MethodCode,
    /// As the button shows it.
    pub title: String,
    /// Whether it can be used now.
    pub available: bool,
    /// Why not.
    #[serde(default)]
    pub reason: Option<UnavailableReason>,
}

/// What can be approved, and how.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Approval {
    /// The methods.
    pub methods: Vec<Method>,
    /// What must be read before.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// Warnings, such as `revokes_existing`.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Names the form as it is now: an approval is for exactly this one.
    pub form_digest: String,
}

impl Approval {
    /// Asks how the application can be approved.
    pub fn read(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Self> {
        Call::json(config, &number.ask(Operation::Approval, token))
    }

    /// E-Onay: the person ticked the box (`accepted`) for the form of this digest, and read the texts of these views.
    pub fn approve(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        approve: &EOnay<'_>,
        key: &IdempotencyKey,
    ) -> Call<ApplicationResult> {
        Call::json(config, &number.ask(Operation::Approve, token).key(key.as_str()).message(approve))
    }
}

/// What the person approves with E-Onay.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "every caller makes it")]
pub struct EOnay<'a> {
    /// The proofs of reading ([`Commitment::view`]).
    pub view_ids: &'a [String],
    /// [`Approval::form_digest`] of the form that the person saw.
    pub form_digest: &'a str,
    /// Whether the box was ticked.
    pub accepted: bool,
}
