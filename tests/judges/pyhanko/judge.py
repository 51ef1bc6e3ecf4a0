"""pyHanko judges a batch (EN 319 102-1 clause 5.3): one line of JSON for each signature. usage: judge.py FOLDER"""

import asyncio
import hashlib
import json
import sys
from pathlib import Path

from asn1crypto import cms, crl
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign.validation.ades import ades_basic_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer


def specification(folder):
    """The root is trusted, both lists are at hand and needed, nothing is fetched."""
    roots = list(load_certs_from_pemder([str(folder / "root.pem")]))
    lists = [crl.CertificateList.load((folder / name).read_bytes(), strict=True) for name in ("root.crl", "sub.crl")]
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=roots),
            revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(known_crls=[CRLContainer(entry) for entry in lists]),
        key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
    )


def judge(path, specification):
    signed_data = cms.ContentInfo.load(path.read_bytes(), strict=True)["content"]
    digest = None
    if path.suffix == ".p7s":
        algorithm = signed_data["signer_infos"][0]["digest_algorithm"]["algorithm"].native
        digest = hashlib.new(algorithm, path.with_suffix(".txt").read_bytes()).digest()
    result = asyncio.run(ades_basic_validation(signed_data, specification, raw_digest=digest))
    finding = result.ades_subindic
    return {
        "indication": finding.status.name,
        "sub_indication": finding.standard_name,
        "why": result.failure_msg,
    }


def main():
    folder = Path(sys.argv[1])
    rules = specification(folder)
    for path in sorted((folder / "signatures").glob("*.p7[ms]")):
        try:
            verdict = judge(path, rules)
        except Exception as error:  # whatever it is, it is about this file
            verdict = {"indication": "ERROR", "why": f"{type(error).__name__}: {error}"}
        print(json.dumps({"file": path.name, **verdict}))


main()
