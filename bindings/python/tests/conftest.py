"""What the tests share: the service, and a person at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from person import Person
from service import PIN, Service

import kamusm


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    started = Service()
    yield started
    started.close()


@pytest.fixture
def config(service: Service) -> kamusm.Config:
    return kamusm.Config(
        service.base_url,
        kamusm.Environment.SANDBOX,
        client_name="pytest",
        client_version="1.0",
        intermediates_pem=service.intermediates(),
    )


@pytest.fixture
def person(service: Service) -> Iterator[Person]:
    with kamusm.Token.open_pem(service.key().pem, kamusm.Pin(bytearray(PIN))) as token:
        yield Person(token)


@pytest.fixture
def order(service: Service) -> str:
    return service.order()


@pytest.fixture
def session(service: Service, config: kamusm.Config, order: str) -> Iterator[kamusm.Session]:
    with kamusm.Session(kamusm.VerificationCode(service.code(order)), config) as opened:
        yield opened
