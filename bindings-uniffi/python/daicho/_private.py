"""What must not be printed."""

from __future__ import annotations

import json
import typing


class PrivateJson:
    """JSON text that may hold personal data: show it, do not log it. It prints as `(private)` (A4)."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> typing.Any:
        """The value of the text."""
        return json.loads(self.text)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, PrivateJson) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return "(private)"


PrivateJson.__module__ = "daicho"
