"""What the generated classes lack to be good Python."""

import dataclasses
import types
import typing


def finish(generated: types.ModuleType, name: str) -> None:
    """Gives every public class its public module, and every record a quiet `str` and an `==` that takes any other value."""
    for public in generated.__all__:
        found = getattr(generated, public)
        if isinstance(found, types.FunctionType):
            found.__module__ = name
        elif isinstance(found, type):
            _finish(found, name)
            for variant in list(vars(found).values()):
                if isinstance(variant, type) and variant.__module__ == generated.__name__:
                    variant.__qualname__ = "{}.{}".format(found.__name__, variant.__name__.rpartition(".")[2])
                    _finish(variant, name)


def _finish(cls: type, name: str) -> None:
    cls.__module__ = name
    if issubclass(cls, Exception):
        cls.__str__ = _message
        return
    # The generated `str` shows every field; a `repr` that comes from Rust shows nothing personal (A4).
    printed = _inherited(cls, "__repr__")
    if printed is not None and _inherited(cls, "__str__") is not None:
        cls.__str__ = printed
    if "__eq__" in vars(cls):
        cls.__eq__ = _same_kind(cls.__eq__)
    if dataclasses.is_dataclass(cls):
        code = cls.__init__.__code__
        cls.__setattr__ = _fields_alone(cls, code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount])


def _inherited(cls: type, method: str) -> typing.Optional[typing.Callable]:
    found = getattr(cls, method)
    return None if found is getattr(object, method) else found


def _same_kind(equal: typing.Callable[[object, object], bool]) -> typing.Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:
        return equal(self, other) if isinstance(other, type(self)) else NotImplemented

    return __eq__


def _fields_alone(cls: type, fields: typing.Tuple[str, ...]) -> typing.Callable[[object, str, object], None]:
    """A record takes its own fields and no others: `settings.unmergeDays = 30` would say nothing and set nothing. What a host derives from it takes its own."""
    known = {field.replace("_", "").lower(): field for field in fields}

    def __setattr__(self: object, name: str, value: object) -> None:
        if name not in fields and type(self) is cls:
            meant = known.get(name.replace("_", "").lower())
            hint = "; it has {!r}".format(meant) if meant else ""
            raise AttributeError("{} has no field {!r}{}".format(type(self).__name__, name, hint))
        object.__setattr__(self, name, value)

    return __setattr__


def _message(self: Exception) -> str:
    # `code: detail` where there are both, as Rust says it; else what the generated class says.
    code, detail = getattr(self, "code", None), getattr(self, "detail", None)
    return "{}: {}".format(code, detail) if code and detail else Exception.__str__(self)
