"""Onay: by which methods an application can be approved, what must be read before, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi
from .status import Status, status_of


@dataclass(frozen=True, slots=True)
class Method:
    """A method of approval."""

    code: str
    """Such as ``e_onay``."""
    title: str
    """As the button shows it."""
    available: bool
    """Whether it can be used now."""
    reason: str | None
    """Why not, such as ``no_prior_consent``."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A taahhütname."""

    id: str
    title: str
    version: str
    digest: str
    """The digest of its text."""
    length: int
    """The octets of its text."""


@dataclass(frozen=True, slots=True)
class Approval:
    """What can be approved, and how."""

    methods: tuple[Method, ...]
    commitments: tuple[Commitment, ...]
    """What must be read before."""
    warnings: tuple[str, ...]
    """Such as ``revokes_existing``."""
    form_digest: str
    """Names the form as it is now: an approval is for exactly this one."""


@dataclass(frozen=True, slots=True)
class ApplicationResult:
    """What became of an approval."""

    state: str
    """Such as ``done``."""
    title: str
    receipt: str | None
    """The service's receipt, a compact JWS."""
    status: Status


def approval_of(approval: ffi.Approval) -> Approval:
    """The approval that came from the library."""
    return Approval(
        methods=tuple(Method(one.code, one.title, one.available, one.reason) for one in approval.methods),
        commitments=tuple(
            Commitment(one.id, one.title, one.version, one.digest, one.length) for one in approval.commitments
        ),
        warnings=tuple(approval.warnings),
        form_digest=approval.form_digest,
    )


def result_of(result: ffi.ApplicationResult) -> ApplicationResult:
    """The result that came from the library."""
    return ApplicationResult(result.state, result.title, result.receipt, status_of(result.status))
