"""The mobile phone is the person's: a code by SMS, typed back."""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi


@dataclass(frozen=True, slots=True)
class PhoneVerification:
    """A code that was sent."""

    id: str
    gsm: str
    """Where it was sent, masked."""
    expires_in: int
    """Seconds for which the code is good."""
    attempts_left: int
    """How often it may be tried."""
    resend_in: int
    """Seconds after which another one may be asked for."""


def verification_of(sent: ffi.PhoneVerification) -> PhoneVerification:
    """The verification that came from the library."""
    return PhoneVerification(
        id=sent.id,
        gsm=sent.gsm,
        expires_in=sent.expires_in,
        attempts_left=sent.attempts_left,
        resend_in=sent.resend_in,
    )
