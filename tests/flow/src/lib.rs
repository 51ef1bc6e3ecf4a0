//! A sign session walked step by step against the reference service, with times that the test gives.

mod applicant;
mod walk;

pub use applicant::Applicant;
pub use walk::{Kind, Walk, kind};
