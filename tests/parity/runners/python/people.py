"""Who reads, chooses and signs: a person with a token, or a program with a signing service."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice

from scenario import Scenario
from seen import Trace, error
from transport import remote_signature

import kamusm


def pin_of(text: str) -> kamusm.Pin:
    return kamusm.Pin(bytearray(text.encode()))


def opened_token(scenario: Scenario) -> kamusm.Token | None:
    password = scenario.get("token_password")
    match scenario.get("token"):
        case None:
            return None
        case "module":
            return kamusm.Token.open_module(scenario.text("token_path"))
        case "pkcs12":
            return kamusm.Token.open_pkcs12(scenario.file("token_path"), pin_of(password or ""))
        case _:
            pin = None if password is None else pin_of(password)
            return kamusm.Token.open_pem(scenario.file("token_path"), pin)


class Person:
    def __init__(
        self, scenario: Scenario, trace: Trace, session: kamusm.Session, token: kamusm.Token | None
    ) -> None:
        self.scenario, self.trace, self.session, self.token = scenario, trace, session, token
        self.cancel = kamusm.CancelToken()
        self.pins = scenario.all("pin")
        self.left_out = False

    def waiting(self, step: kamusm.WaitStep) -> None:
        self.trace.wait(step.reason.value)
        if self.scenario.get("cancel_at") == "wait":
            self.cancel.cancel()

    def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.trace.show(step)
        if count := self.scenario.number("countdown"):
            self.trace.fields["countdown"] = list(islice(kamusm.countdown(step.facts.deadline_ms), count))
        if self.is_to_stop("show"):
            return step.cancelled()
        if self.scenario.get("decline"):
            return step.decline()
        accepted = step.accept()
        if self.scenario.get("answer_twice"):
            # The loop gives it a third time, and takes a stale answer for what it is.
            self.session.answer(accepted)
            try:
                self.session.answer(accepted)
            except kamusm.KamusmError as stale:
                self.trace.fields["stale"] = error(stale)
        return accepted

    def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.trace.choose(step)
        if self.is_to_stop("choose"):
            return step.cancelled()
        refused = {refusal.fingerprint for refusal in step.refusals}
        if self.scenario.get("signer"):
            certificate = self.scenario.file("certificate")
            if sha256(certificate).digest() not in refused:
                return step.certificate(certificate)
        else:
            listed = [] if self.token is None else self.token.identities()
            pick = self.scenario.get("pick")
            if pick is None:
                fitting = step.candidates(listed)
            else:
                fitting = [one for one in listed if one.fingerprint.hex() == pick and one.fingerprint not in refused]
            if fitting:
                return step.certificate(fitting[0].certificate)
        return step.failed(kamusm.Code.NO_SIGNING_CERTIFICATE, "no certificate is left")

    def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.trace.sign(step)
        if self.is_to_stop("sign"):
            return step.cancelled()
        if address := self.scenario.get("signer"):
            values: list[bytes | None] = [remote_signature(address, item.to_be_signed) for item in step.items]
            if self.scenario.get("partial") and len(values) > 1 and not self.left_out:
                self.left_out = True
                values[-1] = None
            return step.signatures(values)
        while self.token is not None and self.pins:
            final = self.scenario.get("allow_final_try") is not None
            try:
                with pin_of(self.pins.pop(0)) as pin:
                    return self.token.sign(step, pin, cancel=cancel, allow_final_try=final)
            except kamusm.KamusmError as wrong:
                self.trace.fields["pin_errors"].append(error(wrong))
        return step.cancelled()

    def is_to_stop(self, kind: str) -> bool:
        """True if the step is cancelled, or the session itself; the answer of an ended session is stale."""
        if self.scenario.get("cancel_session_at") == kind:
            self.session.cancel()
            return True
        return self.scenario.get("cancel_at") == kind
