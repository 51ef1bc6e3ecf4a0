"""The default transport, for programs that do not bring their own."""

from __future__ import annotations

from . import _ffi as ffi
from ._native import Closable, translated
from .application import Application, PersonToken, application_of
from .cancel import CancelToken, native
from .config import Config
from .step import Answer, SendStep


class HttpClient(Closable[ffi.HttpClient]):
    """An HTTP client with one kept connection; it follows no redirects. Sessions and threads may share it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        with translated():
            super().__init__(ffi.HttpClient(config._inner))

    def perform(self, step: SendStep, cancel: CancelToken | None = None) -> Answer:
        """Performs a Send step. It blocks; a lost network and a cancelled wait are answers, not errors."""
        with translated():
            return Answer(self._inner.perform(step._inner, native(cancel)))

    def applications(self, token: PersonToken, cancel: CancelToken | None = None) -> list[Application]:
        """All applications of the person, the latest first. It blocks."""
        with translated():
            call = ffi.applications_list(self._config._inner, token._inner)
            return [application_of(one) for one in self._inner.applications(call, native(cancel))]

    def application(
        self, token: PersonToken, number: str, cancel: CancelToken | None = None
    ) -> Application:
        """One application, such as ``SD-13712``; somebody else's is ``NOT_FOUND``. It blocks."""
        with translated():
            call = ffi.application_read(self._config._inner, token._inner, number)
            return application_of(self._inner.application(call, native(cancel)))
