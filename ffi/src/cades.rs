//! CAdES signatures without a session: making and judging them.

pub mod policy;
pub mod profile;
pub mod report;
pub mod signing;
