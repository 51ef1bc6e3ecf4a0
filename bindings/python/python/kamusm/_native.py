"""The one door to the generated module: its errors become ours, and what was closed answers no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Generic, Self, TypeVar

from . import _ffi as ffi
from .code import Code
from .error import InternalError, UsageError, error_of

Inner = TypeVar("Inner")


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the library as ours; a panic in it is an :class:`InternalError`, and the process lives."""
    try:
        yield
    except ffi.KamusmError as error:
        raise error_of(getattr(error, "details")) from None  # noqa: B009
    except ffi.InternalError:
        raise InternalError(Code.INTERNAL, "a panic was caught") from None


class Closable(Generic[Inner]):
    """Something that can be closed; afterwards every use is :data:`Code.CLOSED`."""

    def __init__(self, inner: Inner) -> None:
        self._held: Inner | None = inner

    @property
    def _inner(self) -> Inner:
        inner = self._held
        if inner is None:
            raise UsageError(Code.CLOSED, f"this {type(self).__name__} was closed")
        return inner

    def close(self) -> None:
        """Lets go of it; closing twice is fine. A call under way in another thread comes to its end."""
        self._held = None

    def __enter__(self) -> Self:
        self._inner  # noqa: B018
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
