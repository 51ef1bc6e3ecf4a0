"""CAdES signatures: made in two phases for keys that are not here, and validated (EN 319 122-1, EN 319 102-1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from . import _ffi as ffi
from ._native import translated
from .step import SignatureAlgorithm


class Signing:
    """A CAdES-B-B signature that lacks only its value.

    :param certificate: the signer's, DER; ``chain`` holds those above it.
    :param signing_time_unix_s: the signing time that the signer claims.
    :param attached: the content travels inside the signature.
    """

    def __init__(
        self,
        content: bytes,
        certificate: bytes,
        *,
        signing_time_unix_s: int,
        attached: bool = False,
        chain: Iterable[bytes] = (),
    ) -> None:
        profile = ffi.CadesProfile(attached=attached, signing_time_unix_s=signing_time_unix_s)
        with translated():
            self._inner = ffi.CadesSigning(content, certificate, list(chain), profile)
            self.to_be_signed: bytes = self._inner.to_be_signed()
            """The octets to hash and sign: DER of the signed attributes, RFC 5652 5.4."""
            self.digest: bytes = self._inner.digest()
            """Their digest, for keys that sign digests."""
            self.algorithm: SignatureAlgorithm = SignatureAlgorithm[self._inner.algorithm().name]

    def finish(self, signature: bytes) -> bytes:
        """The finished signature file, DER, after the value was verified with the certificate.

        Worth handling: ``SELF_CHECK``, another key signed, or other octets.
        """
        with translated():
            return self._inner.finish(signature)


class Indication(Enum):
    """The main status of one signature."""

    TOTAL_PASSED = "TOTAL_PASSED"
    INDETERMINATE = "INDETERMINATE"
    """What is known does not suffice for either verdict."""
    TOTAL_FAILED = "TOTAL_FAILED"
    """The signature is broken or was made with an unusable certificate."""


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The verdict on one signer."""

    indication: Indication
    sub_indication: str | None
    """The code of the standard, such as ``HASH_FAILURE``; none if the signature passed."""
    reason: str | None
    """What was found, for developers, in English."""
    level: str
    """The form, such as ``CAdES-BASELINE-B``; what is there, not whether it is valid."""
    signer: bytes | None
    """The certificate that the signature was made with, DER."""
    signer_fingerprint: bytes | None
    """SHA-256 of that certificate."""
    signing_time_unix_s: int | None
    """When the signer says to have signed; only a claim."""
    warnings: tuple[str, ...]
    """Oddities that change no verdict, such as ``policy-not-processed``."""


def validate(
    cms: bytes,
    detached: bytes | None = None,
    *,
    anchors: Iterable[bytes],
    at_unix_s: int,
    intermediates: Iterable[bytes] = (),
    crls: Iterable[bytes] = (),
    ocsps: Iterable[bytes] = (),
    revocation_required: bool = True,
    qualified_required: bool = True,
) -> list[SignatureReport]:
    """Judges every signer of a CMS file, BER or DER. Never empty: a file without a readable signer has failed.

    :param detached: the content, if the file does not hold it; if it holds it too, both must be equal.
    :param anchors: certificates that are trusted without proof: each one in DER, or PEM text with any number.
    :param at_unix_s: the time of validation.
    :param revocation_required: whether revocation data must be at hand for every certificate of the path.
    :param qualified_required: whether the signer needs a nitelikli elektronik sertifika.
    """
    policy = ffi.CadesPolicy(
        anchors=list(anchors),
        at_unix_s=at_unix_s,
        intermediates=list(intermediates),
        crls=list(crls),
        ocsps=list(ocsps),
        revocation_required=revocation_required,
        qualified_required=qualified_required,
    )
    with translated():
        reports = ffi.cades_validate(cms, detached, policy)
    return [
        SignatureReport(
            indication=Indication[report.indication.name],
            sub_indication=report.sub_indication,
            reason=report.reason,
            level=report.level,
            signer=report.signer,
            signer_fingerprint=report.signer_fingerprint,
            signing_time_unix_s=report.signing_time_unix_s,
            warnings=tuple(report.warnings),
        )
        for report in reports
    ]
