"""The clocks of this machine, and the countdown to the end of the window (Kalan Süre)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from . import _ffi as ffi
from ._native import translated


@dataclass(frozen=True, slots=True)
class Now:
    """A point in time on both clocks."""

    monotonic_ms: int
    """The monotonic clock, which goes on while the machine is suspended. Deadlines are told on it."""
    unix_ms: int
    """Since 1970-01-01T00:00:00Z as this machine believes; never used for what is signed."""


def clock() -> Now:
    """Now."""
    with translated():
        now = ffi.clock()
    return Now(now.monotonic_ms, now.unix_ms)


def native_now() -> ffi.Now:
    """Now, as a session takes it."""
    with translated():
        return ffi.clock()


def countdown(deadline_ms: int) -> Iterator[int]:
    """The seconds that are left until the deadline, begun ones too: the first at once, then one a second, down to 0."""
    while (left_ms := _left_ms(deadline_ms)) > 0:
        yield _seconds(left_ms)
        time.sleep(_until_next(deadline_ms, _seconds(left_ms)))
    yield 0


async def countdown_async(deadline_ms: int) -> AsyncIterator[int]:
    """As :func:`countdown`, without holding up the event loop."""
    while (left_ms := _left_ms(deadline_ms)) > 0:
        yield _seconds(left_ms)
        await asyncio.sleep(_until_next(deadline_ms, _seconds(left_ms)))
    yield 0


def _left_ms(deadline_ms: int) -> int:
    return max(0, deadline_ms - clock().monotonic_ms)


def _seconds(left_ms: int) -> int:
    return -(-left_ms // 1000)


def _until_next(deadline_ms: int, told: int) -> float:
    """In seconds: how long until less is left than was told. Whoever takes the values may have been slow."""
    return max(0, _left_ms(deadline_ms) - (told - 1) * 1000) / 1000
