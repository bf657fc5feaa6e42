"""Contexts: the clock, the days and the moment with which records are looked at."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from attrs import field, frozen

from docflow.errors import HorizonError, OutsideCalendarError
from docflow.instants import instant
from docflow.kpi.bins import Cause, Reason
from docflow.kpi.windows import Window
from docflow.worktime.amount import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.kpi.records import CaseOrRecord
    from docflow.worktime import WorkClock

__all__ = ["Context"]

EPOCH: Final = date(1970, 1, 1).toordinal()
MARGIN: Final = 2 * DAY
EARLIEST, LATEST = ((date(year, 1, 1).toordinal() - EPOCH) * DAY for year in (2, 9999))


def _window(_: object, attribute: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
    if given is not None and not isinstance(given, Window):
        raise TypeError(f"{given!r} is no window; give Window(date(2019, 10, 1), date(2020, 9, 30))")


@frozen
class Context:
    """What records are looked at with: an office's clock, a window of days, and the last moment that is seen.

    >>> from datetime import date
    >>> from docflow.bangkok import office_clock
    >>> from docflow.kpi import Window
    >>> context = Context(office_clock(), Window(date(2019, 10, 1), date(2020, 9, 30)))
    >>> context.holds(0)  # 1 January 1970
    False

    Raises `TypeError` for what is no window, and `NaiveDatetimeError` for a moment without a zone.
    """

    clock: WorkClock
    window: Window | None = field(default=None, validator=_window)
    """The days in which a record has to start; None takes all."""
    as_of: datetime | None = None
    """What happened later is not seen; None sees all."""
    now: int | None = field(init=False, eq=False, repr=False)
    """The same as an integer."""

    @now.default
    def _now(self) -> int | None:
        return None if self.as_of is None else instant(self.as_of)

    @classmethod
    def over(
        cls, records: Iterable[CaseOrRecord], clock: WorkClock, *, window: Window | None, as_of: datetime | None
    ) -> Self:
        """The context of some records: without `as_of`, their last event is the last moment seen."""
        if as_of is None:
            as_of = max((event.at for record in records for event in record.history), key=instant, default=None)
        return cls(clock, window, as_of)

    def holds(self, at: int) -> bool:
        """Whether the office's day at an instant is in the window; always without one.

        Far from the window's edges the integers decide, which is ten times faster than asking for the date.
        """
        if self.window is None:
            return EARLIEST <= at < LATEST or bool(self.clock.date_of(at))  # raises where there is no such date
        outer, inner, inner_end, outer_end = self._edges
        if inner <= at < inner_end:
            return True
        return outer <= at < outer_end and self.clock.date_of(at) in self.window

    @cached_property
    def month_over(self) -> bool:
        """Whether the office will not open again in the month of `as_of`; False where the calendar cannot say."""
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
        return None if self.window is None else self.clock.closing_by(self.window.last)

    @cached_property
    def outside(self) -> Reason:
        """Why a record that started outside the window is excluded; all of them share this one."""
        return Reason(Cause.OUTSIDE, (self.window,))

    @cached_property
    def _edges(self) -> tuple[int, int, int, int]:
        """The window's first and last midnight of UTC, each two days before and after.

        No zone and no night shift moves a day by more.
        """
        first, last = (self.window.first, self.window.last) if self.window is not None else (date.min, date.max)
        begins, ends = (first.toordinal() - EPOCH) * DAY, (last.toordinal() + 1 - EPOCH) * DAY
        return begins - MARGIN, begins + MARGIN, ends - MARGIN, ends + MARGIN
