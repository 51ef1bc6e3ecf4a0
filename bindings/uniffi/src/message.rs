//! What the service answers to an operation.

use std::sync::Arc;

use crate::{
    application::Application,
    approval::Approval,
    event::Event,
    evidence::Evidence,
    form::Form,
    institution::{Placed, StaffApplication},
    payment::{Payment, PaymentIntent},
    person::{Consent, IdentityRefresh, Me},
    phone::PhoneVerification,
    reference::Choice,
    result::ApplicationResult,
    sign_code::SignCode,
    sign_in::SignedIn,
};

/// The message of a success; each operation says which one it has.
#[derive(uniffi::Enum)]
pub enum Message {
    /// Done, and there is nothing to tell.
    Empty,
    /// What is watched has not changed.
    Unchanged,
    /// A person signed in.
    SignedIn {
        /// The sign-in.
        signed_in: SignedIn,
    },
    /// The person.
    Me {
        /// The person.
        me: Me,
    },
    /// What the population register says.
    IdentityRefresh {
        /// What it says.
        refresh: IdentityRefresh,
    },
    /// The consent to e-onay.
    Consent {
        /// The consent.
        consent: Consent,
    },
    /// Applications, the latest first.
    Applications {
        /// The applications.
        applications: Vec<Application>,
    },
    /// An application.
    Application {
        /// The application.
        application: Application,
    },
    /// A form.
    Form {
        /// The form.
        form: Arc<Form>,
    },
    /// The choices of a list.
    Choices {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// A code was sent.
    PhoneVerification {
        /// The verification.
        verification: PhoneVerification,
    },
    /// Whether the phone is verified.
    PhoneVerified {
        /// Whether it is.
        verified: bool,
    },
    /// How an application can be approved.
    Approval {
        /// The ways.
        approval: Approval,
    },
    /// A text of the service.
    Text {
        /// The text.
        text: String,
    },
    /// The id of what was made.
    Id {
        /// The id.
        id: String,
    },
    /// A doğrulama kodu from the page's side.
    SignCode {
        /// The code.
        sign_code: SignCode,
    },
    /// What became of an approval.
    ApplicationResult {
        /// The result.
        result: ApplicationResult,
    },
    /// The payment.
    Payment {
        /// The payment.
        payment: Payment,
    },
    /// A payment at the virtual POS.
    PaymentIntent {
        /// The payment.
        intent: PaymentIntent,
    },
    /// What happened, the latest first.
    Events {
        /// The events.
        events: Vec<Event>,
    },
    /// Evidence.
    EvidenceList {
        /// Each piece.
        evidence: Vec<Evidence>,
    },
    /// Octets to keep.
    Octets {
        /// The octets.
        octets: Vec<u8>,
    },
    /// What became of each row.
    Placed {
        /// Each row.
        placed: Vec<Placed>,
    },
    /// The institution's pre-applications.
    StaffApplications {
        /// The pre-applications.
        applications: Vec<StaffApplication>,
    },
    /// A pre-application.
    StaffApplication {
        /// The pre-application.
        application: StaffApplication,
    },
}
