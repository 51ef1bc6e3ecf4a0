//! SoftHSM tokens for tests and for the demonstration.
