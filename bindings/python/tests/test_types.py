"""What a type checker tells a program that uses the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import kamusm

def use(session: kamusm.Session, token: kamusm.Token, person: kamusm.Person) -> None:
    reveal_type(kamusm.sign(session, person).receipt)
    reveal_type(token.identities()[0].refusal)
    match session.step():
        case kamusm.SendStep() as step:
            reveal_type(step.request.headers)
    kamusm.sign(session, token)
    kamusm.Config("https://basvuru.example", "sandbox")
    token.sign(session.step(), b"1234")
"""
REVEALED = ("Receipt | None", "KamusmError | None", "tuple[tuple[str, str], ...]")


def test_a_program_gets_types_and_hears_of_mistakes(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(program)]
    output = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path).stdout
    for revealed in REVEALED:
        assert revealed in output.replace("kamusm.outcome.", "").replace("kamusm.error.", "")
    wrong = {int(line.split(":")[1]) for line in output.splitlines() if ": error:" in line}
    assert wrong == {10, 11, 12}, output
