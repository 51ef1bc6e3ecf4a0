"""Online İşlemler: every call of a person who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _ffi as ffi
from ._native import translated
from .application import Application, PersonToken, application_of
from .approval import Approval, ApplicationResult, Commitment, approval_of, result_of
from .call import Call, Message
from .config import Config
from .evidence import Event, Evidence, event_of, evidence_of
from .form import Choice, Form
from .institution import Placed, PreApplication, StaffApplication, native_item, placed_of, staff_application_of
from .payment import Payment, PaymentIntent, intent_of, payment_of
from .person import Consent, IdentityRefresh, Me, consent_of, me_of, refresh_of
from .phone import PhoneVerification, verification_of
from .sign_code import SignCode, sign_code_of


class Portal:
    """What the service offers to a person who is signed in. Nothing is sent here: :meth:`HttpClient.call` performs a
    call, :meth:`HttpClient.call_async` does so with asyncio.

    ``number`` is a Sipariş No, such as ``SD-13712``; somebody else's is ``NOT_FOUND``.
    """

    def __init__(self, config: Config, token: PersonToken) -> None:
        self._config, self._token = config, token

    def _call(self, operation: Any, told: Callable[[Any], Message]) -> Call[Message]:
        with translated():
            return Call(ffi.call(self._config._inner, self._token._inner, operation), told)

    def me(self) -> Call[Me]:
        """Who is signed in."""
        return self._call(ffi.Operation.ME(), lambda message: me_of(message.me))

    def refresh_identity(self) -> Call[IdentityRefresh]:
        """Has the person's data read anew in the population register."""
        return self._call(ffi.Operation.REFRESH_IDENTITY(), lambda message: refresh_of(message.refresh))

    def consent_to_eonay(self, *, accepted: bool) -> Call[Consent]:
        """Agrees to e-onay: the person ticked the box."""
        operation = ffi.Operation.CONSENT_TO_EONAY(accepted)
        return self._call(operation, lambda message: consent_of(message.consent))

    def applications(self) -> Call[list[Application]]:
        """All applications of the person, the latest first."""
        return self._call(
            ffi.Operation.APPLICATIONS(), lambda message: [application_of(one) for one in message.applications]
        )

    def application(self, number: str) -> Call[Application]:
        """One application."""
        return self._call(ffi.Operation.APPLICATION(number), _application)

    def watch_application(self, number: str, etag: str) -> Call[Application | None]:
        """Waits up to 25 s for another version than the one with this tag; ``None`` if nothing changed."""
        return self._call(ffi.Operation.WATCH_APPLICATION(number, etag), lambda message: _changed(message, _application))

    def cancel_application(self, number: str) -> Call[Application]:
        """Cancels an application before its production."""
        return self._call(ffi.Operation.CANCEL_APPLICATION(number), _application)

    def form(self, number: str) -> Call[Form]:
        """The form."""
        return self._call(ffi.Operation.FORM(number), _form)

    def save_form(self, number: str, etag: str, values: Mapping[str, str]) -> Call[Form]:
        """Saves the form. Worth handling: ``FORM_INVALID`` with its fields; ``FORM_CHANGED``, read it anew."""
        return self._call(ffi.Operation.SAVE_FORM(number, etag, dict(values)), _form)

    def choices(self, name: str, province: str | None = None) -> Call[list[Choice]]:
        """The list of this name that a field chooses from; some differ by the province."""
        return self._call(
            ffi.Operation.CHOICES(name, province),
            lambda message: [Choice(one.code, one.title) for one in message.choices],
        )

    def start_phone_verification(self, number: str) -> Call[PhoneVerification]:
        """Has a code sent to the phone in the form."""
        return self._call(
            ffi.Operation.START_PHONE_VERIFICATION(number), lambda message: verification_of(message.verification)
        )

    def try_phone_code(self, number: str, id: str, code: str) -> Call[bool]:
        """Tries the code that came, as the person typed it. Worth handling: ``SMS_CODE_WRONG``, ``attempts_left``."""
        return self._call(ffi.Operation.TRY_PHONE_CODE(number, id, code), lambda message: bool(message.verified))

    def approval(self, number: str) -> Call[Approval]:
        """How the application can be approved, and what must be read before."""
        return self._call(ffi.Operation.APPROVAL(number), lambda message: approval_of(message.approval))

    def commitment(self, commitment: Commitment) -> Call[str]:
        """The text of a taahhütname; its digest is checked."""
        return self._call(ffi.Operation.COMMITMENT(commitment.id, commitment.digest), lambda message: str(message.text))

    def view_commitment(self, number: str, commitment: Commitment, *, read_to_end: bool) -> Call[str]:
        """Tells that the person read a taahhütname: the id is the proof of reading."""
        operation = ffi.Operation.VIEW_COMMITMENT(number, commitment.id, commitment.digest, read_to_end)
        return self._call(operation, lambda message: str(message.id))

    def approve(
        self, number: str, *, view_ids: Iterable[str], form_digest: str, accepted: bool
    ) -> Call[ApplicationResult]:
        """Approves by e-onay the form of this digest: the person read the texts of these views and ticked the box."""
        return self._call(ffi.Operation.APPROVE(number, list(view_ids), form_digest, accepted), _result)

    def issue_sign_code(self, number: str, view_ids: Iterable[str]) -> Call[SignCode]:
        """Issues a doğrulama kodu, to approve by e-imza: :class:`Session`."""
        return self._call(ffi.Operation.ISSUE_SIGN_CODE(number, list(view_ids)), _sign_code)

    def sign_code(self, number: str, id: str) -> Call[SignCode]:
        """What became of a code."""
        return self._call(ffi.Operation.SIGN_CODE(number, id), _sign_code)

    def watch_sign_code(self, number: str, id: str) -> Call[SignCode]:
        """As :meth:`sign_code`; the service may hold its answer back up to 25 s until something changes."""
        return self._call(ffi.Operation.WATCH_SIGN_CODE(number, id), _sign_code)

    def confirm_sign_code(self, number: str, id: str, *, confirmed: bool) -> Call[SignCode]:
        """"Evet, benim", or "Bu ben değilim", which ends session and code."""
        return self._call(ffi.Operation.CONFIRM_SIGN_CODE(number, id, confirmed), _sign_code)

    def withdraw_sign_code(self, number: str, id: str) -> Call[None]:
        """Takes a code back, and the session that it was redeemed for."""
        return self._call(ffi.Operation.WITHDRAW_SIGN_CODE(number, id), lambda message: None)

    def result(self, number: str) -> Call[ApplicationResult]:
        """What became of the approval."""
        return self._call(ffi.Operation.RESULT(number), _result)

    def payment(self, number: str) -> Call[Payment]:
        """Who pays what."""
        return self._call(ffi.Operation.PAYMENT(number), lambda message: payment_of(message.payment))

    def start_payment(self, number: str) -> Call[PaymentIntent]:
        """Begins a payment at the virtual POS."""
        return self._call(ffi.Operation.START_PAYMENT(number), lambda message: intent_of(message.intent))

    def events(self, number: str) -> Call[list[Event]]:
        """What happened, the latest first."""
        return self._call(ffi.Operation.EVENTS(number), lambda message: [event_of(one) for one in message.events])

    def evidence(self, number: str) -> Call[list[Evidence]]:
        """The accepted signatures."""
        return self._call(
            ffi.Operation.EVIDENCE_LIST(number), lambda message: [evidence_of(one) for one in message.evidence]
        )

    def download_evidence(self, number: str, evidence: Evidence) -> Call[bytes]:
        """The octets of an accepted signature; their digest is checked."""
        operation = ffi.Operation.DOWNLOAD_EVIDENCE(number, evidence.id, evidence.media_type, evidence.digest)
        return self._call(operation, lambda message: bytes(message.octets))

    def submit_pre_applications(self, institution: str, items: Iterable[PreApplication]) -> Call[list[Placed]]:
        """Tells an institution's staff who may apply, 1 to 500; each row has its own result."""
        operation = ffi.Operation.SUBMIT_PRE_APPLICATIONS(institution, [native_item(item) for item in items])
        return self._call(operation, lambda message: [placed_of(one) for one in message.placed])

    def staff_applications(self, institution: str) -> Call[list[StaffApplication]]:
        """The pre-applications of an institution."""
        return self._call(
            ffi.Operation.STAFF_APPLICATIONS(institution),
            lambda message: [staff_application_of(one) for one in message.applications],
        )

    def staff_application(self, institution: str, number: str) -> Call[StaffApplication]:
        """One pre-application."""
        return self._call(ffi.Operation.STAFF_APPLICATION(institution, number), _staff_application)

    def watch_staff_application(self, institution: str, number: str, etag: str) -> Call[StaffApplication | None]:
        """As :meth:`watch_application`. For many at once: :class:`Follow`."""
        operation = ffi.Operation.WATCH_STAFF_APPLICATION(institution, number, etag)
        return self._call(operation, lambda message: _changed(message, _staff_application))


def _changed(message: Any, told: Callable[[Any], Message]) -> Message | None:
    return None if isinstance(message, ffi.Message.UNCHANGED) else told(message)


def _application(message: Any) -> Application:
    return application_of(message.application)


def _form(message: Any) -> Form:
    return Form(message.form)


def _result(message: Any) -> ApplicationResult:
    return result_of(message.result)


def _sign_code(message: Any) -> SignCode:
    return sign_code_of(message.sign_code)


def _staff_application(message: Any) -> StaffApplication:
    return staff_application_of(message.application)
