"""Use after close is an error and never a crash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from person import Person
from service import Service

import kamusm


def closed(use: Callable[[], object]) -> None:
    with pytest.raises(kamusm.UsageError) as caught:
        use()
    assert caught.value.code is kamusm.Code.CLOSED


def test_everything_that_can_be_closed(session: kamusm.Session, config: kamusm.Config, person: Person) -> None:
    send = session.step()
    assert isinstance(send, kamusm.SendStep)
    answer = send.cancelled()
    http, pin = kamusm.HttpClient(config), kamusm.Pin()
    for thing in (session, http, person.token, pin):
        thing.close()
        thing.close()
    closed(session.step)
    closed(session.cancel)
    closed(lambda: session.answer(answer))
    closed(lambda: session.deadline_ms)
    closed(lambda: kamusm.sign(session, person))
    closed(session.__enter__)
    closed(lambda: http.perform(send))
    closed(lambda: http.call(kamusm.Portal(config, kamusm.PersonToken("x")).applications()))
    closed(person.token.identities)
    closed(lambda: pin.push(1))
    closed(lambda: len(pin))


def test_a_pin_that_was_closed_signs_nothing(service: Service) -> None:
    pin = kamusm.Pin(bytearray(b"1234"))
    pin.close()
    closed(lambda: kamusm.Token.open_pem(service.key().pem, pin))


def test_a_step_outlives_its_session(config: kamusm.Config) -> None:
    session = kamusm.Session(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA"), config)
    step = session.step()
    session.close()
    assert isinstance(step, kamusm.SendStep)
    assert step.cancelled()
