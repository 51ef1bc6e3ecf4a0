"""The sign session: it says the next step and takes its answer; it does nothing itself."""

from __future__ import annotations

from . import _ffi as ffi
from ._native import Closable, translated
from .clock import native_now
from .config import Config
from .step import Answer, Step, step_of
from .verification_code import VerificationCode


class Session(Closable[ffi.Session]):
    """One doğrulama kodu on its way to "İşlem Başarılı", or one sign-in by e-imza. :func:`kamusm.sign` runs it; its calls take turns.

    Closing it does not tell the service; :meth:`cancel` does.
    """

    def __init__(self, code: VerificationCode, config: Config) -> None:
        self._config = config
        with translated():
            super().__init__(ffi.Session(code._inner, config._inner))

    @classmethod
    def sign_in(cls, config: Config) -> Session:
        """A sign-in by e-imza: one text that says so is shown and signed, :attr:`Outcome.signed_in` holds the token."""
        session = cls.__new__(cls)
        session._config = config
        with translated():
            Closable.__init__(session, ffi.Session.sign_in(config._inner))
        return session

    def step(self) -> Step:
        """The next step: the same state gives the same step."""
        with translated():
            step = self._inner.step(native_now())
        return step_of(step)

    def answer(self, answer: Answer) -> None:
        """Takes the answer of the current step. On an error nothing has changed.

        Worth handling: ``STALE``, the step was over; ask for the next one.
        """
        with translated():
            self._inner.answer(answer._inner, native_now())

    def cancel(self) -> None:
        """Ends the session: the next step tells the service, the one after it is the last."""
        with translated():
            self._inner.cancel()

    @property
    def deadline_ms(self) -> int | None:
        """When something changes by time alone, on the monotonic clock: the end of a pause or of the window."""
        with translated():
            return self._inner.deadline()
