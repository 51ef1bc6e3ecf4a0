"""Many pre-applications followed cheaply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from time import sleep

from . import _ffi as ffi
from ._native import translated
from .application import PersonToken
from .cancel import CancelToken, native
from .clock import clock
from .code import Code
from .config import Config
from .error import KamusmError, error_or_none
from .http import HttpClient
from .request import Request, TransportFailure, native_response, request_of
from .status import Status, status_of

PATIENCE_S = 0.1
"""How soon a cancellation is seen while nothing is asked."""


@dataclass(frozen=True, slots=True)
class Change:
    """A pre-application whose status is new, or that cannot be followed any longer."""

    number: str
    """Sipariş No."""
    result: Status | KamusmError


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a follower is."""

    total: int
    known: int
    """How many statuses are known."""
    refused: int
    """How many cannot be followed."""
    open: int
    """How many questions wait for their answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask; its answer names it by :attr:`index`."""

    index: int
    request: Request
    """To perform as it stands."""


class Follow:
    """Follows the pre-applications of an institution; at most ``parallel`` questions are open at once.

    :meth:`changes` runs it by the library's HTTP. A program with its own takes :meth:`next` and gives the answers to
    :meth:`answer` and :meth:`failed`.
    """

    def __init__(
        self, config: Config, token: PersonToken, institution: str, numbers: Iterable[str], *, parallel: int = 8
    ) -> None:
        self._parallel = parallel
        with translated():
            self._inner = ffi.Follow(config._inner, token._inner, institution, list(numbers), parallel)

    def changes(self, http: HttpClient, cancel: CancelToken | None = None) -> Iterator[Change]:
        """Tells each change as it comes, until nothing can be followed or ``cancel`` is cancelled. It blocks.

        Whoever leaves the loop early cancels ``cancel`` by it, and with it the questions that are open.
        """
        token = CancelToken() if cancel is None else cancel
        asked: set[Future[Change | None]] = set()
        with ThreadPoolExecutor(self._parallel, "kamusm-follow") as pool:
            try:
                while not token.is_cancelled and self.progress.refused < self.progress.total:
                    while self._is_due() and len(asked) < self._parallel:
                        asked.add(pool.submit(self._ask, http, token))
                    if not asked:
                        sleep(PATIENCE_S)
                    done, asked = wait(asked, PATIENCE_S, FIRST_COMPLETED)
                    for question in done:
                        if (change := question.result()) is not None:
                            yield change
            finally:
                token.cancel()

    async def changes_async(self, http: HttpClient, cancel: CancelToken | None = None) -> AsyncIterator[Change]:
        """As :meth:`changes`, with asyncio."""
        token = CancelToken() if cancel is None else cancel
        changes = self.changes(http, token)
        try:
            while (change := await asyncio.to_thread(next, changes, None)) is not None:
                yield change
        finally:
            token.cancel()

    def next(self) -> Question | None:
        """The next question that is due."""
        with translated():
            question = self._inner.next()
        return None if question is None else Question(question.index, request_of(question.request))

    def answer(
        self, question: Question, status: int, headers: Iterable[tuple[str, str]], body: bytes
    ) -> Change | None:
        """Takes the answer to a question: what it changed."""
        with translated():
            return _change_of(self._inner.answer(question.index, native_response(status, headers, body), None))

    def failed(self, question: Question, failure: TransportFailure) -> Change | None:
        """Takes that there is no answer to a question; it is asked again later."""
        with translated():
            return _change_of(self._inner.answer(question.index, None, ffi.TransportFailure[failure.name]))

    @property
    def deadline_ms(self) -> int | None:
        """When the next question is due, on the monotonic clock; ``None`` while as many as may be are open."""
        with translated():
            return self._inner.deadline()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        with translated():
            progress = self._inner.progress()
        return Progress(progress.total, progress.known, progress.refused, progress.open)

    def _ask(self, http: HttpClient, cancel: CancelToken) -> Change | None:
        try:
            with translated():
                return _change_of(http._inner.follow(self._inner, native(cancel)))
        except KamusmError as error:
            if error.code is Code.CANCELLED:
                return None
            raise

    def _is_due(self) -> bool:
        deadline = self.deadline_ms
        return deadline is not None and deadline <= clock().monotonic_ms


def _change_of(change: ffi.Change | None) -> Change | None:
    if change is None:
        return None
    if change.status is not None:
        return Change(change.number, status_of(change.status))
    error = error_or_none(change.error)
    assert error is not None, "a change is a status or an error"
    return Change(change.number, error)
