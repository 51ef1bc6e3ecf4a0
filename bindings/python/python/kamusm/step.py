"""A step: what it says, and the answers that can be made from it and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeAlias

from . import _ffi as ffi
from ._native import translated
from .cancel import CancelToken, native
from .code import Code
from .error import KamusmError, error_of, error_or_none
from .identity import Identity
from .outcome import Outcome, outcome_of
from .request import Request, TransportFailure, native_response, request_of


class Answer:
    """The answer to one step; made only by the step itself or by a performer."""

    __slots__ = ("_inner",)

    def __init__(self, inner: ffi.Answer) -> None:
        self._inner = inner


class WaitReason(Enum):
    """What is waited for."""

    RETRY = "retry"
    """The pause before a retry."""
    CONFIRMATION = "confirmation"
    """The person's "Evet, benim" on the portal."""
    CHECKS = "checks"
    """The service's checks of the submission."""
    UNKNOWN = "unknown"
    """One that this version does not know."""


class SignatureAlgorithm(Enum):
    """How a value is signed."""

    RSA_PKCS1_SHA256 = "rsa-sha256"
    """The value is the PKCS#1 v1.5 block."""
    ECDSA_P256_SHA256 = "ecdsa-p256-sha256"
    """The value is DER ``SEQUENCE { r, s }``, as with the ones below."""
    ECDSA_P384_SHA384 = "ecdsa-p384-sha384"
    ECDSA_P521_SHA512 = "ecdsa-p521-sha512"
    UNKNOWN = "unknown"
    """One that this version does not know."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text to sign."""

    title: str
    """"İmzalanacak Metin 1:"."""
    octets: bytes
    """UTF-8 as received; these octets are shown and these are signed."""
    profile_checked: bool
    """Whether it follows the signed-text profile; false only where the configuration lets it through."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Who signs what, where."""

    service: str
    origin: str
    """The address of the portal."""
    applicant_name: str
    """Masked by the service."""
    applicant_tckn: str
    """Masked by the service."""
    application: str
    """Such as ``SD-13712``."""
    institution: str
    product: str
    warnings: tuple[str, ...]
    """Such as ``revokes_existing``."""
    created_at: str
    """Oluşturma Tarihi, RFC 3339."""
    match_code: str
    """Kontrol sayısı, four digits. The portal shows the same: let the person compare."""
    sign_in: bool
    """Whether the text is one to sign in with; who, what and the kontrol sayısı are empty then."""
    deadline_ms: int
    """When the window (Kalan Süre) is over, on the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A certificate that was refused before any PIN was asked for."""

    fingerprint: bytes
    """SHA-256 of the certificate."""
    error: KamusmError


@dataclass(frozen=True, slots=True)
class SignItem:
    """One value to make."""

    to_be_signed: bytes
    """The octets to hash and sign: DER of the signed attributes, RFC 5652 5.4."""
    digest: bytes
    """Their digest, for keys that sign digests."""
    algorithm: SignatureAlgorithm


class _Inner(Protocol):
    def cancelled(self) -> ffi.Answer: ...


class _Step:
    """What every step but the last has."""

    _cancelled: _Inner

    def cancelled(self) -> Answer:
        """The person or the program cancelled."""
        with translated():
            return Answer(self._cancelled.cancelled())


class SendStep(_Step):
    """Perform :attr:`request`."""

    def __init__(self, inner: ffi.SendStep) -> None:
        self._inner = self._cancelled = inner
        with translated():
            self.request: Request = request_of(inner.request())

    def response(self, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> Answer:
        """The service answered, with whatever status; hand over every header."""
        with translated():
            return Answer(self._inner.response(native_response(status, headers, body)))

    def failed(self, failure: TransportFailure) -> Answer:
        """There is no answer; the machine decides about a retry."""
        with translated():
            return Answer(self._inner.failed(ffi.TransportFailure[failure.name]))


class WaitStep(_Step):
    """Wait until :attr:`until_ms` on the monotonic clock."""

    def __init__(self, inner: ffi.WaitStep) -> None:
        self._inner = self._cancelled = inner
        with translated():
            self.until_ms: int = inner.until_ms()
            self.reason: WaitReason = WaitReason[inner.reason().name]

    def perform(self, cancel: CancelToken | None = None) -> Answer:
        """Waits; it blocks until the moment has come or ``cancel`` was cancelled."""
        with translated():
            return Answer(ffi.wait_perform(self._inner, native(cancel)))

    def elapsed(self) -> Answer:
        """The time came."""
        with translated():
            return Answer(self._inner.elapsed())


class ShowStep(_Step):
    """Show :attr:`texts` and :attr:`facts` to the person, who accepts or declines."""

    def __init__(self, inner: ffi.ShowStep) -> None:
        self._inner = self._cancelled = inner
        with translated():
            texts, facts = inner.texts(), inner.facts()
        self.texts: tuple[Text, ...] = tuple(
            Text(text.title, text.octets, text.profile_checked) for text in texts
        )
        self.facts: Facts = Facts(
            service=facts.service,
            origin=facts.origin,
            applicant_name=facts.applicant_name,
            applicant_tckn=facts.applicant_tckn,
            application=facts.application,
            institution=facts.institution,
            product=facts.product,
            warnings=tuple(facts.warnings),
            created_at=facts.created_at,
            match_code=facts.match_code,
            sign_in=facts.sign_in,
            deadline_ms=facts.deadline_ms,
        )

    def accept(self) -> Answer:
        """The person read and accepts all texts."""
        with translated():
            return Answer(self._inner.accept())

    def decline(self) -> Answer:
        """The person does not accept."""
        with translated():
            return Answer(self._inner.decline())


class ChooseStep(_Step):
    """Choose the certificate to sign with; refused ones come back here with the reason."""

    def __init__(self, inner: ffi.ChooseStep) -> None:
        self._inner = self._cancelled = inner
        with translated():
            self.applicant_tckn: str = inner.applicant_tckn()
            self.deadline_ms: int = inner.deadline_ms()
            refusals = inner.refusals()
        self.refusals: tuple[Refusal, ...] = tuple(
            Refusal(refusal.fingerprint, error_of(refusal.error)) for refusal in refusals
        )

    def candidates(self, identities: Iterable[Identity]) -> list[Identity]:
        """Those that can sign and were not refused in this session."""
        refused = {refusal.fingerprint for refusal in self.refusals}
        return [one for one in identities if one.refusal is None and one.fingerprint not in refused]

    def identity(self, identity: Identity) -> Answer:
        """The chosen identity; one that cannot sign is refused here, before any PIN.

        Dates are left to the service, which checks them next: the clock of this machine may be wrong.
        """
        refusal = identity.refusal
        if refusal is not None and refusal.code not in (
            Code.CERTIFICATE_EXPIRED,
            Code.CERTIFICATE_NOT_YET_VALID,
        ):
            raise refusal
        return self.certificate(identity.certificate)

    def certificate(self, der: bytes, chain: Iterable[bytes] = ()) -> Answer:
        """The chosen certificate, with the certificates above it as far as they are at hand."""
        with translated():
            return Answer(self._inner.certificate(der, list(chain)))

    def failed(self, code: Code, reason: str) -> Answer:
        """No certificate can be chosen. ``reason`` is for developers, without personal data."""
        with translated():
            return Answer(self._inner.failed(code, reason))


class SignStep(_Step):
    """Ask for the PIN, here and not before, and sign: :meth:`Token.sign`, or by other means."""

    def __init__(self, inner: ffi.SignStep) -> None:
        self._inner = self._cancelled = inner
        with translated():
            self.certificate: bytes = inner.certificate()
            """The certificate whose key signs, DER."""
            self.signing_time_unix_s: int = inner.signing_time_unix_s()
            """İmzalama Tarihi: the service's time."""
            self.deadline_ms: int = inner.deadline_ms()
            items, failure = inner.items(), inner.failure()
        self.items: tuple[SignItem, ...] = tuple(
            SignItem(item.to_be_signed, item.digest, SignatureAlgorithm[item.algorithm.name])
            for item in items
        )
        self.failure: KamusmError | None = error_or_none(failure)
        """Why the attempt before this one failed, to tell the person."""

    def signatures(self, values: Sequence[bytes | None]) -> Answer:
        """The values in the order of the items, none for one that was not made; each is verified."""
        with translated():
            return Answer(self._inner.signatures(list(values)))

    def failed(self, code: Code, reason: str) -> Answer:
        """Signing failed; the machine decides what follows. ``reason`` is for developers, without personal data."""
        with translated():
            return Answer(self._inner.failed(code, reason))


@dataclass(frozen=True, slots=True)
class DoneStep:
    """The end."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class UnknownStep:
    """A kind that this version does not know: cancel the session."""


Step: TypeAlias = SendStep | WaitStep | ShowStep | ChooseStep | SignStep | DoneStep | UnknownStep
"""The next thing to do."""


def step_of(step: ffi.Step) -> Step:
    """The step that came from the library."""
    if isinstance(step, ffi.Step.SEND):
        return SendStep(step.send)
    if isinstance(step, ffi.Step.WAIT):
        return WaitStep(step.wait)
    if isinstance(step, ffi.Step.SHOW):
        return ShowStep(step.show)
    if isinstance(step, ffi.Step.CHOOSE):
        return ChooseStep(step.choose)
    if isinstance(step, ffi.Step.SIGN):
        return SignStep(step.sign)
    if isinstance(step, ffi.Step.DONE):
        return DoneStep(outcome_of(step.outcome))
    return UnknownStep()
