//! The numbers of all errors: one list for Rust, C and the bindings.
//!
//! Hundreds say what the caller can do. Numbers are never reused; a retired one stays here as a comment.
//! Problem types of the protocol that are about the certificate or the signature stand in those hundreds.

/// What went wrong. `0` is success and belongs to no error.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    // -1 … -99 usage: fix the program
    /// A pointer that may not be NULL is NULL.
    Null = -1,
    /// A string is not UTF-8.
    Utf8 = -2,
    /// A value is outside its range.
    Range = -3,
    /// The call does not fit the state of the object.
    State = -4,
    /// The answer belongs to a step that is over.
    Stale = -5,
    /// The buffer is too small.
    BufferTooSmall = -6,
    /// The caller did not ask for this kind of step.
    UnsupportedStep = -7,
    /// The configuration is incomplete or contradicts itself.
    Config = -8,
    /// The object was closed.
    Closed = -9,

    // -100 … -199 network: retry later
    /// No connection to the service.
    Unreachable = -100,
    /// The TLS connection was refused.
    Tls = -101,
    /// The service did not answer in time.
    Timeout = -102,
    /// The answer is not what the protocol says.
    BadResponse = -103,
    /// The answer redirects elsewhere; redirects are never followed.
    Redirected = -104,
    /// A web page answered instead of the service (captive portal).
    CaptivePortal = -105,
    /// The answer is larger than the protocol allows.
    ResponseTooLarge = -106,
    /// The octets received do not have the digest that was announced.
    DigestMismatch = -107,

    // -200 … -299 service: tell the person, get a new code
    /// Problem `malformed`.
    Malformed = -200,
    /// Problem `idempotency-key-required`.
    IdempotencyKeyRequired = -201,
    /// Problem `idempotency-key-reused`.
    IdempotencyKeyReused = -202,
    /// Problem `idempotency-in-flight`.
    IdempotencyInFlight = -203,
    /// Problem `precondition-required`.
    PreconditionRequired = -204,
    /// Problem `too-large`.
    TooLarge = -205,
    /// Problem `unsupported-media-type`.
    UnsupportedMediaType = -206,
    /// Problem `no-common-profile`.
    NoCommonProfile = -207,
    /// Problem `unauthenticated`.
    Unauthenticated = -208,
    /// Problem `forbidden`.
    Forbidden = -209,
    /// Problem `method-not-allowed`.
    MethodNotAllowed = -210,
    /// Problem `challenge-expired`.
    ChallengeExpired = -211,
    /// Problem `challenge-used`.
    ChallengeUsed = -212,
    /// Problem `not-found`.
    NotFound = -213,
    /// Problem `wrong-state`.
    WrongState = -214,
    /// Problem `form-changed`.
    FormChanged = -215,
    /// Problem `commitment-changed`.
    CommitmentChanged = -216,
    /// Problem `already-approved`.
    AlreadyApproved = -217,
    /// Problem `too-late-to-cancel`.
    TooLateToCancel = -218,
    /// Problem `nothing-to-pay`.
    NothingToPay = -219,
    /// Problem `evidence-expired`.
    EvidenceExpired = -220,
    /// Problem `no-prior-consent`.
    NoPriorConsent = -221,
    /// Problem `no-valid-certificate`.
    NoValidCertificate = -222,
    /// Problem `form-invalid`.
    FormInvalid = -223,
    /// Problem `identity-mismatch`.
    IdentityMismatch = -224,
    /// Problem `phone-not-verified`.
    PhoneNotVerified = -225,
    /// Problem `sms-code-wrong`.
    SmsCodeWrong = -226,
    /// Problem `sms-code-expired`.
    SmsCodeExpired = -227,
    /// Problem `sms-attempts-exhausted`.
    SmsAttemptsExhausted = -228,
    /// Problem `sms-limit`.
    SmsLimit = -229,
    /// Problem `not-read`.
    NotRead = -230,
    /// Problem `not-accepted`.
    NotAccepted = -231,
    /// Problem `code-malformed`; also a code that fails its check symbol here.
    CodeMalformed = -232,
    /// Problem `code-unknown`.
    CodeUnknown = -233,
    /// Problem `code-expired`.
    CodeExpired = -234,
    /// Problem `code-already-used`.
    CodeAlreadyUsed = -235,
    /// Problem `code-cancelled`.
    CodeCancelled = -236,
    /// Problem `wrong-environment`; also a code of another environment than the configuration's.
    WrongEnvironment = -237,
    /// Problem `client-too-old`.
    ClientTooOld = -238,
    /// Problem `awaiting-confirmation`, and the person did not confirm in time.
    AwaitingConfirmation = -239,
    /// Problem `confirmation-refused`.
    ConfirmationRefused = -240,
    /// Problem `session-unknown`.
    SessionUnknown = -241,
    /// Problem `session-expired`.
    SessionExpired = -242,
    /// Problem `session-cancelled`.
    SessionCancelled = -243,
    /// Problem `session-superseded`.
    SessionSuperseded = -244,
    /// Problem `no-extensions-left`.
    NoExtensionsLeft = -245,
    /// Problem `already-submitted`.
    AlreadySubmitted = -246,
    /// Problem `submission-conflict`.
    SubmissionConflict = -247,
    /// Problem `nothing-submitted`.
    NothingSubmitted = -248,
    /// Problem `rate-limited`.
    RateLimited = -249,
    /// Problem `slow-down`.
    SlowDown = -250,
    /// Problem `upstream-unavailable`.
    UpstreamUnavailable = -251,
    /// Problem `sms-gateway-down`.
    SmsGatewayDown = -252,
    /// Problem `maintenance`.
    Maintenance = -253,
    /// Problem `service-unavailable`.
    ServiceUnavailable = -254,
    /// Problem `internal` of the service.
    ServiceInternal = -255,
    /// A problem type that this version does not know.
    UnknownProblem = -256,
    /// The service's control number differs from the one computed here.
    MatchCode = -257,
    /// The receipt is not signed by the service, or speaks of something else.
    Receipt = -258,
    /// The signature was sent; whether it arrived is not known yet.
    OutcomeUnknown = -259,
    /// The text to sign contains something that its profile does not allow.
    TextProfile = -260,
    /// The text to sign speaks of something else than the session.
    TextMismatch = -261,
    /// The person or the program cancelled.
    Cancelled = -262,
    /// The person declined the text.
    Declined = -263,

    // -300 … -399 card: tell the person; a PIN is never retried by the library
    /// The smart card service of the computer does not run.
    CardServiceDown = -300,
    /// The smart card service refused access.
    CardServiceDenied = -301,
    /// No card reader.
    NoReader = -302,
    /// No card in the reader.
    NoToken = -303,
    /// No driver for this card.
    UnsupportedToken = -304,
    /// The PKCS#11 module is not there.
    ModuleNotFound = -305,
    /// The PKCS#11 module cannot be loaded.
    ModuleLoad = -306,
    /// The PKCS#11 module refused to start.
    ModuleInit = -307,
    /// The PKCS#11 module did not return in time.
    ModuleHung = -308,
    /// The PKCS#11 module crashed.
    ModuleCrashed = -309,
    /// The chosen certificate is no longer on any card.
    IdentityGone = -310,
    /// The card has no private key for the certificate.
    KeyNotFound = -311,
    /// Several private keys could belong to the certificate.
    KeyAmbiguous = -312,
    /// The card does not let this key sign.
    KeyNotPermitted = -313,
    /// The card offers no mechanism that is needed.
    MechanismUnsupported = -314,
    /// A PIN is needed and none was given.
    PinRequired = -315,
    /// The PIN is wrong; a try was used.
    PinIncorrect = -316,
    /// The last try is left; it is used only when the caller says so.
    PinFinalTry = -317,
    /// The PIN is locked.
    PinLocked = -318,
    /// The PIN is too short or too long; no try was used.
    PinLength = -319,
    /// The PIN must be changed first.
    PinMustChange = -320,
    /// The entry at the PIN pad was cancelled.
    PinCancelled = -321,
    /// Nobody typed at the PIN pad.
    PadTimeout = -322,
    /// The reader has no PIN pad.
    PadUnavailable = -323,
    /// Another program holds the card.
    TokenBusy = -324,
    /// The card was pulled.
    TokenRemoved = -325,
    /// The card was reset by another program.
    TokenReset = -326,
    /// The time for the card was over.
    TokenDeadline = -327,
    /// Another error of the module; the CK_RV says which.
    TokenOther = -328,
    /// The PIN of this card is typed at the reader only.
    PadRequired = -329,

    // -400 … -499 certificate: choose another
    /// No certificate on the card can sign.
    NoSigningCertificate = -400,
    /// The certificate is out of date.
    CertificateExpired = -401,
    /// The certificate is not valid yet.
    CertificateNotYetValid = -402,
    /// The certificate is revoked.
    CertificateRevoked = -403,
    /// The certificate belongs to another person.
    SignerMismatch = -404,
    /// The certificate's issuer is not trusted.
    CertificateUntrusted = -405,
    /// The certificate is not a qualified one (NES).
    CertificateNotQualified = -406,
    /// The certificate is not for signing (nonRepudiation).
    KeyUsageWrong = -407,
    /// The certificate was not checked by the service in this session.
    CertificateNotChecked = -408,
    /// The certificate cannot be read.
    CertificateMalformed = -409,
    /// The certificate is a seal of an institution.
    CertificateIsSeal = -410,
    /// The certificate's key is of no supported kind.
    UnsupportedKey = -411,

    // -500 … -599 signature: report
    /// An algorithm that may not be used.
    Algorithm = -500,
    /// The card's signature does not fit its certificate.
    SelfCheck = -501,
    /// The time-stamp failed.
    Tsp = -502,
    /// Problem `signature-invalid`.
    SignatureInvalid = -503,
    /// Problem `content-mismatch`.
    ContentMismatch = -504,
    /// Problem `policy-violation`.
    PolicyViolation = -505,
    /// Problem `incomplete-submission`.
    IncompleteSubmission = -506,

    // -600 … -699 storage
    /// The journal cannot be used, so nothing is signed.
    JournalUnavailable = -600,
    /// The journal cannot be read.
    JournalRead = -601,
    /// The journal cannot be written.
    JournalWrite = -602,
    /// The journal is damaged.
    JournalCorrupt = -603,
    /// Another process uses the journal.
    JournalLocked = -604,
    /// The journal's key is missing or wrong.
    JournalKey = -605,

    // -900 internal: report; the object may only be freed
    /// A defect of this library.
    Internal = -900,
}

/// What a caller can do about an error: the hundreds of [`Code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum Category {
    /// Fix the program.
    Usage = 0,
    /// Retry later.
    Network = 1,
    /// Tell the person; mostly a new code is needed.
    Service = 2,
    /// Tell the person; about the card, its reader, its driver or its PIN.
    Card = 3,
    /// Choose another certificate.
    Certificate = 4,
    /// Report.
    Signature = 5,
    /// The journal.
    Storage = 6,
    /// Report; the object may only be freed.
    Internal = 9,
}

impl Code {
    /// The number, as C sees it.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// What a caller can do about it.
    pub const fn category(self) -> Category {
        match -self.number() / 100 {
            0 => Category::Usage,
            1 => Category::Network,
            2 => Category::Service,
            3 => Category::Card,
            4 => Category::Certificate,
            5 => Category::Signature,
            6 => Category::Storage,
            _ => Category::Internal,
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::Timeout
                | Self::IdempotencyInFlight
                | Self::RateLimited
                | Self::SlowDown
                | Self::UpstreamUnavailable
                | Self::SmsGatewayDown
                | Self::Maintenance
                | Self::ServiceUnavailable
                | Self::ServiceInternal
                | Self::CardServiceDown
                | Self::NoReader
                | Self::NoToken
                | Self::PinCancelled
                | Self::PadTimeout
                | Self::TokenBusy
                | Self::TokenRemoved
                | Self::TokenReset
                | Self::TokenDeadline
        )
    }
}
