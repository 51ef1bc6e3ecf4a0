"""Ödeme: who pays what, and the address of the virtual POS."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import _ffi as ffi
from .status import Block, body_of


@dataclass(frozen=True, slots=True)
class Payment:
    """Who pays what."""

    state: str
    """Such as ``pending``."""
    payer: str
    """Such as ``person``."""
    prepaid: bool
    """Whether it is paid before."""
    amount_kurus: int
    currency: str
    """Such as ``TRY``."""
    body: tuple[Block, ...]
    virtual_pos: bool
    """Whether it can be paid at the virtual POS."""


@dataclass(frozen=True, slots=True)
class PaymentIntent:
    """A payment that waits at the virtual POS."""

    id: str
    address: str = field(repr=False)
    """The page to open in the person's browser; who has it can pay."""
    expires_in: int
    """Seconds for which it is good."""


def payment_of(payment: ffi.Payment) -> Payment:
    """The payment that came from the library."""
    return Payment(
        state=payment.state,
        payer=payment.payer,
        prepaid=payment.prepaid,
        amount_kurus=payment.amount_kurus,
        currency=payment.currency,
        body=body_of(payment.body),
        virtual_pos=payment.virtual_pos,
    )


def intent_of(intent: ffi.PaymentIntent) -> PaymentIntent:
    """The payment that came from the library."""
    return PaymentIntent(intent.id, intent.address, intent.expires_in)
