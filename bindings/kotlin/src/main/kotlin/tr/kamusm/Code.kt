package tr.kamusm

import tr.kamusm.ffi.errorText

/** The numbers of all errors, the same in every language (docs/errors.md). Hundreds say what the caller can do. */
public enum class Code(
    /** As C and the other languages see it. */
    public val number: Int,
    /** Whether the same call may succeed later without anybody changing anything. */
    public val isRetryable: Boolean = false,
) {
    // -1 … -99 usage: fix the program
    NULL(-1),
    UTF8(-2),
    RANGE(-3),
    STATE(-4),
    STALE(-5),
    BUFFER_TOO_SMALL(-6),
    UNSUPPORTED_STEP(-7),
    CONFIG(-8),
    CLOSED(-9),

    // -100 … -199 network: retry later
    UNREACHABLE(-100, true),
    TLS(-101),
    TIMEOUT(-102, true),
    BAD_RESPONSE(-103),
    REDIRECTED(-104),
    CAPTIVE_PORTAL(-105),
    RESPONSE_TOO_LARGE(-106),
    DIGEST_MISMATCH(-107),

    // -200 … -299 service: tell the person; mostly a new code is needed
    MALFORMED(-200),
    IDEMPOTENCY_KEY_REQUIRED(-201),
    IDEMPOTENCY_KEY_REUSED(-202),
    IDEMPOTENCY_IN_FLIGHT(-203, true),
    PRECONDITION_REQUIRED(-204),
    TOO_LARGE(-205),
    UNSUPPORTED_MEDIA_TYPE(-206),
    NO_COMMON_PROFILE(-207),
    UNAUTHENTICATED(-208),
    FORBIDDEN(-209),
    METHOD_NOT_ALLOWED(-210),
    CHALLENGE_EXPIRED(-211),
    CHALLENGE_USED(-212),
    NOT_FOUND(-213),
    WRONG_STATE(-214),
    FORM_CHANGED(-215),
    COMMITMENT_CHANGED(-216),
    ALREADY_APPROVED(-217),
    TOO_LATE_TO_CANCEL(-218),
    NOTHING_TO_PAY(-219),
    EVIDENCE_EXPIRED(-220),
    NO_PRIOR_CONSENT(-221),
    NO_VALID_CERTIFICATE(-222),
    FORM_INVALID(-223),
    IDENTITY_MISMATCH(-224),
    PHONE_NOT_VERIFIED(-225),
    SMS_CODE_WRONG(-226),
    SMS_CODE_EXPIRED(-227),
    SMS_ATTEMPTS_EXHAUSTED(-228),
    SMS_LIMIT(-229),
    NOT_READ(-230),
    NOT_ACCEPTED(-231),
    CODE_MALFORMED(-232),
    CODE_UNKNOWN(-233),
    CODE_EXPIRED(-234),
    CODE_ALREADY_USED(-235),
    CODE_CANCELLED(-236),
    WRONG_ENVIRONMENT(-237),
    CLIENT_TOO_OLD(-238),
    AWAITING_CONFIRMATION(-239),
    CONFIRMATION_REFUSED(-240),
    SESSION_UNKNOWN(-241),
    SESSION_EXPIRED(-242),
    SESSION_CANCELLED(-243),
    SESSION_SUPERSEDED(-244),
    NO_EXTENSIONS_LEFT(-245),
    ALREADY_SUBMITTED(-246),
    SUBMISSION_CONFLICT(-247),
    NOTHING_SUBMITTED(-248),
    RATE_LIMITED(-249, true),
    SLOW_DOWN(-250, true),
    UPSTREAM_UNAVAILABLE(-251, true),
    SMS_GATEWAY_DOWN(-252, true),
    MAINTENANCE(-253, true),
    SERVICE_UNAVAILABLE(-254, true),
    SERVICE_INTERNAL(-255, true),
    UNKNOWN_PROBLEM(-256),
    MATCH_CODE(-257),
    RECEIPT(-258),
    OUTCOME_UNKNOWN(-259),
    TEXT_PROFILE(-260),
    TEXT_MISMATCH(-261),
    CANCELLED(-262),
    DECLINED(-263),

    // -300 … -399 card: tell the person; a PIN is never retried by the library
    CARD_SERVICE_DOWN(-300, true),
    CARD_SERVICE_DENIED(-301),
    NO_READER(-302, true),
    NO_TOKEN(-303, true),
    UNSUPPORTED_TOKEN(-304),
    MODULE_NOT_FOUND(-305),
    MODULE_LOAD(-306),
    MODULE_INIT(-307),
    MODULE_HUNG(-308),
    MODULE_CRASHED(-309),
    IDENTITY_GONE(-310),
    KEY_NOT_FOUND(-311),
    KEY_AMBIGUOUS(-312),
    KEY_NOT_PERMITTED(-313),
    MECHANISM_UNSUPPORTED(-314),
    PIN_REQUIRED(-315),
    PIN_INCORRECT(-316),
    PIN_FINAL_TRY(-317),
    PIN_LOCKED(-318),
    PIN_LENGTH(-319),
    PIN_MUST_CHANGE(-320),
    PIN_CANCELLED(-321, true),
    PAD_TIMEOUT(-322, true),
    PAD_UNAVAILABLE(-323),
    TOKEN_BUSY(-324, true),
    TOKEN_REMOVED(-325, true),
    TOKEN_RESET(-326, true),
    TOKEN_DEADLINE(-327, true),
    TOKEN_OTHER(-328),
    PAD_REQUIRED(-329),

    // -400 … -499 certificate: choose another
    NO_SIGNING_CERTIFICATE(-400),
    CERTIFICATE_EXPIRED(-401),
    CERTIFICATE_NOT_YET_VALID(-402),
    CERTIFICATE_REVOKED(-403),
    SIGNER_MISMATCH(-404),
    CERTIFICATE_UNTRUSTED(-405),
    CERTIFICATE_NOT_QUALIFIED(-406),
    KEY_USAGE_WRONG(-407),
    CERTIFICATE_NOT_CHECKED(-408),
    CERTIFICATE_MALFORMED(-409),
    CERTIFICATE_IS_SEAL(-410),
    UNSUPPORTED_KEY(-411),

    // -500 … -599 signature: report
    ALGORITHM(-500),
    SELF_CHECK(-501),
    TSP(-502),
    SIGNATURE_INVALID(-503),
    CONTENT_MISMATCH(-504),
    POLICY_VIOLATION(-505),
    INCOMPLETE_SUBMISSION(-506),

    // -600 … -699 storage
    JOURNAL_UNAVAILABLE(-600),
    JOURNAL_READ(-601),
    JOURNAL_WRITE(-602),
    JOURNAL_CORRUPT(-603),
    JOURNAL_LOCKED(-604),
    JOURNAL_KEY(-605),

    // -900 internal: report; the object may only be freed
    INTERNAL(-900),
    ;

    /** What a caller can do about it. */
    public val category: Category
        get() = Category.entries.first { it.number == -number / 100 }

    /** What happened and what to do, for the person. */
    public fun sentence(language: Language): String = native { errorText(number, language.toFfi()) }

    public companion object {
        private val byNumber = entries.associateBy { it.number }

        /** The code of this number; a number of a newer library is [INTERNAL]. */
        @JvmStatic
        public fun of(number: Int): Code = byNumber[number] ?: INTERNAL
    }
}

/** What a caller can do about an error. */
public enum class Category(
    /** The hundreds of the code's number. */
    public val number: Int,
) {
    /** Fix the program. */
    USAGE(0),

    /** Retry later. */
    NETWORK(1),

    /** Tell the person; mostly a new code is needed. */
    SERVICE(2),

    /** Tell the person; about the card, its reader, its driver or its PIN. */
    CARD(3),

    /** Choose another certificate. */
    CERTIFICATE(4),

    /** Report. */
    SIGNATURE(5),

    /** The journal. */
    STORAGE(6),

    /** Report; the object may only be closed. */
    INTERNAL(9),
}
