"""Errors: numbers, classes, sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kamusm
from kamusm import _ffi
from kamusm.error import CLASSES

ROOT = Path(__file__).resolve().parents[3]


def test_code_holds_exactly_the_numbers_of_the_library() -> None:
    numbers = {row.name: row.number for row in _ffi.error_codes()}
    assert numbers == {code.name: code.value for code in kamusm.Code}
    assert len(numbers) > 100


def test_every_category_of_the_library_has_a_class() -> None:
    for row in _ffi.error_codes():
        error = CLASSES[kamusm.Category(row.category)](kamusm.Code(row.number), "for a test")
        assert (error.category, error.retryable) == (row.category, row.retryable)
    assert {category for category in kamusm.Category} == set(CLASSES)


def test_the_text_of_an_error_is_the_sentence_for_the_person() -> None:
    document = (ROOT / "docs/errors.md").read_text()
    rows = dict(re.findall(r"^\| (-\d+) \| .* \| ([^|]+) \|$", document, re.MULTILINE))
    assert len(rows) == len(kamusm.Code)
    for code in kamusm.Code:
        assert kamusm.error_text(code) == rows[str(code.value)]
    with pytest.raises(kamusm.ServiceError) as caught:
        kamusm.VerificationCode("SHYZ")
    error = caught.value
    assert str(error) == "Doğrulama kodu eksik veya hatalı. Sayfadan yeniden kopyalayın."
    assert error.text(kamusm.Language.ENGLISH).startswith("The verification code is incomplete")
    assert repr(error) == "ServiceError(CODE_MALFORMED: fewer than 16 symbols)"
    assert (error.code, error.name, error.retryable) == (kamusm.Code.CODE_MALFORMED, "CODE_MALFORMED", False)


def test_data_of_the_service_reach_the_error(config: kamusm.Config) -> None:
    with kamusm.HttpClient(config) as http, pytest.raises(kamusm.ServiceError) as caught:
        http.call(kamusm.Portal(config, kamusm.PersonToken("nobody")).applications())
    error = caught.value
    assert (error.code, error.problem) == (kamusm.Code.UNAUTHENTICATED, "unauthenticated")
    assert error.http_status == 401
    assert error.request_id


def test_an_error_can_be_pickled_and_copied() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(kamusm.CardError(kamusm.Code.NO_TOKEN, "none")))
    assert (type(error), error.code, error.reason) == (kamusm.CardError, kamusm.Code.NO_TOKEN, "none")
