"""Bulk answers: the bytes of a packed answer as arrays. The layout is written down at `Packed` of the Rust library."""

from __future__ import annotations

import array
import datetime
import struct
import typing

from . import _generated

#: What stands in a column of days where there is none.
NO_DAY = -(2**31)

_MAGIC = b"daichop1"
_HEAD = struct.Struct("<8sII")
_ENTRY = struct.Struct("<24sII")
# By the code of their packing: yes and no, counts, days, yen.
_FORMATS = {1: "?", 2: "I", 3: "i", 4: "q"}


def _in_bytes(column: _generated.PackedColumn) -> str:
    # `LAST_VISIT` is `lastVisit` in the bytes, as in JSON.
    first, *rest = column.name.lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


_COLUMNS = {_in_bytes(column): column for column in _generated.PackedColumn}


class Unpacked:
    """Customers in the order of an answer, and at the same places what was asked of them.

    Each array is a `memoryview` of the answer's bytes, to be indexed, iterated or handed to `numpy.asarray` without a copy: of `bool`,
    of counts, of whole yen, or of days since 1970-01-01 with `NO_DAY` where there is none.
    """

    #: The ordinals of their ids: 17 of `c17`, see `customer_id`.
    customers: memoryview
    #: One array for each column that was asked for.
    columns: typing.Dict[_generated.PackedColumn, memoryview]

    def __init__(self, customers: memoryview, columns: typing.Dict[_generated.PackedColumn, memoryview]) -> None:
        self.customers = customers
        self.columns = columns

    def __len__(self) -> int:
        return len(self.customers)

    def __repr__(self) -> str:
        return "Unpacked({} customers)".format(len(self))


def unpack(packed: bytes) -> Unpacked:
    """Reads the bytes of a packed answer. Bytes that are not such are a `ValueError`."""
    wrong = ValueError("these are not the bytes of a packed answer")
    view = memoryview(packed).cast("B")
    try:
        magic, rows, parts = _HEAD.unpack_from(view)
        if magic != _MAGIC or parts * _ENTRY.size > len(view) - _HEAD.size:
            raise wrong
        arrays = {}
        for place in range(parts):
            name, packing, offset = _ENTRY.unpack_from(view, _HEAD.size + place * _ENTRY.size)
            form = _FORMATS[packing]
            end = offset + rows * struct.calcsize("=" + form)
            if end > len(view):
                raise wrong
            arrays[name.rstrip(b"\0").decode("ascii")] = view[offset:end].cast(form) if rows else _nobody(form)
        customers = arrays.pop("customer")
        return Unpacked(customers, {_COLUMNS[name]: array for name, array in arrays.items()})
    except (struct.error, KeyError, UnicodeDecodeError):
        raise wrong from None


def _nobody(form: str) -> memoryview:
    # A view of nothing cannot be cast, and no array is of `bool`.
    return memoryview(array.array("B" if form == "?" else form))


def customer_id(ordinal: int) -> str:
    """The id with an ordinal."""
    return "c{}".format(ordinal)


def day(number: int) -> typing.Optional[datetime.date]:
    """The day of a number, or none."""
    return None if number == NO_DAY else datetime.date(1970, 1, 1) + datetime.timedelta(days=number)


for _public in (Unpacked, unpack, customer_id, day):
    _public.__module__ = "daicho"
