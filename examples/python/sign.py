"""Signs one application: sign.py BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]

The doğrulama kodu and the PIN are lines of standard input, or of the given descriptors; never arguments.
"""

from __future__ import annotations

import argparse
import os
import sys

import kamusm


def read_line(descriptor: int) -> bytearray:
    """Octet by octet: the lines behind this one are for somebody else."""
    line = bytearray()
    while (octet := os.read(descriptor, 1)) not in (b"", b"\n"):
        line += octet
    return line


class AtTheTerminal:
    """Shows on standard output, takes the first certificate that can sign, reads the PIN from the descriptor."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.pin_fd: int = arguments.pin_fd
        self.first: bytearray | None = None
        if arguments.module is not None:
            self.token = kamusm.Token.open_module(arguments.module)
            return
        with open(arguments.pkcs12, "rb") as file:
            password = read_line(self.pin_fd)  # the file's password, which signing asks for again
            self.first = password[:]
            self.token = kamusm.Token.open_pkcs12(file.read(), kamusm.Pin(password))

    def show(self, step: kamusm.ShowStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        print(f"{step.facts.service}, başvuru {step.facts.application}")
        for text in step.texts:
            print(f"\n{text.title}\n{text.octets.decode()}")
        print(f"kontrol sayısı: {step.facts.match_code}")
        return step.accept()

    def choose(self, step: kamusm.ChooseStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        candidates = step.candidates(self.token.identities())
        return step.identity(candidates[0]) if candidates else step.cancelled()

    def sign(self, step: kamusm.SignStep, cancel: kamusm.CancelToken) -> kamusm.Answer:
        return self.token.sign_asking(step, self.ask, cancel=cancel)

    def ask(self, wrong: kamusm.KamusmError | None) -> kamusm.Pin | None:
        if wrong is not None:
            print(wrong, file=sys.stderr)
        typed, self.first = self.first or read_line(self.pin_fd), None
        return kamusm.Pin(typed) if typed else None


def main() -> int:
    parser = argparse.ArgumentParser(description="Signs one application.")
    parser.add_argument("base_url")
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--pkcs12", metavar="FILE")
    kind.add_argument("--module", metavar="PATH")
    parser.add_argument("--code-fd", type=int, default=0)
    parser.add_argument("--pin-fd", type=int, default=0)
    arguments = parser.parse_args()
    try:
        code = kamusm.VerificationCode(read_line(arguments.code_fd).decode())
        config = kamusm.Config(arguments.base_url, code.environment)
        person = AtTheTerminal(arguments)
        with person.token, kamusm.Session(code, config) as session:
            outcome = kamusm.sign(session, person)
    except kamusm.KamusmError as error:
        print(error, file=sys.stderr)
        return 1
    if outcome.error is not None:
        print(outcome.error, file=sys.stderr)
    else:
        print(f"imza teslim edildi; başvuru sayfasına dönün: {outcome.return_to}")
    return 0 if outcome.kind in (kamusm.OutcomeKind.ACCEPTED, kamusm.OutcomeKind.RECEIVED) else 1


if __name__ == "__main__":
    sys.exit(main())
