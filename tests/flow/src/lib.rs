//! The core against the reference service, with times that the test gives: a sign session walked step by step, and
//! single calls.

mod applicant;
mod desk;
pub mod instruction;
pub mod problem_groups;
mod walk;

pub use applicant::Applicant;
pub use desk::Desk;
pub use walk::{Kind, Walk, kind};
