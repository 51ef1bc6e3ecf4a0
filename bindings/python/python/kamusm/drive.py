"""The loop over a session's steps, with performers that a program may replace: in this thread, or with asyncio."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Protocol, TypeAlias, TypeVar

from .cancel import CancelToken
from .code import Code
from .error import UsageError
from .http import HttpClient
from .outcome import Outcome
from .session import Session
from .step import Answer, ChooseStep, DoneStep, SendStep, ShowStep, SignStep, WaitStep

GRACE_S = 5.0
"""How long a cancelled task waits for a performer to come back; the library's own need some milliseconds."""


class Person(Protocol):
    """What only the person and the card can answer. Each answer is made by the step."""

    def show(self, step: ShowStep, cancel: CancelToken) -> Answer:
        """Shows the texts: ``step.accept()`` or ``step.decline()``."""

    def choose(self, step: ChooseStep, cancel: CancelToken) -> Answer:
        """Chooses a certificate: ``step.identity(…)``."""

    def sign(self, step: SignStep, cancel: CancelToken) -> Answer:
        """Asks for the PIN and signs: ``token.sign_asking(step, …)``. A wrong PIN is asked for again here."""


class Transport(Protocol):
    """Performs requests: :class:`HttpClient`, or whatever the program has."""

    def perform(self, step: SendStep, cancel: CancelToken) -> Answer:
        """Sends ``step.request`` as it stands: ``step.response(…)``, ``step.failed(…)`` or ``step.cancelled()``."""


class Signer(Protocol):
    """Signs by other means than a :class:`Token`: an HSM, a keystore."""

    def sign(self, step: SignStep, cancel: CancelToken) -> Answer:
        """Signs all items: ``step.signatures(…)``."""


class AsyncPerson(Protocol):
    """As :class:`Person`, on the event loop."""

    async def show(self, step: ShowStep, cancel: CancelToken) -> Answer:
        """As in :class:`Person`."""

    async def choose(self, step: ChooseStep, cancel: CancelToken) -> Answer:
        """As in :class:`Person`."""

    async def sign(self, step: SignStep, cancel: CancelToken) -> Answer:
        """As in :class:`Person`; :meth:`Token.sign` blocks, so call it by :func:`asyncio.to_thread`."""


class AsyncTransport(Protocol):
    """As :class:`Transport`, on the event loop."""

    async def perform(self, step: SendStep, cancel: CancelToken) -> Answer:
        """As in :class:`Transport`."""


class AsyncSigner(Protocol):
    """As :class:`Signer`, on the event loop."""

    async def sign(self, step: SignStep, cancel: CancelToken) -> Answer:
        """As in :class:`Signer`."""


def sign(
    session: Session,
    person: Person,
    *,
    transport: Transport | None = None,
    signer: Signer | None = None,
    cancel: CancelToken | None = None,
    waiting: Callable[[WaitStep], object] | None = None,
) -> Outcome:
    """Runs the session to its end in this thread.

    :param transport: performs the requests; an :class:`HttpClient` of the session's configuration without it.
    :param signer: answers the Sign steps instead of the person.
    :param cancel: cancelled from another thread, it ends what waits; the outcome is then ``CANCELLED``.
    :param waiting: hears before each pause what is waited for, such as the person's "Evet, benim" on the portal.
    """
    token = CancelToken() if cancel is None else cancel
    with ExitStack() as own:
        carrier = own.enter_context(HttpClient(session._config)) if transport is None else transport
        signing = person if signer is None else signer
        while True:
            match session.step():
                case DoneStep(outcome):
                    return outcome
                case SendStep() as step:
                    answer = carrier.perform(step, token)
                case WaitStep() as step:
                    if waiting is not None:
                        waiting(step)
                    answer = step.perform(token)
                case ShowStep() as step:
                    answer = person.show(step, token)
                case ChooseStep() as step:
                    answer = person.choose(step, token)
                case SignStep() as step:
                    answer = signing.sign(step, token)
                case _:
                    session.cancel()
                    continue
            _give(session, answer)


async def sign_async(
    session: Session,
    person: Person | AsyncPerson,
    *,
    transport: Transport | AsyncTransport | None = None,
    signer: Signer | AsyncSigner | None = None,
    cancel: CancelToken | None = None,
    waiting: Callable[[WaitStep], object] | None = None,
) -> Outcome:
    """As :func:`sign`, with asyncio: what blocks runs in threads, what is ``async`` runs here.

    A cancelled task cancels ``cancel``, tells the service, and then raises :class:`asyncio.CancelledError`.
    """
    token = CancelToken() if cancel is None else cancel
    interrupted = False
    with ExitStack() as own:
        carrier = own.enter_context(HttpClient(session._config)) if transport is None else transport
        signing = person if signer is None else signer
        while True:
            step = session.step()
            try:
                match step:
                    case DoneStep(outcome):
                        break
                    case SendStep():
                        answer = await _performed(carrier.perform, step, token)
                    case WaitStep():
                        if waiting is not None:
                            waiting(step)
                        answer = await _performed(WaitStep.perform, step, token)
                    case ShowStep():
                        answer = await _performed(person.show, step, token)
                    case ChooseStep():
                        answer = await _performed(person.choose, step, token)
                    case SignStep():
                        answer = await _performed(signing.sign, step, token)
                    case _:
                        session.cancel()
                        continue
            except _Interrupted as interruption:
                if interrupted:
                    # A second cancellation waits for nobody.
                    raise asyncio.CancelledError from None
                interrupted, answer = True, interruption.answer
            _give(session, answer)
    if interrupted:
        raise asyncio.CancelledError
    return outcome


_Answerable = TypeVar("_Answerable", SendStep, WaitStep, ShowStep, ChooseStep, SignStep)
_Performer: TypeAlias = Callable[[_Answerable, CancelToken], Answer | Awaitable[Answer]]


class _Interrupted(Exception):
    """The task was cancelled while a performer was at work; the answer says so to the machine."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


async def _performed(performer: _Performer[_Answerable], step: _Answerable, cancel: CancelToken) -> Answer:
    work = asyncio.ensure_future(_answer(performer, step, cancel))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        if work.done():
            # It was the performer itself that was cancelled.
            raise _Interrupted(step.cancelled()) from None
        cancel.cancel()
        if inspect.iscoroutinefunction(performer):
            work.cancel()
        await asyncio.wait({work}, timeout=GRACE_S)
        raise _Interrupted(_outcome_of(work) or step.cancelled()) from None


async def _answer(performer: _Performer[_Answerable], step: _Answerable, cancel: CancelToken) -> Answer:
    is_async: bool = inspect.iscoroutinefunction(performer)
    answer = performer(step, cancel) if is_async else await asyncio.to_thread(performer, step, cancel)
    return answer if isinstance(answer, Answer) else await answer


def _outcome_of(work: asyncio.Future[Answer]) -> Answer | None:
    """What came after all. An error of somebody who was cancelled is of no interest."""
    if not work.done():
        work.add_done_callback(lambda late: late.cancelled() or late.exception())
        return None
    return None if work.cancelled() or work.exception() is not None else work.result()


def _give(session: Session, answer: Answer) -> None:
    try:
        session.answer(answer)
    except UsageError as error:
        # A late answer changed nothing; the step of now comes again.
        if error.code is not Code.STALE:
            raise
