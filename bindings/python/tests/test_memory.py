"""What is let go is free again."""

from __future__ import annotations

import gc
from pathlib import Path

import kamusm

SESSIONS = 10_000
GROWTH_OCTETS = 2 * 1024 * 1024


def resident() -> int:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def opened_and_dropped(config: kamusm.Config, count: int) -> None:
    for number in range(count):
        session = kamusm.Session(kamusm.VerificationCode("SHYZ-BZZD-YBBM-4EVA"), config)
        step = session.step()
        assert isinstance(step, kamusm.SendStep)
        if number % 2:
            # The other half is only dropped.
            session.close()


def test_ten_thousand_sessions_leave_nothing(config: kamusm.Config) -> None:
    opened_and_dropped(config, 2_000)
    before = resident()
    opened_and_dropped(config, SESSIONS)
    assert resident() - before < GROWTH_OCTETS


def test_errors_leave_nothing() -> None:
    def wrong(count: int) -> None:
        for _ in range(count):
            try:
                kamusm.VerificationCode("S")
            except kamusm.ServiceError:
                pass

    wrong(2_000)
    before = resident()
    wrong(SESSIONS)
    assert resident() - before < GROWTH_OCTETS
