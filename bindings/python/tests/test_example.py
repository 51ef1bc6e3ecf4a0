"""The programs of examples/python and bindings/python/examples."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from person import Person
from service import PIN, Service

import kamusm

ROOT = Path(__file__).resolve().parents[3]
SIGN = ROOT / "examples/python/sign.py"
APPLICATIONS = ROOT / "examples/python/applications.py"


def run(arguments: Sequence[str], lines: str, pins: str | None = None) -> subprocess.CompletedProcess[str]:
    """The PIN on a descriptor of its own, or behind the code on standard input."""
    command = [sys.executable, *arguments]
    if pins is None:
        return subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60)
    reader, writer = os.pipe()
    os.write(writer, pins.encode())
    os.close(writer)
    try:
        command += ["--pin-fd", str(reader)]
        return subprocess.run(
            command, input=lines, capture_output=True, text=True, timeout=60, pass_fds=[reader]
        )
    finally:
        os.close(reader)


@pytest.fixture
def pkcs12(service: Service, tmp_path: Path) -> str:
    pem, file = tmp_path / "key.pem", tmp_path / "key.p12"
    pem.write_bytes(service.key().pem)
    export = ["openssl", "pkcs12", "-export", "-passout", f"pass:{PIN.decode()}", "-in", str(pem), "-out", str(file)]
    subprocess.run(export, check=True)
    return str(file)


def test_sign_with_a_file(service: Service, pkcs12: str) -> None:
    code = service.code(service.order())
    ended = run([str(SIGN), service.base_url, "--pkcs12", pkcs12], f"{code}\n", f"{PIN.decode()}\n")
    assert ended.returncode == 0, ended.stderr
    for part in ("İmzalanacak Metin 1:", "beyan ederim.", "kontrol sayısı: "):
        assert part in ended.stdout
    assert ended.stdout.endswith(f"imza teslim edildi; başvuru sayfasına dönün: {service.base_url}\n")


def test_sign_with_the_pin_behind_the_code(service: Service, pkcs12: str) -> None:
    lines = f"{service.code(service.order())}\n{PIN.decode()}\n"
    ended = run([str(SIGN), service.base_url, "--pkcs12", pkcs12], lines)
    assert ended.returncode == 0, ended.stderr


def test_sign_with_a_card(
    service: Service, tmp_path: Path, card: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration, module = card
    monkeypatch.setenv("SOFTHSM2_CONF", configuration)
    lines = f"{service.code(service.order())}\n0000\n{PIN.decode()}\n"
    ended = run([str(SIGN), service.base_url, "--module", module], lines)
    assert ended.returncode == 0, ended.stderr
    assert kamusm.error_text(kamusm.Code.PIN_INCORRECT) in ended.stderr


def test_sign_with_a_code_of_nobody(service: Service, pkcs12: str) -> None:
    ended = run([str(SIGN), service.base_url, "--pkcs12", pkcs12], f"SHYZ-BZZD-YBBM-4EVA\n{PIN.decode()}\n")
    assert ended.returncode == 1
    assert "doğrulama kodu" in ended.stderr


def test_applications(service: Service) -> None:
    ended = run([str(APPLICATIONS), service.base_url], service.facts["person_token"] + "\n")
    assert ended.returncode == 0, ended.stderr
    for part in ("SD-13447", "Ödeme Bekleniyor", "Banka Şubesi; "):
        assert part in ended.stdout
    refused = run([str(APPLICATIONS), service.base_url], "nobody\n")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr


def loaded(place: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location(place.stem, place)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


HTTPX = loaded(ROOT / "bindings/python/examples/httpx_transport.py")


def test_httpx(session: kamusm.Session, person: Person) -> None:
    with httpx.Client() as client:
        outcome = kamusm.sign(session, person, transport=HTTPX.HttpxTransport(client))
    assert outcome.kind is kamusm.OutcomeKind.ACCEPTED


def test_httpx_on_the_event_loop(session: kamusm.Session, person: Person) -> None:
    async def signed() -> kamusm.Outcome:
        async with httpx.AsyncClient() as client:
            return await kamusm.sign_async(session, person, transport=HTTPX.AsyncHttpxTransport(client))

    assert asyncio.run(signed()).kind is kamusm.OutcomeKind.ACCEPTED


def test_httpx_without_a_network(config: kamusm.Config) -> None:
    nowhere = kamusm.Config("http://127.0.0.1:9", kamusm.Environment.SANDBOX)
    session = kamusm.Session(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA"), nowhere)
    step = session.step()
    assert isinstance(step, kamusm.SendStep)
    with httpx.Client() as client:
        session.answer(HTTPX.HttpxTransport(client).perform(step, kamusm.CancelToken()))
    assert any("failed Unreachable" in line.text for line in nowhere.log().lines)
