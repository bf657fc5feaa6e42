"""Limits in days: by the close of the n-th working day, and by the end of a period of the calendar.

Days are counted as Thai law counts them: the first day is not counted, and a period whose last day is no working day
ends on the next one (Civil and Commercial Code, sections 193/3 and 193/8).
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from calendar import monthrange
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from docflow.errors import AmountError
from docflow.text import Text
from docflow.worktime.days import ROLLS
from docflow.worktime.limits import OwnWords
from docflow.worktime.promises import counted
from docflow.worktime.ticks import NO_PAUSES, WALL_CLOCK, Pauses, Ticks
from docflow.worktime.years import held_year

if TYPE_CHECKING:
    from attrs import Attribute

    from docflow.worktime.days import Roll
    from docflow.worktime.moments import Moments

__all__ = ["DayLimit", "Period", "WorkingDays", "a_count"]


class DayLimit(OwnWords):
    """A limit that ends on a day: when it is due depends on little more than the day of the start.

    Where it ends at a close of the office, a pause moves it by the office time that it took, else by the time on the
    wall.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """One that ends in a way of its own keeps no answers, unless it says where they change."""
        if "ends" in cls.__dict__ and "edges" not in cls.__dict__:
            cls.edges = DayLimit.edges  # type: ignore[method-assign]

    @property
    def at_close(self) -> bool:
        """Whether it always ends when the office closes."""
        return True

    @abstractmethod
    def ends(self, start: int, clock: Moments) -> int:
        """When it is due if nothing pauses."""

    def edges(self, day: date, clock: Moments) -> list[int] | None:  # noqa: ARG002 - of others they depend
        """The instants of a day at which `ends` may change, its begin the first of them; None when it may at any."""
        return None

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...]:  # noqa: ARG002 - of others it depends
        """The days that it counts: none, when it ends at a moment."""
        return ()

    def due_day(self, due: int, clock: Moments) -> date:
        """The day of a due moment; that of an opening or a time of day is the day that begins or is under way then."""
        day = clock.date_of(due)
        opens = not self.at_close and clock.days.is_worked(day) and clock.reached(due, 0) == due
        return day if opens else clock.date_of(due - 1)

    def ticks(self, clock: Moments) -> Ticks:
        """The office's clock, or the one on the wall."""
        return clock if self.at_close else WALL_CLOCK

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """Its end, moved by what was paused until then."""
        due = self._end(start, clock)
        return self._moved(due, start, clock, pauses) if pauses.spans else due

    def _end(self, start: int, clock: Moments) -> int:
        """`ends`, which is kept: the letters of a register start on a few hundred days."""
        key = self, clock.date_of(start)
        kept = clock.kept.get(key)
        if kept is None:
            if (edges := self.edges(key[1], clock)) is None:
                return self.ends(start, clock)
            kept = clock.kept[key] = edges, [None] * len(edges)
        edges, ends = kept
        place = bisect_right(edges, start) - 1
        if (end := ends[place]) is None:
            end = ends[place] = self.ends(start, clock)
        return end

    def _moved(self, due: int, start: int, clock: Moments, pauses: Pauses) -> int:
        if due <= start:
            return due
        ticks = self.ticks(clock)
        stood_still = ticks.worked(start, due) - pauses.worked(start, due, ticks)
        return pauses.due(due, stood_still, ticks) if stood_still else due


def a_count(instance: object, attribute: object, value: int) -> None:  # noqa: ARG001 - attrs' signature
    """A number of days, 1 or more. Raises `AmountError`."""
    counted(instance, value, "days")


def _said(instance: object, attribute: object, value: bool) -> None:  # noqa: ARG001, FBT001 - attrs' signature
    if type(value) is not bool:
        raise AmountError(value, f"as counting_first of {type(instance).__name__} says nothing; say True or False")


def _hour(instance: object, attribute: Attribute[Any], value: object) -> None:
    words = ("close", "opening") if attribute.name == "by" else ("close", None)
    if value in words or (isinstance(value, time) and value.tzinfo is None):
        return
    way = f"give {words[0]!r}, {words[1]!r} or a time without a zone, such as time(15)"
    raise AmountError(value, f"says nothing as {attribute.name}= of {type(instance).__name__}; {way}")


@frozen(repr=False, cache_hash=True)
class WorkingDays(DayLimit):
    """The close of the n-th working day after the day of the start; or, with `by`, its opening or a time of that day.

    >>> print(WorkingDays(2), WorkingDays(2, counting_first=True), WorkingDays(1, by=time(9)), sep="; ")
    2 working days; 2 working days, the first one counted; 1 working day, by 09:00
    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> friday = datetime(2020, 1, 10, 15, 30, tz="Asia/Bangkok")
    >>> print(WorkingDays(1).due(friday, office_clock()), WorkingDays(1, cut_off=time(15)).due(friday, office_clock()))
    2020-01-13 16:30:00+07:00 2020-01-14 16:30:00+07:00

    A start in a night shift is on the day on which the shift opened (`WorkClock.day_of`), and so is a time of a day
    that lies in its shift. With `counting_first` the day
    of the start counts when it is a working day, whatever the time of day: so one such day from a start in the evening
    on is already over. With a `cut_off`, a time or "close", a letter is received on the first working day whose cut-off
    has not come: at the cut-off or later it is the next day's. Raises `AmountError` unless `days` is 1 or more.
    """

    days: int = field(validator=a_count)
    counting_first: bool = field(default=False, kw_only=True, validator=_said)
    by: Literal["close", "opening"] | time = field(default="close", kw_only=True, validator=_hour)
    cut_off: Literal["close"] | time | None = field(default=None, kw_only=True, validator=_hour)

    @property
    def at_close(self) -> bool:
        """Unless it ends at the opening or another time."""
        return self.by == "close"

    def ends(self, start: int, clock: Moments) -> int:
        """The close, the opening or the time of the n-th day."""
        if self.cut_off is None and self.by == "close":
            return clock.closing_instant(start, self.days, counting_first=self.counting_first)
        last = self._last(self.received(start, clock), clock)
        if isinstance(self.by, time):
            return _time_of(last, self.by, clock)
        return clock.closing_by(last) if self.by == "close" else clock.opening_of(last)

    def edges(self, day: date, clock: Moments) -> list[int]:
        """The begin of a day, and its cut-off."""
        cut_off = [self._cut_off(day, clock)] if self.cut_off is not None and clock.days.is_worked(day) else []
        return [clock.day_begin(day), *cut_off]

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...]:
        """The working days from the one after the receipt, or from that one, to the n-th."""
        received = self.received(start, clock)
        days = clock.days.between(received, self._last(received, clock))
        return days if self.counting_first else tuple(day for day in days if day > received)

    @property
    def words(self) -> Text:
        """How many days, and how they are counted."""
        th, en = f"{self.days} วันทำการ", "1 working day" if self.days == 1 else f"{self.days} working days"
        if self.counting_first:
            th, en = f"{th} นับวันแรก", f"{en}, the first one counted"
        if self.by == "opening":
            th, en = f"{th} ภายในเวลาเปิดทำการ", f"{en}, by the opening"
        elif isinstance(self.by, time):
            th, en = f"{th} ภายใน {self.by:%H.%M} น.", f"{en}, by {self.by:%H:%M}"
        if self.cut_off == "close":
            th = f"{th} (รับหลังปิดทำการถือเป็นวันทำการถัดไป)"
            en = f"{en} (receipts after closing count as the next day's)"
        elif self.cut_off is not None:
            th = f"{th} (รับตั้งแต่ {self.cut_off:%H.%M} น. ถือเป็นวันทำการถัดไป)"
            en = f"{en} (receipts from {self.cut_off:%H:%M} on count as the next day's)"
        return Text(th, en)

    def received(self, start: int, clock: Moments) -> date:
        """The day on which a letter counts as received."""
        day = clock.date_of(start)
        if self.cut_off is None:
            return day
        worked = clock.days.roll(day)
        return worked if start < self._cut_off(worked, clock) else clock.days.add(worked, 1)

    def _cut_off(self, day: date, clock: Moments) -> int:
        return _time_of(day, self.cut_off, clock) if isinstance(self.cut_off, time) else clock.closing_by(day)

    def _last(self, received: date, clock: Moments) -> date:
        return clock.days.add(received, self.days - (self.counting_first and clock.days.is_worked(received)))


def _time_of(day: date, at: time, clock: Moments) -> int:
    """A time of a working day: after midnight, when its night shift holds it then, and never before the day begins."""
    in_the_night = clock.at_wall(day + timedelta(days=1), at)
    if in_the_night <= clock.closing_by(day):  # at the latest when it closes
        return in_the_night
    return max(clock.at_wall(day, at), clock.day_begin(day))


def _way(instance: object, attribute: object, value: str | None) -> None:  # noqa: ARG001 - attrs' signature
    if value is not None and value not in ROLLS:
        raise AmountError(value, f"is no way to roll; give None or one of {', '.join(ROLLS)}")


@frozen(kw_only=True, repr=False, cache_hash=True)
class Period(DayLimit):
    """So many years, months, weeks and days of the calendar; where it ends on a day of rest, it rolls to a working day.

    >>> print(Period(days=19), Period(months=1, roll="preceding"), Period(weeks=2, roll=None), sep="; ")
    19 days; 1 month, or the working day before; 2 weeks, to midnight
    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> print(Period(days=3).due(datetime(2019, 11, 1, 10, tz="Asia/Bangkok"), office_clock()))  # a holiday
    2019-11-06 16:30:00+07:00

    It ends when the office closes on the last day, or with `roll=None` at midnight after it, worked or not. The day of
    the start is not counted, unless `counting_first`. A month ends on the day with the number of the start's day, or on
    the last day of a shorter month; months are added before weeks and days. The ways to roll are those of
    `clock.days.roll`. Raises `AmountError` for nothing at all, and for another way to roll.
    """

    nth_words = Text("วันที่ {}", "day {}")

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    roll: Roll | None = field(default="following", validator=_way)
    counting_first: bool = field(default=False, validator=_said)

    def __attrs_post_init__(self) -> None:
        parts = {"years": self.years, "months": self.months, "weeks": self.weeks, "days": self.days}
        for what, n in parts.items():
            if n != 0 or type(n) is not int:
                counted(self, n, what)
        if not any(parts.values()):
            counted(self, 0, "days")

    @property
    def at_close(self) -> bool:
        """Unless it ends at midnight."""
        return self.roll is not None

    def ends(self, start: int, clock: Moments) -> int:
        """The close of the day that its last day rolls to, or the midnight after it."""
        last = self._last(clock.date_of(start))
        return clock.at_wall(last + timedelta(days=1), time()) if self.roll is None else self._close(last, clock)

    def edges(self, day: date, clock: Moments) -> list[int]:
        """The begin of a day."""
        return [clock.day_begin(day)]

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...]:
        """Every day of the period."""
        first = clock.date_of(start) + timedelta(days=not self.counting_first)
        return tuple(first + timedelta(days=n) for n in range((self._last(clock.date_of(start)) - first).days + 1))

    @property
    def words(self) -> Text:
        """Its parts, and where it ends."""
        units = {"year": "ปี", "month": "เดือน", "week": "สัปดาห์", "day": "วัน"}
        parts = [(n, one) for n, one in zip((self.years, self.months, self.weeks, self.days), units, strict=True) if n]
        th = " ".join(f"{n} {units[one]}" for n, one in parts)
        en = " and ".join(f"{n} {one}{'s' * (n != 1)}" for n, one in parts)
        if self.counting_first:
            th, en = f"{th} นับวันแรก", f"{en}, the first one counted"
        if self.roll is None:
            return Text(f"{th} ถึงเที่ยงคืน", f"{en}, to midnight")
        if self.roll == "following":
            return Text(th, en)  # as the law has it
        ways = {
            "preceding": Text(" หรือวันทำการก่อนหน้า", ", or the working day before"),
            "modified following": Text(" หรือวันทำการถัดไปในเดือนเดียวกัน", ", or the next working day of the month"),
            "modified preceding": Text(" หรือวันทำการก่อนหน้าในเดือนเดียวกัน", ", or the working day before in the month"),
        }
        way = ways[self.roll]
        return Text(th + way.th, en + way.en)

    def _close(self, last: date, clock: Moments) -> int:
        return clock.closing_by(clock.days.roll(last, self.roll or "following"))

    def _last(self, first: date) -> date:
        months = first.month - 1 + 12 * self.years + self.months
        year, month = first.year + months // 12, months % 12 + 1
        held_year(year)
        day = date(year, month, min(first.day, monthrange(year, month)[1]))
        rest = 7 * self.weeks + self.days - self.counting_first
        held_year(year + rest // 365)
        return day + timedelta(days=rest)
