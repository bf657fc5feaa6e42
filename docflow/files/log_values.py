"""The values of attributes as logs hold them: texts, numbers, yes and no, days and moments; written, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from docflow.instants import instant
from docflow.letters.letter import plain
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docflow.instants import Zone

__all__ = [
    "A_ZONE",
    "KINDS",
    "NO_KINDS",
    "Kind",
    "Plain",
    "check_kinds",
    "common_kind",
    "in_kind",
    "kind_in_files",
    "plain_value",
    "stamp",
    "value_of",
    "written",
]

T = TypeVar("T")
Plain: TypeAlias = "str | bool | int | float | Decimal | Fraction | date"
Kind: TypeAlias = "type[Plain]"
KINDS: Final[tuple[type[Any], ...]] = (bool, int, float, str, datetime, date, Decimal, Fraction)
"""The narrower first: to Python True is a whole number too, and a moment is a day."""
NO_KINDS: Final[Mapping[str, Kind]] = MappingProxyType({})
MOST: Final = 2**63
"""Whole numbers from here on, and below minus this, are text in files: no other program would read them as numbers."""
A_ZONE: Final = (tzinfo, "time zone", 'one, such as ZoneInfo("Europe/Paris"), or clock.tz')
"""What `expect` asks for a zone."""
TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}
WORDS: Final[dict[Kind, str]] = {
    bool: "yes or no, which is true or false",
    int: "whole number",
    float: "number",
    Decimal: "decimal number",
    Fraction: "number or fraction",
    date: "day, which is like 2020-01-06",
    datetime: "moment with an offset, which is like 2020-01-06T09:00+07:00",
}
"""What errors call a value of each kind."""
_DIGITS: Final = "[0-9]{1,400}"
_INT: Final = re.compile(rf"[+-]?{_DIGITS}")
_DECIMAL: Final = re.compile(rf"[+-]?(?:{_DIGITS}(?:\.[0-9]{{0,400}})?|\.{_DIGITS})(?:[eE][+-]?[0-9]{{1,4}})?")
_FRACTION: Final = re.compile(rf"[+-]?{_DIGITS}(?:/{_DIGITS}|\.{_DIGITS})?")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_kinds(given: Mapping[str, Kind]) -> None:
    """See that attributes are declared as kinds that can be read. Raises `TypeError`."""
    expect(given, Mapping, "mapping of kinds", 'some by the name of the attribute, such as {"fee": Decimal}')
    for called, kind in given.items():
        if kind not in KINDS:
            known = ", ".join(one.__name__ for one in KINDS)
            raise TypeError(f"{kind!r} is no kind of the attribute {called!r}; choose {known}")


def plain_value(value: object) -> Plain | None:
    """A value as logs can hold it; None for what they cannot: a tuple, a number without end, a moment without a zone.

    >>> plain_value("counter"), plain_value(("a", "b"))
    ('counter', None)
    """
    if type(value) is str:
        return value
    kind = next((kind for kind in KINDS if isinstance(value, kind)), None)
    if kind is None or (isinstance(value, float | Decimal) and not isfinite(value)):
        return None
    if isinstance(value, datetime) and value.utcoffset() is None:
        return None
    if isinstance(value, str):
        return plain(value)
    return int(value) if kind is int else value  # type: ignore[call-overload,return-value]  # it is of the kind


def common_kind(values: Iterable[Plain]) -> Kind:
    """The kind of a column: that of all its values, or text where they differ or a whole number is too large.

    >>> common_kind([1, 2]).__name__, common_kind([1, "two"]).__name__, common_kind([2**64]).__name__
    ('int', 'str', 'str')
    """
    found = {kind_in_files(value) for value in values}
    return found.pop() if len(found) == 1 else str


def kind_in_files(value: Plain) -> Kind:
    """The kind of a value, as files can declare it."""
    if isinstance(value, int) and not -MOST <= value < MOST:
        return str
    kind = type(value)
    return kind if kind in KINDS else next(kind for kind in KINDS if isinstance(value, kind))


def in_kind(value: Plain, kind: Kind) -> str | bool | int | float:
    """A value as it stands in a file that has numbers and truth values; all else is text there.

    >>> in_kind(7, int), in_kind(date(2020, 1, 6), date)
    (7, '2020-01-06')
    """
    return value if kind in {bool, int, float} and isinstance(value, bool | int | float) else written(value)


def stamp(at: datetime) -> str:
    """A moment in ISO 8601 with its offset; in UTC where the offset is none of whole minutes.

    >>> stamp(datetime.fromisoformat("2020-01-06T09:00+07:00"))
    '2020-01-06T09:00:00+07:00'
    """
    offset = at.utcoffset()
    whole = offset is not None and not offset % timedelta(minutes=1)
    return (at if whole else at.astimezone(UTC)).isoformat()


def written(value: Plain) -> str:
    """A value as text, exactly.

    >>> written(True), written(Fraction(7, 2)), written(date(2020, 1, 6))
    ('true', '7/2', '2020-01-06')
    """
    if isinstance(value, bool):
        return str(value).lower()
    return stamp(value) if isinstance(value, datetime) else str(value)


def value_of(text: str, kind: Kind, zone: Zone | None) -> Plain:
    """The value of a kind that a text holds.

    >>> value_of("7/2", Fraction, None), value_of("true", bool, None)
    (Fraction(7, 2), True)

    Raises `ValueError` with what is wrong with it.
    """
    if kind is str:
        return text
    text = text.strip()
    found: Plain | None = None
    if kind is bool:
        found = TRUTH.get(text.lower())
    elif kind is int and _INT.fullmatch(text):
        found = int(text)
    elif kind is Decimal and _DECIMAL.fullmatch(text):
        found = Decimal(text)
    elif kind is float and _DECIMAL.fullmatch(text):
        found = float(text) if isfinite(float(text)) else None
    elif kind is Fraction and _FRACTION.fullmatch(text):
        found = _fraction(text)
    elif kind is date and _DAY.fullmatch(text):
        found = _or_none(date.fromisoformat, text)
    elif kind is datetime:
        found = _moment(text, zone)
    if found is None:
        raise ValueError(f"is no {WORDS[kind]}; correct it, or declare another kind")
    return found


def _fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def _moment(text: str, zone: Zone | None) -> datetime | None:
    at = _or_none(datetime.fromisoformat, text)
    if at is not None and at.utcoffset() is None:
        at = None if zone is None else at.replace(tzinfo=zone)
    if at is not None:
        instant(at)
    return at


def _or_none(read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text)
    except ValueError:
        return None
