"""A single request with the decoder of its answer: what needs no session."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from . import _ffi as ffi
from ._native import translated
from .request import Request, native_response, request_of

Message = TypeVar("Message")


class Call(Generic[Message]):
    """What is asked of the service: :meth:`HttpClient.call` performs it, or a program by its own HTTP.

    Where an act must not happen twice the call holds its key: performed again after a lost answer it is the same act.
    """

    def __init__(self, inner: ffi.Call, told: Callable[[Any], Message]) -> None:
        self._inner, self._told = inner, told

    @property
    def request(self) -> Request:
        """What to send, exactly as it stands."""
        with translated():
            return request_of(self._inner.request())

    def decode(self, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> Message:
        """The message of an answer; a refusal of the service is raised."""
        with translated():
            message = self._inner.decode(native_response(status, headers, body))
        return self._told(message)
