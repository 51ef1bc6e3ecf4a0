"""Signers: smart cards through PKCS#11 modules, and software keys."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from os import PathLike, fspath

from . import _ffi as ffi
from . import cancel as cancellation
from . import pin as pins
from ._native import Closable, translated
from .cancel import CancelToken
from .code import Code
from .error import KamusmError
from .identity import Identity, identity_of
from .pin import Pin
from .step import Answer, SignStep

PIN_AGAIN = frozenset(
    {
        Code.PIN_REQUIRED,
        Code.PIN_INCORRECT,
        Code.PIN_FINAL_TRY,
        Code.PIN_LENGTH,
        Code.PIN_CANCELLED,
        Code.PAD_TIMEOUT,
        Code.PAD_UNAVAILABLE,
        Code.PAD_REQUIRED,
    }
)
"""What the person mends by another PIN entry: an error of :meth:`Token.sign` and no answer."""


class InitPolicy(Enum):
    """Who calls C_Initialize of a PKCS#11 module. C_Finalize is never called: it would end the sessions of others."""

    TOLERANT = "tolerant"
    """We do; if somebody in the process already has, that is fine too."""
    HOST_MANAGED = "host-managed"
    """The host program has, before it opens the token."""
    STRICT = "strict"
    """We do; if somebody in the process already has, that is an error."""


class PadTrust(Enum):
    """Readers lie about their PIN pad, in both directions."""

    AS_TOKEN = "as-token"
    """As the token says."""
    IGNORE = "ignore"
    """There is none, whatever the token says."""
    ASSUME = "assume"
    """There is one, whatever the token says."""


class Token(Closable[ffi.Token]):
    """A signer, made by one of the ``open`` methods. Sessions and threads may share it; its calls take turns."""

    @classmethod
    def open_module(cls, path: str | PathLike[str], init_policy: InitPolicy = InitPolicy.TOLERANT) -> Token:
        """Loads a PKCS#11 module and starts it. It stays loaded until the process ends.

        Worth handling: ``MODULE_NOT_FOUND``, ``MODULE_LOAD``: the driver is not installed.
        """
        with translated():
            return cls(ffi.Token.open_module(fspath(path), ffi.InitPolicy[init_policy.name]))

    @classmethod
    def open_pkcs12(cls, octets: bytes, password: Pin) -> Token:
        """Opens a PKCS#12 file, as OpenSSL 3, Java and Windows write it today.

        The password is empty afterwards; it is asked for again, as PIN, at each signature.
        Worth handling: ``PIN_INCORRECT``, the password is wrong or the file is damaged.
        """
        with translated():
            return cls(ffi.Token.open_pkcs12(octets, password._inner))

    @classmethod
    def open_pem(cls, octets: bytes, pin: Pin | None = None) -> Token:
        """Opens PEM text with one private key, not encrypted, and its certificate.

        The PIN, if there is one, is what signing will ask for; it is empty afterwards.
        """
        with translated():
            return cls(ffi.Token.open_pem(octets, pins.native(pin)))

    def identities(self, timeout_ms: int = 10_000) -> list[Identity]:
        """Every certificate that the token holds, also those that cannot sign. It blocks and never asks for a PIN.

        Worth handling: ``NO_READER``, ``NO_TOKEN``: ask for reader or card and call again.
        """
        with translated():
            return [identity_of(identity) for identity in self._inner.identities(timeout_ms)]

    def sign(
        self,
        step: SignStep,
        pin: Pin | None = None,
        *,
        cancel: CancelToken | None = None,
        use_pad: bool = False,
        pad_trust: PadTrust = PadTrust.AS_TOKEN,
        allow_final_try: bool = False,
        allow_host_login: bool = False,
    ) -> Answer:
        """Signs all items with one PIN entry. It blocks until the window is over at the latest.

        The PIN is empty afterwards, whatever comes of it. A card that was pulled and time that is over are answers.
        What another PIN entry mends (:data:`PIN_AGAIN`) is raised: the same step comes again, so ask again.

        :param use_pad: the PIN is typed on the PIN pad of the reader; none is given here.
        :param pad_trust: whether to believe the token about its PIN pad.
        :param allow_final_try: lets the last PIN try be used too. The person must know that it is the last.
        :param allow_host_login: signs even if the program is logged in at the token already.
        """
        options = ffi.SignOptions(
            use_pad=use_pad,
            pad_policy=ffi.PadTrust[pad_trust.name],
            allow_final_try=allow_final_try,
            allow_host_login=allow_host_login,
        )
        with translated():
            answer = self._inner.sign(step._inner, pins.native(pin), options, cancellation.native(cancel))
        return Answer(answer)

    def sign_asking(
        self,
        step: SignStep,
        ask: Callable[[KamusmError | None], Pin | None],
        *,
        cancel: CancelToken | None = None,
    ) -> Answer:
        """Signs with a typed PIN, and asks again as long as another entry mends it.

        :param ask: gets what went wrong the last time, none at first; answers a PIN, or none to cancel.
        """
        wrong = step.failure
        while True:
            pin = ask(wrong)
            if pin is None:
                return step.cancelled()
            with pin:
                try:
                    return self.sign(step, pin, cancel=cancel, allow_final_try=_is_final(wrong))
                except KamusmError as error:
                    if error.code not in PIN_AGAIN:
                        raise
                    wrong = error


def _is_final(wrong: KamusmError | None) -> bool:
    """The person was told that one try is left, and typed again."""
    return wrong is not None and wrong.code is Code.PIN_FINAL_TRY
