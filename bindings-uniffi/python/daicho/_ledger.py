"""The ledger as a context manager."""

from __future__ import annotations

import os
import types
import typing

from . import _generated

_Path = typing.Union[str, "os.PathLike[str]"]
_Self = typing.TypeVar("_Self", bound="Ledger")


class Ledger(_generated.Ledger):
    """A salon's ledger 台帳. Close it, or use it in a `with` statement, to let go of its store."""

    @classmethod
    def open(cls: typing.Type[_Self], path: _Path, salon: _generated.SalonId) -> _Self:
        """A ledger in an SQLite file, which is made where there is none. Several threads and processes may open the same file."""
        return super().open(os.fspath(path), salon)

    def import_file(
        self,
        path: _Path,
        _import: _generated.ImportId,
        context: _generated.CommandContext,
        listener: typing.Optional[_generated.ImportListener] = None,
    ) -> _generated.ImportReport:
        """Imports an .xlsx workbook or a CSV file 一括登録 (I1–I5), 500 rows to a commit; on a `rehearsal` the same call is the preview.

        Run it again with the same file under the same id after a crash, and it neither doubles nor loses a row. Of the context, actor,
        channel and `now` count.
        """
        return super().import_file(os.fspath(path), _import, context, listener)

    def rehearsal(self) -> Ledger:
        """A ledger whose commits stay in memory: what it answers is what this one would answer (I5)."""
        return _own(super().rehearsal())

    def with_block_key(self, key: bytes) -> Ledger:
        """This ledger with the key under which blocks of the black list outlive their records (G5): at least 32 random bytes, kept apart from the store."""
        return _own(super().with_block_key(key))

    def close(self) -> None:
        """Lets go of the store. Closing twice is allowed; any other use afterwards is a `ValueError`."""
        self.__del__()
        self._handle = None  # type: ignore[assignment]

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(
        self,
        kind: typing.Optional[typing.Type[BaseException]],
        error: typing.Optional[BaseException],
        trace: typing.Optional[types.TracebackType],
    ) -> None:
        self.close()

    def _uniffi_clone_handle(self):
        if self._handle is None:
            raise ValueError("the ledger is closed")
        return super()._uniffi_clone_handle()


def _own(made: _generated.Ledger) -> Ledger:
    return Ledger._uniffi_make_instance(made._uniffi_clone_handle())


Ledger.__module__ = "daicho"
