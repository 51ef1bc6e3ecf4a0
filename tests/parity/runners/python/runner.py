"""Performs the scenarios of the parity table with the Python package: scenarios on standard input, one JSON line each
on standard output (tests/parity/README.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from calls import call
from people import Person, opened_token
from scenario import Scenario
from seen import Trace, application, error, identity
from transport import OwnHttp, configuration, exchanged, remote_signature

import kamusm
from kamusm import cades

Message = TypeVar("Message")


def session(scenario: Scenario) -> dict[str, Any]:
    trace = Trace()
    try:
        _session(scenario, trace)
    except kamusm.KamusmError as thrown:
        trace.fields["thrown"] = error(thrown)
    return trace.fields


def _session(scenario: Scenario, trace: Trace) -> None:
    config = configuration(scenario)
    with kamusm.HttpClient(config) as client, opened(scenario, config) as running:
        person = Person(scenario, trace, running, opened_token(scenario))
        carrier = OwnHttp() if scenario.get("http") else client
        try:
            outcome = kamusm.sign(
                running,
                person,
                transport=Watched(scenario, trace, carrier),
                cancel=person.cancel,
                waiting=person.waiting,
            )
            trace.end(outcome)
        finally:
            if scenario.get("log"):
                trace.fields["log"] = [line.text for line in config.log().lines]


def opened(scenario: Scenario, config: kamusm.Config) -> kamusm.Session:
    if scenario.text("kind") == "sign_in":
        return kamusm.Session.sign_in(config)
    return kamusm.Session(kamusm.VerificationCode(scenario.text("code")), config)


class Watched:
    """Tells the trace of each request before it is performed."""

    def __init__(self, scenario: Scenario, trace: Trace, transport: kamusm.Transport) -> None:
        self.scenario, self.trace, self.transport = scenario, trace, transport

    def perform(self, step: kamusm.SendStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.trace.kind("send")
        if self.scenario.get("cancel_at") == "send":
            cancel.cancel()
        return self.transport.perform(step, cancel)


def applications(scenario: Scenario) -> Any:
    return [application(one) for one in asked(scenario, lambda portal: portal.applications())]


def one_application(scenario: Scenario) -> Any:
    return application(asked(scenario, lambda portal: portal.application(scenario.text("number"))))


def asked(scenario: Scenario, ask: Callable[[kamusm.Portal], kamusm.Call[Message]]) -> Message:
    config, token = configuration(scenario), kamusm.PersonToken(scenario.text("person_token"))
    question = ask(kamusm.Portal(config, token))
    if scenario.get("http"):
        return question.decode(*exchanged(question.request))
    with kamusm.HttpClient(config) as client:
        return client.call(question)


def identities(scenario: Scenario) -> Any:
    token = opened_token(scenario)
    return [] if token is None else [identity(one) for one in token.identities()]


def environment(scenario: Scenario) -> Any:
    return kamusm.VerificationCode(scenario.text("code")).environment.value


def config_is_valid(scenario: Scenario) -> Any:
    configuration(scenario)
    return True


def cades_sign(scenario: Scenario) -> Any:
    signing = cades.Signing(
        scenario.file("content"),
        scenario.file("certificate"),
        signing_time_unix_s=int(scenario.text("signing_time")),
        attached=scenario.get("attached") == "1",
    )
    return signing.finish(remote_signature(scenario.text("signer"), signing.to_be_signed)).hex()


def cades_verify(scenario: Scenario) -> Any:
    reports = cades.validate(
        scenario.file("cms"),
        scenario.file("content") if scenario.get("content") else None,
        anchors=[scenario.file("anchor")],
        intermediates=[scenario.file("intermediates")] if scenario.get("intermediates") else [],
        crls=scenario.files("crl"),
        ocsps=scenario.files("ocsp"),
        at_unix_s=int(scenario.text("at")),
    )
    return [
        {
            "indication": report.indication.value,
            "sub_indication": report.sub_indication,
            "signer": None if report.signer_fingerprint is None else report.signer_fingerprint.hex(),
            "signing_time_unix_s": report.signing_time_unix_s,
        }
        for report in reports
    ]


def errors() -> dict[str, Any]:
    rows = []
    for code in sorted(kamusm.Code, reverse=True):
        one = error(kamusm.KamusmError(code, "for the table"))
        rows.append({field: one[field] for field in ("code", "category", "retryable", "tr", "en")})
    return {"codes": rows}


SINGLE: dict[str, tuple[str, Callable[[Scenario], Any]]] = {
    "applications": ("applications", applications),
    "application": ("application", one_application),
    "identities": ("identities", identities),
    "code": ("environment", environment),
    "config": ("ok", config_is_valid),
    "cades_sign": ("cms", cades_sign),
    "cades_verify": ("signatures", cades_verify),
}


def performed(scenario: Scenario) -> dict[str, Any]:
    kind = scenario.text("kind")
    if kind in ("session", "sign_in"):
        return session(scenario)
    if kind == "errors":
        return errors()
    if kind == "call":
        return call(scenario)
    if kind not in SINGLE:
        return {"unsupported": kind}
    field, perform = SINGLE[kind]
    try:
        return {field: perform(scenario), "thrown": None}
    except kamusm.KamusmError as thrown:
        return {field: False if kind == "config" else None, "thrown": error(thrown)}


def main() -> None:
    lines: list[str] = []
    for octets in sys.stdin.buffer:
        line = octets.decode().removesuffix("\n")
        if line:
            lines.append(line)
            continue
        scenario, lines = Scenario(lines), []
        unknown = scenario.unknown_key()
        trace = {"unsupported": unknown} if unknown else performed(scenario)
        print(json.dumps({"name": scenario.text("name"), **trace}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
