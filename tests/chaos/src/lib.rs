//! The service and the application as real processes, with a relay between them that loses, doubles and cuts; either
//! side is killed at random times and at named points. A ledger says afterwards whether a signature was lost, counted
//! twice, or asked for a second time.

pub mod application;
pub mod chance;
pub mod database;
pub mod door;
pub mod ledger;
pub mod relay;
pub mod service;
pub mod storm;
pub mod windows;
