"""The requests of a session by httpx instead of the package's own HTTP: in a thread, or on the event loop."""

from __future__ import annotations

import httpx

import kamusm


def failure(error: httpx.HTTPError) -> kamusm.TransportFailure:
    """Why there is no answer; the machine decides about a retry."""
    if isinstance(error, httpx.TimeoutException):
        return kamusm.TransportFailure.TIMEOUT
    if isinstance(error, httpx.RemoteProtocolError):
        return kamusm.TransportFailure.MALFORMED
    if "CERTIFICATE" in str(error) or "TLS" in str(error):
        return kamusm.TransportFailure.TLS
    return kamusm.TransportFailure.UNREACHABLE


class HttpxTransport:
    """For :func:`kamusm.sign`. The client must not follow redirects, which is httpx's default."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def perform(self, step: kamusm.SendStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        request = step.request
        if cancel.is_cancelled and not request.after_cancel:
            return step.cancelled()
        body = bytearray()
        try:
            with self.client.stream(
                request.method,
                request.url,
                headers=list(request.headers),
                content=request.body or None,
                timeout=request.timeout_ms / 1000,
            ) as response:
                for part in response.iter_bytes():
                    body += part
                    if len(body) > request.max_response_octets:
                        return step.failed(kamusm.TransportFailure.TOO_LARGE)
        except httpx.HTTPError as error:
            return step.failed(failure(error))
        return step.response(response.status_code, response.headers.multi_items(), bytes(body))


class AsyncHttpxTransport:
    """For :func:`kamusm.sign_async`: a cancelled task ends the request at once."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def perform(self, step: kamusm.SendStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        request = step.request
        if cancel.is_cancelled and not request.after_cancel:
            return step.cancelled()
        body = bytearray()
        try:
            async with self.client.stream(
                request.method,
                request.url,
                headers=list(request.headers),
                content=request.body or None,
                timeout=request.timeout_ms / 1000,
            ) as response:
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > request.max_response_octets:
                        return step.failed(kamusm.TransportFailure.TOO_LARGE)
        except httpx.HTTPError as error:
            return step.failed(failure(error))
        return step.response(response.status_code, response.headers.multi_items(), bytes(body))
