"""The ledger as a context manager."""

from __future__ import annotations

import types
import typing

from . import _generated

_Self = typing.TypeVar("_Self", bound="Ledger")


class Ledger(_generated.Ledger):
    """A salon's ledger 台帳. Close it, or use it in a `with` statement, to let go of its store."""

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
