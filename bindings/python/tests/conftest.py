"""What the tests share: the service, and a person at it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

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
def http(config: kamusm.Config) -> Iterator[kamusm.HttpClient]:
    with kamusm.HttpClient(config) as client:
        yield client


@pytest.fixture
def portal(service: Service, config: kamusm.Config) -> kamusm.Portal:
    return kamusm.Portal(config, kamusm.PersonToken(service.facts["person_token"]))


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


@pytest.fixture
def card(service: Service, tmp_path: Path) -> tuple[str, str]:
    """A SoftHSM token with a certificate of the person: its configuration and its module."""
    key = service.key()
    certificate, private, configuration = (tmp_path / name for name in ("c.der", "k.der", "softhsm2.conf"))
    convert = ["openssl", "x509", "-outform", "DER", "-out", str(certificate)]
    subprocess.run(convert, input=key.certificate.encode(), check=True)
    convert = ["openssl", "pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-out", str(private)]
    subprocess.run(convert, input=key.private_key.encode(), check=True)
    provision = [os.environ["KAMUSM_TEST_PROVISION"], str(tmp_path), str(certificate), str(private), PIN.decode()]
    environment = os.environ | {"SOFTHSM2_CONF": str(configuration)}
    run = subprocess.run(provision, capture_output=True, check=True, env=environment, text=True)
    return str(configuration), run.stdout.strip()
