"""One scenario: keys with values, in the order in which they came."""

from __future__ import annotations

from pathlib import Path

KEYS = frozenset(
    "name kind base_url code client client_version environment language timeout_ms receipt_key intermediates "
    "other_text_profiles proxy trust_roots log_lines token token_path token_password pin allow_final_try pick signer "
    "certificate partial http decline cancel_at cancel_session_at answer_twice countdown person_token number content "
    "attached signing_time cms anchor crl ocsp at log call id etag list province value view form_digest accepted "
    "read_to_end confirmed sms_code institution csv client_id redirect_uri returned parallel".split()
)


class Scenario:
    def __init__(self, lines: list[str]) -> None:
        self._pairs = [line.partition(" ")[::2] for line in lines]

    def unknown_key(self) -> str | None:
        return next((key for key, _ in self._pairs if key not in KEYS), None)

    def all(self, key: str) -> list[str]:
        return [value for name, value in self._pairs if name == key]

    def get(self, key: str) -> str | None:
        return next(iter(self.all(key)), None)

    def text(self, key: str) -> str:
        return self.get(key) or ""

    def number(self, key: str) -> int | None:
        value = self.get(key)
        return None if value is None else int(value)

    def file(self, key: str) -> bytes:
        return Path(self.text(key)).read_bytes()

    def files(self, key: str) -> list[bytes]:
        return [Path(path).read_bytes() for path in self.all(key)]
