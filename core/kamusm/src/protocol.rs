//! The wire: the only place that knows paths and the names of fields. Everything above it knows messages.

pub mod dialect;
pub(crate) mod message;
pub(crate) mod problem;
pub mod request;
pub(crate) mod version1;
pub(crate) mod wire;
