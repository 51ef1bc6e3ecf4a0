"""The person who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent to e-onay."""

    given: bool
    given_at: str | None
    """RFC 3339."""


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Me:
    """The person. It holds personal data, so none of it is printed."""

    name: str
    tckn: str
    """Masked, as what follows."""
    email: str | None
    gsm: str | None
    eonay_consent: Consent
    has_valid_certificate: bool
    institutions: tuple[Institution, ...]
    """Where she is the e-imza sorumlusu."""


@dataclass(frozen=True, slots=True, repr=False)
class IdentityRefresh:
    """What the population register says of the person."""

    name: str
    tckn: str
    """Masked."""
    changed: bool
    """Whether something is another than before."""


def consent_of(consent: ffi.Consent) -> Consent:
    """The consent that came from the library."""
    return Consent(consent.given, consent.given_at)


def me_of(me: ffi.Me) -> Me:
    """The person that came from the library."""
    return Me(
        name=me.name,
        tckn=me.tckn,
        email=me.email,
        gsm=me.gsm,
        eonay_consent=consent_of(me.eonay_consent),
        has_valid_certificate=me.has_valid_certificate,
        institutions=tuple(Institution(one.id, one.name) for one in me.institutions),
    )


def refresh_of(refresh: ffi.IdentityRefresh) -> IdentityRefresh:
    """What came from the library."""
    return IdentityRefresh(refresh.name, refresh.tckn, refresh.changed)
