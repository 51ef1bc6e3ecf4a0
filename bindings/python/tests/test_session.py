"""Sessions in one thread, against the service."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from person import Person
from service import PIN, Service

import kamusm


def test_a_code_goes_in_and_a_receipt_comes_out(session: kamusm.Session, person: Person, order: str) -> None:
    outcome = kamusm.sign(session, person)
    assert (outcome.kind, outcome.error) == (kamusm.OutcomeKind.ACCEPTED, None)
    assert person.seen == ["show", "choose", "sign"]
    assert outcome.receipt is not None
    assert (outcome.receipt.application, outcome.receipt.anchored) == (order, False)
    assert outcome.receipt.jws.count(".") == 2
    assert outcome.may_have_arrived
    assert len(outcome.signatures) == 1
    assert person.facts is not None
    assert person.facts.application == order
    assert "Ünvan: Mühendis" in person.texts[0].decode()
    assert isinstance(session.step(), kamusm.DoneStep)


def test_several_texts_are_signed_with_one_pin(service: Service, config: kamusm.Config, person: Person) -> None:
    code = kamusm.VerificationCode(service.code(service.order(texts=3)))
    with kamusm.Session(code, config) as session:
        outcome = kamusm.sign(session, person)
    assert outcome.kind is kamusm.OutcomeKind.ACCEPTED
    assert (len(person.texts), len(outcome.signatures)) == (3, 3)
    assert person.pins == []


def test_a_wrong_pin_is_asked_for_again(session: kamusm.Session, person: Person) -> None:
    person.pins = [b"9999", PIN]
    assert kamusm.sign(session, person).kind is kamusm.OutcomeKind.ACCEPTED
    (wrong,) = person.wrong
    assert (wrong.code, wrong.used_pin_try, wrong.pin_tries_left) == (kamusm.Code.PIN_INCORRECT, True, 2)
    assert isinstance(wrong, kamusm.CardError)
    assert not wrong.retryable


def test_no_pin_cancels(session: kamusm.Session, person: Person) -> None:
    person.pins = []
    outcome = kamusm.sign(session, person)
    assert outcome.kind is kamusm.OutcomeKind.CANCELLED
    assert outcome.error is not None
    assert outcome.error.code is kamusm.Code.CANCELLED


def test_a_person_may_decline(session: kamusm.Session, person: Person) -> None:
    class Declines(Person):
        def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            return step.decline()

    outcome = kamusm.sign(session, Declines(person.token))
    assert outcome.error is not None
    assert outcome.error.code is kamusm.Code.DECLINED


def test_a_refused_certificate_comes_back_with_the_reason(
    service: Service, session: kamusm.Session, person: Person
) -> None:
    (identity,) = person.token.identities()
    service.admin("PUT", f"/certificates/{identity.fingerprint.hex()}/status", {"status": "revoked"})
    refusals: list[kamusm.Refusal] = []

    class Sees(Person):
        def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            refusals.extend(step.refusals)
            return super().choose(step, cancel)

    outcome = kamusm.sign(session, Sees(person.token))
    (refusal,) = refusals
    assert refusal.fingerprint == identity.fingerprint
    assert isinstance(refusal.error, kamusm.CertificateError)
    assert refusal.error.code is kamusm.Code.CERTIFICATE_REVOKED
    assert outcome.error is not None
    assert outcome.error.code is kamusm.Code.NO_SIGNING_CERTIFICATE


def test_an_answer_of_a_step_that_is_over_is_stale(session: kamusm.Session, person: Person) -> None:
    stale: list[kamusm.KamusmError] = []

    class Twice(Person):
        def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            with pytest.raises(kamusm.UsageError) as caught:
                session.answer(self.accepted)
            stale.append(caught.value)
            return super().choose(step, cancel)

        def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            self.accepted = super().show(step, cancel)
            return self.accepted

    assert kamusm.sign(session, Twice(person.token)).kind is kamusm.OutcomeKind.ACCEPTED
    assert [error.code for error in stale] == [kamusm.Code.STALE]


def test_the_program_may_sign_by_itself(service: Service, session: kamusm.Session, tmp_path: Path) -> None:
    key = service.key("p384")
    private = tmp_path / "key.pem"
    private.write_text(key.private_key)
    der = subprocess.run(
        ["openssl", "x509", "-outform", "DER"], input=key.certificate.encode(), capture_output=True, check=True
    ).stdout

    class Chooses(Person):
        def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            return step.certificate(der)

    class OpenSsl:
        def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            assert step.certificate == der
            (item,) = step.items
            assert item.algorithm is kamusm.SignatureAlgorithm.ECDSA_P384_SHA384
            command = ["openssl", "dgst", "-sha384", "-sign", str(private)]
            value = subprocess.run(command, input=item.to_be_signed, capture_output=True, check=True).stdout
            with pytest.raises(kamusm.UsageError):
                step.signatures([value, value])
            return step.signatures([value])

    with kamusm.Token.open_pem(key.pem) as unused:
        outcome = kamusm.sign(session, Chooses(unused), signer=OpenSsl())
    assert outcome.kind is kamusm.OutcomeKind.ACCEPTED


def test_a_value_of_another_key_never_leaves(service: Service, session: kamusm.Session, person: Person) -> None:
    failures: list[kamusm.KamusmError | None] = []

    class Wrong:
        def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            failures.append(step.failure)
            return step.signatures([sha256(b"no signature").digest()])

    outcome = kamusm.sign(session, person, signer=Wrong())
    assert outcome.kind is kamusm.OutcomeKind.FAILED
    assert not outcome.may_have_arrived
    assert failures[0] is None
    assert all(failure and failure.code is kamusm.Code.SELF_CHECK for failure in failures[1:])


def test_a_failure_is_an_answer_too(session: kamusm.Session, person: Person) -> None:
    class NoCard:
        def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
            return step.failed(kamusm.Code.KEY_NOT_FOUND, "the keystore has no key")

    outcome = kamusm.sign(session, person, signer=NoCard())
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.reason) == (kamusm.Code.KEY_NOT_FOUND, "the keystore has no key")


def test_a_cancelled_token_ends_the_session(session: kamusm.Session, person: Person) -> None:
    cancel = kamusm.CancelToken()

    class Cancels(Person):
        def show(self, step: kamusm.ShowStep, token: kamusm.CancelToken) -> kamusm.Answer:
            token.cancel()
            return super().show(step, token)

    outcome = kamusm.sign(session, Cancels(person.token), cancel=cancel)
    assert cancel.is_cancelled
    assert outcome.kind is kamusm.OutcomeKind.CANCELLED


def test_the_session_itself_may_be_cancelled(session: kamusm.Session, person: Person) -> None:
    session.cancel()
    assert kamusm.sign(session, person).kind is kamusm.OutcomeKind.CANCELLED
    assert person.seen == []


def test_each_step_may_be_performed_by_hand() -> None:
    config = kamusm.Config("http://127.0.0.1:9", kamusm.Environment.SANDBOX)
    with kamusm.Session(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA"), config) as session:
        send = session.step()
        assert isinstance(send, kamusm.SendStep)
        assert send.request.url == "http://127.0.0.1:9/.well-known/kamusm-configuration"
        assert repr(send.request) == "Request(GET, 0 octets)"
        with pytest.raises(kamusm.UsageError):
            send.response(99, [], b"")
        session.answer(send.response(503, [("Retry-After", "1")], b""))
        wait = session.step()
        assert isinstance(wait, kamusm.WaitStep)
        assert wait.reason is kamusm.WaitReason.RETRY
        assert session.deadline_ms == wait.until_ms
        session.answer(wait.perform())
        assert kamusm.clock().monotonic_ms >= wait.until_ms
        again = session.step()
        assert isinstance(again, kamusm.SendStep)
        session.answer(again.failed(kamusm.TransportFailure.TLS))
        done = session.step()
        assert isinstance(done, kamusm.DoneStep)
        assert isinstance(done.outcome.error, kamusm.NetworkError)
        assert done.outcome.error.code is kamusm.Code.TLS


def test_nobody_at_the_address_is_an_answer() -> None:
    config = kamusm.Config("http://127.0.0.1:9", kamusm.Environment.SANDBOX)
    with kamusm.Session(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA"), config) as session:
        send = session.step()
        assert isinstance(send, kamusm.SendStep)
        with kamusm.HttpClient(config) as http:
            session.answer(http.perform(send))
        assert any("failed Unreachable" in line.text for line in config.log().lines)
