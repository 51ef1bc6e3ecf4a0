//! Kamu SM's electronic application as a sans-IO state machine, with drivers.
