//! Erases what is over.

use super::Connection;
use crate::clock::UnixMs;

/// What one statement erases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Erasure {
    Tokens,
    SignIns,
    Rates,
    ShownCodes,
    Answers,
    Outbox,
    SmsCodes,
    Payments,
    /// The networks from which codes were asked for and redeemed.
    Networks,
    /// Signatures that were refused or never decided, and the texts of sessions without evidence.
    Refused,
    /// What happened to an order and what was read for it.
    History,
    /// The rows stay, so that it can be told that there was something.
    Evidence,
}

impl Erasure {
    /// Each takes the time before which all is over as `$1`.
    pub(crate) const fn statements(self) -> &'static [&'static str] {
        match self {
            Self::Tokens => &["DELETE FROM access_token WHERE expires_at <= $1"],
            Self::SignIns => &[
                "DELETE FROM eimza_challenge WHERE expires_at <= $1",
                "DELETE FROM oauth_code WHERE expires_at <= $1",
            ],
            Self::Rates => &["DELETE FROM rate WHERE since <= $1"],
            Self::ShownCodes => {
                &["UPDATE sign_code SET sealed = NULL WHERE sealed IS NOT NULL AND expires_at <= $1"]
            }
            Self::Answers => &["DELETE FROM idempotency WHERE created_at <= $1"],
            Self::Outbox => &["DELETE FROM outbox WHERE delivered_at <= $1"],
            Self::SmsCodes => &["DELETE FROM phone_verification WHERE sent_at <= $1"],
            Self::Payments => &["DELETE FROM payment_intent WHERE expires_at <= $1"],
            Self::Networks => &[
                "UPDATE sign_code SET network = '' WHERE network <> '' AND expires_at <= $1",
                "UPDATE sign_session SET network = '' WHERE network <> '' AND hard_ends_at <= $1",
            ],
            Self::Refused => &[
                "DELETE FROM submission_item WHERE submission_id IN (SELECT id FROM submission
                    WHERE state = 'rejected' AND received_at <= $1)",
                "DELETE FROM document WHERE session_id IN (SELECT id FROM sign_session WHERE hard_ends_at <= $1)
                    AND id NOT IN (SELECT document_id FROM submission_item)
                    AND id NOT IN (SELECT document_id FROM evidence)",
            ],
            Self::History => &[
                "DELETE FROM event WHERE at <= $1",
                "DELETE FROM commitment_view WHERE viewed_at <= $1",
            ],
            Self::Evidence => &[
                "UPDATE evidence SET cms = '' WHERE length(cms) > 0 AND created_at <= $1",
                "UPDATE document SET content = '' WHERE length(content) > 0
                    AND id IN (SELECT document_id FROM evidence WHERE created_at <= $1)",
                "DELETE FROM submission_item WHERE submission_id IN (SELECT id FROM submission
                    WHERE received_at <= $1)",
                "UPDATE eonay SET record = '' WHERE length(record) > 0 AND approved_at <= $1",
            ],
        }
    }
}

/// Erases what was over at this time; tells how many rows that were.
pub(crate) async fn erase(
    connection: &mut Connection,
    erasure: Erasure,
    before: UnixMs,
) -> sqlx::Result<u64> {
    let mut rows = 0;
    for statement in erasure.statements() {
        rows += sqlx::query(*statement).bind(before).execute(&mut *connection).await?.rows_affected();
    }
    Ok(rows)
}
