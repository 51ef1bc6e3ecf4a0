"""Objects in two threads at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from person import Person
from service import PIN, Service

import kamusm


def test_two_sessions_share_client_and_token(service: Service, config: kamusm.Config, person: Person) -> None:
    with kamusm.HttpClient(config) as http, ThreadPoolExecutor(2) as pool:

        def run(code: str) -> kamusm.Outcome:
            with kamusm.Session(kamusm.VerificationCode(code), config) as session:
                return kamusm.sign(session, Person(person.token, [PIN]), transport=http)

        codes = [service.code(service.order()) for _ in range(4)]
        kinds = [outcome.kind for outcome in pool.map(run, codes)]
    assert kinds == [kamusm.OutcomeKind.ACCEPTED] * 4


def test_one_session_from_two_threads(config: kamusm.Config) -> None:
    session = kamusm.Session(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA"), config)
    urls = set()

    def ask() -> None:
        for _ in range(500):
            step = session.step()
            assert isinstance(step, kamusm.SendStep)
            urls.add(step.request.url)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(ask), pool.submit(ask)]:
            done.result()
    assert len(urls) == 1


def test_a_token_is_cancelled_from_another_thread(config: kamusm.Config) -> None:
    session = kamusm.Session(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA"), config)
    send = session.step()
    assert isinstance(send, kamusm.SendStep)
    session.answer(send.response(503, [("retry-after", "30")], b""))
    wait = session.step()
    assert isinstance(wait, kamusm.WaitStep)
    cancel = kamusm.CancelToken()
    timer = threading.Timer(0.2, cancel.cancel)
    timer.start()
    began = time.monotonic()
    session.answer(wait.perform(cancel))
    assert 0.1 < time.monotonic() - began < 5
    timer.join()
    done = session.step()
    assert isinstance(done, kamusm.DoneStep)
    assert done.outcome.kind is kamusm.OutcomeKind.CANCELLED
