"""The person's applications (Başvurularım); the service's words come as they are, also those that are new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from . import _ffi as ffi
from ._native import translated
from .config import Config
from .request import Request, native_response, request_of


class PersonToken:
    """A bearer token of the person's sign-in: 1 to 4096 visible ASCII characters (RFC 6750 2.1). Never printed."""

    def __init__(self, text: str) -> None:
        with translated():
            self._inner = ffi.PersonToken.parse(text)

    def __repr__(self) -> str:
        return "PersonToken(****)"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A point with its number or letter."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank and the channels through which it takes the payment."""

    name: str
    branch: bool
    """Banka Şubesi."""
    internet: bool
    """İnternet Şubesi."""
    mobile: bool
    """Mobil Şube."""
    atm: bool
    call_centre: bool
    """Çağrı Merkezi."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Banks with their channels of payment; they differ from text to text."""

    banks: tuple[Bank, ...]


@dataclass(frozen=True, slots=True)
class UnknownBlock:
    """A kind of block that this version does not know."""


Block: TypeAlias = Paragraph | Item | Channels | UnknownBlock
"""A part of a status text."""


@dataclass(frozen=True, slots=True)
class Action:
    """The button of a row."""

    code: str
    """Such as ``complete``."""
    title: str


@dataclass(frozen=True, slots=True)
class Status:
    """A status with the service's texts."""

    code: str
    """Such as ``production_pending``."""
    title: str
    cancelled_by: str | None
    """Such as ``person``."""
    body: tuple[Block, ...]
    action: Action
    """What the person can do."""


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


class ApplicationsCall:
    """Asks for all applications, for programs with their own HTTP: perform :attr:`request`, :meth:`decode` its answer."""

    def __init__(self, config: Config, token: PersonToken) -> None:
        with translated():
            self._inner = ffi.applications_list(config._inner, token._inner)
            self.request: Request = request_of(self._inner.request())

    def decode(self, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> list[Application]:
        """The applications; a refusal of the service is raised."""
        with translated():
            decoded = self._inner.decode(native_response(status, headers, body))
        return [application_of(application) for application in decoded]


class ApplicationCall:
    """Asks for one application, for programs with their own HTTP."""

    def __init__(self, config: Config, token: PersonToken, number: str) -> None:
        with translated():
            self._inner = ffi.application_read(config._inner, token._inner, number)
            self.request: Request = request_of(self._inner.request())

    def decode(self, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> Application:
        """The application; a refusal of the service is raised."""
        with translated():
            return application_of(self._inner.decode(native_response(status, headers, body)))


def application_of(application: ffi.Application) -> Application:
    """The application that came from the library."""
    status = application.status
    return Application(
        no=application.no,
        applied_on=application.applied_on,
        institution=application.institution,
        product=application.product,
        reason=application.reason,
        status=Status(
            code=status.code,
            title=status.title,
            cancelled_by=status.cancelled_by,
            body=tuple(_block_of(block) for block in status.body),
            action=Action(status.action.code, status.action.title),
        ),
        warnings=tuple(application.warnings),
    )


def _block_of(block: ffi.Block) -> Block:
    if isinstance(block, ffi.Block.PARAGRAPH):
        return Paragraph(block.text)
    if isinstance(block, ffi.Block.ITEM):
        return Item(block.label, block.text)
    if isinstance(block, ffi.Block.CHANNELS):
        return Channels(
            tuple(
                Bank(bank.name, bank.branch, bank.internet, bank.mobile, bank.atm, bank.call_centre)
                for bank in block.banks
            )
        )
    return UnknownBlock()
