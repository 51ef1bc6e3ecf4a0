//! Finishes what is `received`: after a restart at once, after an outage in turns.

use std::sync::Arc;

use crate::domain::problem::Problem;
use crate::domain::service::Service;
use crate::domain::submission::decide::decide;
use crate::store::submission;

/// The time between two tries.
pub(crate) const RETRY_S: u32 = 30;

/// Runs until its task is dropped.
pub(crate) async fn run(service: Arc<Service>) {
    loop {
        let next = service.now() + i64::from(RETRY_S) * 1000;
        if let Err(problem) = finish_all(&service).await {
            tracing::error!(kind = problem.kind().name(), "undecided submissions could not be read");
        }
        service.clock.reached(next).await;
    }
}

/// One try for each undecided submission.
pub(crate) async fn finish_all(service: &Service) -> Result<(), Problem> {
    let mut connection = service.store.read().await?;
    let undecided = submission::undecided(&mut connection).await?;
    drop(connection);
    for submission in undecided {
        if let Err(problem) = decide(service, &submission).await {
            tracing::error!(kind = problem.kind().name(), "a submission stays undecided");
        }
    }
    Ok(())
}
