"""Typed cells as texts: what a person would write for a number, a day or a moment, exactly."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isnan
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["text_of"]

_MINUTE: Final = timedelta(minutes=1)


def text_of(value: object) -> str:
    """A value as a text: 7.0 is "7", a day is 2026-01-05, a moment 2026-01-05 09:40 with its offset where it has one.

    >>> text_of(7.0), text_of(0.1), text_of(1e-7), text_of(None), text_of(Decimal("1.50"))
    ('7', '0.1', '0.0000001', '', '1.50')
    >>> text_of(datetime(2026, 1, 5, 9, 40)), text_of(date(2026, 1, 5)), text_of(time(8, 30)), text_of(True)
    ('2026-01-05 09:40', '2026-01-05', '08:30', 'true')
    >>> text_of(timedelta(hours=26, minutes=30))
    '26:30'

    Seconds are written where there are any. What is no number (NaN) is nothing, for tables fill gaps with it. Raises
    `TypeError` for what is no value of a cell.
    """
    if type(value) is str:
        return value
    for kind, write in _WAYS:
        if isinstance(value, kind):
            return write(value)
    raise TypeError(f"a {type(value).__name__} is no value of a cell; give text, a number, a day or a moment")


def _of_clock(value: datetime | time) -> str:
    finer = value.second or value.microsecond or getattr(value, "nanosecond", 0)  # of pandas
    parts = "auto" if finer else "minutes"
    return value.isoformat(" ", parts) if isinstance(value, datetime) else value.isoformat(parts)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    if isnan(value):
        return ""
    shortest = repr(value)  # which reads back as the same number
    return f"{Decimal(shortest):f}" if "e" in shortest else shortest


def _span(value: timedelta) -> str:
    minutes, rest = divmod(abs(value), _MINUTE)
    sign = "-" if value < timedelta() else ""
    seconds = f":{_number(rest.total_seconds()).zfill(2)}" if rest else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}{seconds}"


_WAYS: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (  # the narrower kind first
    (NoneType, lambda _: ""),
    (str, str.__str__),
    (bool, lambda value: str(value).lower()),
    (int, str),
    (float, _number),
    (Decimal, "{:f}".format),
    (datetime, _of_clock),
    (time, _of_clock),
    (date, date.isoformat),
    (timedelta, _span),
)
