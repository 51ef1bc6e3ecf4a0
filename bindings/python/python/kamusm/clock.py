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
    """The whole seconds that are left until the deadline: the first at once, then one a second; 0 is the last."""
    left_ms = deadline_ms - clock().monotonic_ms
    seconds = max(0, left_ms // 1000)
    yield seconds
    while seconds > 0:
        time.sleep(_until_next(deadline_ms, seconds))
        seconds -= 1
        yield seconds


async def countdown_async(deadline_ms: int) -> AsyncIterator[int]:
    """As :func:`countdown`, without holding up the event loop."""
    left_ms = deadline_ms - clock().monotonic_ms
    seconds = max(0, left_ms // 1000)
    yield seconds
    while seconds > 0:
        await asyncio.sleep(_until_next(deadline_ms, seconds))
        seconds -= 1
        yield seconds


def _until_next(deadline_ms: int, seconds: int) -> float:
    """Seconds until fewer than so many whole ones are left."""
    left_ms = deadline_ms - clock().monotonic_ms
    return max(0.0, (left_ms - seconds * 1000 + 1) / 1000)
