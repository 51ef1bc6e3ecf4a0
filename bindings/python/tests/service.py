"""The reference service as a process of its own, with its door for tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

PIN = b"1234"
PERSON = "10000000146"
FORM = [
    ["Sertifika Süresi", "3 yıl"],
    ["Kart Okuyucu", "İstemiyorum"],
    ["Sertifikanız İnternette Yayınlansın mı?", "Hayır"],
    ["Kurum Adı", "Deneme Kurumu"],
    ["Çalıştığı Birim", "Bilgi İşlem Müdürlüğü"],
    ["Ünvan", "Mühendis"],
    ["İl", "Kocaeli"],
    ["Teslimat Yöntemi", "Kurye ile elden teslim"],
]


@dataclass
class Key:
    """A certificate with its private key, PEM."""

    certificate: str
    private_key: str
    fingerprint: bytes

    @property
    def pem(self) -> bytes:
        return (self.certificate + self.private_key).encode()


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Service:
    """Ends with :meth:`close`."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._orders = count(50_001)
        program = os.environ["KAMUSM_TEST_SANDBOX"]
        self._process = subprocess.Popen(
            [program, "--data", self._folder.name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.facts: dict[str, str] = {}
        for line in self._process.stdout:
            name, _, value = line.strip().partition("=")
            self.facts[name] = value
            if name == "ready":
                break
        assert self.facts["ready"] == "1"
        self.base_url = self.facts["base_url"]
        self.folder = Path(self._folder.name)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def admin(self, method: str, path: str, body: object = None) -> Any:
        """What an operation of the tests' door answers."""
        octets = None if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.facts['admin_token']}", "content-type": "application/json"}
        request = Request(f"{self.base_url}/admin/v1{path}", octets, headers, method=method)
        with urlopen(request) as response:
            answer = response.read()
        return json.loads(answer) if answer else None

    def office(self) -> str:
        """A new institution whose e-imza sorumlusu the person is."""
        name = f"kurum-{next(self._orders)}"
        self.admin("PUT", f"/institutions/{name}", {"name": "Deneme Kurumu", "officers": [PERSON]})
        return name

    def through_edevlet(self, address: str) -> str:
        """The person signs in at the address: where the browser is sent back to."""
        page, _, query = address.partition("?")
        typed = f"{query}&tckn={PERSON}&password=deneme&action=giris".encode()
        try:
            build_opener(NoRedirects).open(Request(page, typed, method="POST"))
        except HTTPError as redirect:
            with redirect:
                return str(redirect.headers["location"])
        raise AssertionError("e-Devlet sends nobody back")

    def order(self, texts: int = 1) -> str:
        """A new application that waits for its signatures."""
        number = f"SD-{next(self._orders)}"
        self.admin("POST", f"/persons/{PERSON}/orders", {"no": number, "texts": texts, "form": FORM})
        return number

    def sms_code(self) -> str:
        """The code of the last SMS."""
        sms = [message["text"] for message in self.admin("GET", "/outbox")["items"] if message["kind"] == "sms"]
        (code,) = re.findall(r"\b\d{6}\b", sms[-1])
        return str(code)

    def code(self, order: str) -> str:
        """A doğrulama kodu."""
        return str(self.admin("POST", f"/orders/{order}/sign-codes")["code"])

    def key(self, kind: str = "p256") -> Key:
        """A new certificate of the person."""
        issued = self.admin("POST", f"/persons/{PERSON}/certificates", {"key": kind})
        return Key(issued["certificate"], issued["private_key"], bytes.fromhex(issued["digest"]))

    def intermediates(self) -> str:
        return Path(self.facts["intermediate"]).read_text()

    def anchors(self) -> bytes:
        return Path(self.facts["trust_anchor"]).read_bytes()
