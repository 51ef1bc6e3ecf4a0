"""A panic inside the library is an error here, and the process lives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import kamusm
from kamusm import _ffi

PROGRAM = """
import kamusm
from kamusm import _ffi
from kamusm._native import translated

try:
    _ffi.planted_panic()
except _ffi.InternalError as error:
    assert "planted" in str(error)
else:
    raise AssertionError("no panic came")
try:
    with translated():
        _ffi.planted_panic()
except kamusm.InternalError as error:
    assert error.code is kamusm.Code.INTERNAL
    assert error.category is kamusm.Category.INTERNAL
print(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA").environment.name)
"""


def test_a_planted_panic(tmp_path: Path) -> None:
    planted = Path(os.environ["KAMUSM_TEST_PLANTED"])
    package = tmp_path / "kamusm"
    shutil.copytree(Path(kamusm.__file__).parent, package)
    shutil.copy(planted / "python/kamusm_uniffi.py", package / "_ffi")
    shutil.copy(planted / "libkamusm_uniffi.so", package / "_ffi")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert (run.returncode, run.stdout) == (0, "SANDBOX\n"), run.stderr
    assert not hasattr(_ffi, "planted_panic")
