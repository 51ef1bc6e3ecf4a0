"""A person who reads, chooses and types; and keeps what was seen."""

from __future__ import annotations

from service import PIN

import kamusm


class Person:
    def __init__(self, token: kamusm.Token, pins: list[bytes] | None = None) -> None:
        self.token = token
        self.pins = [PIN] if pins is None else pins
        self.seen: list[str] = []
        self.texts: list[bytes] = []
        self.facts: kamusm.Facts | None = None
        self.wrong: list[kamusm.KamusmError] = []

    def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.seen.append("show")
        self.texts = [text.octets for text in step.texts]
        self.facts = step.facts
        return step.accept()

    def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.seen.append("choose")
        assert self.seen.count("choose") < 10, "the same certificates come back for ever"
        candidates = step.candidates(self.token.identities())
        if not candidates:
            return step.failed(kamusm.Code.NO_SIGNING_CERTIFICATE, "none is left")
        return step.identity(candidates[0])

    def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.seen.append("sign")
        return self.token.sign_asking(step, self.ask, cancel=cancel)

    def ask(self, wrong: kamusm.KamusmError | None) -> kamusm.Pin | None:
        if wrong is not None:
            self.wrong.append(wrong)
        return kamusm.Pin(bytearray(self.pins.pop(0))) if self.pins else None
