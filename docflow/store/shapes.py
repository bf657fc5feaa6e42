"""Shapes: how the fields of a class stand in JSON. Each is read off the class once, and asked for each record.

A field that has its default is left out. What is read is judged twice: its kind of JSON here, its sense by the class's
own constructor.
"""

from __future__ import annotations

from operator import attrgetter
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from attrs import NOTHING, Factory, fields

from docflow.safe import brief
from docflow.store.refusing import A_COPY, unreadable, unwritable
from docflow.store.values import day_from, day_text, moment_from, moment_text, time_from, time_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from docflow.store.json_text import Data

__all__ = [
    "DAY",
    "FLAG",
    "MOMENT",
    "TEXT",
    "TIME",
    "WHOLE",
    "Part",
    "Shape",
    "Tagged",
    "a_choice",
    "as_data",
    "exactly",
    "from_data",
    "nested",
    "or_none",
    "several",
]

Thing: TypeAlias = Any
"""A value of the library, of whatever class."""
WORDS: Final = {
    bool: "true or false",
    dict: "an object",
    int: "a whole number",
    list: "a list",
    str: "a text",
    NoneType: "null",
}


class Part(NamedTuple):
    """How a field stands in JSON: as which of its kinds, and how it is written and read; None when it is itself."""

    kinds: tuple[type, ...]
    write: Callable[[Thing], Data] | None = None
    read: Callable[[Data], Thing] | None = None


NO_PARTS: Final[Mapping[str, Part]] = MappingProxyType({})
TEXT: Final = Part((str,))
FLAG: Final = Part((bool,))
WHOLE: Final = Part((int,))
DAY: Final = Part((str,), day_text, day_from)
MOMENT: Final = Part((str,), moment_text, moment_from)
TIME: Final = Part((str,), time_text, time_from)


def a_choice(kind: type[Enum]) -> Part:
    """One of a list, by its text."""
    return Part((str,), attrgetter("value"), kind)


def or_none(part: Part) -> Part:
    """The same, or nothing."""
    return part._replace(kinds=(*part.kinds, NoneType))


def several(part: Part) -> Part:
    """Several of a kind, in their order."""

    def write(items: tuple[Thing, ...]) -> list[Data]:
        return [as_data("an item", item, part) for item in items]

    def read(items: list[Data]) -> tuple[Thing, ...]:
        return tuple(from_data("an item", item, part) for item in items)

    return Part((list,), write, read)


def nested(shape: Shape) -> Part:
    """A value with fields of its own, of the very class of its shape: what is read is of no other."""

    def write(value: Thing) -> dict[str, Data]:
        return shape.write(exactly(shape.kind, value))

    return Part((dict,), write, shape.read)


def exactly(kind: type[Any], value: Thing) -> Thing:
    """A value as it is. Raises `StoreError` when it is of another class, be it derived of this one."""
    if type(value) is not kind:
        problem = f"{brief(value)} is a {type(value).__name__}, where a {kind.__name__} is wanted"
        raise unwritable(f"{problem}; give a {kind.__name__} itself, for its text would not tell another class")
    return value


def as_data(called: str, item: Thing, part: Part) -> Data:
    """A field as data, by its part. Raises `StoreError` for what JSON cannot hold there."""
    if part.write is not None and item is not None:
        item = part.write(item)
    return item if type(item) in part.kinds else _plain(called, item, part.kinds)


def from_data(called: str, data: Data, part: Part) -> Thing:
    """A field from data, by its part. Raises `StoreError` for data of another kind."""
    if type(data) not in part.kinds:
        raise _wrong(called, data, part.kinds)
    return data if part.read is None or data is None else part.read(data)


def _plain(called: str, item: Thing, kinds: tuple[type, ...]) -> Data:
    """Text and numbers of a narrower class, such as a member of a StrEnum, as plain ones."""
    if str in kinds and isinstance(item, str):
        return str.__str__(item)
    if int in kinds and isinstance(item, int):
        return int(item)
    raise unwritable(f"{called} is {brief(item)}, where {_named(kinds)} is wanted; correct the value before it is kept")


def _wrong(called: str, data: Data, kinds: tuple[type, ...]) -> Exception:
    return unreadable(f"{called} is {brief(data)}, where {_named(kinds)} is wanted; {A_COPY}")


def _named(kinds: tuple[type, ...]) -> str:
    return " or ".join(WORDS[kind] for kind in kinds) or "nothing"


class Shape:
    """How the values of a class stand in JSON, as an object with a key for each field that has not its default.

    >>> from docflow.letters import Right
    >>> shape = Shape(Right)
    >>> shape.write(Right("registrar"))
    {'role': 'registrar'}
    >>> print(shape.read({"role": "registrar", "unit": "North"}))
    registrar of North

    A field that is not among the `parts` is a text. `made` makes the value of its fields, when the class itself does
    not; `said` tells the fields of a value in their order; `defaults` are the record's, where the class has others.
    """

    __slots__ = ("_made", "_reading", "_said", "_writing", "kind")

    def __init__(
        self,
        kind: type[Any],
        parts: Mapping[str, Part] = NO_PARTS,
        *,
        made: Callable[..., Thing] | None = None,
        said: Callable[[Thing], tuple[Thing, ...]] | None = None,
        defaults: Mapping[str, object] | None = None,
    ) -> None:
        own = [one for one in fields(kind) if one.init]
        usual = {one.name: _default(one.default) for one in own} | dict(defaults or {})
        names = [one.name for one in own]
        self.kind, self._made = kind, made or kind
        self._said = said or _getter(names)
        every = {name: parts.get(name, TEXT) for name in names}
        self._reading = {name: (name, part.kinds, part.read) for name, part in every.items()}
        self._writing = [(name, usual[name], part.kinds, part.write) for name, part in every.items()]

    def write(self, value: Thing) -> dict[str, Data]:
        """The fields of a value as data. Raises `StoreError` for a field that JSON cannot hold."""
        data: dict[str, Data] = {}
        for (name, usual, kinds, write), item in zip(self._writing, self._said(value), strict=True):
            if item is usual or (usual is not NOTHING and item == usual):
                continue
            said = item if write is None or item is None else write(item)
            data[name] = said if type(said) in kinds else _plain(name, said, kinds)
        return data

    def read(self, data: dict[str, Data]) -> Thing:
        """The value that data tells.

        Raises `StoreError` for a field that is unknown or of another kind, and what the class raises for the rest.
        """
        values: dict[str, Thing] = {}
        for key, said in data.items():
            part = self._reading.get(key)
            if part is None:
                raise unreadable(f"it has no field {brief(key)}; {A_COPY}")
            name, kinds, read = part
            if type(said) not in kinds:
                raise _wrong(name, said, kinds)
            # Python finds an argument twice as fast by the very name of the class as by one that is equal to it.
            values[name] = said if read is None or said is None else read(said)
        return self._made(**values)


def _default(given: object) -> object:
    """A default as a value; a field that has none differs from whatever is given."""
    return given.factory() if isinstance(given, Factory) and not given.takes_self else given  # type: ignore[arg-type,attr-defined]  # attrs types Factory as a function


def _getter(names: list[str]) -> Callable[[Thing], tuple[Thing, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


class Tagged:
    """Values of several classes, each an object that says by a word which it is.

    >>> from docflow.letters import Actor, Right
    >>> either = Tagged("right or actor", {"right": Shape(Right), "actor": Shape(Actor)})
    >>> either.write(Right("registrar"))
    {'is': 'right', 'role': 'registrar'}

    Only the words of its own table are looked up: nothing is imported or called because data names it.
    """

    __slots__ = ("_shapes", "_what", "_words")

    def __init__(self, what: str, shapes: Mapping[str, Shape]) -> None:
        self._what, self._shapes = what, shapes
        self._words = {shape.kind: word for word, shape in shapes.items()}

    @property
    def kinds(self) -> tuple[type[Any], ...]:
        """The classes."""
        return tuple(self._words)

    def write(self, value: Thing) -> dict[str, Data]:
        """A value as data. Raises `StoreError` for one of another class."""
        word = self._words.get(type(value))
        if word is None:
            raise unwritable(f"{brief(value)} is no {self._what} that can be kept as data; give one of docflow's own")
        return {"is": word} | self._shapes[word].write(value)

    def read(self, data: dict[str, Data]) -> Thing:
        """The value that data tells. Raises `StoreError` for a word that is not in the table."""
        word = data.get("is")
        shape = self._shapes.get(word) if type(word) is str else None
        if shape is None:
            raise unreadable(f"{brief(word)} is no {self._what}; {A_COPY}")
        return shape.read({key: said for key, said in data.items() if key != "is"})
