/// The errors of docs/errors.md. A newer library may give numbers that are not here: they are values all the same.
extension Code {
    // usage
    public static let null = Code(rawValue: -1)
    public static let utf8 = Code(rawValue: -2)
    public static let range = Code(rawValue: -3)
    public static let state = Code(rawValue: -4)
    public static let stale = Code(rawValue: -5)
    public static let bufferTooSmall = Code(rawValue: -6)
    public static let unsupportedStep = Code(rawValue: -7)
    public static let config = Code(rawValue: -8)
    public static let closed = Code(rawValue: -9)

    // network
    public static let unreachable = Code(rawValue: -100)
    public static let tls = Code(rawValue: -101)
    public static let timeout = Code(rawValue: -102)
    public static let badResponse = Code(rawValue: -103)
    public static let redirected = Code(rawValue: -104)
    public static let captivePortal = Code(rawValue: -105)
    public static let responseTooLarge = Code(rawValue: -106)
    public static let digestMismatch = Code(rawValue: -107)

    // service
    public static let malformed = Code(rawValue: -200)
    public static let idempotencyKeyRequired = Code(rawValue: -201)
    public static let idempotencyKeyReused = Code(rawValue: -202)
    public static let idempotencyInFlight = Code(rawValue: -203)
    public static let preconditionRequired = Code(rawValue: -204)
    public static let tooLarge = Code(rawValue: -205)
    public static let unsupportedMediaType = Code(rawValue: -206)
    public static let noCommonProfile = Code(rawValue: -207)
    public static let unauthenticated = Code(rawValue: -208)
    public static let forbidden = Code(rawValue: -209)
    public static let methodNotAllowed = Code(rawValue: -210)
    public static let challengeExpired = Code(rawValue: -211)
    public static let challengeUsed = Code(rawValue: -212)
    public static let notFound = Code(rawValue: -213)
    public static let wrongState = Code(rawValue: -214)
    public static let formChanged = Code(rawValue: -215)
    public static let commitmentChanged = Code(rawValue: -216)
    public static let alreadyApproved = Code(rawValue: -217)
    public static let tooLateToCancel = Code(rawValue: -218)
    public static let nothingToPay = Code(rawValue: -219)
    public static let evidenceExpired = Code(rawValue: -220)
    public static let noPriorConsent = Code(rawValue: -221)
    public static let noValidCertificate = Code(rawValue: -222)
    public static let formInvalid = Code(rawValue: -223)
    public static let identityMismatch = Code(rawValue: -224)
    public static let phoneNotVerified = Code(rawValue: -225)
    public static let smsCodeWrong = Code(rawValue: -226)
    public static let smsCodeExpired = Code(rawValue: -227)
    public static let smsAttemptsExhausted = Code(rawValue: -228)
    public static let smsLimit = Code(rawValue: -229)
    public static let notRead = Code(rawValue: -230)
    public static let notAccepted = Code(rawValue: -231)
    public static let codeMalformed = Code(rawValue: -232)
    public static let codeUnknown = Code(rawValue: -233)
    public static let codeExpired = Code(rawValue: -234)
    public static let codeAlreadyUsed = Code(rawValue: -235)
    public static let codeCancelled = Code(rawValue: -236)
    public static let wrongEnvironment = Code(rawValue: -237)
    public static let clientTooOld = Code(rawValue: -238)
    public static let awaitingConfirmation = Code(rawValue: -239)
    public static let confirmationRefused = Code(rawValue: -240)
    public static let sessionUnknown = Code(rawValue: -241)
    public static let sessionExpired = Code(rawValue: -242)
    public static let sessionCancelled = Code(rawValue: -243)
    public static let sessionSuperseded = Code(rawValue: -244)
    public static let noExtensionsLeft = Code(rawValue: -245)
    public static let alreadySubmitted = Code(rawValue: -246)
    public static let submissionConflict = Code(rawValue: -247)
    public static let nothingSubmitted = Code(rawValue: -248)
    public static let rateLimited = Code(rawValue: -249)
    public static let slowDown = Code(rawValue: -250)
    public static let upstreamUnavailable = Code(rawValue: -251)
    public static let smsGatewayDown = Code(rawValue: -252)
    public static let maintenance = Code(rawValue: -253)
    public static let serviceUnavailable = Code(rawValue: -254)
    public static let serviceInternal = Code(rawValue: -255)
    public static let unknownProblem = Code(rawValue: -256)
    public static let matchCode = Code(rawValue: -257)
    public static let receipt = Code(rawValue: -258)
    public static let outcomeUnknown = Code(rawValue: -259)
    public static let textProfile = Code(rawValue: -260)
    public static let textMismatch = Code(rawValue: -261)
    public static let cancelled = Code(rawValue: -262)
    public static let declined = Code(rawValue: -263)

    // card
    public static let cardServiceDown = Code(rawValue: -300)
    public static let cardServiceDenied = Code(rawValue: -301)
    public static let noReader = Code(rawValue: -302)
    public static let noToken = Code(rawValue: -303)
    public static let unsupportedToken = Code(rawValue: -304)
    public static let moduleNotFound = Code(rawValue: -305)
    public static let moduleLoad = Code(rawValue: -306)
    public static let moduleInit = Code(rawValue: -307)
    public static let moduleHung = Code(rawValue: -308)
    public static let moduleCrashed = Code(rawValue: -309)
    public static let identityGone = Code(rawValue: -310)
    public static let keyNotFound = Code(rawValue: -311)
    public static let keyAmbiguous = Code(rawValue: -312)
    public static let keyNotPermitted = Code(rawValue: -313)
    public static let mechanismUnsupported = Code(rawValue: -314)
    public static let pinRequired = Code(rawValue: -315)
    public static let pinIncorrect = Code(rawValue: -316)
    public static let pinFinalTry = Code(rawValue: -317)
    public static let pinLocked = Code(rawValue: -318)
    public static let pinLength = Code(rawValue: -319)
    public static let pinMustChange = Code(rawValue: -320)
    public static let pinCancelled = Code(rawValue: -321)
    public static let padTimeout = Code(rawValue: -322)
    public static let padUnavailable = Code(rawValue: -323)
    public static let tokenBusy = Code(rawValue: -324)
    public static let tokenRemoved = Code(rawValue: -325)
    public static let tokenReset = Code(rawValue: -326)
    public static let tokenDeadline = Code(rawValue: -327)
    public static let tokenOther = Code(rawValue: -328)
    public static let padRequired = Code(rawValue: -329)

    // certificate
    public static let noSigningCertificate = Code(rawValue: -400)
    public static let certificateExpired = Code(rawValue: -401)
    public static let certificateNotYetValid = Code(rawValue: -402)
    public static let certificateRevoked = Code(rawValue: -403)
    public static let signerMismatch = Code(rawValue: -404)
    public static let certificateUntrusted = Code(rawValue: -405)
    public static let certificateNotQualified = Code(rawValue: -406)
    public static let keyUsageWrong = Code(rawValue: -407)
    public static let certificateNotChecked = Code(rawValue: -408)
    public static let certificateMalformed = Code(rawValue: -409)
    public static let certificateIsSeal = Code(rawValue: -410)
    public static let unsupportedKey = Code(rawValue: -411)

    // signature
    public static let algorithm = Code(rawValue: -500)
    public static let selfCheck = Code(rawValue: -501)
    public static let tsp = Code(rawValue: -502)
    public static let signatureInvalid = Code(rawValue: -503)
    public static let contentMismatch = Code(rawValue: -504)
    public static let policyViolation = Code(rawValue: -505)
    public static let incompleteSubmission = Code(rawValue: -506)

    // storage
    public static let journalUnavailable = Code(rawValue: -600)
    public static let journalRead = Code(rawValue: -601)
    public static let journalWrite = Code(rawValue: -602)
    public static let journalCorrupt = Code(rawValue: -603)
    public static let journalLocked = Code(rawValue: -604)
    public static let journalKey = Code(rawValue: -605)

    // internal
    public static let `internal` = Code(rawValue: -900)

    /// The names as docs/errors.md and the C header have them.
    static let names: [Code: String] = [
        .null: "NULL",
        .utf8: "UTF8",
        .range: "RANGE",
        .state: "STATE",
        .stale: "STALE",
        .bufferTooSmall: "BUFFER_TOO_SMALL",
        .unsupportedStep: "UNSUPPORTED_STEP",
        .config: "CONFIG",
        .closed: "CLOSED",
        .unreachable: "UNREACHABLE",
        .tls: "TLS",
        .timeout: "TIMEOUT",
        .badResponse: "BAD_RESPONSE",
        .redirected: "REDIRECTED",
        .captivePortal: "CAPTIVE_PORTAL",
        .responseTooLarge: "RESPONSE_TOO_LARGE",
        .digestMismatch: "DIGEST_MISMATCH",
        .malformed: "MALFORMED",
        .idempotencyKeyRequired: "IDEMPOTENCY_KEY_REQUIRED",
        .idempotencyKeyReused: "IDEMPOTENCY_KEY_REUSED",
        .idempotencyInFlight: "IDEMPOTENCY_IN_FLIGHT",
        .preconditionRequired: "PRECONDITION_REQUIRED",
        .tooLarge: "TOO_LARGE",
        .unsupportedMediaType: "UNSUPPORTED_MEDIA_TYPE",
        .noCommonProfile: "NO_COMMON_PROFILE",
        .unauthenticated: "UNAUTHENTICATED",
        .forbidden: "FORBIDDEN",
        .methodNotAllowed: "METHOD_NOT_ALLOWED",
        .challengeExpired: "CHALLENGE_EXPIRED",
        .challengeUsed: "CHALLENGE_USED",
        .notFound: "NOT_FOUND",
        .wrongState: "WRONG_STATE",
        .formChanged: "FORM_CHANGED",
        .commitmentChanged: "COMMITMENT_CHANGED",
        .alreadyApproved: "ALREADY_APPROVED",
        .tooLateToCancel: "TOO_LATE_TO_CANCEL",
        .nothingToPay: "NOTHING_TO_PAY",
        .evidenceExpired: "EVIDENCE_EXPIRED",
        .noPriorConsent: "NO_PRIOR_CONSENT",
        .noValidCertificate: "NO_VALID_CERTIFICATE",
        .formInvalid: "FORM_INVALID",
        .identityMismatch: "IDENTITY_MISMATCH",
        .phoneNotVerified: "PHONE_NOT_VERIFIED",
        .smsCodeWrong: "SMS_CODE_WRONG",
        .smsCodeExpired: "SMS_CODE_EXPIRED",
        .smsAttemptsExhausted: "SMS_ATTEMPTS_EXHAUSTED",
        .smsLimit: "SMS_LIMIT",
        .notRead: "NOT_READ",
        .notAccepted: "NOT_ACCEPTED",
        .codeMalformed: "CODE_MALFORMED",
        .codeUnknown: "CODE_UNKNOWN",
        .codeExpired: "CODE_EXPIRED",
        .codeAlreadyUsed: "CODE_ALREADY_USED",
        .codeCancelled: "CODE_CANCELLED",
        .wrongEnvironment: "WRONG_ENVIRONMENT",
        .clientTooOld: "CLIENT_TOO_OLD",
        .awaitingConfirmation: "AWAITING_CONFIRMATION",
        .confirmationRefused: "CONFIRMATION_REFUSED",
        .sessionUnknown: "SESSION_UNKNOWN",
        .sessionExpired: "SESSION_EXPIRED",
        .sessionCancelled: "SESSION_CANCELLED",
        .sessionSuperseded: "SESSION_SUPERSEDED",
        .noExtensionsLeft: "NO_EXTENSIONS_LEFT",
        .alreadySubmitted: "ALREADY_SUBMITTED",
        .submissionConflict: "SUBMISSION_CONFLICT",
        .nothingSubmitted: "NOTHING_SUBMITTED",
        .rateLimited: "RATE_LIMITED",
        .slowDown: "SLOW_DOWN",
        .upstreamUnavailable: "UPSTREAM_UNAVAILABLE",
        .smsGatewayDown: "SMS_GATEWAY_DOWN",
        .maintenance: "MAINTENANCE",
        .serviceUnavailable: "SERVICE_UNAVAILABLE",
        .serviceInternal: "SERVICE_INTERNAL",
        .unknownProblem: "UNKNOWN_PROBLEM",
        .matchCode: "MATCH_CODE",
        .receipt: "RECEIPT",
        .outcomeUnknown: "OUTCOME_UNKNOWN",
        .textProfile: "TEXT_PROFILE",
        .textMismatch: "TEXT_MISMATCH",
        .cancelled: "CANCELLED",
        .declined: "DECLINED",
        .cardServiceDown: "CARD_SERVICE_DOWN",
        .cardServiceDenied: "CARD_SERVICE_DENIED",
        .noReader: "NO_READER",
        .noToken: "NO_TOKEN",
        .unsupportedToken: "UNSUPPORTED_TOKEN",
        .moduleNotFound: "MODULE_NOT_FOUND",
        .moduleLoad: "MODULE_LOAD",
        .moduleInit: "MODULE_INIT",
        .moduleHung: "MODULE_HUNG",
        .moduleCrashed: "MODULE_CRASHED",
        .identityGone: "IDENTITY_GONE",
        .keyNotFound: "KEY_NOT_FOUND",
        .keyAmbiguous: "KEY_AMBIGUOUS",
        .keyNotPermitted: "KEY_NOT_PERMITTED",
        .mechanismUnsupported: "MECHANISM_UNSUPPORTED",
        .pinRequired: "PIN_REQUIRED",
        .pinIncorrect: "PIN_INCORRECT",
        .pinFinalTry: "PIN_FINAL_TRY",
        .pinLocked: "PIN_LOCKED",
        .pinLength: "PIN_LENGTH",
        .pinMustChange: "PIN_MUST_CHANGE",
        .pinCancelled: "PIN_CANCELLED",
        .padTimeout: "PAD_TIMEOUT",
        .padUnavailable: "PAD_UNAVAILABLE",
        .tokenBusy: "TOKEN_BUSY",
        .tokenRemoved: "TOKEN_REMOVED",
        .tokenReset: "TOKEN_RESET",
        .tokenDeadline: "TOKEN_DEADLINE",
        .tokenOther: "TOKEN_OTHER",
        .padRequired: "PAD_REQUIRED",
        .noSigningCertificate: "NO_SIGNING_CERTIFICATE",
        .certificateExpired: "CERTIFICATE_EXPIRED",
        .certificateNotYetValid: "CERTIFICATE_NOT_YET_VALID",
        .certificateRevoked: "CERTIFICATE_REVOKED",
        .signerMismatch: "SIGNER_MISMATCH",
        .certificateUntrusted: "CERTIFICATE_UNTRUSTED",
        .certificateNotQualified: "CERTIFICATE_NOT_QUALIFIED",
        .keyUsageWrong: "KEY_USAGE_WRONG",
        .certificateNotChecked: "CERTIFICATE_NOT_CHECKED",
        .certificateMalformed: "CERTIFICATE_MALFORMED",
        .certificateIsSeal: "CERTIFICATE_IS_SEAL",
        .unsupportedKey: "UNSUPPORTED_KEY",
        .algorithm: "ALGORITHM",
        .selfCheck: "SELF_CHECK",
        .tsp: "TSP",
        .signatureInvalid: "SIGNATURE_INVALID",
        .contentMismatch: "CONTENT_MISMATCH",
        .policyViolation: "POLICY_VIOLATION",
        .incompleteSubmission: "INCOMPLETE_SUBMISSION",
        .journalUnavailable: "JOURNAL_UNAVAILABLE",
        .journalRead: "JOURNAL_READ",
        .journalWrite: "JOURNAL_WRITE",
        .journalCorrupt: "JOURNAL_CORRUPT",
        .journalLocked: "JOURNAL_LOCKED",
        .journalKey: "JOURNAL_KEY",
        .internal: "INTERNAL",
    ]
}
