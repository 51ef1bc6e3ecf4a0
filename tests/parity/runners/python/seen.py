"""What was done and seen, for the comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from typing import Any

import kamusm


class Trace:
    def __init__(self) -> None:
        self.fields: dict[str, Any] = {
            "kinds": [],
            "waits": [],
            "show": None,
            "choose": None,
            "sign": None,
            "countdown": None,
            "pin_errors": [],
            "stale": None,
            "outcome": None,
            "error": None,
            "return_to": None,
            "receipt": None,
            "signed_in": None,
            "cms": None,
            "may_have_arrived": None,
            "log": None,
            "thrown": None,
        }

    def kind(self, kind: str) -> None:
        """The same kind again is told once: how often a request is sent is the network's matter."""
        if self.fields["kinds"][-1:] != [kind]:
            self.fields["kinds"].append(kind)

    def wait(self, reason: str) -> None:
        if reason not in self.fields["waits"]:
            self.fields["waits"].append(reason)

    def show(self, step: kamusm.ShowStep) -> None:
        self.kind("show")
        facts = step.facts
        self.fields["show"] = {
            "service": facts.service,
            "origin": facts.origin,
            "applicant_name": facts.applicant_name,
            "applicant_tckn": facts.applicant_tckn,
            "application": facts.application,
            "institution": facts.institution,
            "product": facts.product,
            "warnings": list(facts.warnings),
            "created_at": facts.created_at,
            "match_code": facts.match_code,
            "texts": [
                {"title": text.title, "octets": text.octets.hex(), "profile_checked": text.profile_checked}
                for text in step.texts
            ],
        }

    def choose(self, step: kamusm.ChooseStep) -> None:
        self.kind("choose")
        refusals = [
            {"fingerprint": refusal.fingerprint.hex(), "error": error(refusal.error)}
            for refusal in step.refusals
        ]
        self.fields["choose"] = {"applicant_tckn": step.applicant_tckn, "refusals": refusals}

    def sign(self, step: kamusm.SignStep) -> None:
        self.kind("sign")
        self.fields["sign"] = {
            "certificate": step.certificate.hex(),
            "items": [{"algorithm": item.algorithm.value, "digest": item.digest.hex()} for item in step.items],
            "signing_time_unix_s": step.signing_time_unix_s,
            "failure": optional(step.failure),
        }

    def end(self, outcome: kamusm.Outcome) -> None:
        self.kind("done")
        receipt = outcome.receipt
        self.fields |= {
            "outcome": outcome.kind.value,
            "error": optional(outcome.error),
            "return_to": outcome.return_to,
            "cms": [cms.hex() for cms in outcome.signatures],
            "may_have_arrived": outcome.may_have_arrived,
        }
        if outcome.signed_in is not None:
            self.fields["signed_in"] = {"name": outcome.signed_in.name, "tckn": outcome.signed_in.tckn}
        if receipt is not None:
            self.fields["receipt"] = {
                "application": receipt.application,
                "received_at": receipt.received_at,
                "signing_time": receipt.signing_time,
                "anchored": receipt.anchored,
                "jws": receipt.jws,
            }


def error(error: kamusm.KamusmError) -> dict[str, Any]:
    return {
        "code": error.code.value,
        "category": error.category.value,
        "retryable": error.retryable,
        "http_status": error.http_status,
        "problem": error.problem,
        "retry_after_s": error.retry_after_s,
        "ck_rv": error.ck_rv,
        "pin_tries_left": error.pin_tries_left,
        "used_pin_try": error.used_pin_try,
        "tr": error.text(kamusm.Language.TURKISH),
        "en": error.text(kamusm.Language.ENGLISH),
    }


def optional(given: kamusm.KamusmError | None) -> dict[str, Any] | None:
    return None if given is None else error(given)


def identity(identity: kamusm.Identity) -> dict[str, Any]:
    return {
        "fingerprint": identity.fingerprint.hex(),
        "common_name": identity.common_name,
        "not_before": identity.not_before_unix_s,
        "not_after": identity.not_after_unix_s,
        "refusal": optional(identity.refusal),
        "has_pin_pad": identity.has_pin_pad,
        "pin_tries_left": identity.pin_tries_left,
    }


def refusal(thrown: kamusm.KamusmError) -> dict[str, Any]:
    """An error of a single call: with what the service says of fields, tries and who else is to blame."""
    more = {"attempts_left": thrown.attempts_left, "upstream": thrown.upstream}
    return error(thrown) | {"fields": fields(thrown.fields)} | more


def fields(errors: Iterable[kamusm.FieldError]) -> list[dict[str, str]]:
    return [{"pointer": one.pointer, "code": one.code} for one in errors]


def application(application: kamusm.Application) -> dict[str, Any]:
    """What the list shows of an application."""
    shown = ("no", "applied_on", "institution", "product", "reason", "status", "warnings")
    return {name: told(getattr(application, name)) for name in shown}


FORM = ("schema", "sections", "values", "locked", "etag")


def told(value: Any) -> Any:
    """A message as JSON: the members of its structures by their names."""
    match value:
        case kamusm.Paragraph() | kamusm.Item() | kamusm.Channels() | kamusm.UnknownBlock():
            return block(value)
        case kamusm.VerificationCode():
            return value.written
        case kamusm.Form():
            return {name: told(getattr(value, name)) for name in FORM}
        case list() | tuple():
            return [told(one) for one in value]
        case _ if is_dataclass(value):
            return {field.name: told(getattr(value, field.name)) for field in dataclass_fields(value)}
        case _:
            return value


def block(block: kamusm.Block) -> dict[str, Any]:
    match block:
        case kamusm.Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case kamusm.Item(label, text):
            return {"kind": "item", "label": label, "text": text}
        case kamusm.Channels(banks):
            return {"kind": "channels", "banks": [told(one) for one in banks]}
        case _:
            return {"kind": "unknown"}
