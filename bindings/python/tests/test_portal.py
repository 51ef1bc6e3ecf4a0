"""An application from its form to its payment, and what is refused on the way."""

from __future__ import annotations

import asyncio
import time
from urllib.request import Request, urlopen

import pytest
from person import Person
from service import Service

import kamusm
from kamusm import cades


def test_form(portal: kamusm.Portal, http: kamusm.HttpClient, order: str) -> None:
    form = http.call(portal.form(order))
    assert [section.title for section in form.sections][:2] == ["Ürün Bilgileri", "Kimlik Bilgileri"]
    assert form.schema["type"] == "object"
    assert "tckn" in form.locked
    assert form.values["email"] not in repr(form)
    fields = {field.name: field for section in form.sections for field in section.fields}
    assert fields["email"].required
    province = fields["province"]
    assert (province.label, province.kind, province.options_list) == ("İl", "choice", "provinces")
    values = form.values
    assert form.check(values) == ()
    changed = http.call(portal.save_form(order, form.etag, values | {"unit": "Şube ğüşiöç İI"}))
    assert changed.values["unit"] == "Şube ğüşiöç İI"
    assert changed.etag != form.etag
    with pytest.raises(kamusm.ServiceError) as caught:
        http.call(portal.save_form(order, form.etag, values))
    assert caught.value.code is kamusm.Code.FORM_CHANGED


def test_wrong_fields_are_told_before_and_after_sending(
    portal: kamusm.Portal, http: kamusm.HttpClient, order: str
) -> None:
    form = http.call(portal.form(order))
    values = form.values | {"email": "adres değil"}
    wrong = (kamusm.FieldError("/values/email", "format"),)
    assert form.check(values) == wrong
    with pytest.raises(kamusm.ServiceError) as caught:
        http.call(portal.save_form(order, form.etag, values))
    assert (caught.value.code, caught.value.fields) == (kamusm.Code.FORM_INVALID, wrong)


def test_choices(portal: kamusm.Portal, http: kamusm.HttpClient) -> None:
    provinces = {choice.code: choice.title for choice in http.call(portal.choices("provinces"))}
    assert provinces["41"] == "Kocaeli"
    assert http.call(portal.choices("delivery-methods", "41"))
    with pytest.raises(kamusm.ServiceError) as caught:
        http.call(portal.choices("colours"))
    assert caught.value.code is kamusm.Code.NOT_FOUND


def test_phone(service: Service, portal: kamusm.Portal, http: kamusm.HttpClient, order: str) -> None:
    form = http.call(portal.form(order))
    http.call(portal.save_form(order, form.etag, form.values | {"gsm": "0533 123 45 67"}))
    sent = http.call(portal.start_phone_verification(order))
    assert (sent.attempts_left, "*" in sent.gsm) == (3, True)
    code = service.sms_code()
    wrong = "".join("0" if digit == "9" else "9" for digit in code)
    with pytest.raises(kamusm.ServiceError) as caught:
        http.call(portal.try_phone_code(order, sent.id, wrong))
    assert (caught.value.code, caught.value.attempts_left) == (kamusm.Code.SMS_CODE_WRONG, 2)
    with pytest.raises(kamusm.UsageError):
        portal.try_phone_code(order, sent.id, "12345")
    assert http.call(portal.try_phone_code(order, sent.id, f" {code[:3]} {code[3:]}"))
    assert http.call(portal.application(order)).state == "phone_verified"
    assert {event.code for event in http.call(portal.events(order))}


def test_an_act_performed_again_is_the_same_act(portal: kamusm.Portal, http: kamusm.HttpClient, order: str) -> None:
    cancel = portal.cancel_application(order)
    first, again = http.call(cancel), http.call(cancel)
    assert (first.state, again) == ("cancelled", first)
    with pytest.raises(kamusm.ServiceError):
        http.call(portal.cancel_application(order))


def test_approval_by_e_onay(portal: kamusm.Portal, http: kamusm.HttpClient, order: str) -> None:
    me = http.call(portal.me())
    assert "*" in me.tckn
    assert me.name not in repr(me)
    with pytest.raises(kamusm.ServiceError) as caught:
        http.call(portal.consent_to_eonay(accepted=False))
    assert caught.value.code is kamusm.Code.NOT_ACCEPTED
    consent = http.call(portal.consent_to_eonay(accepted=True))
    assert consent.given_at
    assert http.call(portal.me()).eonay_consent == consent
    approval = http.call(portal.approval(order))
    (commitment,) = approval.commitments
    view = http.call(portal.view_commitment(order, commitment, read_to_end=True))
    digest = approval.form_digest
    result = http.call(portal.approve(order, view_ids=[view], form_digest=digest, accepted=True))
    assert result.state == "done"


def test_the_register_answers_or_not(portal: kamusm.Portal, http: kamusm.HttpClient, service: Service) -> None:
    assert not http.call(portal.refresh_identity()).changed
    service.admin("PUT", "/switches", {"nvi_down": True})
    try:
        with pytest.raises(kamusm.KamusmError) as caught:
            http.call(portal.refresh_identity())
    finally:
        service.admin("PUT", "/switches", {"nvi_down": False})
    assert (caught.value.upstream, caught.value.retryable) == ("nvi", True)


def test_from_the_code_to_the_payment(
    portal: kamusm.Portal, http: kamusm.HttpClient, config: kamusm.Config, service: Service, order: str, person: Person
) -> None:
    approval = http.call(portal.approval(order))
    assert {method.code for method in approval.methods} == {"e_onay", "e_imza"}
    (commitment,) = approval.commitments
    text = http.call(portal.commitment(commitment))
    assert len(text.encode()) == commitment.length
    with pytest.raises(kamusm.ServiceError) as caught:
        http.call(portal.view_commitment(order, commitment, read_to_end=False))
    assert caught.value.code is kamusm.Code.NOT_READ
    view = http.call(portal.view_commitment(order, commitment, read_to_end=True))
    issued = http.call(portal.issue_sign_code(order, [view]))
    assert issued.code is not None
    assert issued.code.written not in repr(issued)
    assert kamusm.VerificationCode(issued.code.written).environment is kamusm.Environment.SANDBOX
    with kamusm.Session(issued.code, config) as session:
        outcome = kamusm.sign(session, person, transport=http)
    assert outcome.kind is kamusm.OutcomeKind.ACCEPTED
    redeemed = http.call(portal.sign_code(order, issued.id))
    assert redeemed.code is None
    assert redeemed.session is not None
    assert (redeemed.session.state, redeemed.session.client.name) == ("accepted", "pytest")
    result = http.call(portal.result(order))
    assert outcome.receipt is not None
    assert (result.state, result.receipt) == ("done", outcome.receipt.jws)
    (evidence,) = http.call(portal.evidence(order))
    signature = http.call(portal.download_evidence(order, evidence))
    assert signature == outcome.signatures[0]
    (report,) = cades.validate(
        signature,
        anchors=[service.anchors()],
        at_unix_s=int(time.time()),
        revocation_required=False,
    )
    assert report.indication is cades.Indication.TOTAL_PASSED
    payment = http.call(portal.payment(order))
    assert (payment.state, payment.amount_kurus, payment.currency) == ("pending", 60_000, "TRY")
    intent = http.call(portal.start_payment(order))
    assert intent.address not in repr(intent)
    with urlopen(Request(intent.address, b"", method="POST")) as page:
        assert "Ödeme alındı" in page.read().decode()
    assert http.call(portal.payment(order)).state == "received"


def test_a_code_is_watched_confirmed_and_withdrawn(
    portal: kamusm.Portal, http: kamusm.HttpClient, order: str
) -> None:
    (commitment,) = http.call(portal.approval(order)).commitments
    view = http.call(portal.view_commitment(order, commitment, read_to_end=True))
    issued = http.call(portal.issue_sign_code(order, [view]))
    with pytest.raises(kamusm.ServiceError):
        http.call(portal.confirm_sign_code(order, issued.id, confirmed=True))
    assert http.call(portal.withdraw_sign_code(order, issued.id)) is None
    assert http.call(portal.watch_sign_code(order, issued.id)).state == "cancelled"


def test_what_is_watched_changes_or_not(portal: kamusm.Portal, http: kamusm.HttpClient, order: str) -> None:
    known = http.call(portal.application(order))
    assert known.etag is not None
    watch = portal.watch_application(order, known.etag)
    assert watch.decode(304, [], b"") is None

    async def cancelled_meanwhile() -> kamusm.Application | None:
        watching = asyncio.create_task(http.call_async(watch))
        await http.call_async(portal.cancel_application(order))
        return await watching

    changed = asyncio.run(cancelled_meanwhile())
    assert changed is not None
    assert (changed.state, changed.etag == known.etag) == ("cancelled", False)


def test_a_cancelled_task_ends_its_request(portal: kamusm.Portal, http: kamusm.HttpClient, order: str) -> None:
    etag = http.call(portal.application(order)).etag or ""
    cancel = kamusm.CancelToken()

    async def given_up() -> None:
        await asyncio.wait_for(http.call_async(portal.watch_application(order, etag), cancel), 0.05)

    with pytest.raises(TimeoutError):
        asyncio.run(given_up())
    assert cancel.is_cancelled
