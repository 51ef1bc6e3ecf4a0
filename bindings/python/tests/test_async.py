"""Sessions with asyncio."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from person import Person
from service import PIN, Service

import kamusm


def test_what_blocks_runs_in_threads(session: kamusm.Session, person: Person) -> None:
    threads: set[int] = set()

    class Told(Person):
        def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            threads.add(threading.get_ident())
            return super().show(step, cancel)

    async def run() -> kamusm.Outcome:
        beats = 0

        async def heart() -> None:
            nonlocal beats
            while True:
                beats += 1
                await asyncio.sleep(0.005)

        beating = asyncio.create_task(heart())
        outcome = await kamusm.sign_async(session, Told(person.token))
        beating.cancel()
        assert beats > 5
        return outcome

    assert asyncio.run(run()).kind is kamusm.OutcomeKind.ACCEPTED
    assert threads
    assert threading.get_ident() not in threads


class AsyncPerson:
    def __init__(self, token: kamusm.Token) -> None:
        self.token = token
        self.threads: set[int] = set()

    async def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        self.threads.add(threading.get_ident())
        await asyncio.sleep(0)
        return step.accept()

    async def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        identities = await asyncio.to_thread(self.token.identities)
        return step.identity(step.candidates(identities)[0])

    async def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        return await asyncio.to_thread(self.token.sign, step, kamusm.Pin(bytearray(PIN)), cancel=cancel)


def test_a_person_on_the_event_loop(session: kamusm.Session, person: Person) -> None:
    waiting = AsyncPerson(person.token)
    outcome = asyncio.run(kamusm.sign_async(session, waiting))
    assert outcome.kind is kamusm.OutcomeKind.ACCEPTED
    assert waiting.threads == {threading.get_ident()}


def test_ten_sessions_at_once(service: Service, config: kamusm.Config, person: Person) -> None:
    codes = [service.code(service.order()) for _ in range(10)]

    async def one(code: str, http: kamusm.HttpClient) -> kamusm.OutcomeKind:
        with kamusm.Session(kamusm.VerificationCode(code), config) as session:
            outcome = await kamusm.sign_async(session, AsyncPerson(person.token), transport=http)
            return outcome.kind

    async def run() -> list[kamusm.OutcomeKind]:
        with kamusm.HttpClient(config) as http:
            return await asyncio.gather(*(one(code, http) for code in codes))

    assert asyncio.run(run()) == [kamusm.OutcomeKind.ACCEPTED] * 10


@pytest.mark.parametrize("on_the_loop", [True, False])
def test_a_cancelled_task_cancels_the_session(
    session: kamusm.Session, config: kamusm.Config, person: Person, on_the_loop: bool
) -> None:
    """The service hears of it before the task ends."""
    shown = threading.Event()

    class Reads(Person):
        def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            shown.set()
            while not cancel.is_cancelled:
                time.sleep(0.01)
            return step.cancelled()

    class ReadsHere(AsyncPerson):
        async def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            shown.set()
            await asyncio.sleep(60)
            return step.accept()

    async def run() -> None:
        reading = ReadsHere(person.token) if on_the_loop else Reads(person.token)
        cancel = kamusm.CancelToken()
        task = asyncio.create_task(kamusm.sign_async(session, reading, cancel=cancel))
        await asyncio.to_thread(shown.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert cancel.is_cancelled

    began = time.monotonic()
    asyncio.run(run())
    assert time.monotonic() - began < 10
    done = session.step()
    assert isinstance(done, kamusm.DoneStep)
    assert done.outcome.kind is kamusm.OutcomeKind.CANCELLED
    assert any("Farewell" in line.text for line in config.log().lines)


def test_a_cancelled_task_ends_a_request_that_nobody_answers(
    service: Service, session: kamusm.Session, person: Person
) -> None:
    late = {"method": "POST", "path_end": "/sign-sessions", "kind": "latency", "seconds": 30, "times": 1}
    service.admin("POST", "/faults", late)

    async def run() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(kamusm.sign_async(session, person), 0.5)

    began = time.monotonic()
    asyncio.run(run())
    service.admin("DELETE", "/faults")
    assert time.monotonic() - began < 10


def test_a_person_who_does_not_come_back_holds_nobody_up(
    session: kamusm.Session, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamusm.drive.GRACE_S", 0.1)
    shown, release = threading.Event(), threading.Event()

    class Sleeps(Person):
        def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            shown.set()
            release.wait(30)
            raise RuntimeError("too late to be of interest")

    async def run() -> None:
        task = asyncio.create_task(kamusm.sign_async(session, Sleeps(person.token)))
        await asyncio.to_thread(shown.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        release.set()

    asyncio.run(run())
    done = session.step()
    assert isinstance(done, kamusm.DoneStep)
    assert done.outcome.kind is kamusm.OutcomeKind.CANCELLED


def test_an_error_of_the_program_comes_out_as_it_is(session: kamusm.Session, person: Person) -> None:
    class Breaks(Person):
        def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(kamusm.sign_async(session, Breaks(person.token)))
    with pytest.raises(ZeroDivisionError):
        kamusm.sign(session, Breaks(person.token))
