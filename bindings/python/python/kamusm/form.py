"""Başvuru Bilgileri: the form with its fields, values and rules, and the lists that its fields choose from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import _ffi as ffi
from ._native import translated
from .error import FieldError, fields_of


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form."""

    name: str
    """Its name among the values."""
    label: str
    required: bool
    kind: str
    """How it is filled, such as ``choice``."""
    options_list: str | None
    """The list that a choice is made from, for :meth:`Portal.choices`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form."""

    id: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of a list."""

    code: str
    """What the form's value is."""
    title: str


class Form:
    """A form as the service has it. Its values hold personal data and are never printed."""

    def __init__(self, inner: ffi.Form) -> None:
        self._inner = inner
        with translated():
            content = inner.content()
        self.schema: dict[str, Any] = json.loads(content.schema)
        """The rules, a JSON Schema (2020-12)."""
        self.sections: tuple[Section, ...] = tuple(_section_of(section) for section in content.sections)
        """What the page shows, in its order."""
        self.values: dict[str, str] = content.values
        """The values by the names of their fields."""
        self.locked: tuple[str, ...] = tuple(content.locked)
        """The fields that only the service changes."""
        self.etag: str = content.etag
        """The tag of this version, for :meth:`Portal.save_form`."""

    def check(self, values: Mapping[str, str]) -> tuple[FieldError, ...]:
        """What the form's rules say against these values; nothing is sent."""
        with translated():
            return fields_of(self._inner.check(dict(values)))


def _section_of(section: ffi.Section) -> Section:
    fields = (
        Field(field.name, field.label, field.required, field.kind, field.options_list) for field in section.fields
    )
    return Section(section.id, section.title, tuple(fields))
