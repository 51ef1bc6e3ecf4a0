//! The order's state machine (protocol, section 2): one table of steps and events, free of store and clock.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::problem::Kind;

/// How far an order is. "Submitted" is no step of its own: the approval goes on to the payment or to production at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrderState)]
pub(crate) enum Step {
    /// The institution named the person; the form is empty.
    PreApplication,
    /// The form is filled; the telephone is not verified.
    FormSaved,
    /// Only the approval is missing.
    PhoneVerified,
    /// Approved; production waits for the payment.
    PaymentPending,
    /// Approved; production has not begun.
    ProductionPending,
    /// The card is being made.
    InProduction,
    /// The card is made and on its way; the certificates that it replaces are revoked.
    Shipped,
    /// The person has the card.
    Delivered,
    /// The certificate can sign.
    Active,
    /// Over.
    Cancelled,
}

impl Step {
    /// All steps, in their order.
    pub(crate) const ALL: [Self; 10] = [
        Self::PreApplication,
        Self::FormSaved,
        Self::PhoneVerified,
        Self::PaymentPending,
        Self::ProductionPending,
        Self::InProduction,
        Self::Shipped,
        Self::Delivered,
        Self::Active,
        Self::Cancelled,
    ];

    /// The word on the wire and in the store.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::PreApplication => "pre_application",
            Self::FormSaved => "form_saved",
            Self::PhoneVerified => "phone_verified",
            Self::PaymentPending => "payment_pending",
            Self::ProductionPending => "production_pending",
            Self::InProduction => "in_production",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Active => "active",
            Self::Cancelled => "cancelled",
        }
    }

    /// The step of a stored word.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Whether an approval stands.
    pub(crate) const fn is_approved(self) -> bool {
        matches!(
            self,
            Self::PaymentPending
                | Self::ProductionPending
                | Self::InProduction
                | Self::Shipped
                | Self::Delivered
                | Self::Active
        )
    }

    /// Whether the card is not being made yet, nor ever will be.
    pub(crate) const fn is_before_production(self) -> bool {
        matches!(
            self,
            Self::PreApplication
                | Self::FormSaved
                | Self::PhoneVerified
                | Self::PaymentPending
                | Self::ProductionPending
        )
    }
}

/// What became of the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PaymentState)]
pub(crate) enum Payment {
    /// The institution pays later, by its own invoice.
    NotRequired,
    /// Not here yet.
    Pending,
    /// Here.
    Received,
    /// Sent back, because the order was cancelled.
    Refunded,
}

impl Payment {
    const ALL: [Self; 4] = [Self::NotRequired, Self::Pending, Self::Received, Self::Refunded];

    /// The word on the wire and in the store.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::NotRequired => "not_required",
            Self::Pending => "pending",
            Self::Received => "received",
            Self::Refunded => "refunded",
        }
    }

    /// The payment of a stored word.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|payment| payment.name() == name)
    }

    /// What a new order owes: an institution that does not pay in advance gets an invoice.
    pub(crate) fn of_new(payer: &str, prepaid: bool) -> Self {
        if payer == "institution" && !prepaid { Self::NotRequired } else { Self::Pending }
    }
}

/// What happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    /// The form is saved, for the first time or again ("Başvuruyu Güncelle").
    SaveForm {
        /// Whether it has another mobile telephone than the verified one.
        has_new_phone: bool,
    },
    /// The SMS code was right.
    VerifyPhone,
    /// e-onay, or accepted signatures.
    Approve,
    /// The money is here.
    ReceivePayment,
    /// By the institution, the person or the clock.
    Cancel,
    /// The card is being made.
    StartProduction,
    /// The card is made and sent.
    Ship,
    /// The person has the card.
    Deliver,
    /// The person has made the PIN.
    Activate,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(crate) step: Step,
    pub(crate) payment: Payment,
    /// Whether the telephone of the form is verified.
    pub(crate) is_phone_verified: bool,
    /// Whether production waits for the payment; never changes.
    pub(crate) is_prepaid: bool,
}

impl State {
    /// Where the event leads, or why it may not happen now.
    pub(crate) fn next(self, event: Event) -> Result<Self, Kind> {
        let to = |step| Ok(Self { step, ..self });
        match (self.step, event) {
            (step, Event::SaveForm { has_new_phone }) if step.is_before_production() => {
                let is_phone_verified = self.is_phone_verified && !has_new_phone;
                // A saved form whose telephone is verified needs no second SMS: it waits for the approval.
                let step = if is_phone_verified { Step::PhoneVerified } else { Step::FormSaved };
                Ok(Self { step, is_phone_verified, ..self })
            }
            (Step::FormSaved, Event::VerifyPhone) => {
                Ok(Self { step: Step::PhoneVerified, is_phone_verified: true, ..self })
            }
            (Step::PhoneVerified, Event::Approve) => to(self.approved()),
            (Step::PreApplication | Step::FormSaved, Event::Approve) => Err(Kind::PhoneNotVerified),
            (step, Event::Approve) if step.is_approved() => Err(Kind::AlreadyApproved),
            (Step::Cancelled, Event::ReceivePayment) => Err(Kind::NothingToPay),
            (step, Event::ReceivePayment) if self.payment == Payment::Pending => {
                let step = if step == Step::PaymentPending { Step::ProductionPending } else { step };
                Ok(Self { step, payment: Payment::Received, ..self })
            }
            (_, Event::ReceivePayment) => Err(Kind::NothingToPay),
            (Step::Cancelled, _) => Err(Kind::WrongState),
            (step, Event::Cancel) if step.is_before_production() => {
                let payment =
                    if self.payment == Payment::Received { Payment::Refunded } else { self.payment };
                Ok(Self { step: Step::Cancelled, payment, ..self })
            }
            (_, Event::Cancel) => Err(Kind::TooLateToCancel),
            (Step::ProductionPending, Event::StartProduction) => to(Step::InProduction),
            (Step::InProduction, Event::Ship) => to(Step::Shipped),
            (Step::Shipped, Event::Deliver) => to(Step::Delivered),
            (Step::Delivered, Event::Activate) => to(Step::Active),
            _ => Err(Kind::WrongState),
        }
    }

    /// Production waits for the payment only when it is prepaid.
    fn approved(self) -> Step {
        if self.is_prepaid && self.payment == Payment::Pending {
            Step::PaymentPending
        } else {
            Step::ProductionPending
        }
    }
}

#[cfg(test)]
mod tests;
