"""The institution's side: its e-imza sorumlusu tells of the staff who may apply."""

from __future__ import annotations

from dataclasses import dataclass

from . import _ffi as ffi
from ._native import translated
from .error import KamusmError, error_or_none
from .status import Status, status_of


@dataclass(frozen=True, slots=True, repr=False)
class PreApplication:
    """One of the staff who may apply. It holds personal data, so none of it is printed."""

    tckn: str
    """Whether its check digits are right is the service's matter."""
    name: str
    email: str
    reason: str
    """Why a certificate is needed, such as ``first``."""
    gsm: str | None = None
    institution_change: bool = False
    """Whether the person comes from another institution."""
    payer: str | None = None
    """Such as ``institution``."""
    prepaid: bool | None = None
    product: str | None = None

    def __repr__(self) -> str:
        return f"PreApplication({self.reason})"


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row of a CSV file."""

    line: int
    """The line that it begins at, from 1."""
    result: PreApplication | KamusmError
    """What it says, or why it is refused; the error's fields name the columns, such as ``/email``."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a row of a submission."""

    row: int
    """From 1."""
    result: str | KamusmError
    """The number of the new application, or why the row is refused."""


@dataclass(frozen=True, slots=True)
class StaffApplication:
    """An application of one of the staff; what tells who it is comes masked."""

    no: str
    """Sipariş No."""
    name: str
    tckn: str
    applied_on: str
    """Başvuru Tarihi, ``YYYY-MM-DD``."""
    status: Status
    etag: str | None
    """The tag of this version where it was read alone, for :meth:`Portal.watch_staff_application`."""


def pre_applications_from_csv(octets: bytes) -> list[CsvRow]:
    """The rows of a CSV file (at most 500 rows and 256 KiB), each with its own result; what is no such file is refused."""
    with translated():
        rows = ffi.pre_applications_from_csv(octets)
    return [CsvRow(row.line, _item_of(row.item) or _refused(row.error)) for row in rows]


def native_item(item: PreApplication) -> ffi.PreApplication:
    """The person as the library takes it."""
    return ffi.PreApplication(
        tckn=item.tckn,
        name=item.name,
        email=item.email,
        reason=item.reason,
        gsm=item.gsm,
        institution_change=item.institution_change,
        payer=item.payer,
        prepaid=item.prepaid,
        product=item.product,
    )


def placed_of(placed: ffi.Placed) -> Placed:
    """The row that came from the library."""
    return Placed(placed.row, placed.number or _refused(placed.error))


def staff_application_of(application: ffi.StaffApplication) -> StaffApplication:
    """The application that came from the library."""
    return StaffApplication(
        no=application.no,
        name=application.name,
        tckn=application.tckn,
        applied_on=application.applied_on,
        status=status_of(application.status),
        etag=application.etag,
    )


def _item_of(item: ffi.PreApplication | None) -> PreApplication | None:
    if item is None:
        return None
    return PreApplication(
        tckn=item.tckn,
        name=item.name,
        email=item.email,
        reason=item.reason,
        gsm=item.gsm,
        institution_change=item.institution_change,
        payer=item.payer,
        prepaid=item.prepaid,
        product=item.product,
    )


def _refused(details: ffi.ErrorDetails | None) -> KamusmError:
    error = error_or_none(details)
    assert error is not None, "a row has a result or an error"
    return error
