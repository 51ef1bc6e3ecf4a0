"""CAdES: made with a key of OpenSSL, and judged."""

from __future__ import annotations

import subprocess
import time
from hashlib import sha256
from pathlib import Path

import pytest
from person import Person
from service import Service

import kamusm
from kamusm import cades

CONTENT = "Beyan ederim ki İĞÜŞÖÇ.\n".encode()


def made(service: Service, folder: Path, attached: bool) -> tuple[bytes, bytes]:
    key = service.key("rsa2048")
    private = folder / "key.pem"
    private.write_text(key.private_key)
    convert = ["openssl", "x509", "-outform", "DER"]
    der = subprocess.run(convert, input=key.certificate.encode(), capture_output=True, check=True).stdout
    signing = cades.Signing(CONTENT, der, signing_time_unix_s=int(time.time()), attached=attached)
    assert signing.algorithm is kamusm.SignatureAlgorithm.RSA_PKCS1_SHA256
    assert len(signing.digest) == 32
    command = ["openssl", "dgst", "-sha256", "-sign", str(private)]
    value = subprocess.run(command, input=signing.to_be_signed, capture_output=True, check=True).stdout
    with pytest.raises(kamusm.SignatureError) as caught:
        signing.finish(bytes(len(value)))
    assert caught.value.code is kamusm.Code.SELF_CHECK
    return signing.finish(value), der


def judged(service: Service, cms: bytes, detached: bytes | None = None) -> cades.SignatureReport:
    reports = cades.validate(
        cms,
        detached,
        anchors=[service.anchors()],
        intermediates=[service.intermediates().encode()],
        at_unix_s=int(time.time()),
        revocation_required=False,
    )
    (report,) = reports
    return report


def test_attached(service: Service, tmp_path: Path) -> None:
    cms, der = made(service, tmp_path, attached=True)
    report = judged(service, cms)
    assert (report.indication, report.sub_indication) == (cades.Indication.TOTAL_PASSED, None)
    assert (report.level, report.signer) == ("CAdES-BASELINE-B", der)
    assert report.signer_fingerprint == sha256(der).digest()
    assert report.signing_time_unix_s is not None
    assert abs(report.signing_time_unix_s - time.time()) < 60
    assert "revocation-unknown" in report.warnings


def test_detached_and_other_content(service: Service, tmp_path: Path) -> None:
    cms, _ = made(service, tmp_path, attached=False)
    assert judged(service, cms, CONTENT).indication is cades.Indication.TOTAL_PASSED
    other = judged(service, cms, CONTENT + b" ")
    assert (other.indication, other.sub_indication) == (cades.Indication.TOTAL_FAILED, "HASH_FAILURE")
    missing = judged(service, cms)
    assert (missing.indication, missing.sub_indication) == (
        cades.Indication.INDETERMINATE,
        "SIGNED_DATA_NOT_FOUND",
    )


def test_revocation_data_are_demanded(service: Service, session: kamusm.Session, person: Person) -> None:
    (cms,) = kamusm.sign(session, person).signatures
    (report,) = cades.validate(cms, anchors=[service.anchors()], at_unix_s=int(time.time()))
    assert report.indication is cades.Indication.INDETERMINATE


def test_what_is_no_signature_has_failed(service: Service) -> None:
    report = judged(service, b"not CMS")
    assert (report.indication, report.signer) == (cades.Indication.TOTAL_FAILED, None)
    assert report.reason


def test_what_is_no_certificate_is_refused(service: Service) -> None:
    with pytest.raises(kamusm.CertificateError) as caught:
        cades.Signing(CONTENT, b"nothing", signing_time_unix_s=0)
    assert caught.value.code is kamusm.Code.CERTIFICATE_MALFORMED
    with pytest.raises(kamusm.CertificateError):
        cades.validate(b"", anchors=[b"nothing"], at_unix_s=0)
