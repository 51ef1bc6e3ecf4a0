"""The default transport, for programs that do not bring their own."""

from __future__ import annotations

import asyncio

from . import _ffi as ffi
from ._native import Closable, translated
from .call import Call, Message
from .cancel import CancelToken, native
from .config import Config
from .step import Answer, SendStep


class HttpClient(Closable[ffi.HttpClient]):
    """An HTTP client with one kept connection; it follows no redirects. Sessions and threads may share it."""

    def __init__(self, config: Config) -> None:
        with translated():
            super().__init__(ffi.HttpClient(config._inner))

    def perform(self, step: SendStep, cancel: CancelToken | None = None) -> Answer:
        """Performs a Send step. It blocks; a lost network and a cancelled wait are answers, not errors."""
        with translated():
            return Answer(self._inner.perform(step._inner, native(cancel)))

    def call(self, call: Call[Message], cancel: CancelToken | None = None) -> Message:
        """Performs a call of :class:`Portal`. It blocks. Performed again after a lost answer it is the same act."""
        with translated():
            message = self._inner.call(call._inner, native(cancel))
        return call._told(message)

    async def call_async(self, call: Call[Message], cancel: CancelToken | None = None) -> Message:
        """As :meth:`call`, in a thread; a cancelled task cancels ``cancel``."""
        token = CancelToken() if cancel is None else cancel
        try:
            return await asyncio.to_thread(self.call, call, token)
        except asyncio.CancelledError:
            token.cancel()
            raise
