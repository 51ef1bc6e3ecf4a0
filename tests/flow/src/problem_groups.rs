//! Which problem types single calls meet; all others belong to the sign session.

/// Problem types of the person's, the form's, the sign-in's and the payment's operations, none of which a sign session
/// sends. A new type is of the sign session until it stands here.
pub const OF_SINGLE_CALLS: [&str; 23] = [
    "precondition-required",
    "forbidden",
    "method-not-allowed",
    "challenge-expired",
    "challenge-used",
    "form-changed",
    "commitment-changed",
    "already-approved",
    "too-late-to-cancel",
    "nothing-to-pay",
    "evidence-expired",
    "no-prior-consent",
    "no-valid-certificate",
    "form-invalid",
    "identity-mismatch",
    "phone-not-verified",
    "sms-code-wrong",
    "sms-code-expired",
    "sms-attempts-exhausted",
    "sms-limit",
    "not-read",
    "not-accepted",
    "sms-gateway-down",
];
