"""Limits in days, and the first of them: by the close of the n-th working day.

Days are counted as Thai law counts them: the first day is not counted (Civil and Commercial Code, section 193/3).
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from contextlib import suppress
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from attrs import field, frozen

from docflow.errors import AmountError
from docflow.text import Text
from docflow.worktime.limits import OwnWords
from docflow.worktime.promises import counted
from docflow.worktime.ticks import NO_PAUSES, WALL_CLOCK, Pauses, Ticks

if TYPE_CHECKING:
    from attrs import Attribute

    from docflow.worktime.moments import Moments

__all__ = ["DayLimit", "WorkingDays", "a_count", "yes_or_no"]

MOST_KEPT: Final = 1 << 14
"""For so many days a clock keeps what limits said of them; then it begins anew."""


class DayLimit(OwnWords):
    """A limit that ends on a day: when it is due depends on little more than the day of the start.

    Where it ends at a close of the office, a pause moves it by the office time that it took, else by its whole length.
    """

    __slots__ = ()

    stepped: ClassVar[bool] = False
    """Whether its ends are kept and looked up: when its own class says at which edges they change."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.stepped = "edges" in cls.__dict__

    @property
    def at_close(self) -> bool:
        """Whether it always ends when the office closes."""
        return True

    @abstractmethod
    def ends(self, start: int, clock: Moments) -> int:
        """When it is due if nothing pauses."""

    def edges(self, day: date, clock: Moments) -> list[int]:
        """The instants of a day at which `ends` may change, in order, its begin the first of them."""
        return [clock.day_begin(day)]

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...]:  # noqa: ARG002 - of others it depends
        """The days that it counts: none, when it ends at a moment."""
        return ()

    def due_day(self, due: int, clock: Moments) -> date:
        """The day of a due moment; that of an opening or a time of day is the day that begins or is under way then."""
        day = clock.date_of(due)
        opens = not self.at_close and clock.days.is_worked(day) and clock.reached(due, 0) == due
        return day if opens else clock.date_of(due - 1)

    def ticks(self, clock: Moments) -> Ticks:
        """The office's clock where it ends at a close, else the wall clock."""
        return clock if self.at_close else WALL_CLOCK

    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """Its end, moved by what was paused until then."""
        due = self._end(start, clock)
        return self._moved(due, start, clock, pauses) if pauses.spans else due

    def _end(self, start: int, clock: Moments) -> int:
        """`ends`, which is kept: the letters of a register start on a few hundred days."""
        step = self._step(start, clock)
        if step is None:
            return self.ends(start, clock)
        _, ends, place = step
        if (end := ends[place]) is None:
            end = ends[place] = self.ends(start, clock)
        return end

    def _step(self, start: int, clock: Moments) -> tuple[list[int], list[int | None], int] | None:
        """The edges of a start's day, what is kept of the steps between them, and which step the start is in."""
        if not self.stepped:
            return None
        key, kept = (self, clock.ordinal(start)), clock.kept
        if (asked := kept.get(key)) is None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            asked = kept[key] = self._unasked(date.fromordinal(key[1]), clock)
        edges, ends = asked
        place = bisect_right(edges, start) - 1
        # Where clocks go back over midnight, a day goes on after the next has begun.
        return (edges, ends, place) if 0 <= place < len(ends) else None

    def _unasked(self, day: date, clock: Moments) -> tuple[list[int], list[int | None]]:
        """The edges of a day up to the begin of the next, and no answers yet; nothing when there is none for one."""
        with suppress(Exception):  # a calendar raises what it likes for a year that it does not hold
            edges = [*self.edges(day, clock), clock.day_begin(day + timedelta(days=1))]
            return edges, [None] * (len(edges) - 1)
        return [], []

    def _moved(self, due: int, start: int, clock: Moments, pauses: Pauses) -> int:
        if due <= start:
            return due
        ticks = self.ticks(clock)
        stood_still = ticks.worked(start, due) - pauses.worked(start, due, ticks)
        return pauses.due(due, stood_still, ticks) if stood_still else due


def a_count(instance: object, attribute: object, value: int) -> None:  # noqa: ARG001 - attrs' signature
    """A number of days, 1 or more. Raises `AmountError`."""
    counted(instance, value, "days")


def yes_or_no(instance: object, attribute: object, value: bool) -> None:  # noqa: ARG001, FBT001 - attrs' signature
    """True or False. Raises `AmountError`."""
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

    >>> from datetime import time
    >>> print(WorkingDays(2), WorkingDays(2, counting_first=True), WorkingDays(1, by=time(9)), sep="; ")
    2 working days; 2 working days, the first one counted; 1 working day, by 09:00
    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> friday = datetime(2020, 1, 10, 15, 30, tz="Asia/Bangkok")
    >>> print(WorkingDays(1).due(friday, office_clock()), WorkingDays(1, cut_off=time(15)).due(friday, office_clock()))
    2020-01-13 16:30:00+07:00 2020-01-14 16:30:00+07:00

    The first day is not counted (Civil and Commercial Code, section 193/3). A start in a night shift is on the day on
    which the shift opened (`WorkClock.day_of`), and so is a time of a day that lies in its shift. Raises `AmountError`
    for what is no number of days from 1 on, and for what `by`, `cut_off` and `counting_first` cannot be.
    """

    days: int = field(validator=a_count)
    """How many working days, 1 or more."""
    counting_first: bool = field(default=False, kw_only=True, validator=yes_or_no)
    """Whether the day of the start counts when it is a working day, whatever the time of day: so one such day from a
    start in the evening on is already over."""
    by: Literal["close", "opening"] | time = field(default="close", kw_only=True, validator=_hour)
    """Whether it ends at the close or the opening of the last day, or at a local time."""
    cut_off: Literal["close"] | time | None = field(default=None, kw_only=True, validator=_hour)
    """A local time or "close": a letter is received on the first working day whose cut-off has not come; at the cut-off
    or later it is the next day's."""

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

    def due_day(self, due: int, clock: Moments) -> date:
        """The day of a due moment; a midnight that closes no day is the time of the day that it begins."""
        day, before = clock.date_of(due), clock.date_of(due - 1)
        begins = isinstance(self.by, time) and day > before and clock.days.is_worked(day)
        return day if begins and clock.closing_by(before) != due else super().due_day(due, clock)

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
