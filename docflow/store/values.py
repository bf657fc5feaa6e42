"""Days, moments, times, numbers and the values of attributes as JSON says them, exactly; and back.

A moment keeps its instant and its zone: its text has the offset and, in brackets, the name of the zone (RFC 9557). The
offset tells which of two equal wall times is meant where clocks go back.
"""

from __future__ import annotations

from datetime import date, datetime, time, timezone
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from docflow.errors import NaiveDatetimeError
from docflow.letters.letter import kind_of
from docflow.safe import brief
from docflow.store.refusing import A_COPY, unreadable, unwritable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from docflow.letters.letter import Value
    from docflow.store.json_text import Data

__all__ = [
    "day_from",
    "day_text",
    "moment_from",
    "moment_text",
    "time_from",
    "time_text",
    "value_data",
    "value_from",
]

SHORT: Final = 2048
"""So many bits has a whole number that is written in decimal digits: 617 of them, and Python always reads 640. What is
longer is written in hexadecimal digits, which Python reads without a limit."""


def moment_text(at: datetime) -> str:
    """A moment with its offset and the name of its zone; a fixed offset has no name.

    >>> moment_text(datetime(2020, 1, 2, 9, 12, tzinfo=ZoneInfo("Asia/Bangkok")))
    '2020-01-02T09:12:00+07:00[Asia/Bangkok]'
    >>> moment_text(datetime.fromisoformat("2020-01-02T09:12+07:00"))
    '2020-01-02T09:12:00+07:00'

    Raises `NaiveDatetimeError`, and `StoreError` for a zone without a name of the IANA database.
    """
    if type(at) is not datetime:
        at = _plain(at)
    zone = at.tzinfo
    if isinstance(zone, ZoneInfo):
        if zone.key not in _zone_names():
            raise _no_zone(at, zone)
        return f"{at.isoformat()}[{zone.key}]"
    if type(zone) is not timezone:
        if zone is None or at.utcoffset() is None:
            raise NaiveDatetimeError(at)
        if zone.utcoffset(None) is None:  # a fixed offset has one without a moment too
            raise _no_zone(at, zone)
    return at.isoformat()


@lru_cache(maxsize=1024)  # the records of one unit of work tell the same moment again and again
def moment_from(text: str) -> datetime:
    """The moment that a text tells.

    >>> moment_from("2010-11-07T00:00:30-02:30[America/St_Johns]").fold
    0
    >>> moment_from("2010-11-07T00:00:30-03:30[America/St_Johns]").fold
    1

    When the zone had another offset then than the text says, because its country has changed its clocks since, the
    instant stays, and the wall time follows it. Raises `ValueError` for what is no moment, `NaiveDatetimeError`, and
    `StoreError` for a zone that the IANA database does not have.
    """
    if text[-1:] != "]":
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise NaiveDatetimeError(at)
        return at
    iso, _, called = text[:-1].partition("[")
    at = datetime.fromisoformat(iso)
    zone, offset = _zone(called), at.utcoffset()
    if offset is None:
        raise NaiveDatetimeError(at)
    there = datetime.combine(at.date(), at.time(), zone)  # `replace` takes twice as long
    if there.utcoffset() == offset:
        return there
    again = there.replace(fold=1)
    return again if again.utcoffset() == offset else at.astimezone(zone)


def _plain(at: datetime) -> datetime:
    """A datetime of pendulum or pandas as one of the standard library."""
    plain = datetime.combine(datetime.date(at), datetime.timetz(at))
    if plain != at:
        raise unwritable(f"{at} is finer than a microsecond; round it")
    return plain


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1024)
def _zone(called: str) -> ZoneInfo:
    # A name is looked up first: ZoneInfo takes it for a path, and would read "posixrules" or a folder.
    if called not in _zone_names():
        problem = f"no time zone that this machine has is called {brief(called)}"
        raise unreadable(f"{problem}; install the newest tzdata, for it may be new there, or {A_COPY}")
    return ZoneInfo(called)


def _no_zone(at: datetime, zone: tzinfo) -> Exception:
    way = 'write the moment in a zone of the IANA database, such as at.astimezone(ZoneInfo("Asia/Bangkok"))'
    return unwritable(f"the zone of {at} is {brief(zone)}, whose name nobody else knows; {way}")


def day_text(day: date) -> str:
    """A day as 2020-01-31."""
    if isinstance(day, datetime):
        raise TypeError(f"{day} is a moment, and a day is wanted; give its date")
    return day.isoformat()


day_from: Final = date.fromisoformat
time_text: Final = time.isoformat
time_from: Final = time.fromisoformat


def value_data(value: Value) -> Data:
    """A free attribute of a letter: text, whole numbers, True and False are themselves, other kinds are named.

    >>> value_data(3), value_data(date(2020, 1, 31)), value_data(Fraction(1, 3)), value_data(Decimal("1.50"))
    (3, {'date': '2020-01-31'}, {'fraction': '1/3'}, {'decimal': '1.50'})

    Raises `StoreError` for what is no value of an attribute.
    """
    kind = kind_of(value)
    if kind is str or kind is bool:
        return value
    if kind is int:
        return int(value) if int.bit_length(value) <= SHORT else {"int": hex(value)}  # type: ignore[arg-type]  # it is an int
    if kind is None or (kind is Decimal and not Decimal.is_finite(value)):  # type: ignore[arg-type]  # the same
        raise unwritable(f"{brief(value)} is no value of an attribute; give text, a number or a day")
    tag, write, _ = _TAGGED[kind]
    return {tag: write(value)}


def value_from(data: Data) -> Value:
    """The value of an attribute that data tells.

    >>> value_from({"decimal": "1.50"}), value_from(True)
    (Decimal('1.50'), True)

    Raises `StoreError` for a kind that no attribute has, and what each kind raises for what it is not.
    """
    kind = type(data)
    if kind is str or kind is int or kind is bool:
        return data  # type: ignore[no-any-return]  # as was just seen
    if kind is dict and len(data) == 1:
        ((tag, text),) = data.items()
        if tag in _READ and type(text) is str:
            return _READ[tag](text)
    raise unreadable(f"{brief(data)} is no value of an attribute; {A_COPY}")


def _digits(number: int) -> str:
    return str(number) if number.bit_length() <= SHORT else hex(number)


def _number(digits: str) -> int:
    return int(digits, 16 if "x" in digits else 10)


def _fraction_text(value: Fraction) -> str:
    return f"{_digits(value.numerator)}/{_digits(value.denominator)}"


def _fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(_number(above), _number(below))


def _decimal_text(value: Decimal) -> str:
    return Decimal.__str__(value).upper()  # the context in force says whether its E is a small letter


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise unreadable(f"{brief(text)} is no number that an attribute can have; {A_COPY}")
    return value


_TAGGED: Final[dict[type[Value], tuple[str, Callable[..., str], Callable[[str], Value]]]] = {
    int: ("int", hex, _number),
    date: ("date", day_text, day_from),
    datetime: ("datetime", moment_text, moment_from),
    Fraction: ("fraction", _fraction_text, _fraction),
    Decimal: ("decimal", _decimal_text, _decimal),
}
_READ: Final = {tag: read for tag, _, read in _TAGGED.values()}
