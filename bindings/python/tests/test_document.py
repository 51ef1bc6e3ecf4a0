"""The blocks of docs/python.md, as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from person import Person
from service import PIN, Service

import kamusm

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/python.md"
LONGEST_PROGRAM = 18


def blocks() -> dict[str, str]:
    """Each block of Python by the heading above it."""
    found = {}
    for section in DOCUMENT.read_text().split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        parts = re.findall(r"^```python\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        assert len(parts) <= 1, heading
        if parts:
            found[heading] = parts[0]
    return found


def accepted(names: dict[str, Any]) -> bool:
    return names["outcome"].kind is kamusm.OutcomeKind.ACCEPTED


CHECKS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "Errors": lambda names: names["is_known"] and "kodu" in names["shown"] and "code" in names["english"],
    "Closing": lambda names: names["closed"],
    "Threads": lambda names: names["kinds"] == [kamusm.OutcomeKind.ACCEPTED],
    "Cancellation": lambda names: names["outcome"].kind is kamusm.OutcomeKind.CANCELLED,
    "asyncio": accepted,
    "One's own HTTP and keys": accepted,
    "Applications and signatures": lambda names: names["passed"] and "SD-13712" in names["titles"],
    "The whole application": lambda names: (
        names["wrong"] == () and names["evidence"] == list(names["outcome"].signatures) and accepted(names)
    ),
    "Secrets and logs": lambda names: any("Ended Accepted" in line for line in names["lines"]),
}


def test_every_block_is_run_by_a_test() -> None:
    assert set(blocks()) == {"The program", *CHECKS}


def test_the_program(service: Service, tmp_path: Path) -> None:
    program, key = tmp_path / "program.py", tmp_path / "key.pem"
    program.write_text(blocks()["The program"])
    assert len(program.read_text().splitlines()) <= LONGEST_PROGRAM
    key.write_bytes(service.key().pem)
    lines = f"{service.code(service.order())}\n9999\n{PIN.decode()}\n"
    command = [sys.executable, str(program), service.base_url, str(key)]
    run = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith(f"Başvuru sayfasına dönün: {service.base_url}\n")
    assert "İmzalanacak Metin 1:" in run.stdout
    assert kamusm.error_text(kamusm.Code.PIN_INCORRECT) in run.stdout


@pytest.mark.parametrize("heading", CHECKS)
def test_block(heading: str, service: Service, config: kamusm.Config, tmp_path: Path) -> None:
    key, private = service.key(), tmp_path / "key.pem"
    private.write_text(key.private_key)
    convert = ["openssl", "x509", "-outform", "DER"]
    der = subprocess.run(convert, input=key.certificate.encode(), capture_output=True, check=True).stdout

    def keystore_sign(octets: bytes, algorithm: kamusm.SignatureAlgorithm) -> bytes:
        assert algorithm is kamusm.SignatureAlgorithm.ECDSA_P256_SHA256
        command = ["openssl", "dgst", "-sha256", "-sign", str(private)]
        return subprocess.run(command, input=octets, capture_output=True, check=True).stdout

    with kamusm.Token.open_pem(key.pem, kamusm.Pin(bytearray(PIN))) as token:
        names: dict[str, Any] = {
            "kamusm": kamusm,
            "config": config,
            "code": kamusm.VerificationCode(service.code(service.order())),
            "token": token,
            "person": Person(token),
            "person_token": kamusm.PersonToken(service.facts["person_token"]),
            "number": service.order(),
            "trust_anchor_pem": service.anchors(),
            "keystore_sign": keystore_sign,
            "keystore_certificate": der,
        }
        exec(compile(blocks()[heading], f"docs/python.md: {heading}", "exec"), names)
    assert CHECKS[heading](names)
