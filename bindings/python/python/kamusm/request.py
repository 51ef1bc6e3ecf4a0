"""HTTP requests and responses as values, for programs that perform them by their own means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from . import _ffi as ffi


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A request to perform as it stands: no redirects, no cookies, no header added but ``Host`` and lengths.

    Address, headers and body hold the code, a token and personal data, so none of it is printed.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    """Names in lower case with their values."""
    body: bytes
    """Empty for none."""
    timeout_ms: int
    """How long the whole exchange may take."""
    max_response_octets: int
    """How large the body of the answer may be; a larger one is not read."""
    after_cancel: bool
    """Sent even though everything was cancelled, without anybody waiting for its answer."""

    def __repr__(self) -> str:
        return f"Request({self.method}, {len(self.body)} octets)"


class TransportFailure(Enum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    """No connection, or it broke."""
    TLS = "tls"
    """TLS was refused."""
    TIMEOUT = "timeout"
    """The time of the request was over."""
    TOO_LARGE = "too-large"
    """The body was larger than allowed."""
    MALFORMED = "malformed"
    """The exchange was not HTTP."""


def request_of(request: ffi.Request) -> Request:
    """The request that came from the library."""
    return Request(
        method=request.method,
        url=request.url,
        headers=tuple((header.name, header.value) for header in request.headers),
        body=request.body,
        timeout_ms=request.timeout_ms,
        max_response_octets=request.max_response_octets,
        after_cancel=request.after_cancel,
    )


def native_response(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> ffi.Response:
    """The response as the library takes it."""
    named = [ffi.Header(name=name, value=value) for name, value in headers]
    return ffi.Response(status=status, headers=named, body=body)
