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
pub(crate) const TABLE: [Period; 12] = [
    Period { what: "access tokens after their end", days: 0, erasure: Erasure::Tokens },
    Period { what: "sign-in texts and codes after their end", days: 1, erasure: Erasure::SignIns },
    Period { what: "counts of requests by address or token", days: 1, erasure: Erasure::Rates },
    Period { what: "shown codes after their end", days: 0, erasure: Erasure::ShownCodes },
    Period { what: "answers kept for a repeated request", days: 7, erasure: Erasure::Answers },
    Period { what: "SMS and mail", days: 30, erasure: Erasure::Outbox },
    Period { what: "SMS codes after they were sent", days: 1, erasure: Erasure::SmsCodes },
    Period { what: "begun payments after their end", days: 30, erasure: Erasure::Payments },
    Period { what: "networks of codes and sessions after their end", days: 90, erasure: Erasure::Networks },
    Period { what: "refused signatures and their texts", days: 90, erasure: Erasure::Refused },
    Period { what: "history of an order, proofs of reading", days: 20 * 365, erasure: Erasure::History },
    Period {
        what: "accepted signatures and e-onays, the evidence",
        days: 20 * 365,
        erasure: Erasure::Evidence,
    },
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
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::{Setup, Store};

    fn document() -> String {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/retention.md");
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn the_document_has_the_same_periods() {
        let document = document();
        for Period { what, days, .. } in TABLE {
            assert!(document.contains(&format!("| {what} | {days} |")), "| {what} | {days} |");
        }
        // The number of days is what only the rows of this table have.
        let days = document.lines().filter_map(|line| line.split(" | ").nth(1));
        assert_eq!(days.filter(|days| days.parse::<u32>().is_ok()).count(), TABLE.len());
    }

    /// The table that a statement empties.
    fn emptied(statement: &str) -> &str {
        let rest = statement.strip_prefix("DELETE FROM ").or_else(|| statement.strip_prefix("UPDATE "));
        rest.unwrap().split(' ').next().unwrap()
    }

    #[tokio::test]
    async fn no_table_of_the_running_schema_is_forgotten() {
        let directory = tempfile::TempDir::new().unwrap();
        let store = Store::open(&directory.path().join("t.sqlite"), &Setup::default()).await.unwrap();
        let query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
        let mut connection = store.read().await.unwrap();
        let there: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut *connection).await.unwrap();
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        let statements = TABLE.iter().flat_map(|period| period.erasure.statements());
        let with_period: BTreeSet<&str> = statements.map(|statement| emptied(statement)).collect();
        let document = document();
        let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
        let stays: BTreeSet<&str> = rows.map(|row| row.split('`').next().unwrap()).collect();
        assert!(with_period.is_disjoint(&stays));
        assert_eq!(&with_period | &stays, there);
    }
}
