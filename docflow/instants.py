"""Instants: moments as integers of microseconds since 1970 in UTC, and intervals from one to another.

Docflow computes with time only in this form.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import pendulum

from docflow.errors import NaiveDatetimeError, NotAMomentError, OutsideCalendarError, ReversedSpanError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Interval",
    "Zone",
    "clip",
    "complement",
    "day",
    "disjoint",
    "instant",
    "merge",
    "midnights",
    "missing",
    "moment",
    "span",
    "zoned",
]

Zone = tzinfo
"""A time zone, of `zoneinfo` or pendulum: `ZoneInfo("Asia/Bangkok")`."""
Interval = tuple[int, int]
"""From an instant up to another, `(start, stop)` in microseconds: it holds its start and not its stop."""
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
YEAR: Final = 31_556_952_000_000  # on average, to name a year that no datetime can hold


def instant(at: datetime) -> int:
    """The integer of a moment; in whatever zone a moment is written, it gives the same integer.

    >>> from datetime import datetime
    >>> instant(datetime.fromisoformat("1970-01-01T07:00:01+07:00"))
    1000000

    Raises `NaiveDatetimeError` for a moment without a zone, and `NotAMomentError` for what is no datetime.
    """
    try:
        # Subtraction of pendulum's datetimes takes 20 µs; to make a plain datetime of one first takes 0.1 µs.
        plain = at if type(at) is datetime else datetime.combine(datetime.date(at), datetime.timetz(at))
        since = plain - EPOCH
    except (TypeError, ValueError):
        if not isinstance(at, datetime) or missing(at):
            raise NotAMomentError(*_no_moment(at)) from None
        if at.utcoffset() is None:
            raise NaiveDatetimeError(at) from None
        raise
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def zoned(at: datetime) -> datetime:
    """A moment as it is, when it has a zone.

    >>> from datetime import datetime
    >>> print(zoned(datetime.fromisoformat("2020-01-06T08:30+07:00")))
    2020-01-06 08:30:00+07:00

    To check a moment so takes a quarter of the time that `instant` takes. Raises what `instant` raises.
    """
    if type(at) is not datetime or at.utcoffset() is None:
        instant(at)
    return at


def span(start: datetime, stop: datetime) -> tuple[int, int]:
    """The instants of two moments.

    >>> from datetime import UTC, datetime
    >>> span(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), datetime(1970, 1, 1, 0, 0, 3, tzinfo=UTC))
    (1000000, 3000000)

    Raises `ReversedSpanError` when the second is the earlier one, and what `instant` raises.
    """
    since, until = instant(start), instant(stop)
    if until < since:
        raise ReversedSpanError(start, stop)
    return since, until


def missing(value: object) -> bool:
    """Whether a value means that there is none: None, NaN, NaT of numpy or pandas, NA of pandas.

    >>> missing(None), missing(float("nan")), missing(0), missing("")
    (True, True, False, False)
    """
    if value is None or type(value).__name__ in {"NaTType", "NAType"}:
        return True
    differs = value != value  # noqa: PLR0124 - only NaN and numpy's NaT differ from themselves
    return differs if isinstance(differs, bool) else type(differs).__name__ in {"bool", "bool_"} and bool(differs)


def day(given: date) -> date:
    """A day as it is, or the date of a moment in its own zone.

    >>> from datetime import date, datetime
    >>> day(date(2020, 1, 6)), day(datetime.fromisoformat("2020-01-06T23:30+07:00"))
    (datetime.date(2020, 1, 6), datetime.date(2020, 1, 6))

    Raises `NotAMomentError` for anything else, such as None, NaT and text.
    """
    if not isinstance(given, date):
        raise NotAMomentError(given, "is no day; give a date, such as date(2020, 1, 6)")
    if missing(given):
        raise NotAMomentError(given, "is no day; leave out what has none")
    return given.date() if isinstance(given, datetime) else given


def _no_moment(given: object) -> tuple[object, str]:
    """What was given instead of a moment, and what to do."""
    way = "give an aware datetime"
    if hasattr(given, "__len__") and not isinstance(given, str | bytes):
        return type(given).__name__, "is no moment; ask elapsed_array or due_array about a column of them"
    if missing(given):
        return given, f"is no moment; {way}, or leave out what has none (in a column, elapsed_array leaves it missing)"
    if isinstance(given, str):
        return given, f'is no moment; {way}, such as datetime.fromisoformat("2020-01-06T08:30+07:00")'
    if isinstance(given, date):
        return given, f"is no moment; {way}, such as datetime(2020, 1, 6, 8, 30, tzinfo=ZoneInfo('Asia/Bangkok'))"
    if type(given).__name__ == "datetime64":
        return given, f"is no moment; {way}; as numpy means UTC: at.astype('M8[us]').item().replace(tzinfo=UTC)"
    return given, f"is no moment; {way}"


def moment(instant: int, zone: Zone) -> pendulum.DateTime:
    """The moment of an integer, in a zone.

    >>> from zoneinfo import ZoneInfo
    >>> print(moment(0, ZoneInfo("Asia/Bangkok")))
    1970-01-01 07:00:00+07:00

    Raises `OutsideCalendarError` for a year that no datetime can hold.
    """
    at = local(instant, zone)
    return pendulum.DateTime(
        at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, zone, fold=at.fold
    )


def local(instant: int, zone: Zone) -> datetime:
    """The same as a datetime of the standard library."""
    seconds, rest = divmod(instant, 1_000_000)
    try:
        # As `astimezone` does, in two thirds of the time.
        return zone.fromutc(datetime(1970, 1, 1, 0, 0, 0, 0, zone) + timedelta(0, seconds, rest))
    except OverflowError:
        raise OutsideCalendarError("time as Python keeps it", EPOCH.year + instant // YEAR, 1, 9999) from None


def from_wall(year: int, month: int, day: int, since_midnight: int, zone: Zone) -> int:
    """The instant at which the clocks of a zone first show a local time.

    Where clocks go back, a time comes twice: the first one is meant. Where clocks jump over a time, the moment of the
    jump is meant, so that local times in order give instants in order.
    """
    wall = datetime(year, month, day, tzinfo=zone) + timedelta(microseconds=since_midnight)
    offset = wall.utcoffset()
    later = _second(wall, zone).utcoffset()
    if offset is None or later is None:
        message = f"the zone {zone} gives no offset for {wall}"
        raise ValueError(message)
    if later > offset:  # only in a gap is the offset before the jump the smaller one
        return _jump(instant(wall.replace(tzinfo=UTC) - later), instant(wall.replace(tzinfo=UTC) - offset), zone)
    return instant(wall)


def _second(wall: datetime, zone: Zone) -> datetime:
    """The second time that clocks show it; `replace(fold=1)` takes three times as long."""
    return datetime(
        wall.year, wall.month, wall.day, wall.hour, wall.minute, wall.second, wall.microsecond, zone, fold=1
    )


def midnights(day: date, zone: Zone) -> list[int]:
    """The instants at which a date begins; where clocks go back over midnight, also when they leave it, and come back.

    >>> from datetime import UTC, date
    >>> from zoneinfo import ZoneInfo
    >>> from docflow.instants import moment
    >>> [str(moment(at, UTC)) for at in midnights(date(2010, 11, 7), ZoneInfo("America/St_Johns"))]
    ['2010-11-07 02:30:00+00:00', '2010-11-07 02:31:00+00:00', '2010-11-07 03:30:00+00:00']
    """
    begins = from_wall(day.year, day.month, day.day, 0, zone)
    again = instant(datetime(day.year, day.month, day.day, tzinfo=zone, fold=1))
    return [begins, _jump(begins, again, zone), again] if begins < again else [begins]


def _jump(before: int, after: int, zone: Zone) -> int:
    # The offset changes once between these two instants, at a whole second: binary search finds it.
    low, high = before // 1_000_000, after // 1_000_000 + 1
    was = local(low * 1_000_000, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if local(middle * 1_000_000, zone).utcoffset() == was:
            low = middle
        else:
            high = middle
    return high * 1_000_000


def disjoint(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in order, in intervals that do not overlap; those that touch stay apart.

    >>> disjoint([(13, 17), (8, 12), (11, 14)])
    [(8, 12), (12, 14), (14, 17)]
    """
    found: list[Interval] = []
    taken = None
    for start, stop in sorted(intervals):
        free = start if taken is None or taken < start else taken
        if free < stop:
            found.append((free, stop))
            taken = stop
    return found


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in order, in as few intervals as possible.

    >>> merge([(13, 17), (8, 12), (12, 12), (12, 13), (20, 21)])
    [(8, 17), (20, 21)]
    """
    found: list[Interval] = []
    for start, stop in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], stop)
        elif start < stop:
            found.append((start, stop))
    return found


def clip(intervals: Iterable[Interval], start: int, stop: int) -> list[Interval]:
    """The parts of intervals that lie between a start and a stop.

    >>> clip([(8, 12), (13, 17)], 10, 13)
    [(10, 12)]
    """
    if start >= stop:
        return []
    return [(max(since, start), min(until, stop)) for since, until in intervals if since < stop and start < until]


def complement(intervals: Iterable[Interval], start: int, stop: int) -> list[Interval]:
    """What lies between a start and a stop and in none of the intervals, which are in order and do not overlap.

    >>> complement([(12, 13)], 8, 17)
    [(8, 12), (13, 17)]
    """
    edges = [start, *(edge for interval in clip(intervals, start, stop) for edge in interval), stop]
    return [(since, until) for since, until in zip(edges[::2], edges[1::2], strict=True) if since < until]
