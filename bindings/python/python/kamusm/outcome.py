"""How a session ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from . import _ffi as ffi
from .error import KamusmError, error_or_none
from .sign_in import SignedIn, signed_in_of


class OutcomeKind(Enum):
    """The kinds of end."""

    ACCEPTED = "accepted"
    """The service accepted: it gave its receipt, and the page shows "İşlem Başarılı"; or the person is signed in."""
    RECEIVED = "received"
    """The service has the signatures and checks them; nothing is to be signed again."""
    REJECTED = "rejected"
    """The service refused the signatures."""
    CANCELLED = "cancelled"
    """The person or the program cancelled."""
    EXPIRED = "expired"
    """The time is over."""
    UNKNOWN = "unknown"
    """The signatures were sent and no answer came; nothing is to be signed again."""
    FAILED = "failed"
    """Nothing was submitted, for the reason in the error."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt whose signature and every field were compared with what this side knows."""

    jws: str
    """The receipt as it came, to keep: a compact JWS, RFC 7515."""
    application: str
    received_at: str
    """RFC 3339."""
    signing_time: str
    """İmzalama Tarihi, RFC 3339."""
    anchored: bool
    """Whether its key is one that the configuration pins."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a session; every end but the first two says why."""

    kind: OutcomeKind
    error: KamusmError | None
    receipt: Receipt | None
    """The service's receipt, verified."""
    signed_in: SignedIn | None
    """Who signed in, of :meth:`Session.sign_in`."""
    return_to: str | None
    """The page to go back to, which shows "İşlem Başarılı"."""
    signatures: tuple[bytes, ...]
    """As they were sent, one CMS per text; evidence to keep."""
    may_have_arrived: bool
    """True if a signature left this machine and the service may have taken it."""


def outcome_of(outcome: ffi.Outcome) -> Outcome:
    """The outcome that came from the library."""
    receipt = outcome.receipt
    return Outcome(
        kind=OutcomeKind[outcome.kind.name],
        error=error_or_none(outcome.error),
        receipt=None
        if receipt is None
        else Receipt(
            jws=receipt.jws,
            application=receipt.application,
            received_at=receipt.received_at,
            signing_time=receipt.signing_time,
            anchored=receipt.anchored,
        ),
        signed_in=None if outcome.signed_in is None else signed_in_of(outcome.signed_in),
        return_to=outcome.return_to,
        signatures=tuple(outcome.signatures),
        may_have_arrived=outcome.may_have_arrived,
    )
