"""Promise: the questions that every limit answers: when it falls due, how it stands, what is left, when to warn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Final, Self

from docflow.errors import AmountError, NegativeAmountError, ReversedSpanError
from docflow.instants import instant, moment, span
from docflow.text import Text, expect
from docflow.worktime.amount import WorkTime, microseconds
from docflow.worktime.instant_clock import InstantClock
from docflow.worktime.ticks import NO_PAUSES, Pauses, Ticks
from docflow.worktime.verdict import Verdict, judged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    import pendulum

    from docflow.worktime.moments import Moments

__all__ = ["WORKING_DAY", "Promise", "counted"]

WORKING_DAY: Final = Text("วันทำการที่ {}", "working day {}")


class Promise(ABC):
    """What every `Limit` answers; `Limit` says what pauses do, and what its questions raise."""

    __slots__ = ()

    nth_words: ClassVar[Text] = WORKING_DAY
    """What the n-th day is called that a limit in days counts."""
    dated: bool = False
    """Whether it depends on the day on which it is known."""
    pausable: ClassVar[bool] = True
    """Whether a pause moves its due moment; the moment of an event stands, whatever is paused."""
    bracketed: ClassVar[bool] = False
    """Whether its words stand in brackets when it is joined to others."""

    def due(
        self, start: datetime, clock: Moments, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> pendulum.DateTime:
        """The last moment that still keeps the promise, in the clock's zone; it is often closing time (see `warning`).

        >>> import pendulum
        >>> from docflow import Hours, WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> friday = pendulum.datetime(2019, 11, 1, 10, tz="Asia/Bangkok")
        >>> print((WorkingDays(2) | Hours(48)).due(friday, office_clock()))
        2019-11-07 16:30:00+07:00
        >>> waited = (friday.add(days=5), friday.add(days=5, hours=2))
        >>> print(WorkingDays(2).due(friday, office_clock(), pauses=[waited]))
        2019-11-08 10:30:00+07:00

        Raises `NaiveDatetimeError` for a moment without a zone and `ReversedSpanError` for a pause that is reversed.
        """
        _see(clock)
        return moment(self.due_instant(instant(start), clock, Pauses.of(pauses)), clock.tz)

    def remaining(
        self, start: datetime, at: datetime, clock: Moments, *, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> WorkTime:
        """How much time is left at a moment until the promise falls due; nothing from then on, and never before.

        >>> import pendulum
        >>> from docflow import Hours, WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> friday, wednesday = (pendulum.datetime(2019, 11, day, 10, tz="Asia/Bangkok") for day in (1, 6))
        >>> print(WorkingDays(2).remaining(friday, wednesday, office_clock()))
        14 h 30 min
        >>> print(Hours(48).remaining(friday, friday.add(days=1), office_clock()))
        24 h

        It is counted on the clock of the limit; of joined limits, on the clock of the one that decides (of several that
        decide together, the least). What has elapsed on that clock and what remains add up to the limit. Raises
        `ReversedSpanError` for a moment before the start.
        """
        _see(clock)
        begin, now = span(start, at)
        return WorkTime.of(self.left(begin, now, clock, Pauses.of(pauses)))

    def verdict(
        self,
        start: datetime,
        stop: datetime | None,
        at: datetime,
        clock: Moments,
        *,
        pauses: Iterable[tuple[datetime, datetime]] = (),
    ) -> Verdict:
        """How the promise stands at a moment: within, late or running; a stop after the moment does not count yet.

        >>> import pendulum
        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> start, stop = (pendulum.datetime(2020, 1, day, 10, tz="Asia/Bangkok") for day in (6, 8))
        >>> for at in (start.add(days=1), stop, start.add(days=30)):
        ...     print(WorkingDays(2).verdict(start, stop, at, office_clock()))
        running
        within
        within
        >>> print(WorkingDays(2).verdict(start, None, start.add(days=30), office_clock()))
        late

        A promise that stops at its due moment is within; one that has not stopped then (`stop` is None) is late. Raises
        `ReversedSpanError` when the stop or the moment is before the start.
        """
        _see(clock)
        begin, now = span(start, at)
        end = None
        if stop is not None:
            end = instant(stop)
            if end < begin:
                raise ReversedSpanError(start, stop)
        return judged(self.due_instant(begin, clock, Pauses.of(pauses)), end, now)

    def warning(
        self,
        start: datetime,
        before: WorkTime,
        clock: Moments,
        *,
        pauses: Iterable[tuple[datetime, datetime]] = (),
    ) -> pendulum.DateTime | None:
        """The working moment at which so much office time is left before the due moment.

        >>> import pendulum
        >>> from docflow import Hours, WorkTime
        >>> from docflow.bangkok import office_clock
        >>> friday = pendulum.datetime(2019, 11, 1, 10, tz="Asia/Bangkok")  # 48 hours later is a Sunday
        >>> print(Hours(48).warning(friday, WorkTime(hours=1), office_clock()))
        2019-11-01 15:30:00+07:00

        The office is open then, and nothing is paused. When the whole limit holds less office time, it is the first
        such moment from the start on; when it holds none, None. Raises `AmountError` when `before` is no time at all.
        """
        wanted = microseconds(before)
        if not wanted:
            raise AmountError(before, "before the due moment is no warning; give some working time")
        _see(clock)
        begin, paused = instant(start), Pauses.of(pauses)
        due = self.due_instant(begin, clock, paused)
        whole_time = paused.worked(begin, due, clock) if begin < due else 0
        if not whole_time:
            return None
        return moment(paused.latest_start(due, min(wanted, whole_time), clock), clock.tz)

    @property
    def in_order(self) -> bool:
        """Whether a later start is never due earlier."""
        return True

    @property
    def words(self) -> Text:
        """What it is called in Thai and in English; one of your own says the same in both."""
        return Text(str(self), str(self))

    def due_day(self, due: int, clock: Moments) -> date:
        """The day of a due moment: at a close, the day that closes then."""
        return clock.date_of(due - 1)

    @abstractmethod
    def due_instant(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """`due`, from instant to instant (`docflow.instants`)."""

    def ticks(self, clock: Moments) -> Ticks:
        """The clock that the limit is counted on and that a pause stops: for most limits, the office's."""
        return clock

    def left(self, start: int, at: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> int:
        """`remaining`, from instant to instant in microseconds."""
        due, paused = self.due_instant(start, clock, pauses), pauses if self.pausable else NO_PAUSES
        return paused.worked(at, due, self.ticks(clock)) if at < due else 0

    def deciding(self, start: int, clock: Moments, pauses: Pauses = NO_PAUSES) -> tuple[Promise, ...]:  # noqa: ARG002 - of joined limits it depends
        """The limits that decide when it is due: itself, unless it is made of several."""
        return (self,)

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...] | None:  # noqa: ARG002 - as above
        """The days that a limit in days counts; None when it counts time."""
        return None

    def as_known_on(self, day: date | None) -> Self:  # noqa: ARG002 - what never changes was always known
        """The same limit as it was known at the end of a day; only one that can be extended differs."""
        return self


def _see(clock: object) -> None:
    """See that a clock is one: the last of what is given by position is easily another moment."""
    if not isinstance(clock, InstantClock):  # asked first, for every question asks it
        expect(clock, InstantClock, "clock", "one such as office_clock(), after the moments")


def counted(limit: object, n: object, what: str, *, least: int = 1) -> None:
    """See that a limit has a number of something. Raises `AmountError`."""
    number = isinstance(n, int) and not isinstance(n, bool)
    if number and n < 0:  # type: ignore[operator]  # a number
        raise NegativeAmountError(n, f"{what} of {type(limit).__name__} is negative; give {least} or more")
    if not number or n < least:  # type: ignore[operator]  # a number
        raise AmountError(n, f"{what} of {type(limit).__name__} is no promise; give {least} or more")
