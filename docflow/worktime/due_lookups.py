"""Due moments in frames that describe a computation: each limit as lookups and sums, whatever engine computes them.

A limit in time is a sum, on the wall clock or an office's. A limit in days is a step: one due moment for all starts
between two instants, which is asked once for each step and looked up for each row.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

import numpy as np

from docflow.engines import nw
from docflow.errors import HorizonError, HoursError, OutsideCalendarError
from docflow.worktime import limit_columns
from docflow.worktime.amount import DAY
from docflow.worktime.day_limits import DayLimit
from docflow.worktime.extensions import Extended
from docflow.worktime.limits import EarlierOf, LaterOf, Limit
from docflow.worktime.lookups import Line, Stairs, own
from docflow.worktime.moment_limits import Before, SameTime
from docflow.worktime.readings import Hours
from docflow.worktime.tables import Spans

if TYPE_CHECKING:
    from docflow.engines import Lazy
    from docflow.instants import Interval
    from docflow.worktime.moments import Moments

__all__ = ["due_ticks", "is_read"]


def is_read(limit: Limit) -> bool:
    """Whether a table that only describes a computation can say when a limit is due."""
    if isinstance(limit, Extended):
        return is_read(limit.now)
    if isinstance(limit, LaterOf | EarlierOf):
        return all(map(is_read, limit.limits))
    stepped = isinstance(limit, DayLimit) and limit.stepped and not isinstance(limit, SameTime)
    return stepped or type(limit) in limit_columns.TIMES


def due_ticks(frame: Lazy, limit: Limit, start: str, into: str, *, clock: Moments, held: Interval | None) -> Lazy:
    """When a limit is due that starts at each instant of a column; null where the calendar does not say.

    `held` is from when to when the calendar is asked; None not at all, so that only the wall clock has answers. Raises
    `TypeError` for `SameTime` and for limits of one's own, and `HoursError` for an office with too many spans.
    """
    if not is_read(limit):
        way = "put its rows into a frame in memory, such as one of pandas or polars, or choose another limit"
        raise TypeError(f"lazy tables cannot compute when {limit} is due; {way}")
    if isinstance(limit, Extended):
        return due_ticks(frame, limit.now, start, into, clock=clock, held=held)
    if isinstance(limit, LaterOf | EarlierOf):
        return _joined(frame, limit, start, into, clock=clock, held=held)
    if type(limit) is Hours:
        return frame.with_columns((nw.col(start) + limit.amount(clock)).alias(into))
    if type(limit) is Before:
        return _before(frame, limit, start, into, clock=clock)
    if type(limit) in limit_columns.TIMES:
        return _in_time(frame, limit, start, into, clock=clock, held=held)
    return _in_days(frame, cast("DayLimit", limit), start, into, clock=clock, held=held)


def _joined(
    frame: Lazy, limit: LaterOf | EarlierOf, start: str, into: str, *, clock: Moments, held: Interval | None
) -> Lazy:
    parts = [f"{into}/{n}" for n, _ in enumerate(limit.limits)]
    for part, one in zip(parts, limit.limits, strict=True):
        frame = due_ticks(frame, one, start, part, clock=clock, held=held)
    known = nw.all_horizontal(*(~nw.col(part).is_null() for part in parts), ignore_nulls=False)
    decides = (nw.max_horizontal if limit.latest else nw.min_horizontal)(*parts)
    return frame.with_columns(nw.when(known).then(decides).alias(into)).drop(*parts)


def _before(frame: Lazy, limit: Before, start: str, into: str, *, clock: Moments) -> Lazy:
    """One moment for all starts."""
    due = None
    with suppress(HorizonError, OutsideCalendarError):
        due = limit.ends(0, clock)
    return frame.with_columns(nw.when(~nw.col(start).is_null()).then(nw.lit(due, nw.Int64)).alias(into))


def _nothing(frame: Lazy, into: str) -> Lazy:
    return frame.with_columns(nw.lit(None, nw.Int64).alias(into))


def _in_time(frame: Lazy, limit: Limit, start: str, into: str, *, clock: Moments, held: Interval | None) -> Lazy:
    """So much later on a clock: what had been worked at the start, and the moment at which so much more was."""
    if held is None:
        return _nothing(frame, into)
    amount = limit.amount(clock)  # type: ignore[attr-defined]  # it is a limit in time
    ticks, (lower, upper) = cast("Moments", limit.ticks(clock)), held
    index = ticks.index(lower, _until(ticks, upper, amount) - 1)
    if index.gaps:
        raise HoursError(ticks.notice, "they stay closed for more than ten years; ask for years without that")
    spans, wanted, beyond = Spans.of(index), own("wanted"), own("beyond")
    frame = Line.of(spans, name=ticks.notice).look_up(frame, {own("by then"): start}, since=lower, until=upper)
    frame = frame.with_columns((nw.col(own("by then")) + amount).alias(wanted))
    begun = np.concatenate([[0], spans.totals[:-1] + 1])
    stairs = Stairs.of(begun, spans.closes - spans.totals, name=ticks.notice)
    frame = stairs.look_up(frame, wanted, beyond, since=0, until=int(spans.totals[-1]) + 1)
    return frame.with_columns((nw.col(wanted) + nw.col(beyond)).alias(into)).drop(own("by then"), wanted, beyond)


def _in_days(frame: Lazy, limit: DayLimit, start: str, into: str, *, clock: Moments, held: Interval | None) -> Lazy:
    if held is None:
        return _nothing(frame, into)
    lower, upper = held
    edges = limit_columns.edges_of(limit, clock, np.arange(lower // DAY, upper // DAY + 1))
    values = np.array([limit_columns.due_of_one(limit, clock, edge) for edge in edges.tolist()], np.int64)
    return Stairs.of(edges, values, name=f"{limit}").look_up(frame, start, into, since=lower, until=upper)


def _until(clock: Moments, upper: int, amount: int) -> int:
    """The end of the year in which an amount that starts in the sheet is worked at the latest, or of the last held."""
    try:
        latest = clock.reached(upper - 1, amount)
    except (HorizonError, OutsideCalendarError):
        latest = None
    year = clock.datetime_of(upper - 1).year
    while latest is None or upper <= latest:
        year += 1
        try:
            _, upper = clock.year_span(year)
        except OutsideCalendarError:
            return upper
    return upper
