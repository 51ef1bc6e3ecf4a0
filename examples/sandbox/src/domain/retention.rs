//! How long personal data is kept (KVKK, law 6698, article 7): one table, and what erases by it.
//!
//! The periods stand in docs/retention.md for people; a test holds both together.

use std::sync::Arc;

use crate::domain::problem::Problem;
use crate::domain::service::Service;
use crate::store::retention::{self, Erasure};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is kept for how long after it is over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    /// As the document names it.
    pub(crate) what: &'static str,
    pub(crate) days: i64,
    pub(crate) erasure: Erasure,
}

/// Every kind of personal data that is erased by itself.
pub(crate) const TABLE: [Period; 8] = [
    Period { what: "access tokens after their end", days: 0, erasure: Erasure::Tokens },
    Period { what: "sign-in texts and codes after their end", days: 1, erasure: Erasure::SignIns },
    Period { what: "counts of requests by address or token", days: 1, erasure: Erasure::Rates },
    Period { what: "shown codes after their end", days: 0, erasure: Erasure::ShownCodes },
    Period { what: "answers kept for a repeated request", days: 7, erasure: Erasure::Answers },
    Period { what: "SMS and mail", days: 30, erasure: Erasure::Outbox },
    Period { what: "refused signatures and their texts", days: 90, erasure: Erasure::Refused },
    Period { what: "accepted signatures, the evidence", days: 20 * 365, erasure: Erasure::Evidence },
];

/// Erases what is over by the service's clock; tells how many rows that were.
pub(crate) async fn erase(service: &Service) -> Result<u64, Problem> {
    let now = service.now();
    let mut erased = 0;
    let mut transaction = service.store.begin().await?;
    for Period { what, days, erasure } in TABLE {
        let rows = retention::erase(&mut transaction, erasure, now - days * DAY_MS).await?;
        if rows > 0 {
            tracing::info!(rows, what, "erased");
        }
        erased += rows;
    }
    transaction.commit().await?;
    Ok(erased)
}

/// Erases once a day until its task is dropped.
pub(crate) async fn run(service: Arc<Service>) {
    loop {
        let next = service.now() + DAY_MS;
        if let Err(problem) = erase(&service).await {
            tracing::error!(kind = problem.kind().name(), "what is over could not be erased");
        }
        service.clock.reached(next).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_the_same_periods() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/retention.md");
        let document = std::fs::read_to_string(path).unwrap();
        for Period { what, days, .. } in TABLE {
            assert!(document.contains(&format!("| {what} | {days} |")), "| {what} | {days} |");
        }
        let rows = document.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| what"));
        assert_eq!(rows.count(), TABLE.len());
    }
}
