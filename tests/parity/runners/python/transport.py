"""The configuration of a scenario, our own HTTP, and the signing service that stands for somebody's HSM."""

from __future__ import annotations

from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from scenario import Scenario

import kamusm


def configuration(scenario: Scenario) -> kamusm.Config:
    language = scenario.get("language")
    client = scenario.get("client")
    return kamusm.Config(
        scenario.text("base_url"),
        kamusm.Environment(scenario.get("environment") or "sandbox"),
        trust_roots_pem=scenario.file("trust_roots") if scenario.get("trust_roots") else None,
        intermediates_pem=scenario.file("intermediates").decode() if scenario.get("intermediates") else None,
        proxy=scenario.get("proxy"),
        timeout_ms=scenario.number("timeout_ms"),
        client_name=client,
        client_version=None if client is None else scenario.get("client_version") or "1.0",
        language=None if language is None else kamusm.Language(language),
        receipt_keys=scenario.all("receipt_key"),
        other_text_profiles=scenario.get("other_text_profiles") is not None,
        log_lines=scenario.number("log_lines"),
    )


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


OPENER = build_opener(NoRedirects, ProxyHandler({}))


def exchanged(request: kamusm.Request) -> tuple[int, list[tuple[str, str]], bytes]:
    """Every status is an answer; no connection is an :class:`OSError`."""
    outgoing = Request(request.url, request.body or None, dict(request.headers), method=request.method)
    try:
        with OPENER.open(outgoing, timeout=request.timeout_ms / 1000) as response:
            return response.status, response.getheaders(), response.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, list(refusal.headers.items()), refusal.read()


class OwnHttp:
    def perform(self, step: kamusm.SendStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        if cancel.is_cancelled and not step.request.after_cancel:
            return step.cancelled()
        try:
            return step.response(*exchanged(step.request))
        except (URLError, OSError):
            return step.failed(kamusm.TransportFailure.UNREACHABLE)


def remote_signature(address: str, to_be_signed: bytes) -> bytes:
    with OPENER.open(Request(address, to_be_signed, method="POST")) as response:
        signature: bytes = response.read()
    return signature
