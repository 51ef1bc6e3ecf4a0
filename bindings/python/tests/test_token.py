"""Tokens: what they hold, and what becomes of a PIN."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from person import Person
from service import PIN, Service

import kamusm


def test_what_an_identity_tells(service: Service, person: Person) -> None:
    (identity,) = person.token.identities()
    assert identity.certificate[0] == 0x30
    assert identity.purpose is kamusm.Purpose.SIGNING
    assert identity.refusal is None
    assert identity.not_before_unix_s < identity.not_after_unix_s
    assert not identity.has_pin_pad
    assert identity.pin_tries_left == 3
    assert identity.common_name
    assert identity.common_name not in repr(identity)
    assert (identity.token_label, identity.reader) == ("", "")


def test_a_pkcs12_file(service: Service, session: kamusm.Session, tmp_path: Path) -> None:
    key = service.key("rsa2048")
    pem = tmp_path / "key.pem"
    pem.write_bytes(key.pem)
    export = ["openssl", "pkcs12", "-export", "-passout", f"pass:{PIN.decode()}", "-in", str(pem)]
    file = subprocess.run(export, capture_output=True, check=True).stdout
    with pytest.raises(kamusm.CardError) as caught:
        kamusm.Token.open_pkcs12(file, kamusm.Pin(bytearray(b"wrong")))
    assert caught.value.code is kamusm.Code.PIN_INCORRECT
    password = kamusm.Pin(bytearray(PIN))
    with kamusm.Token.open_pkcs12(file, password) as token:
        assert len(password) == 0
        assert [one.fingerprint for one in token.identities()] == [key.fingerprint]
        assert kamusm.sign(session, Person(token)).kind is kamusm.OutcomeKind.ACCEPTED


def test_a_module_that_is_not_there() -> None:
    with pytest.raises(kamusm.CardError) as caught:
        kamusm.Token.open_module("/nowhere/libno.so")
    assert caught.value.code is kamusm.Code.MODULE_NOT_FOUND


def test_the_last_try_is_used_only_after_a_warning(session: kamusm.Session, person: Person) -> None:
    person.pins = [b"9999", b"9998", PIN, PIN]
    assert kamusm.sign(session, person).kind is kamusm.OutcomeKind.ACCEPTED
    codes = [error.code for error in person.wrong]
    assert codes == [kamusm.Code.PIN_INCORRECT, kamusm.Code.PIN_INCORRECT, kamusm.Code.PIN_FINAL_TRY]


def test_nothing_typed_is_no_answer_and_the_pin_is_empty_afterwards(
    session: kamusm.Session, person: Person
) -> None:
    class Types(Person):
        def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            with pytest.raises(kamusm.CardError) as caught:
                self.token.sign(step)
            assert caught.value.code is kamusm.Code.PIN_REQUIRED
            assert caught.value.code in kamusm.PIN_AGAIN
            pin = kamusm.Pin(bytearray(PIN))
            answer = self.token.sign(step, pin)
            assert len(pin) == 0
            return answer

    assert kamusm.sign(session, Types(person.token)).kind is kamusm.OutcomeKind.ACCEPTED


def test_an_identity_that_cannot_sign_is_refused_before_any_pin(
    session: kamusm.Session, person: Person
) -> None:
    from dataclasses import replace

    refused: list[kamusm.KamusmError] = []

    class Insists(Person):
        def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            (identity,) = self.token.identities()
            seal = kamusm.CertificateError(kamusm.Code.CERTIFICATE_IS_SEAL, "a seal")
            assert step.candidates([replace(identity, refusal=seal)]) == []
            with pytest.raises(kamusm.CertificateError) as caught:
                step.identity(replace(identity, refusal=seal))
            refused.append(caught.value)
            expired = kamusm.CertificateError(kamusm.Code.CERTIFICATE_EXPIRED, "by this clock")
            return step.identity(replace(identity, refusal=expired))

    assert kamusm.sign(session, Insists(person.token)).kind is kamusm.OutcomeKind.ACCEPTED
    assert [error.code for error in refused] == [kamusm.Code.CERTIFICATE_IS_SEAL]
