"""The countdown to the end of the window."""

from __future__ import annotations

import asyncio
import time
from itertools import islice

import kamusm


def test_seconds_one_by_one() -> None:
    began = time.monotonic()
    assert list(islice(kamusm.countdown(kamusm.clock().monotonic_ms + 2_300), 3)) == [3, 2, 1]
    assert 1.2 < time.monotonic() - began < 1.9


def test_zero_is_the_last() -> None:
    now = kamusm.clock().monotonic_ms
    assert list(kamusm.countdown(now + 500)) == [1, 0]
    assert kamusm.clock().monotonic_ms >= now + 500
    assert list(kamusm.countdown(now - 5_000)) == [0]


def test_a_slow_taker_misses_seconds_and_not_the_end() -> None:
    values = []
    for left in kamusm.countdown(kamusm.clock().monotonic_ms + 2_500):
        values.append(left)
        time.sleep(1.9 if left == 3 else 0)
    assert values == [3, 1, 0]


def test_on_the_event_loop() -> None:
    async def run() -> list[int]:
        return [left async for left in kamusm.countdown_async(kamusm.clock().monotonic_ms + 1_200)]

    assert asyncio.run(run()) == [2, 1, 0]
