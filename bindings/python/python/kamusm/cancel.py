"""Cancellation: the one object that is made to be used while others wait with it."""

from __future__ import annotations

from . import _ffi as ffi
from ._native import translated


class CancelToken:
    """Ends what waits: requests, pauses, calls to a card. Once cancelled it stays so."""

    def __init__(self) -> None:
        self._inner = ffi.CancelToken()

    def cancel(self) -> None:
        """Cancels from any thread; whoever waits comes back."""
        with translated():
            self._inner.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody has cancelled."""
        with translated():
            return self._inner.is_cancelled()


def native(cancel: CancelToken | None) -> ffi.CancelToken | None:
    """What the library waits with."""
    return None if cancel is None else cancel._inner
