//! From the service's problem document (RFC 9457) to a [`Code`]: one row per type of PROTOCOL 6.

use super::{Code, Error};
use crate::protocol::problem::Problem;

const TYPES: &[(&str, Code)] = &[
    ("malformed", Code::Malformed),
    ("idempotency-key-required", Code::IdempotencyKeyRequired),
    ("idempotency-key-reused", Code::IdempotencyKeyReused),
    ("idempotency-in-flight", Code::IdempotencyInFlight),
    ("precondition-required", Code::PreconditionRequired),
    ("too-large", Code::TooLarge),
    ("unsupported-media-type", Code::UnsupportedMediaType),
    ("no-common-profile", Code::NoCommonProfile),
    ("unauthenticated", Code::Unauthenticated),
    ("forbidden", Code::Forbidden),
    ("method-not-allowed", Code::MethodNotAllowed),
    ("challenge-expired", Code::ChallengeExpired),
    ("challenge-used", Code::ChallengeUsed),
    ("not-found", Code::NotFound),
    ("wrong-state", Code::WrongState),
    ("form-changed", Code::FormChanged),
    ("commitment-changed", Code::CommitmentChanged),
    ("already-approved", Code::AlreadyApproved),
    ("too-late-to-cancel", Code::TooLateToCancel),
    ("nothing-to-pay", Code::NothingToPay),
    ("evidence-expired", Code::EvidenceExpired),
    ("no-prior-consent", Code::NoPriorConsent),
    ("no-valid-certificate", Code::NoValidCertificate),
    ("form-invalid", Code::FormInvalid),
    ("identity-mismatch", Code::IdentityMismatch),
    ("phone-not-verified", Code::PhoneNotVerified),
    ("sms-code-wrong", Code::SmsCodeWrong),
    ("sms-code-expired", Code::SmsCodeExpired),
    ("sms-attempts-exhausted", Code::SmsAttemptsExhausted),
    ("sms-limit", Code::SmsLimit),
    ("not-read", Code::NotRead),
    ("not-accepted", Code::NotAccepted),
    ("code-malformed", Code::CodeMalformed),
    ("code-unknown", Code::CodeUnknown),
    ("code-expired", Code::CodeExpired),
    ("code-already-used", Code::CodeAlreadyUsed),
    ("code-cancelled", Code::CodeCancelled),
    ("wrong-environment", Code::WrongEnvironment),
    ("client-too-old", Code::ClientTooOld),
    ("awaiting-confirmation", Code::AwaitingConfirmation),
    ("confirmation-refused", Code::ConfirmationRefused),
    ("session-unknown", Code::SessionUnknown),
    ("session-expired", Code::SessionExpired),
    ("session-cancelled", Code::SessionCancelled),
    ("session-superseded", Code::SessionSuperseded),
    ("no-extensions-left", Code::NoExtensionsLeft),
    ("already-submitted", Code::AlreadySubmitted),
    ("submission-conflict", Code::SubmissionConflict),
    ("nothing-submitted", Code::NothingSubmitted),
    ("signature-invalid", Code::SignatureInvalid),
    ("content-mismatch", Code::ContentMismatch),
    ("signer-mismatch", Code::SignerMismatch),
    ("certificate-expired", Code::CertificateExpired),
    ("certificate-not-yet-valid", Code::CertificateNotYetValid),
    ("certificate-revoked", Code::CertificateRevoked),
    ("certificate-not-qualified", Code::CertificateNotQualified),
    ("certificate-untrusted", Code::CertificateUntrusted),
    ("key-usage-wrong", Code::KeyUsageWrong),
    ("certificate-not-checked", Code::CertificateNotChecked),
    ("policy-violation", Code::PolicyViolation),
    ("incomplete-submission", Code::IncompleteSubmission),
    ("rate-limited", Code::RateLimited),
    ("slow-down", Code::SlowDown),
    ("upstream-unavailable", Code::UpstreamUnavailable),
    ("sms-gateway-down", Code::SmsGatewayDown),
    ("maintenance", Code::Maintenance),
    ("service-unavailable", Code::ServiceUnavailable),
    ("internal", Code::ServiceInternal),
];

impl Code {
    /// The problem types of the protocol with their codes.
    pub const fn problem_types() -> &'static [(&'static str, Self)] {
        TYPES
    }

    pub(crate) fn from_problem_type(name: &str) -> Self {
        TYPES.iter().find(|(known, _)| *known == name).map_or(Self::UnknownProblem, |(_, code)| *code)
    }
}

impl Error {
    pub(crate) fn from_problem(problem: &Problem, http_status: u16, retry_after_s: Option<u32>) -> Self {
        let code = Code::from_problem_type(problem.name());
        let mut error = Self::new(code, format!("the service answered {http_status} {}", problem.name()));
        error.details.problem = Some(problem.name().to_owned());
        error.details.request_id.clone_from(&problem.request_id);
        error.details.http_status = Some(http_status);
        error.details.retry_after_s = retry_after_s.or(problem.retry_after);
        error.details.fields.clone_from(&problem.errors);
        error.details.attempts_left = problem.attempts_left;
        error.details.upstream.clone_from(&problem.upstream);
        error
    }

    /// A refusal without a problem document: a proxy or a portal of the network answered.
    pub(crate) fn from_status(http_status: u16, retry_after_s: Option<u32>, is_page: bool) -> Self {
        let code = match http_status {
            429 => Code::RateLimited,
            500 => Code::ServiceInternal,
            502..=504 => Code::ServiceUnavailable,
            408 | 425 => Code::Timeout,
            _ if is_page => Code::CaptivePortal,
            _ => Code::BadResponse,
        };
        let mut error = Self::new(code, format!("status {http_status} came without a problem document"));
        error.details.http_status = Some(http_status);
        error.details.retry_after_s = retry_after_s;
        error
    }
}
