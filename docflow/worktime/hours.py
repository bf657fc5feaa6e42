"""When the office is open on a working day: OfficeHours, and WeeklyHours when weekdays differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING, Final, Self

from attrs import evolve, field, frozen

from docflow.errors import ClosingBeforeOpeningError, HoursError, OverlappingBreaksError
from docflow.instants import complement, from_wall, merge
from docflow.worktime.amount import DAY, HOUR, MINUTE, SECOND, WorkTime

if TYPE_CHECKING:
    from datetime import date

    from docflow.instants import Interval, Zone

__all__ = ["ROUND_THE_CLOCK", "WEEKDAYS", "OfficeHours", "WeeklyHours", "since_midnight"]

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT: Final = time(0)


def _pairs(breaks: Iterable[Iterable[time]]) -> tuple[tuple[time, ...], ...]:
    pauses = breaks if isinstance(breaks, Iterable) else (breaks,)
    return tuple(tuple(pause) if isinstance(pause, Iterable) else (pause,) for pause in pauses)


@frozen(kw_only=True)
class OfficeHours:
    """When the office is open on a working day, in local time; at `closes` it is closed.

    >>> from datetime import time
    >>> hours = OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((time(12), time(13)),))
    >>> print(hours, hours.day_length, sep=" = ")
    08:30–12:00, 13:00–16:30 = 7 h
    >>> print(OfficeHours(opens=time(22), closes=time(6), overnight=True))
    22:00–06:00 (+1)

    Closing at midnight means the end of the day, so `OfficeHours(opens=time(0), closes=time(0))` never closes. A shift
    over midnight needs `overnight=True`. It belongs to the day on which it opens and lasts at most 24 hours; times
    before `opens` are on the next day.

    Raises `ClosingBeforeOpeningError` when the office would close before it opens, `OverlappingBreaksError`, and
    `HoursError` when a break is empty or outside the hours, and when a time has a zone (the clock has the zone).
    The plan's hours are Mon–Fri 08:30–16:30 with no lunch mentioned (plan of B.E. 2563, line 486). Which days are
    worked is a matter of the calendar.
    """

    opens: time
    """When it opens."""
    closes: time
    """When it closes; midnight is the end of the day."""
    breaks: tuple[tuple[time, time], ...] = field(default=(), converter=_pairs)
    """From when to when it is closed in between."""
    overnight: bool = False
    """Whether it closes on the next day."""

    spans: tuple[Interval, ...] = field(init=False, eq=False, repr=False)
    """The open spans of a working day, in microseconds since its midnight."""

    @classmethod
    def ranges(cls, *ranges: tuple[time, time]) -> Self:
        """Hours of several ranges a day, in order of time; between them is a break.

        >>> from datetime import time
        >>> print(OfficeHours.ranges((time(8), time(12)), (time(13), time(17)), (time(20), time(2))))
        08:00–12:00, 13:00–17:00, 20:00–02:00 (+1)

        A range that closes before it opens runs over midnight, and so do those after it. Raises `HoursError` for
        ranges that overlap or are out of order, and for what is no range.
        """
        pairs, turns = _pairs(ranges), list[int]()
        shown = ", ".join("–".join(map(str, pair)) for pair in pairs)
        for pair in pairs:
            if not (len(pair) == 2 and all(isinstance(edge, time) for edge in pair)):  # noqa: PLR2004 - a pair
                raise HoursError(shown, "a range is a pair of times, such as (time(8), time(12))")
            start, stop = map(since_midnight, pair)
            tomorrow = DAY * bool(turns and turns[-1] >= DAY)
            start, stop = start + tomorrow, stop + tomorrow + DAY * (stop <= start)
            if turns and (start < turns[-1] or stop > turns[0] + DAY):
                raise HoursError(shown, "the ranges overlap or are out of order; give them in order of time")
            turns += (start, stop)
        if not turns:
            raise HoursError("without ranges", "give at least one, such as (time(8), time(12))")
        breaks = [pause for pause in zip(turns[1:-1:2], turns[2:-1:2], strict=True) if pause[0] < pause[1]]
        return cls(opens=pairs[0][0], closes=pairs[-1][1], breaks=_as_times(breaks), overnight=turns[-1] > DAY)

    @property
    def day_length(self) -> WorkTime:
        """How much working time one whole working day holds, breaks left out."""
        return WorkTime.of(sum(stop - start for start, stop in self.spans))

    def without(self, taken: Iterable[Interval]) -> OfficeHours | None:
        """The hours that are left without some spans, in microseconds since midnight; None when nothing is left.

        >>> from datetime import time
        >>> hours, hour = OfficeHours(opens=time(8), closes=time(16)), 3_600_000_000
        >>> print(hours.without([(7 * hour, 9 * hour), (12 * hour, 13 * hour)]))
        09:00–12:00, 13:00–16:00
        """
        taken = merge(taken)
        left = [part for span in self.spans for part in complement(taken, *span)]
        breaks = complement(left, since_midnight(self.opens), self._until(self.closes))
        return evolve(self, breaks=_as_times(breaks)) if left else None

    def on(self, day: date) -> OfficeHours:  # noqa: ARG002 - every day is like the others
        """The hours of a day: these."""
        return self

    def spans_on(self, day: date, zone: Zone) -> list[Interval]:
        """From which instant to which they are on a day; clocks may jump over a span, or over the whole day."""
        walls = (
            tuple(from_wall(day.year, day.month, day.day, edge, zone) for edge in (opens, closes))
            for opens, closes in self.spans
        )
        return [(opens, closes) for opens, closes in walls if opens < closes]

    def __str__(self) -> str:
        return ", ".join(f"{_shown(start)}–{_shown(stop)}" for start, stop in self.spans)

    def _checked_name(self) -> str:
        """What the hours are called in errors; refuses what is not made of times."""
        name = f"{self.opens}–{self.closes}"
        if not all(len(pause) == 2 for pause in self.breaks):  # noqa: PLR2004 - a pair
            raise HoursError(name, "a break is a pair of times, such as (time(12), time(13))")
        edges = (self.opens, self.closes, *(edge for pause in self.breaks for edge in pause))
        if not all(isinstance(edge, time) for edge in edges):
            raise HoursError(name, "its times are written time(8, 30)")
        if type(self.overnight) is not bool:
            raise HoursError(name, f"overnight is {self.overnight!r}; say overnight=True or leave it out")
        if any(edge.tzinfo for edge in edges):
            raise HoursError(name, "a time on the door has no zone; take the tzinfo off, the clock has its own")
        return name

    @spans.default
    def _checked_spans(self) -> tuple[Interval, ...]:
        name = self._checked_name()
        opens, closes = since_midnight(self.opens), self._until(self.closes)
        if closes <= opens:
            raise ClosingBeforeOpeningError(self.opens, self.closes)
        if self.overnight and self.opens < self.closes:
            raise HoursError(name, "it closes on the day on which it opens; leave overnight=True out")
        breaks: list[Interval] = []
        last = None
        for pause in sorted(self.breaks, key=lambda pause: self._since(pause[0])):
            start, stop = self._since(pause[0]), self._until(pause[1])
            if stop <= start:
                raise HoursError(name, "a break ends before it begins; swap its two times")
            if last and start < breaks[-1][1]:
                raise OverlappingBreaksError(name, last, pause)
            if start < opens or stop > closes:
                raise HoursError(name, "a break leaves the hours; open later or close earlier instead")
            breaks.append((start, stop))
            last = pause
        spans = tuple(complement(breaks, opens, closes))
        if not spans:
            raise HoursError(name, "breaks take up the whole day; leave some time to work in")
        return spans

    def _since(self, at: time) -> int:
        """When something begins, since midnight; in a night shift, a time before opening is on the next day."""
        return since_midnight(at) + DAY * (self.overnight and at < self.opens)

    def _until(self, at: time) -> int:
        """When something ends; the same, and midnight is the end of a day."""
        return since_midnight(at) + DAY * ((self.overnight and at <= self.opens) or at == MIDNIGHT)


@frozen
class WeeklyHours:
    """Hours that differ by weekday: the usual ones, and those of the days that have their own.

    >>> from datetime import time
    >>> from docflow import OfficeHours
    >>> usual = OfficeHours(opens=time(8, 30), closes=time(16, 30))
    >>> print(WeeklyHours(usual, friday=OfficeHours(opens=time(8, 30), closes=time(12))))
    08:30–16:30; Friday 08:30–12:00

    The calendar decides which days are worked. Leave out the weekdays on which the calendar never works: a clock
    refuses hours for them, when the calendar can tell. Where the shift of one day runs into the next, time counts once.
    A day of `OfficeTime(days=...)` has the usual hours. Raises `HoursError` for what are no `OfficeHours`.
    """

    usual: OfficeHours
    """The hours of the weekdays that have none of their own."""
    monday: OfficeHours | None = field(default=None, kw_only=True)
    tuesday: OfficeHours | None = field(default=None, kw_only=True)
    wednesday: OfficeHours | None = field(default=None, kw_only=True)
    thursday: OfficeHours | None = field(default=None, kw_only=True)
    friday: OfficeHours | None = field(default=None, kw_only=True)
    saturday: OfficeHours | None = field(default=None, kw_only=True)
    sunday: OfficeHours | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for hours in (self.usual, *(own for own in self._own() if own is not None)):
            if not isinstance(hours, OfficeHours):
                raise HoursError(repr(hours), "hours of a day are written OfficeHours(opens=..., closes=...)")

    @property
    def overnight(self) -> bool:
        """Whether a shift of any day may run over midnight."""
        return any(hours.overnight for hours in (self.usual, *filter(None, self._own())))

    @property
    def own(self) -> dict[int, OfficeHours]:
        """The weekdays that have hours of their own, 0 for Monday to 6 for Sunday."""
        return {n: hours for n, hours in enumerate(self._own()) if hours}

    @property
    def day_length(self) -> WorkTime:
        """How much working time a whole working day of the usual hours holds."""
        return self.usual.day_length

    def on(self, day: date) -> OfficeHours:
        """The hours of a day."""
        return self._own()[day.weekday()] or self.usual

    def __str__(self) -> str:
        own = [f"{WEEKDAYS[n]} {hours}" for n, hours in self.own.items()]
        return "; ".join([str(self.usual), *own])

    def _own(self) -> tuple[OfficeHours | None, ...]:
        return self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday


def since_midnight(at: time) -> int:
    """A local time in microseconds since midnight.

    >>> since_midnight(time(8, 30))
    30600000000
    """
    return at.hour * HOUR + at.minute * MINUTE + at.second * SECOND + at.microsecond


def _as_times(spans: Iterable[Interval]) -> list[tuple[time, ...]]:
    return [
        tuple(time(edge // HOUR % 24, edge // MINUTE % 60, edge // SECOND % 60, edge % SECOND) for edge in span)
        for span in spans
    ]


def _shown(edge: int) -> str:
    days, rest = divmod(edge, DAY) if edge > DAY else (0, edge)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds = f":{rest / SECOND:09.6f}".rstrip("0").rstrip(".") if rest else ""
    return f"{hours:02}:{minutes:02}{seconds}{' (+1)' * days}"


ROUND_THE_CLOCK: Final = OfficeHours(opens=MIDNIGHT, closes=MIDNIGHT)
"""The hours of an office that never closes on a working day."""
