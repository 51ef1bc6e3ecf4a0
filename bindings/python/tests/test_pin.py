"""The PIN: taken from what can be wiped, and wiped."""

from __future__ import annotations

import pytest

import kamusm


def test_the_callers_octets_are_wiped() -> None:
    octets = bytearray(b"1234")
    with kamusm.Pin(octets) as pin:
        assert octets == bytearray(4)
        assert len(pin) == 4


def test_what_cannot_be_wiped_is_refused() -> None:
    for wrong in (b"1234", "1234"):
        with pytest.raises(TypeError):
            kamusm.Pin(wrong)  # type: ignore[arg-type]


def test_a_keypad_needs_no_text() -> None:
    pin = kamusm.Pin()
    for digit in b"12":
        pin.push(digit)
    assert pin.pop()
    assert len(pin) == 1
    pin.clear()
    assert not pin.pop()
    for wrong in (-1, 256):
        with pytest.raises(kamusm.UsageError) as caught:
            pin.push(wrong)
        assert caught.value.code is kamusm.Code.RANGE


def test_it_is_never_printed() -> None:
    pin = kamusm.Pin(bytearray(b"987654"))
    assert repr(pin) == str(pin) == "Pin"
