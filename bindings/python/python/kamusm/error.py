"""Errors: one number, the data behind it, and a sentence for the person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from . import _ffi as ffi
from .code import Category, Code


class Language(Enum):
    """The languages of the sentences."""

    TURKISH = "tr"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with a field."""

    pointer: str
    """Its place, such as ``/values/email`` (RFC 6901)."""
    code: str
    """Such as ``required``; words of the service come as they are."""


class KamusmError(Exception):
    """What went wrong. ``str(error)`` is the Turkish sentence for the person; no text of it holds personal data."""

    code: Code
    """The number."""
    reason: str
    """What happened, for developers, in English."""
    retryable: bool
    """Whether the same call may succeed later without anybody changing anything. A PIN is never retried."""
    problem: str | None
    """The service's problem type without its prefix, such as ``code-expired``."""
    request_id: str | None
    """The service's number of the request, for its support."""
    http_status: int | None
    """The HTTP status that carried the problem."""
    retry_after_s: int | None
    """Seconds after which the service wants to be asked again."""
    fields: tuple[FieldError, ...]
    """The fields of what was sent that are wrong."""
    attempts_left: int | None
    """How often a code may still be tried."""
    upstream: str | None
    """Whose service behind the service does not answer, such as ``nvi``."""
    ck_rv: int | None
    """The CK_RV of the PKCS#11 call that failed."""
    pin_tries_left: int | None
    """PIN tries that are left, where the token tells."""
    used_pin_try: bool
    """Whether a PIN try was used, or may have been."""
    causes: tuple[tuple[Code, str], ...]
    """The errors behind this one with their reasons, the nearest first."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
        self.retryable = code in retryable_codes()
        self.problem = None
        self.request_id = None
        self.http_status = None
        self.retry_after_s = None
        self.fields = ()
        self.attempts_left = None
        self.upstream = None
        self.ck_rv = None
        self.pin_tries_left = None
        self.used_pin_try = False
        self.causes = ()

    @property
    def name(self) -> str:
        """The name of the number, such as ``PIN_INCORRECT``."""
        return self.code.name

    @property
    def category(self) -> Category:
        """What a caller can do about it."""
        return category_of(self.code)

    def text(self, language: Language = Language.TURKISH) -> str:
        """What happened and what to do, one or two sentences for the person."""
        return error_text(self.code, language)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name}: {self.reason})"


class UsageError(KamusmError):
    """Fix the program."""


class NetworkError(KamusmError):
    """Retry later."""


class ServiceError(KamusmError):
    """Tell the person; mostly a new code is needed."""


class CardError(KamusmError):
    """Tell the person; about the card, its reader, its driver or its PIN."""


class CertificateError(KamusmError):
    """Choose another certificate."""


class SignatureError(KamusmError):
    """Report."""


class StorageError(KamusmError):
    """The journal."""


class InternalError(KamusmError):
    """Report; the object may only be closed."""


CLASSES: dict[Category, type[KamusmError]] = {
    Category.USAGE: UsageError,
    Category.NETWORK: NetworkError,
    Category.SERVICE: ServiceError,
    Category.CARD: CardError,
    Category.CERTIFICATE: CertificateError,
    Category.SIGNATURE: SignatureError,
    Category.STORAGE: StorageError,
    Category.INTERNAL: InternalError,
}


def category_of(code: Code) -> Category:
    """The hundreds of the number."""
    return Category(-code // 100)


def error_text(code: Code, language: Language = Language.TURKISH) -> str:
    """The sentence for the person behind a number."""
    return ffi.error_text(code, ffi.Language[language.name])


@cache
def retryable_codes() -> frozenset[int]:
    """The numbers of errors that may go away by themselves."""
    return frozenset(row.number for row in ffi.error_codes() if row.retryable)


def error_of(details: ffi.ErrorDetails) -> KamusmError:
    """The error with the data that came from the library."""
    code = Code(details.code)
    error = CLASSES[category_of(code)](code, details.reason)
    error.retryable = details.retryable
    error.problem = details.problem
    error.request_id = details.request_id
    error.http_status = details.http_status
    error.retry_after_s = details.retry_after_s
    error.fields = fields_of(details.fields)
    error.attempts_left = details.attempts_left
    error.upstream = details.upstream
    error.ck_rv = details.ck_rv
    error.pin_tries_left = details.pin_tries_left
    error.used_pin_try = details.used_pin_try
    error.causes = tuple((Code(cause.code), cause.reason) for cause in details.causes)
    return error


def error_or_none(details: ffi.ErrorDetails | None) -> KamusmError | None:
    """As :func:`error_of`, where there may be none."""
    return None if details is None else error_of(details)


def fields_of(fields: list[ffi.FieldError]) -> tuple[FieldError, ...]:
    """What is wrong with which fields, as it came from the library."""
    return tuple(FieldError(field.pointer, field.code) for field in fields)
