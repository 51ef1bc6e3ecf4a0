"""The person's applications, by the library's HTTP and by our own."""

from __future__ import annotations

from dataclasses import replace
from urllib.request import Request, urlopen

import pytest
from service import Service

import kamusm


def performed(request: kamusm.Request) -> tuple[int, list[tuple[str, str]], bytes]:
    with urlopen(Request(request.url, headers=dict(request.headers), method=request.method)) as response:
        return response.status, response.getheaders(), response.read()


def test_list_and_one(service: Service, config: kamusm.Config) -> None:
    token = kamusm.PersonToken(service.facts["person_token"])
    assert repr(token) == "PersonToken(****)"
    portal = kamusm.Portal(config, token)
    with kamusm.HttpClient(config) as http:
        applications = http.call(portal.applications())
        numbers = [application.no for application in applications]
        assert {"SD-13712", "SD-13498", "SD-13459", "SD-13447"} <= set(numbers)
        for application in applications:
            alone = http.call(portal.application(application.no))
            assert alone.etag
            assert replace(alone, etag=None) == application
        with pytest.raises(kamusm.ServiceError) as caught:
            http.call(portal.application("SD-1"))
        assert caught.value.code is kamusm.Code.NOT_FOUND
        with pytest.raises(kamusm.UsageError):
            portal.application("../x")
        cancel = kamusm.CancelToken()
        cancel.cancel()
        with pytest.raises(kamusm.ServiceError) as caught:
            http.call(portal.applications(), cancel)
        assert caught.value.code is kamusm.Code.CANCELLED
    kinds = {type(block) for application in applications for block in application.status.body}
    assert {kamusm.Paragraph, kamusm.Item, kamusm.Channels} <= kinds


def test_our_own_http(service: Service, config: kamusm.Config) -> None:
    token = kamusm.PersonToken(service.facts["person_token"])
    portal = kamusm.Portal(config, token)
    call = portal.applications()
    applications = call.decode(*performed(call.request))
    one = portal.application(applications[0].no)
    assert one.decode(*performed(one.request)).no == applications[0].no


def test_unknown_words_are_kept(config: kamusm.Config) -> None:
    call = kamusm.Portal(config, kamusm.PersonToken("x")).applications()
    body = """{"items":[{"no":"SD-1","applied_on":"2026-01-01","reason":"moved","status":{"code":"shipped",
        "title":"Kargoda","action":{"code":"track","title":"İzle"},"body":[{"kind":"map"}]}}]}"""
    (application,) = call.decode(200, [("Content-Type", "application/json")], body.encode())
    assert (application.reason, application.status.code) == ("moved", "shipped")
    assert application.status.action == kamusm.Action("track", "İzle")
    assert application.status.body == (kamusm.UnknownBlock(),)
    assert application.status.cancelled_by is None
    assert (application.state, application.form, application.payment) == ("", "", "")
    with pytest.raises(kamusm.UsageError):
        call.decode(99, [], b"")
    with pytest.raises(kamusm.NetworkError):
        call.decode(200, [("content-type", "text/html")], b"<html>")
