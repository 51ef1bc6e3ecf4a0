"""Sign-in: what both ways lead to, and the way by e-Devlet. The way by e-imza is :meth:`Session.sign_in`."""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi
from ._native import translated
from .application import PersonToken
from .call import Call
from .config import Config


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who signed in."""

    token: PersonToken
    """What the person's calls are made with: :class:`Portal`."""
    expires_in_s: int
    """Seconds for which it is good."""
    name: str
    """Masked."""
    tckn: str
    """Masked."""


class EDevlet:
    """One sign-in by e-Devlet: open :attr:`address` in the person's browser, give what it comes back to
    :meth:`returned`.

    :param client_id: the program's id at the service.
    :param redirect_uri: a loopback address or a scheme of the program's own (RFC 8252 7).
    """

    def __init__(self, config: Config, client_id: str, redirect_uri: str) -> None:
        with translated():
            self._inner = ffi.EDevlet(config._inner, client_id, redirect_uri)
            self.address: str = self._inner.address()
            """The page to open in the person's browser."""

    def is_return(self, address: str) -> bool:
        """Whether this address is the one that the browser comes back to."""
        with translated():
            return self._inner.is_return(address)

    def returned(self, address: str) -> Call[SignedIn]:
        """Takes the address that the browser came back to; its code is good once.

        Worth handling: ``CANCELLED``, the person did not want to; ``FORBIDDEN``, somebody else made the address.
        """
        with translated():
            inner = self._inner.returned(address)
        return Call(inner, lambda message: signed_in_of(message.signed_in))


def signed_in_of(signed_in: ffi.SignedIn) -> SignedIn:
    """The sign-in that came from the library."""
    return SignedIn(
        token=PersonToken._of(signed_in.token),
        expires_in_s=signed_in.expires_in_s,
        name=signed_in.name,
        tckn=signed_in.tckn,
    )
