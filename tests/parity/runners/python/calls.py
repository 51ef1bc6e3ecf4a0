"""Kind ``call``: one call of the whole application, by its name."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from scenario import Scenario
from seen import fields, refusal, told
from transport import configuration, exchanged

import kamusm

Message = TypeVar("Message")


class Going:
    """One scenario on its way: what it is given, and who performs its requests."""

    def __init__(self, scenario: Scenario, http: kamusm.HttpClient, config: kamusm.Config) -> None:
        self.scenario, self.http, self.config = scenario, http, config
        # The sign-in is what has no token yet.
        self.token = kamusm.PersonToken(scenario.get("person_token") or "none")
        self.portal = kamusm.Portal(config, self.token)
        self.number, self.id, self.etag = (scenario.text(key) for key in ("number", "id", "etag"))
        self.institution = scenario.text("institution")

    def ask(self, call: kamusm.Call[Message]) -> Message:
        if self.scenario.get("http"):
            return call.decode(*exchanged(call.request))
        return self.http.call(call)

    def is_true(self, key: str) -> bool:
        return self.scenario.get(key) == "true"

    def values(self) -> dict[str, str]:
        pairs = (value.partition("=") for value in self.scenario.all("value"))
        return {name: value for name, _, value in pairs}

    def commitment(self) -> kamusm.Commitment:
        return self.ask(self.portal.approval(self.number)).commitments[0]

    def rows(self) -> list[kamusm.CsvRow]:
        return kamusm.pre_applications_from_csv(self.scenario.file("csv"))


def form_check(going: Going) -> Any:
    return fields(going.ask(going.portal.form(going.number)).check(going.values()))


def commitment_view(going: Going) -> Any:
    read = going.is_true("read_to_end")
    return going.ask(going.portal.view_commitment(going.number, going.commitment(), read_to_end=read))


def approve(going: Going) -> Any:
    return going.ask(
        going.portal.approve(
            going.number,
            view_ids=going.scenario.all("view"),
            form_digest=going.scenario.text("form_digest"),
            accepted=going.is_true("accepted"),
        )
    )


def download(going: Going) -> Any:
    listed = going.ask(going.portal.evidence(going.number))
    (evidence,) = (one for one in listed if one.id == going.id)
    return sha256(going.ask(going.portal.download_evidence(going.number, evidence))).hexdigest()


def csv(going: Going) -> Any:
    return [{"line": row.line, "result": staff(row.result)} for row in going.rows()]


def staff(result: kamusm.PreApplication | kamusm.KamusmError) -> Any:
    if isinstance(result, kamusm.KamusmError):
        return refusal(result)
    return told(result) | {
        "tckn": kamusm.value_of(result.tckn, kamusm.ValueKind.UNCHECKED_TCKN).masked,
        "email": kamusm.value_of(result.email, kamusm.ValueKind.EMAIL).masked,
        "gsm": None if result.gsm is None else kamusm.value_of(result.gsm, kamusm.ValueKind.GSM).masked,
    }


def submit(going: Going) -> Any:
    good = [row.result for row in going.rows() if isinstance(row.result, kamusm.PreApplication)]
    placed = going.ask(going.portal.submit_pre_applications(going.institution, good))
    return [
        {"row": one.row, "no": None, "thrown": refusal(one.result)}
        if isinstance(one.result, kamusm.KamusmError)
        else {"row": one.row, "no": one.result, "thrown": None}
        for one in placed
    ]


def follow(going: Going) -> Any:
    numbers, parallel = going.scenario.all("number"), going.scenario.number("parallel") or 1
    following = kamusm.Follow(going.config, going.token, going.institution, numbers, parallel=parallel)
    statuses: dict[str, Any] = {}
    for change in changes(going, following):
        is_refused = isinstance(change.result, kamusm.KamusmError)
        statuses[change.number] = refusal(change.result) if is_refused else change.result.code
        if len(statuses) == len(numbers):
            break
    progress = following.progress
    return {"known": progress.known, "refused": progress.refused, "statuses": statuses}


def changes(going: Going, following: kamusm.Follow) -> Any:
    """By the library's HTTP as a program would; by one's own as the reference runner does."""
    if not going.scenario.get("http"):
        yield from following.changes(going.http)
        return
    while (question := following.next()) is not None:
        if (change := following.answer(question, *exchanged(question.request))) is not None:
            yield change


BEGUN: list[kamusm.EDevlet] = []
"""The sign-in under way, from one scenario to the next."""


def edevlet_address(going: Going) -> Any:
    client, back = going.scenario.text("client_id"), going.scenario.text("redirect_uri")
    BEGUN[:] = [kamusm.EDevlet(going.config, client, back)]
    return {"address": BEGUN[0].address}


def edevlet_sign_in(going: Going) -> Any:
    signed_in = going.ask(BEGUN.pop().returned(going.scenario.text("returned")))
    return {"name": signed_in.name, "tckn": signed_in.tckn, "expires_in_s": signed_in.expires_in_s}


CALLS: dict[str, Callable[[Going], Any]] = {
    "me.read": lambda at: at.ask(at.portal.me()),
    "me.refresh": lambda at: at.ask(at.portal.refresh_identity()),
    "me.consent": lambda at: at.ask(at.portal.consent_to_eonay(accepted=at.is_true("accepted"))),
    "application.read": lambda at: at.ask(at.portal.application(at.number)),
    "application.watch": lambda at: at.ask(at.portal.watch_application(at.number, at.etag)),
    "application.cancel": lambda at: at.ask(at.portal.cancel_application(at.number)),
    "form.read": lambda at: at.ask(at.portal.form(at.number)),
    "form.check": form_check,
    "form.save": lambda at: at.ask(at.portal.save_form(at.number, at.etag, at.values())),
    "reference.list": lambda at: at.ask(at.portal.choices(at.scenario.text("list"), at.scenario.get("province"))),
    "phone.start": lambda at: at.ask(at.portal.start_phone_verification(at.number)),
    "phone.attempt": lambda at: at.ask(at.portal.try_phone_code(at.number, at.id, at.scenario.text("sms_code"))),
    "approval.read": lambda at: at.ask(at.portal.approval(at.number)),
    "commitment.content": lambda at: at.ask(at.portal.commitment(at.commitment())),
    "commitment.view": commitment_view,
    "approval.approve": approve,
    "sign_code.issue": lambda at: at.ask(at.portal.issue_sign_code(at.number, at.scenario.all("view"))),
    "sign_code.read": lambda at: at.ask(at.portal.sign_code(at.number, at.id)),
    "sign_code.watch": lambda at: at.ask(at.portal.watch_sign_code(at.number, at.id)),
    "sign_code.confirm": lambda at: at.ask(
        at.portal.confirm_sign_code(at.number, at.id, confirmed=at.is_true("confirmed"))
    ),
    "sign_code.withdraw": lambda at: at.ask(at.portal.withdraw_sign_code(at.number, at.id)),
    "result.read": lambda at: at.ask(at.portal.result(at.number)),
    "payment.read": lambda at: at.ask(at.portal.payment(at.number)),
    "payment.start": lambda at: at.ask(at.portal.start_payment(at.number)),
    "event.list": lambda at: at.ask(at.portal.events(at.number)),
    "evidence.list": lambda at: at.ask(at.portal.evidence(at.number)),
    "evidence.download": download,
    "institution.csv": csv,
    "institution.submit": submit,
    "institution.list": lambda at: at.ask(at.portal.staff_applications(at.institution)),
    "institution.read": lambda at: at.ask(at.portal.staff_application(at.institution, at.number)),
    "institution.watch": lambda at: at.ask(at.portal.watch_staff_application(at.institution, at.number, at.etag)),
    "follow": follow,
    "edevlet.address": edevlet_address,
    "edevlet.sign_in": edevlet_sign_in,
}


def call(scenario: Scenario) -> dict[str, Any]:
    name = scenario.text("call")
    if name not in CALLS:
        return {"unsupported": name}
    try:
        config = configuration(scenario)
        with kamusm.HttpClient(config) as http:
            return {"message": told(CALLS[name](Going(scenario, http, config))), "thrown": None}
    except kamusm.KamusmError as thrown:
        return {"message": None, "thrown": refusal(thrown)}
