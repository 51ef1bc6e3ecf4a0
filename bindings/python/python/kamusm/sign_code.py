"""The page's side of a doğrulama kodu: it is issued, watched, and its redemption is confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi
from .verification_code import VerificationCode


@dataclass(frozen=True, slots=True)
class CodeClient:
    """The program that redeemed a code."""

    name: str
    version: str
    network: str
    """Where it is."""
    is_other_network: bool
    """Whether that is another network than the page's."""


@dataclass(frozen=True, slots=True)
class CodeSession:
    """The session that a code was redeemed for."""

    state: str
    """Such as ``awaiting_confirmation``."""
    match_code: str
    """Kontrol sayısı."""
    client: CodeClient
    created_at: str
    """RFC 3339."""
    hard_expires_in: int
    """Seconds after which it ends whatever happens."""


@dataclass(frozen=True, slots=True)
class SignCode:
    """A doğrulama kodu and what became of it."""

    id: str
    state: str
    """Such as ``redeemed``."""
    code: VerificationCode | None
    """The code, while it may be shown: :attr:`VerificationCode.written`."""
    created_at: str
    """RFC 3339."""
    expires_in: int
    """Seconds for which it is good."""
    second_redemptions: int
    """How often somebody else tried to redeem it."""
    session: CodeSession | None


def sign_code_of(sign_code: ffi.SignCode) -> SignCode:
    """The code that came from the library."""
    return SignCode(
        id=sign_code.id,
        state=sign_code.state,
        code=None if sign_code.code is None else VerificationCode._of(sign_code.code),
        created_at=sign_code.created_at,
        expires_in=sign_code.expires_in,
        second_redemptions=sign_code.second_redemptions,
        session=None if sign_code.session is None else _session_of(sign_code.session),
    )


def _session_of(session: ffi.CodeSession) -> CodeSession:
    client = session.client
    return CodeSession(
        state=session.state,
        match_code=session.match_code,
        client=CodeClient(client.name, client.version, client.network, client.is_other_network),
        created_at=session.created_at,
        hard_expires_in=session.hard_expires_in,
    )
