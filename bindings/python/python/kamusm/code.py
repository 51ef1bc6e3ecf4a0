"""The numbers of all errors; each is explained in docs/errors.md. A test holds them against the library's own list."""

from __future__ import annotations

from enum import IntEnum


class Category(IntEnum):
    """What a caller can do about an error: the hundreds of its number."""

    USAGE = 0
    """Fix the program."""
    NETWORK = 1
    """Retry later."""
    SERVICE = 2
    """Tell the person; mostly a new code is needed."""
    CARD = 3
    """Tell the person; about the card, its reader, its driver or its PIN."""
    CERTIFICATE = 4
    """Choose another certificate."""
    SIGNATURE = 5
    """Report."""
    STORAGE = 6
    """The journal."""
    INTERNAL = 9
    """Report; the object may only be closed."""


class Code(IntEnum):
    """What went wrong. ``0`` is success and belongs to no error."""

    # usage: fix the program
    NULL = -1
    UTF8 = -2
    RANGE = -3
    STATE = -4
    STALE = -5
    BUFFER_TOO_SMALL = -6
    UNSUPPORTED_STEP = -7
    CONFIG = -8
    CLOSED = -9

    # network: retry later
    UNREACHABLE = -100
    TLS = -101
    TIMEOUT = -102
    BAD_RESPONSE = -103
    REDIRECTED = -104
    CAPTIVE_PORTAL = -105
    RESPONSE_TOO_LARGE = -106
    DIGEST_MISMATCH = -107

    # service: tell the person, mostly a new code is needed
    MALFORMED = -200
    IDEMPOTENCY_KEY_REQUIRED = -201
    IDEMPOTENCY_KEY_REUSED = -202
    IDEMPOTENCY_IN_FLIGHT = -203
    PRECONDITION_REQUIRED = -204
    TOO_LARGE = -205
    UNSUPPORTED_MEDIA_TYPE = -206
    NO_COMMON_PROFILE = -207
    UNAUTHENTICATED = -208
    FORBIDDEN = -209
    METHOD_NOT_ALLOWED = -210
    CHALLENGE_EXPIRED = -211
    CHALLENGE_USED = -212
    NOT_FOUND = -213
    WRONG_STATE = -214
    FORM_CHANGED = -215
    COMMITMENT_CHANGED = -216
    ALREADY_APPROVED = -217
    TOO_LATE_TO_CANCEL = -218
    NOTHING_TO_PAY = -219
    EVIDENCE_EXPIRED = -220
    NO_PRIOR_CONSENT = -221
    NO_VALID_CERTIFICATE = -222
    FORM_INVALID = -223
    IDENTITY_MISMATCH = -224
    PHONE_NOT_VERIFIED = -225
    SMS_CODE_WRONG = -226
    SMS_CODE_EXPIRED = -227
    SMS_ATTEMPTS_EXHAUSTED = -228
    SMS_LIMIT = -229
    NOT_READ = -230
    NOT_ACCEPTED = -231
    CODE_MALFORMED = -232
    CODE_UNKNOWN = -233
    CODE_EXPIRED = -234
    CODE_ALREADY_USED = -235
    CODE_CANCELLED = -236
    WRONG_ENVIRONMENT = -237
    CLIENT_TOO_OLD = -238
    AWAITING_CONFIRMATION = -239
    CONFIRMATION_REFUSED = -240
    SESSION_UNKNOWN = -241
    SESSION_EXPIRED = -242
    SESSION_CANCELLED = -243
    SESSION_SUPERSEDED = -244
    NO_EXTENSIONS_LEFT = -245
    ALREADY_SUBMITTED = -246
    SUBMISSION_CONFLICT = -247
    NOTHING_SUBMITTED = -248
    RATE_LIMITED = -249
    SLOW_DOWN = -250
    UPSTREAM_UNAVAILABLE = -251
    SMS_GATEWAY_DOWN = -252
    MAINTENANCE = -253
    SERVICE_UNAVAILABLE = -254
    SERVICE_INTERNAL = -255
    UNKNOWN_PROBLEM = -256
    MATCH_CODE = -257
    RECEIPT = -258
    OUTCOME_UNKNOWN = -259
    TEXT_PROFILE = -260
    TEXT_MISMATCH = -261
    CANCELLED = -262
    DECLINED = -263

    # card: tell the person; a PIN is never retried by the library
    CARD_SERVICE_DOWN = -300
    CARD_SERVICE_DENIED = -301
    NO_READER = -302
    NO_TOKEN = -303
    UNSUPPORTED_TOKEN = -304
    MODULE_NOT_FOUND = -305
    MODULE_LOAD = -306
    MODULE_INIT = -307
    MODULE_HUNG = -308
    MODULE_CRASHED = -309
    IDENTITY_GONE = -310
    KEY_NOT_FOUND = -311
    KEY_AMBIGUOUS = -312
    KEY_NOT_PERMITTED = -313
    MECHANISM_UNSUPPORTED = -314
    PIN_REQUIRED = -315
    PIN_INCORRECT = -316
    PIN_FINAL_TRY = -317
    PIN_LOCKED = -318
    PIN_LENGTH = -319
    PIN_MUST_CHANGE = -320
    PIN_CANCELLED = -321
    PAD_TIMEOUT = -322
    PAD_UNAVAILABLE = -323
    TOKEN_BUSY = -324
    TOKEN_REMOVED = -325
    TOKEN_RESET = -326
    TOKEN_DEADLINE = -327
    TOKEN_OTHER = -328
    PAD_REQUIRED = -329

    # certificate: choose another
    NO_SIGNING_CERTIFICATE = -400
    CERTIFICATE_EXPIRED = -401
    CERTIFICATE_NOT_YET_VALID = -402
    CERTIFICATE_REVOKED = -403
    SIGNER_MISMATCH = -404
    CERTIFICATE_UNTRUSTED = -405
    CERTIFICATE_NOT_QUALIFIED = -406
    KEY_USAGE_WRONG = -407
    CERTIFICATE_NOT_CHECKED = -408
    CERTIFICATE_MALFORMED = -409
    CERTIFICATE_IS_SEAL = -410
    UNSUPPORTED_KEY = -411

    # signature: report
    ALGORITHM = -500
    SELF_CHECK = -501
    TSP = -502
    SIGNATURE_INVALID = -503
    CONTENT_MISMATCH = -504
    POLICY_VIOLATION = -505
    INCOMPLETE_SUBMISSION = -506

    # storage
    JOURNAL_UNAVAILABLE = -600
    JOURNAL_READ = -601
    JOURNAL_WRITE = -602
    JOURNAL_CORRUPT = -603
    JOURNAL_LOCKED = -604
    JOURNAL_KEY = -605

    # internal: report; the object may only be closed
    INTERNAL = -900
