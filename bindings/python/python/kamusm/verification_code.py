"""The doğrulama kodu."""

from __future__ import annotations

from enum import Enum

from . import _ffi as ffi
from ._native import translated


class Environment(Enum):
    """Which service a code belongs to; its first symbol says so."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"


class VerificationCode:
    """A doğrulama kodu whose check symbol is right. It is a credential and never printed.

    ``pasted`` is what the person pasted: spaces, dashes and letters that look alike are put right.
    Raises :data:`Code.CODE_MALFORMED`: let the person paste again.
    """

    def __init__(self, pasted: str) -> None:
        with translated():
            self._inner = ffi.VerificationCode.parse(pasted)

    @classmethod
    def _of(cls, inner: ffi.VerificationCode) -> VerificationCode:
        """The code that came from the library."""
        code = cls.__new__(cls)
        code._inner = inner
        return code

    @property
    def written(self) -> str:
        """As it is written, ``XXXX-XXXX-XXXX-XXXX``, to show it to the person."""
        with translated():
            return self._inner.written()

    @property
    def environment(self) -> Environment:
        """The service that issued the code."""
        with translated():
            return Environment[self._inner.environment().name]

    def __repr__(self) -> str:
        return "VerificationCode(****)"
