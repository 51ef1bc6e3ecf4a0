"""Where an application stands; the service's words come as they are, also those that are new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from . import _ffi as ffi


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


def status_of(status: ffi.Status) -> Status:
    """The status that came from the library."""
    return Status(
        code=status.code,
        title=status.title,
        cancelled_by=status.cancelled_by,
        body=body_of(status.body),
        action=Action(status.action.code, status.action.title),
    )


def body_of(blocks: list[ffi.Block]) -> tuple[Block, ...]:
    """The text that came from the library."""
    return tuple(_block_of(block) for block in blocks)


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
