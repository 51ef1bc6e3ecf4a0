"""Staff who may apply: read from a file, and followed."""

from __future__ import annotations

import asyncio
import json
import random

import pytest
from service import PERSON, Service

import kamusm

CSV = f"""Kimlik Numarası;Ad Soyad;E-Posta;Başvuru Nedeni;Cep Telefonu
{PERSON};Işıl Öğünç;isil@kurum.example;İlk Sertifika;0532 123 45 67
;;;;
"""


def test_each_row_of_a_file_has_its_own_result() -> None:
    good, bad = kamusm.pre_applications_from_csv(CSV.encode())
    assert isinstance(good.result, kamusm.PreApplication)
    assert (good.line, good.result.name, good.result.reason) == (2, "Işıl Öğünç", "first")
    assert good.result.gsm == "+905321234567"
    assert repr(good.result) == "PreApplication(first)"
    assert isinstance(bad.result, kamusm.KamusmError)
    assert (bad.line, bad.result.code) == (3, kamusm.Code.FORM_INVALID)
    assert kamusm.FieldError("/email", "required") in bad.result.fields
    with pytest.raises(kamusm.UsageError):
        kamusm.pre_applications_from_csv(b"colour\n")


def test_a_submission_is_checked_and_its_rows_have_their_own_results(config: kamusm.Config) -> None:
    portal = kamusm.Portal(config, kamusm.PersonToken("x"))
    person = kamusm.PreApplication(PERSON, "Işıl Öğünç", "isil@kurum.example", "first", prepaid=True)
    call = portal.submit_pre_applications("kurum", [person])
    (sent,) = json.loads(call.request.body)["items"]
    assert (sent["tckn"], sent["prepaid"], sent["institution_change"]) == (PERSON, True, False)
    answer = {"items": [{"row": 1, "no": "SD-1"}, {"row": 2, "problem": {"type": "about:blank", "title": "?"}}]}
    placed, refused = call.decode(200, [("content-type", "application/json")], json.dumps(answer).encode())
    assert (placed.row, placed.result) == (1, "SD-1")
    assert isinstance(refused.result, kamusm.KamusmError)
    for wrong in ([], [kamusm.PreApplication(PERSON, "A", "no address", "first")]):
        with pytest.raises(kamusm.UsageError):
            portal.submit_pre_applications("kurum", wrong)


def test_a_program_with_its_own_http_follows(config: kamusm.Config) -> None:
    status = {"code": "shipped", "title": "Kargoda", "action": {"code": "details", "title": "Detaylar"}}
    answer = {"no": "SD-1", "name": "I***", "tckn": "1***", "applied_on": "2026-01-01", "status": status}
    follow = kamusm.Follow(config, kamusm.PersonToken("x"), "kurum", ["SD-1", "SD-2"], parallel=2)
    first, second = follow.next(), follow.next()
    assert first is not None
    assert second is not None
    assert follow.next() is None
    assert follow.deadline_ms is None
    headers = [("content-type", "application/json"), ("etag", '"1"')]
    change = follow.answer(first, 200, headers, json.dumps(answer).encode())
    assert change is not None
    assert isinstance(change.result, kamusm.Status)
    assert (change.number, change.result.code) == ("SD-1", "shipped")
    assert follow.failed(second, kamusm.TransportFailure.TIMEOUT) is None
    assert follow.progress == kamusm.Progress(total=2, known=1, refused=0, open=0)
    assert follow.deadline_ms is not None


def new_tckn() -> str:
    """The number of nobody yet, with right check digits."""
    digits = [random.randint(1, 9), *(random.randint(0, 9) for _ in range(8))]
    tenth = (7 * sum(digits[0::2]) - sum(digits[1::2])) % 10
    return "".join(map(str, [*digits, tenth, (sum(digits) + tenth) % 10]))


def begun(portal: kamusm.Portal, http: kamusm.HttpClient, office: str) -> list[str]:
    """The numbers of two new applications of the staff."""
    staff = [kamusm.PreApplication(new_tckn(), "Işıl Öğünç", "isil@kurum.example", "first") for _ in range(2)]
    placed = http.call(portal.submit_pre_applications(office, staff))
    return [str(one.result) for one in placed]


def test_staff_applications(service: Service, portal: kamusm.Portal, http: kamusm.HttpClient) -> None:
    office = service.office()
    assert office in {institution.id for institution in http.call(portal.me()).institutions}
    numbers = begun(portal, http, office)
    assert {one.no for one in http.call(portal.staff_applications(office))} == set(numbers)
    one = http.call(portal.staff_application(office, numbers[0]))
    assert "*" in one.tckn
    assert one.etag is not None
    call = portal.watch_staff_application(office, numbers[0], one.etag)
    assert call.decode(304, [], b"") is None
    with pytest.raises(kamusm.ServiceError) as caught:
        http.call(portal.staff_applications("another"))
    assert caught.value.code is kamusm.Code.NOT_FOUND


def test_many_are_followed(
    service: Service, portal: kamusm.Portal, http: kamusm.HttpClient, config: kamusm.Config
) -> None:
    office = service.office()
    numbers = begun(portal, http, office)
    token = kamusm.PersonToken(service.facts["person_token"])

    def statuses(change: kamusm.Change) -> str:
        assert isinstance(change.result, kamusm.Status)
        return change.result.code

    seen: list[tuple[str, str]] = []
    for change in kamusm.Follow(config, token, office, numbers, parallel=2).changes(http):
        seen.append((change.number, statuses(change)))
        if len(seen) == 2:
            service.admin("POST", f"/orders/{numbers[0]}/steps", {"step": "cancel"})
        if len(seen) == 3:
            break
    assert {number for number, _ in seen[:2]} == set(numbers)
    assert seen[2] == (numbers[0], "cancelled")

    async def first() -> str:
        async for change in kamusm.Follow(config, token, office, numbers[1:]).changes_async(http):
            return change.number
        raise AssertionError("nothing was told")

    assert asyncio.run(first()) == numbers[1]
    refused = list(kamusm.Follow(config, token, office, ["SD-1"]).changes(http))
    assert [getattr(change.result, "code", None) for change in refused] == [kamusm.Code.NOT_FOUND]


def test_what_a_person_types_is_told_at_once() -> None:
    value = kamusm.value_of(PERSON, kamusm.ValueKind.TCKN)
    assert (value.text, repr(value)) == (PERSON, "Value(100******46)")
    assert kamusm.value_of("0532 123 45 67", kamusm.ValueKind.GSM).text == "+905321234567"
    assert "*" in kamusm.value_of("a.b@kurum.example", kamusm.ValueKind.EMAIL).masked
    assert kamusm.value_of("10000000147", kamusm.ValueKind.UNCHECKED_TCKN)
    with pytest.raises(kamusm.UsageError) as caught:
        kamusm.value_of("10000000147", kamusm.ValueKind.TCKN)
    assert caught.value.code is kamusm.Code.RANGE
