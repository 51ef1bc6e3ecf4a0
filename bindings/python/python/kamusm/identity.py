"""What can sign: a certificate, the token that holds its key, and whether it may be used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from . import _ffi as ffi
from .error import KamusmError, error_or_none


class Purpose(Enum):
    """What the key usage of a certificate is for (RFC 5280 4.2.1.3)."""

    SIGNING = "signing"
    """nonRepudiation: signatures that bind."""
    AUTHENTICATION = "authentication"
    """digitalSignature alone: signing in."""
    OTHER = "other"
    """Anything else: encryption, certificates of authorities."""


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A certificate whose private key a token holds. It names a person, so it is not printed."""

    certificate: bytes
    """DER."""
    fingerprint: bytes
    """SHA-256 of the certificate."""
    common_name: str
    """The person's name in the certificate; empty where it has none."""
    token_label: str
    """Empty for a software key."""
    reader: str
    """Empty for a software key."""
    not_before_unix_s: int
    not_after_unix_s: int
    purpose: Purpose
    refusal: KamusmError | None
    """Why the certificate cannot sign, to tell the person who misses it; none if it can."""
    has_pin_pad: bool
    """Whether the PIN is typed on the reader's own PIN pad."""
    pin_tries_left: int | None
    """Where the token tells."""

    def __repr__(self) -> str:
        return f"Identity({self.fingerprint[:4].hex()}…)"


def identity_of(identity: ffi.Identity) -> Identity:
    """The identity that came from the library."""
    return Identity(
        certificate=identity.certificate,
        fingerprint=identity.fingerprint,
        common_name=identity.common_name,
        token_label=identity.token_label,
        reader=identity.reader,
        not_before_unix_s=identity.not_before_unix_s,
        not_after_unix_s=identity.not_after_unix_s,
        purpose=Purpose[identity.purpose.name],
        refusal=error_or_none(identity.refusal),
        has_pin_pad=identity.has_pin_pad,
        pin_tries_left=identity.pin_tries_left,
    )
