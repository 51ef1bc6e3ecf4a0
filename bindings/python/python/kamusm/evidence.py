"""What happened to an application, and the evidence: the accepted signatures, to keep and to verify.

:func:`kamusm.cades.validate` judges a signature.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    at: str
    """RFC 3339."""
    code: str
    """Such as ``form_saved``."""
    text: str
    """As the page shows it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence."""

    id: str
    session_id: str | None
    """The session that it came from."""
    document_id: str | None
    """The text that it is about."""
    media_type: str
    length: int
    """Its octets."""
    digest: str
    created_at: str
    """RFC 3339."""


def event_of(event: ffi.Event) -> Event:
    """The event that came from the library."""
    return Event(event.at, event.code, event.text)


def evidence_of(evidence: ffi.Evidence) -> Evidence:
    """The piece that came from the library."""
    return Evidence(
        id=evidence.id,
        session_id=evidence.session_id,
        document_id=evidence.document_id,
        media_type=evidence.media_type,
        length=evidence.length,
        digest=evidence.digest,
        created_at=evidence.created_at,
    )
