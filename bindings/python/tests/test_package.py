"""The package as it is installed."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import kamusm
from kamusm._ffi import kamusm_uniffi

ROOT = Path(__file__).resolve().parents[3]


def test_the_wheel_is_tested_and_not_the_checkout() -> None:
    assert ROOT / "bindings" not in Path(kamusm.__file__).parents
    assert (Path(kamusm.__file__).parent / "py.typed").is_file()
    assert metadata.version("kamusm") == kamusm.__version__


def test_every_name_that_is_exported_has_a_documentation() -> None:
    for name in kamusm.__all__:
        thing = getattr(kamusm, name)
        if isinstance(thing, type) or callable(thing):
            assert thing.__doc__, name


def test_what_the_library_exports_is_used_by_the_package() -> None:
    files = [file for file in Path(kamusm.__file__).parent.glob("*.py")]
    used = set(re.findall(r"\b_?ffi\.(\w+)", "".join(file.read_text() for file in files)))
    exported = {name for name in kamusm_uniffi.__all__ if not name.endswith("Protocol")}
    # What only comes out of the library is read by its fields and never named.
    by_field = {"Action", "Bank", "Cause", "ErrorCode", "Facts", "Indication", "LogLine", "LogLines", "OutcomeKind"}
    by_field |= {"Purpose", "Receipt", "Refusal", "Request", "SignItem", "SignatureAlgorithm", "SignatureReport"}
    by_field |= {"Status", "Text", "WaitReason", "CodeClient", "CsvRow", "Field", "FormContent", "Institution"}
    by_field |= {"Choice", "Commitment", "Method", "Production", "Progress", "Question", "Value"}
    assert exported - used - by_field == set()
    assert len(used) > 30


def test_importing_changes_nothing_of_the_environment(tmp_path: Path) -> None:
    program = "import os; before = dict(os.environ); import kamusm; kamusm.clock(); assert dict(os.environ) == before"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path, env={})
