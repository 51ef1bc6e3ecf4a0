//! The wire: the only place that knows paths and field names. Everything above it knows messages.

pub(crate) mod message;
pub(crate) mod problem;
pub mod request;
pub(crate) mod wire;
