"""What a person types, parsed as the service parses it, to be told before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from . import _ffi as ffi
from ._native import translated


class ValueKind(Enum):
    """What a text is meant to be."""

    TCKN = "tckn"
    """A T.C. Kimlik Numarası with right check digits."""
    UNCHECKED_TCKN = "unchecked-tckn"
    """Eleven digits in its form; whether the check digits are right is not looked at."""
    GSM = "gsm"
    """A mobile number."""
    EMAIL = "email"
    """An e-mail address."""


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """A text that is what it is meant to be."""

    text: str
    """As it is sent."""
    masked: str
    """As it may be shown and logged."""

    def __repr__(self) -> str:
        return f"Value({self.masked})"


def value_of(text: str, kind: ValueKind) -> Value:
    """Parses a text. Raises :data:`Code.RANGE`: let the person type it again."""
    with translated():
        value = ffi.value_of(text, ffi.ValueKind[kind.name])
    return Value(value.text, value.masked)
