"""Moments: when the office opens and closes, before and after any moment, and the spans between."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

from attrs import evolve, frozen

from docflow.errors import AmountError
from docflow.instants import complement, instant, merge, moment, span
from docflow.worktime.days import OfficeDays
from docflow.worktime.instant_clock import InstantClock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    import pendulum

    from docflow.instants import Interval

__all__ = ["Moments", "Span"]


class Span(NamedTuple):
    """An open span; `stop` is the first moment after it. It unpacks like a pair.

    >>> import pendulum
    >>> from docflow.bangkok import office_clock
    >>> opens, closes = office_clock().open_span(pendulum.parse("2020-01-06T10:00+07:00"))
    >>> print(opens, closes)
    2020-01-06 08:30:00+07:00 2020-01-06 16:30:00+07:00
    """

    start: pendulum.DateTime
    stop: pendulum.DateTime


@frozen(repr=False)
class Moments(InstantClock):
    """The questions of a `WorkClock` about opening and closing; a limit of your own is given a clock as one of these.

    >>> import pendulum
    >>> from datetime import time
    >>> from docflow.worktime import instant, moment
    >>> from docflow.bangkok import office_clock
    >>> def at_noon(start: int, clock: Moments) -> int:
    ...     return clock.at_wall(clock.date_of(start), time(12))
    >>> clock = office_clock()
    >>> print(moment(at_noon(instant(pendulum.parse("2020-01-06T10:00+07:00")), clock), clock.tz))
    2020-01-06 12:00:00+07:00

    Moments are given in any zone, and answered in the clock's. Questions such as `at_wall`, `date_of`, `worked` and
    `reached` take and give instants, microseconds since 1970 in UTC, and do not see that a start is before its stop.

    Where the office closes and opens again at once, as at midnight between two days of 24 hours, it did not close. A
    question is given up with `HorizonError` when nothing of what it looks for comes for ten years. For a year that its
    calendar does not hold, it raises what the calendar raises (`WorkClock`).
    """

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at a moment.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> office_clock().is_open(pendulum.parse("2020-01-07T16:30+07:00"))
        False
        """
        return self._is_open(instant(at))

    def next_open(self, at: datetime) -> pendulum.DateTime:
        """The first open moment from `at` on: while the office is open, `at` itself.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().next_open(pendulum.parse("2019-11-01T16:30+07:00")))
        2019-11-06 08:30:00+07:00
        """
        return moment(self.reached(instant(at), 0), self.tz)

    def next_opening(self, at: datetime) -> pendulum.DateTime:
        """The first moment after `at` at which the office opens, also while it is open.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().next_opening(pendulum.parse("2019-11-01T10:00+07:00")))
        2019-11-06 08:30:00+07:00
        """
        return moment(self.opening_after(instant(at)), self.tz)

    def next_close(self, at: datetime) -> pendulum.DateTime:
        """The first moment after `at` at which the office closes.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().next_close(pendulum.parse("2019-11-01T16:30+07:00")))
        2019-11-06 16:30:00+07:00
        """
        return moment(self.close_after(instant(at)), self.tz)

    def previous_close(self, at: datetime) -> pendulum.DateTime:
        """The last moment up to `at` at which the office closed.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().previous_close(pendulum.parse("2019-11-06T08:30+07:00")))
        2019-11-01 16:30:00+07:00
        """
        return moment(self.last_close(instant(at)), self.tz)

    def previous_open(self, at: datetime) -> pendulum.DateTime:
        """The last moment up to `at` at which the office opened.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> print(office_clock().previous_open(pendulum.parse("2019-11-04T10:00+07:00")))
        2019-11-01 08:30:00+07:00
        """
        return moment(self.last_opening(instant(at)), self.tz)

    def open_span(self, at: datetime) -> Span | None:
        """The whole open span in which a moment lies; None while the office is closed.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> print(*office_clock().open_span(pendulum.parse("2020-01-06T10:00+07:00")))
        2020-01-06 08:30:00+07:00 2020-01-06 16:30:00+07:00
        """
        asked = instant(at)
        return self._span(self.last_opening(asked), self.close_after(asked)) if self._is_open(asked) else None

    def spans(self, start: datetime, stop: datetime) -> tuple[Span, ...]:
        """The open spans between two moments, clipped to them; together they are as long as `elapsed`.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> for opens, closes in office_clock().spans(
        ...     pendulum.parse("2020-01-03T16:00+07:00"), pendulum.parse("2020-01-06T09:00+07:00")
        ... ):
        ...     print(opens, closes)
        2020-01-03 16:00:00+07:00 2020-01-03 16:30:00+07:00
        2020-01-06 08:30:00+07:00 2020-01-06 09:00:00+07:00

        Raises `ReversedSpanError` when `stop` is before `start`.
        """
        first, last = span(start, stop)
        return self._spans(self._open(first, last))

    def closed_spans(self, start: datetime, stop: datetime) -> tuple[Span, ...]:
        """The closed spans between two moments, clipped to them.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> for closes, opens in office_clock().closed_spans(
        ...     pendulum.parse("2020-01-03T16:00+07:00"), pendulum.parse("2020-01-06T09:00+07:00")
        ... ):
        ...     print(closes, opens)
        2020-01-03 16:30:00+07:00 2020-01-06 08:30:00+07:00

        Raises `ReversedSpanError` when `stop` is before `start`.
        """
        first, last = span(start, stop)
        return self._spans(complement(self._open(first, last), first, last))

    def next_spans(self, at: datetime, n: int) -> tuple[Span, ...]:
        """The first n open spans from a moment on; of one in which it lies, the part that is left.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> for opens, closes in office_clock().next_spans(pendulum.parse("2019-11-01T16:00+07:00"), 2):
        ...     print(opens, closes)
        2019-11-01 16:00:00+07:00 2019-11-01 16:30:00+07:00
        2019-11-06 08:30:00+07:00 2019-11-06 16:30:00+07:00

        Raises `AmountError` for what is no number of spans.
        """
        found, since = list[tuple[int, int]](), instant(at)
        for _ in range(_number(n)):
            opens = self.reached(since, 0)
            since = self.close_after(opens)
            found.append((opens, since))
        return self._spans(found)

    def previous_spans(self, at: datetime, n: int) -> tuple[Span, ...]:
        """The last n open spans up to a moment, in order of time; of one in which it lies, the part that has passed.

        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> for opens, closes in office_clock().previous_spans(pendulum.parse("2019-11-06T09:00+07:00"), 2):
        ...     print(opens, closes)
        2019-11-01 08:30:00+07:00 2019-11-01 16:30:00+07:00
        2019-11-06 08:30:00+07:00 2019-11-06 09:00:00+07:00

        Raises `AmountError` for what is no number of spans.
        """
        found, until = list[tuple[int, int]](), instant(at)
        for _ in range(_number(n)):
            closes = until if self._is_open(until - 1) else self.last_close(until)
            until = self.last_opening(closes - 1)
            found.append((until, closes))
        return self._spans(reversed(found))

    def difference(self, start: datetime, stop: datetime) -> timedelta:
        """The working time from one moment to another; negative when the second is the earlier one.

        >>> from datetime import timedelta
        >>> import pendulum
        >>> from docflow.bangkok import office_clock
        >>> planned, done = pendulum.parse("2020-01-07T09:30+07:00"), pendulum.parse("2020-01-06T15:30+07:00")
        >>> print(office_clock().difference(planned, done) / timedelta(hours=1))
        -2.0

        `elapsed` refuses a reversed span, because it is nearly always a mistake. Here it is meant: something was done
        before it was planned. The answer is a `timedelta`, since a `WorkTime` is never negative.
        """
        first, last = instant(start), instant(stop)
        worked = self.worked(first, last) if first <= last else -self.worked(last, first)
        return timedelta(microseconds=worked)

    @cached_property
    def days(self) -> OfficeDays:
        """The working days as dates: `clock.days.add(day, 2)`, `clock.days.count(first, last)`."""
        return OfficeDays(self)

    def as_known_on(self, day: date | None) -> Self:
        """The same clock with its calendar as it was known at the end of a day; None means as it is known now.

        >>> import pendulum
        >>> from datetime import date
        >>> from docflow.bangkok import office_clock
        >>> then, now = office_clock().as_known_on(date(2020, 3, 16)), office_clock()
        >>> songkran = pendulum.parse("2020-04-13T09:00+07:00")  # a holiday until the cabinet moved it
        >>> then.is_open(songkran), now.is_open(songkran)
        (False, True)
        """
        return evolve(self, calendar=self.adapted.as_known_on(day))

    def _is_open(self, at: int) -> bool:
        return self.index(at, at).open_from(at) == at

    def _open(self, start: int, stop: int) -> list[Interval]:
        return merge(self.index(start, stop).between(start, stop))

    def _span(self, start: int, stop: int) -> Span:
        return Span(moment(start, self.tz), moment(stop, self.tz))

    def _spans(self, found: Iterable[Interval]) -> tuple[Span, ...]:
        return tuple(self._span(*each) for each in found)


def _number(n: int) -> int:
    if type(n) is not int or n < 0:
        raise AmountError(n, "is no number of spans; give a whole number, such as 3")
    return n
