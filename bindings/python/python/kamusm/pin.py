"""The PIN: octets that are wiped, never a text."""

from __future__ import annotations

from . import _ffi as ffi
from ._native import Closable, translated


class Pin(Closable[ffi.Pin]):
    """A PIN, or the password of a key file. It is empty again after it was used once, and wiped when closed.

    ``octets`` is a :class:`bytearray` because that can be wiped, and it is: afterwards it holds zeros.
    """

    def __init__(self, octets: bytearray | None = None) -> None:
        super().__init__(ffi.Pin())
        if octets is None:
            return
        if not isinstance(octets, bytearray):
            raise TypeError("a PIN comes in a bytearray, which can be wiped")
        try:
            for octet in octets:
                self.push(octet)
        finally:
            octets[:] = bytes(len(octets))

    def push(self, octet: int) -> None:
        """Adds one octet, 0 to 255, at the end: a keypad needs no text."""
        with translated():
            self._inner.push(octet)

    def pop(self) -> bool:
        """Removes and wipes the last octet; false if there is none."""
        with translated():
            return self._inner.pop()

    def clear(self) -> None:
        """Removes and wipes everything."""
        with translated():
            self._inner.clear()

    def close(self) -> None:
        """Wipes it. Closing twice is fine."""
        if self._held is not None:
            self.clear()
        super().close()

    def __len__(self) -> int:
        with translated():
            return self._inner.len()

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "Pin"


def native(pin: Pin | None) -> ffi.Pin | None:
    """What the library takes the octets out of."""
    return None if pin is None else pin._inner
