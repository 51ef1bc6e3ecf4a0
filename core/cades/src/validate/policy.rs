//! Constraints of a validation (EN 319 102-1 clause 5.1.4), given as values.

use crate::asn1::{Limits, UnixTime};
use crate::x509::certificate::Certificate;

/// What a signature is judged by. [`Policy::new`] gives the strict defaults.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Certificates that are trusted without proof.
    pub anchors: Vec<Certificate>,
    /// Further certificates for building paths; trusted by nobody.
    pub intermediates: Vec<Certificate>,
    /// The time of validation, in seconds since 1970.
    pub at_unix: UnixTime,
    /// How far a claimed signing time may lie ahead of `at_unix`, for clocks that differ.
    pub signing_time_ahead_s: i64,
    /// Bounds of the file.
    pub limits: Limits,
}

impl Policy {
    /// Validation at `at_unix` against `anchors`.
    pub fn new(anchors: Vec<Certificate>, at_unix: UnixTime) -> Self {
        Self {
            anchors,
            intermediates: Vec::new(),
            at_unix,
            signing_time_ahead_s: 300,
            limits: Limits::default(),
        }
    }
}
