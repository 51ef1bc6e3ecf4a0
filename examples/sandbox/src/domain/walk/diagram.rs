//! The diagrams of code and session (protocol, section 2) as their edges, with what may lead along each.

/// Whose diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Machine {
    Code,
    Session,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// Nothing; the clock went on.
    Time,
    /// A code was asked for.
    Issue,
    Redeem,
    /// "Kodu iptal et".
    Withdraw,
    /// "Evet, benim".
    Confirm,
    /// "Bu ben değilim".
    Refuse,
    /// The window was started.
    Window,
    Extend,
    Submit,
    /// The worker looked at what is received.
    Decide,
    /// The application of the person gave up.
    Cancel,
    /// The order was edited or cancelled, by somebody or by time.
    Order,
}

/// Of a thing that is not there yet.
pub(super) const NOTHING: &str = "";

/// Whose, from, to, by what.
pub(super) type Edge = (Machine, &'static str, &'static str, Cause);

use Cause::{Cancel, Confirm, Decide, Extend, Issue, Order, Redeem, Refuse, Submit, Time, Withdraw};
use Machine::{Code, Session};

pub(super) const EDGES: [Edge; 45] = [
    (Code, NOTHING, "issued", Issue),
    (Code, "issued", "redeemed", Redeem),
    (Code, "issued", "expired", Time),
    (Code, "issued", "revoked", Issue),
    (Code, "issued", "cancelled", Withdraw),
    (Code, "issued", "cancelled", Order),
    (Session, NOTHING, "awaiting_confirmation", Redeem),
    (Session, NOTHING, "open", Redeem),
    (Session, "awaiting_confirmation", "open", Confirm),
    (Session, "awaiting_confirmation", "expired", Time),
    (Session, "awaiting_confirmation", "superseded", Issue),
    (Session, "awaiting_confirmation", "cancelled", Refuse),
    (Session, "awaiting_confirmation", "cancelled", Withdraw),
    (Session, "awaiting_confirmation", "cancelled", Cancel),
    (Session, "awaiting_confirmation", "cancelled", Order),
    (Session, "open", "lapsed", Time),
    (Session, "open", "expired", Time),
    (Session, "open", "superseded", Issue),
    (Session, "open", "cancelled", Refuse),
    (Session, "open", "cancelled", Withdraw),
    (Session, "open", "cancelled", Cancel),
    (Session, "open", "cancelled", Order),
    (Session, "open", "received", Submit),
    // Received and decided in one request.
    (Session, "open", "accepted", Submit),
    (Session, "open", "rejected", Submit),
    (Session, "lapsed", "open", Extend),
    (Session, "lapsed", "expired", Time),
    (Session, "lapsed", "superseded", Issue),
    (Session, "lapsed", "cancelled", Refuse),
    (Session, "lapsed", "cancelled", Withdraw),
    (Session, "lapsed", "cancelled", Cancel),
    (Session, "lapsed", "cancelled", Order),
    // Within the grace.
    (Session, "lapsed", "received", Submit),
    (Session, "lapsed", "accepted", Submit),
    (Session, "lapsed", "rejected", Submit),
    (Session, "received", "accepted", Decide),
    (Session, "received", "rejected", Decide),
    // Rejected with tries left is open again, as far as the time allows.
    (Session, "received", "open", Decide),
    (Session, "received", "lapsed", Decide),
    (Session, "received", "expired", Decide),
    // No try is left.
    (Session, "rejected", "superseded", Issue),
    (Session, "rejected", "cancelled", Refuse),
    (Session, "rejected", "cancelled", Withdraw),
    (Session, "rejected", "cancelled", Cancel),
    (Session, "rejected", "cancelled", Order),
];
