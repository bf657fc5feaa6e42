"""Explanation: which spans make up an elapsed time, and why days were skipped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from docflow.instants import instant, moment
from docflow.safe import visible
from docflow.worktime.adapter import joined
from docflow.worktime.amount import WorkTime
from docflow.worktime.hours import WEEKDAYS

if TYPE_CHECKING:
    import pendulum

    from docflow.worktime.instant_clock import InstantClock
    from docflow.worktime.ticks import Pauses

__all__ = ["Counted", "Explanation", "Pause", "Skipped", "explained"]


@frozen
class Counted:
    """An open span that was counted, and the working day that it belongs to.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> nine, ten = (datetime(2020, 1, 6, hour, tz="Asia/Bangkok") for hour in (9, 10))
    >>> print(*office_clock().explain(nine, ten).spans)
    2020-01-06 Mon  09:00–10:00  1 h
    """

    day: date
    """The working day that it belongs to; of a night shift, the day on which it opened."""
    start: pendulum.DateTime
    stop: pendulum.DateTime
    reason: str
    """Why the day is a special one; empty for an ordinary working day."""
    source: str
    """Who decided that."""

    @property
    def elapsed(self) -> WorkTime:
        """How much working time it is."""
        return WorkTime.of(instant(self.stop) - instant(self.start))

    def __str__(self) -> str:
        special = f"  {_said(self.reason, self.source)}" if self.reason else ""
        return f"{_span(self)}  {self.elapsed}{special}"


@frozen
class Pause:
    """An open span that was not counted because it was paused.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> nine, ten, noon = (datetime(2020, 1, 6, hour, tz="Asia/Bangkok") for hour in (9, 10, 12))
    >>> print(*office_clock().explain(nine, noon, pauses=[(nine, ten)]).paused)
    2020-01-06 Mon  09:00–10:00  paused
    """

    day: date
    start: pendulum.DateTime
    stop: pendulum.DateTime

    def __str__(self) -> str:
        return f"{_span(self)}  paused"


@frozen
class Skipped:
    """A day on which nothing was counted, and why.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> friday, wednesday = (datetime(2020, 5, day, 9, tz="Asia/Bangkok") for day in (1, 6))
    >>> print(office_clock().explain(friday, wednesday).skipped[2])
    2020-05-04 Mon  –  Coronation Day [Cabinet 21 May 2019; notice of the Office of the Prime Minister 24 May 2019]
    """

    day: date
    reason: str
    source: str

    def __str__(self) -> str:
        return f"{_day(self.day)}  –  {_said(self.reason, self.source)}"


@frozen(repr=False)
class Explanation:
    """How an elapsed time comes about: the spans that count, and the days that do not; `clock.explain` makes it.

    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> friday, monday = datetime(2020, 1, 3, 16, tz="Asia/Bangkok"), datetime(2020, 1, 6, 9, tz="Asia/Bangkok")
    >>> told = office_clock().explain(friday, monday)
    >>> print(told.elapsed, len(told.spans), *(skipped.reason for skipped in told.skipped))
    1 h 2 Saturday Sunday

    Each day from the start to the stop is in `spans` or in `skipped`. The times of `spans` add up to what
    `WorkClock.elapsed` says about the same span and the same pauses. Printed, it has a line for each span and day.
    """

    start: pendulum.DateTime
    stop: pendulum.DateTime
    zone: str
    """The zone of the clock, in which its moments are."""
    spans: tuple[Counted, ...]
    """What was counted."""
    skipped: tuple[Skipped, ...]
    """The days on which nothing was counted."""
    paused: tuple[Pause, ...]
    """What would have been counted without the pauses."""

    @property
    def elapsed(self) -> WorkTime:
        """How much working time was counted."""
        return WorkTime.of(sum(span.elapsed.microseconds for span in self.spans))

    def __str__(self) -> str:
        first, last = (f"{at.date()} {_clock(at, at.date())}" for at in (self.start, self.stop))
        spans: tuple[Counted | Pause, ...] = (*self.spans, *self.paused)
        rows = [(span.day, instant(span.start), str(span)) for span in spans]
        shown = {pause.day for pause in self.paused}
        rows += [(skipped.day, 0, str(skipped)) for skipped in self.skipped if skipped.day not in shown]
        return "\n".join([f"{self.elapsed} from {first} to {last}, {self.zone}", *(text for *_, text in sorted(rows))])

    def __repr__(self) -> str:
        return f"<Explanation: {str(self).partition(chr(10))[0]}>"


def explained(clock: InstantClock, start: int, stop: int, pauses: Pauses) -> Explanation:
    """The explanation of a span, from instant to instant."""
    index, tz = clock.index(start, stop), clock.tz

    def spans(since: int, until: int) -> list[tuple[date, pendulum.DateTime, pendulum.DateTime]]:
        return [
            (date.fromordinal(day), moment(opens, tz), moment(closes, tz))
            for day, opens, closes in index.day_spans(since, until)
        ]

    running = [span for part in pauses.running(start, stop) for span in spans(*part)]
    counted = [Counted(*span, *joined(clock.notes(span[0]))) for span in running]
    paused = [Pause(*span) for part in pauses.within(start, stop) for span in spans(*part)]
    shown, stopped = {span.day for span in counted}, {pause.day for pause in paused}
    first = clock.date_of(start)
    days = clock.date_of(max(start, stop - 1)).toordinal() - first.toordinal() + 1
    return Explanation(
        start=moment(start, tz),
        stop=moment(stop, tz),
        zone=clock.zone,
        spans=tuple(counted),
        skipped=tuple(
            Skipped(day, *(("paused", "its pauses") if day in stopped else _why(clock, day)))
            for day in (first + timedelta(days=n) for n in range(days))
            if day not in shown
        ),
        paused=tuple(paused),
    )


def _why(clock: InstantClock, day: date) -> tuple[str, str]:
    reason, source = joined(clock.notes(day))
    if not clock.adapted.is_working_day(day):
        return reason, source
    hours = clock.adapted.hours_of(day, clock.hours)
    left = "no hours are left" if hours is None else f"nothing of its hours, {hours}"
    return left + (f": {reason}" if reason else ""), source or "the office hours"


def _span(span: Counted | Pause) -> str:
    return f"{_day(span.day)}  {_clock(span.start, span.day)}–{_clock(span.stop, span.day)}"


def _day(day: date) -> str:
    return f"{day} {WEEKDAYS[day.weekday()][:3]}"


def _clock(at: pendulum.DateTime, day: date) -> str:
    shown = at.time().isoformat()
    return (shown if at.second or at.microsecond else shown[:5]) + " (+1)" * (at.date() > day)


def _said(reason: str, source: str) -> str:
    """What is special about a day, with its source; nobody asks who decided a Saturday."""
    rest = all(one.rpartition(": ")[2] in WEEKDAYS for one in reason.split("; "))
    return visible(f"{reason} [{source}]" if source and not rest else reason)
