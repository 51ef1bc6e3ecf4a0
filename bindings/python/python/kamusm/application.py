"""The person's applications (Başvurularım); the service's words come as they are, also those that are new."""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi
from ._native import translated
from .status import Status, status_of


class PersonToken:
    """A bearer token of the person's sign-in: 1 to 4096 visible ASCII characters (RFC 6750 2.1). Never printed."""

    def __init__(self, text: str) -> None:
        with translated():
            self._inner = ffi.PersonToken.parse(text)

    @classmethod
    def _of(cls, inner: ffi.PersonToken) -> PersonToken:
        """The token that came from the library."""
        token = cls.__new__(cls)
        token._inner = inner
        return token

    def __repr__(self) -> str:
        return "PersonToken(****)"


@dataclass(frozen=True, slots=True)
class Production:
    """The production of the card."""

    state: str
    """Such as ``scheduled``."""
    earliest_on: str | None
    """The first day on which it may be made, ``YYYY-MM-DD``."""


@dataclass(frozen=True, slots=True)
class Application:
    """An application with its status."""

    no: str
    """Sipariş No."""
    applied_on: str
    """Başvuru Tarihi, ``YYYY-MM-DD``."""
    institution: str
    product: str
    reason: str
    """Why it is applied for, such as ``renewal``."""
    status: Status
    """Başvuru Durumu."""
    warnings: tuple[str, ...]
    """Such as ``revokes_existing``."""
    state: str
    """Where it stands, such as ``phone_verified``; empty where an older service does not say."""
    form: str
    """What became of the form, such as ``saved``."""
    payment: str
    """What became of the payment, such as ``received``."""
    production: Production
    """What became of the card."""
    etag: str | None
    """The tag of this version where it was read alone, for :meth:`Portal.watch_application`."""


def application_of(application: ffi.Application) -> Application:
    """The application that came from the library."""
    return Application(
        no=application.no,
        applied_on=application.applied_on,
        institution=application.institution,
        product=application.product,
        reason=application.reason,
        status=status_of(application.status),
        warnings=tuple(application.warnings),
        state=application.state,
        form=application.form,
        payment=application.payment,
        production=Production(application.production.state, application.production.earliest_on),
        etag=application.etag,
    )
