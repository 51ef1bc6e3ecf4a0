"""Settings, and the log of a configuration's sessions."""

from __future__ import annotations

import pytest
from person import Person

import kamusm


def refused(base_url: str = "https://basvuru.example", **settings: object) -> kamusm.UsageError:
    with pytest.raises(kamusm.UsageError) as caught:
        kamusm.Config(base_url, kamusm.Environment.PRODUCTION, **settings)  # type: ignore[arg-type]
    return caught.value


def test_every_setting_reaches_the_library() -> None:
    damaged = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n"
    for error in (
        refused("http://basvuru.example"),
        refused(intermediates_pem=damaged),
        refused(timeout_ms=1),
        refused(timeout_ms=-1),
        refused(client_name="", client_version="1"),
        refused(client_name="EBYS"),
        refused(receipt_keys=["short"]),
        refused(log_lines=70_000),
        refused(log_lines=-1),
    ):
        assert error.code is kamusm.Code.CONFIG
    wide = kamusm.Config(
        "https://basvuru.example",
        kamusm.Environment.PRODUCTION,
        proxy="http://127.0.0.1:1",
        language=kamusm.Language.ENGLISH,
        other_text_profiles=True,
        receipt_keys=["a" * 43],
    )
    assert wide.log() == kamusm.Log((), 0)


def test_trust_roots_are_read_when_a_client_is_made() -> None:
    damaged = b"-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n"
    config = kamusm.Config("https://basvuru.example", kamusm.Environment.PRODUCTION, trust_roots_pem=damaged)
    with pytest.raises(kamusm.UsageError):
        kamusm.HttpClient(config)


def test_the_log_tells_of_the_session_and_of_no_person(
    session: kamusm.Session, config: kamusm.Config, person: Person
) -> None:
    kamusm.sign(session, person)
    lines = config.log().lines
    assert any("Ended Accepted" in line.text for line in lines)
    assert [line.at_ms for line in lines] == sorted(line.at_ms for line in lines)
    assert person.facts is not None
    assert not any(person.facts.application in line.text for line in lines)
    assert config.log().lines == ()


def test_the_environment_is_the_first_symbol_of_the_code() -> None:
    code = kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA")
    assert code.environment is kamusm.Environment.SANDBOX
    assert repr(code) == "VerificationCode(****)"
