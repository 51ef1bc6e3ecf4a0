"""Signing in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from person import Person
from service import Service

import kamusm

BACK = "http://127.0.0.1:49152/giris"


@pytest.fixture
def edevlet(config: kamusm.Config) -> kamusm.EDevlet:
    return kamusm.EDevlet(config, "kamusm-sdk", BACK)


def state(edevlet: kamusm.EDevlet) -> str:
    return parse_qs(urlsplit(edevlet.address).query)["state"][0]


def test_the_address_for_the_browser(edevlet: kamusm.EDevlet, config: kamusm.Config) -> None:
    asked = parse_qs(urlsplit(edevlet.address).query)
    assert (asked["redirect_uri"], asked["code_challenge_method"]) == ([BACK], ["S256"])
    assert state(kamusm.EDevlet(config, "kamusm-sdk", BACK)) != state(edevlet)
    assert edevlet.is_return(f"{BACK}?code=x")
    assert not edevlet.is_return("http://127.0.0.1:49152/other?code=x")
    with pytest.raises(kamusm.UsageError):
        kamusm.EDevlet(config, "", BACK)


def test_what_is_no_sign_in(edevlet: kamusm.EDevlet) -> None:
    for query, code in (
        (f"error=access_denied&state={state(edevlet)}", kamusm.Code.CANCELLED),
        ("code=abc&state=somebody-elses", kamusm.Code.FORBIDDEN),
    ):
        with pytest.raises(kamusm.KamusmError) as caught:
            edevlet.returned(f"{BACK}?{query}")
        assert caught.value.code is code


def test_the_token_is_in_hand_and_not_in_print(edevlet: kamusm.EDevlet, config: kamusm.Config) -> None:
    call = edevlet.returned(f"{BACK}?code=abc&state={state(edevlet)}")
    assert b"code=abc" in call.request.body
    body = b"""{"access_token":"secret","token_type":"Bearer","expires_in":60,"person":{"name":"I***","tckn":"1***"}}"""
    signed_in = call.decode(200, [("content-type", "application/json")], body)
    assert (signed_in.name, signed_in.tckn, signed_in.expires_in_s) == ("I***", "1***", 60)
    assert "secret" not in repr(signed_in)
    request = kamusm.Portal(config, signed_in.token).me().request
    assert ("authorization", "Bearer secret") in request.headers


def test_a_person_signs_in(
    service: Service, edevlet: kamusm.EDevlet, http: kamusm.HttpClient, config: kamusm.Config
) -> None:
    returned = service.through_edevlet(edevlet.address)
    signed_in = http.call(edevlet.returned(returned))
    assert "*" in signed_in.tckn
    assert http.call(kamusm.Portal(config, signed_in.token).me()).tckn == signed_in.tckn
    with pytest.raises(kamusm.KamusmError):
        http.call(edevlet.returned(returned))


def test_a_person_signs_in_by_e_imza(config: kamusm.Config, http: kamusm.HttpClient, person: Person) -> None:
    with kamusm.Session.sign_in(config) as session:
        outcome = kamusm.sign(session, person, transport=http)
    assert (outcome.kind, outcome.receipt, outcome.signatures) == (kamusm.OutcomeKind.ACCEPTED, None, ())
    assert outcome.signed_in is not None
    assert http.call(kamusm.Portal(config, outcome.signed_in.token).me()).tckn == outcome.signed_in.tckn
