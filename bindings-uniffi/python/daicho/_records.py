"""What the generated classes lack to be good Python."""

import types
import typing


def finish(generated: types.ModuleType, name: str) -> None:
    """Gives every public class its public module, and every record a quiet `str` and an `==` that takes any other value."""
    for public in generated.__all__:
        cls = getattr(generated, public)
        cls.__module__ = name
        if "__eq__" in vars(cls):
            cls.__eq__ = _same_kind(cls.__eq__)
        # The generated `str` shows every field; a `repr` that comes from Rust shows nothing personal (A4).
        if "__repr__" in vars(cls) and "__str__" in vars(cls):
            cls.__str__ = cls.__repr__
        if issubclass(cls, Exception):
            for variant in vars(cls).values():
                if isinstance(variant, type):
                    variant.__module__ = name
                    variant.__qualname__ = "{}.{}".format(cls.__name__, variant.__name__)
                    variant.__str__ = _message


def _same_kind(equal: typing.Callable[[object, object], bool]) -> typing.Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:
        return equal(self, other) if isinstance(other, type(self)) else NotImplemented

    return __eq__


def _message(self: Exception) -> str:
    # `code: detail` where there are both, as Rust says it; else what the generated class says.
    code, detail = getattr(self, "code", None), getattr(self, "detail", None)
    return "{}: {}".format(code, detail) if code and detail else Exception.__str__(self)
