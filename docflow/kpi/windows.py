"""Windows: the days an indicator covers, and the view of a history through them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from docflow.errors import HorizonError, OutsideCalendarError, PlanError, ReversedWindowError
from docflow.kpi.places import Kind, Why
from docflow.worktime.amount import DAY

if TYPE_CHECKING:
    from docflow.worktime import WorkClock

__all__ = ["View", "Window"]


def _a_day(_: object, field: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature, anything is given
    if not isinstance(given, date) or isinstance(given, datetime):
        raise TypeError(f"{given!r} is no day; give one, such as date(2019, 10, 1)")


@frozen
class Window:
    """The days an indicator covers, both included; a case belongs to it by the day on which its clock started.

    >>> from datetime import date
    >>> window = Window(date(2019, 11, 1), date(2020, 8, 31))
    >>> date(2020, 8, 31) in window, date(2020, 9, 1) in window
    (True, False)

    Raises `ReversedWindowError` when the last day is before the first, and `TypeError` for what is no day.
    """

    first: date = field(validator=_a_day)
    last: date = field(validator=_a_day)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise ReversedWindowError(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> tuple[str, ...]:
        """Its calendar months, as "2019-11".

        >>> from datetime import date
        >>> Window(date(2019, 12, 1), date(2020, 1, 31)).months()
        ('2019-12', '2020-01')
        """
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1))

    def between(self, first: int, last: int) -> Window:
        """The part of a year from one calendar month to another, both included.

        >>> from datetime import date
        >>> print(Window(date(2019, 10, 1), date(2020, 9, 30)).between(11, 8))
        2019-11-01 – 2020-08-31

        Raises `ReversedWindowError` when the second comes before the first in this year, and `PlanError` for a month
        that is not in it.
        """
        named: dict[int, str] = {}
        for name in self.months():
            named.setdefault(int(name[5:]), name)
        for month in (first, last):
            if month not in named:
                raise PlanError(str(self), f"has no month {month}; give one of {', '.join(map(str, named))}")
        year = int(named[last][:4])
        return Window(
            max(self.first, date.fromisoformat(f"{named[first]}-01")),
            min(self.last, date(year, last, monthrange(year, last)[1])),
        )

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


EPOCH: Final = date(1970, 1, 1).toordinal()


MARGIN: Final = 2 * DAY


EARLIEST, LATEST = ((date(year, 1, 1).toordinal() - EPOCH) * DAY for year in (2, 9999))


@frozen
class View:
    """From where a history is looked at: what had happened by `now`, through a window, on an office's calendar."""

    clock: WorkClock
    window: Window | None = None
    now: int | None = None
    """The last instant seen; None sees all."""

    def holds(self, at: int) -> bool:
        """Whether the office's day at an instant is in the window; always without one.

        Far from the window's edges instants decide, which is ten times faster than asking for the date.
        """
        if self.window is None:
            return EARLIEST <= at < LATEST or bool(self.clock.date_of(at))  # which says so when there is no such date
        if self._inside <= at < self._ends:
            return True
        return self._begins <= at < self._outside and self.clock.date_of(at) in self.window

    @cached_property
    def month_over(self) -> bool:
        """Whether the office will not open again in the month of now; False where the calendar cannot say."""
        if self.now is None:
            return False
        now = self.clock.date_of(self.now)
        try:
            following = self.clock.date_of(self.clock.reached(self.now, 0))
        except HorizonError:
            return True
        except OutsideCalendarError:
            return False
        return (following.year, following.month) > (now.year, now.month)

    @cached_property
    def close(self) -> int | None:
        """The instant at which the office closes for the last time in the window; None without one."""
        if self.window is None:
            return None
        return self.clock.closing_by(self.window.last)

    @cached_property
    def outside(self) -> Why:
        """Why a case that started outside the window is excluded; one reason serves them all."""
        return Why.of(Kind.OUTSIDE, self.window)

    @cached_property
    def _inside(self) -> int:
        return self._edge(0) + MARGIN

    @cached_property
    def _ends(self) -> int:
        return self._edge(1) - MARGIN

    @cached_property
    def _begins(self) -> int:
        return self._edge(0) - MARGIN

    @cached_property
    def _outside(self) -> int:
        return self._edge(1) + MARGIN

    def _edge(self, end: int) -> int:
        """The window's first midnight, or its last, as UTC has it: no zone with a night shift is a margin away."""
        day = date(1970, 1, 1) if self.window is None else self.window.last if end else self.window.first
        return (day.toordinal() + end - EPOCH) * DAY
