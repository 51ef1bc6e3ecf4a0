"""What a program says once about the service, itself and its network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from . import _ffi as ffi
from ._native import translated
from .error import Language
from .verification_code import Environment


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line in English: steps, answers, numbers of errors; no personal data."""

    at_ms: int
    """When it was written, on the monotonic clock."""
    text: str
    """What happened."""


@dataclass(frozen=True, slots=True)
class Log:
    """Lines that were taken out of a configuration's log."""

    lines: tuple[LogLine, ...]
    """Oldest first."""
    dropped: int
    """How many lines were dropped before these for want of room."""


class Config:
    """A checked configuration; any number of sessions and threads may share it.

    :param base_url: ``https://…``; plain http only on loopback with the sandbox.
    :param environment: which codes belong to the service.
    :param trust_roots_pem: certificates that the service's TLS certificate must lead to; the platform's own without it.
    :param intermediates_pem: certificates from which the chain above the signer's certificate is completed.
    :param proxy: ``"system"`` (the default), ``"none"``, or the address of a proxy.
    :param timeout_ms: how long one exchange may take, 1000 to 300000; 30000 without it.
    :param client_name: the program's name, shown to the person; 1 to 64 printable ASCII characters.
    :param client_version: the program's version; needed with the name.
    :param language: the language of the service's own sentences.
    :param receipt_keys: RFC 7638 thumbprints of the keys that may sign receipts.
    :param other_text_profiles: lets texts outside the signed-text profile through, marked.
    :param log_lines: how many lines the log keeps, 0 to 65536; 256 without it.
    """

    def __init__(
        self,
        base_url: str,
        environment: Environment,
        *,
        trust_roots_pem: bytes | None = None,
        intermediates_pem: str | None = None,
        proxy: str | None = None,
        timeout_ms: int | None = None,
        client_name: str | None = None,
        client_version: str | None = None,
        language: Language | None = None,
        receipt_keys: Iterable[str] = (),
        other_text_profiles: bool = False,
        log_lines: int | None = None,
    ) -> None:
        settings = ffi.ConfigSettings(
            base_url=base_url,
            environment=ffi.Environment[environment.name],
            trust_roots_pem=trust_roots_pem,
            intermediates_pem=intermediates_pem,
            proxy=proxy,
            timeout_ms=timeout_ms,
            client_name=client_name,
            client_version=client_version,
            language=None if language is None else ffi.Language[language.name],
            receipt_keys=list(receipt_keys),
            other_text_profiles=other_text_profiles,
            log_lines=log_lines,
        )
        with translated():
            self._inner = ffi.Config(settings)

    def log(self) -> Log:
        """Takes the lines out of the log of this configuration's sessions; each line comes once."""
        with translated():
            taken = self._inner.log()
        return Log(tuple(LogLine(line.at_ms, line.text) for line in taken.lines), taken.dropped)
