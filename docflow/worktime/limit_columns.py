"""Columns of due moments: each limit as a function from a column of starts to a column of dues, without Python per row.

A limit in time is a sum, on the wall clock or the office's. A limit in days is a step: one due moment for all starts
between two instants, so it is asked once for each step and looked up for each row. The same time some days later is a
step too: so much later for all starts between two instants. Any other limit is asked row by row.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import numpy as np

from docflow.errors import HorizonError, OutsideCalendarError
from docflow.instants import instant, midnights, moment
from docflow.text import expect
from docflow.worktime.amount import DAY
from docflow.worktime.arrays import due_of
from docflow.worktime.columns import BEYOND, NAT, as_given, chunks, integers, moments_of
from docflow.worktime.day_limits import DayLimit
from docflow.worktime.extensions import Extended
from docflow.worktime.limits import EarlierOf, LaterOf, Limit
from docflow.worktime.moment_limits import SameTime
from docflow.worktime.readings import Hours, OfficeTime, WorkingDayHours
from docflow.worktime.rows import Refused, why_not
from docflow.worktime.tables import DueTables, stepped
from docflow.worktime.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from docflow.worktime.columns import Column, Integers
    from docflow.worktime.moments import Moments

__all__ = ["BEGIN", "END", "TIMES", "due_array", "due_column", "due_of_one", "edges_of", "verdict_array"]

BEGIN: Final = instant(datetime.min.replace(tzinfo=UTC))
END: Final = instant(datetime.max.replace(tzinfo=UTC))
NAMES: Final = np.array([Verdict.WITHIN, Verdict.LATE, Verdict.RUNNING])
WITHIN, LATE, RUNNING = range(3)
BACKWARDS: Final = "its stop, or the moment asked about, is before its start"
TIMES: Final = {Hours, OfficeTime, WorkingDayHours}
"""The limits that are an amount of time; a class made of one of them may be due otherwise."""
Dues: TypeAlias = "Callable[[Integers], Integers]"
"""From starts, none of which is missing, to their due moments; NaT where there is none."""


def _dues(limit: Limit, clock: Moments, days: Integers) -> Dues:
    """The due moments of a limit, for starts on some days of UTC since 1970."""
    if isinstance(limit, LaterOf | EarlierOf):
        return _joined([_dues(one, clock, days) for one in limit.limits], latest=limit.latest)
    if isinstance(limit, Extended):
        return _dues(limit.now, clock, days)
    # One of your own is asked row by row; what inherits from another limit may be due otherwise.
    if type(limit) in TIMES:
        return _in_time(limit, clock)
    if type(limit) is SameTime:
        return _same_time(limit, clock, days)
    if isinstance(limit, DayLimit) and limit.stepped:
        edges = edges_of(limit, clock, days)
        values = [due_of_one(limit, clock, edge) for edge in edges.tolist()]
        return stepped(edges, np.array(values, np.int64))
    return lambda starts: _one_by_one(limit, clock, starts)


def _one_by_one(limit: Limit, clock: Moments, starts: Integers) -> Integers:
    return np.array([due_of_one(limit, clock, start) for start in starts.tolist()], np.int64)


def _in_time(limit: Limit, clock: Moments) -> Dues:
    amount = min(cast("Hours | OfficeTime | WorkingDayHours", limit).amount(clock), BEYOND)
    if isinstance(limit, Hours):
        return lambda starts: starts + amount
    ticks, tables = cast("Moments", limit.ticks(clock)), DueTables()
    return lambda starts: due_of(ticks, starts, np.full(len(starts), amount), tables)


def _same_time(limit: SameTime, clock: Moments, days: Integers) -> Dues:
    """So much later by the wall clock, which differs from day to day; when it is closed then, the next opening."""
    edges = edges_of(limit, clock, days)
    ends = np.minimum(np.append(edges[1:], BEYOND), (edges // DAY + 1) * DAY)  # no start lies beyond its day of UTC
    steps = zip(edges.tolist(), ends.tolist(), strict=True)
    later = stepped(edges, np.array([limit.later(begin, end, clock) for begin, end in steps], np.int64))
    tables = DueTables()

    def due(starts: Integers) -> Integers:
        shift = later(starts)
        odd, there = shift == 0, starts + shift
        still_open = due_of(clock, there - 1, np.ones(len(starts), np.int64), tables) == there  # or closes just then
        found = np.where(still_open, there, due_of(clock, there, np.zeros(len(starts), np.int64), tables))
        found[odd] = _one_by_one(limit, clock, starts[odd])
        return found

    return due


def due_of_one(limit: Limit, clock: Moments, start: int) -> int:
    """When one start is due; NaT where the calendar does not say."""
    try:
        return limit.due_instant(start, clock)
    except (HorizonError, OutsideCalendarError):
        return NAT


def _joined(parts: list[Dues], *, latest: bool) -> Dues:
    def due(starts: Integers) -> Integers:
        columns = [part(starts) for part in parts]
        found = columns[0]
        for column in columns[1:]:
            found = (np.maximum if latest else np.minimum)(found, column)
        if latest and any(column.min() == NAT for column in columns):
            found[np.any([column == NAT for column in columns], axis=0)] = NAT
        return found

    return due


def edges_of(limit: DayLimit, clock: Moments, days: Integers) -> Integers:
    """The instants at which a limit in days may change, in order, among them the begin of each start's own step."""
    found, done = set[int](), set[int]()
    for midnight in (days * DAY).tolist():
        found.add(midnight)
        there = date(1970, 1, 1).toordinal() + midnight // DAY
        for ordinal in {there - 1, there, there + 1} - done:  # no zone is a whole day from UTC
            done.add(ordinal)
            with suppress(OverflowError, ValueError):  # no such date: asked about its midnight, the limit says so
                day = date.fromordinal(ordinal)
                found.update(midnights(day, clock.tz))  # from the first one that it holds, the calendar answers
                with suppress(HorizonError, OutsideCalendarError):
                    found.update(limit.edges(day, clock))
    return np.array(sorted(found), np.int64)


def due_array(limit: Limit, starts: Column, clock: Moments) -> Column:
    """`Limit.due` of many starts (`WorkClock.due_array`)."""
    since = moments_of(starts)
    found, refused = due_column(limit, clock, since)
    refused.warn(found.size)
    return as_given(found.view("datetime64[us]").reshape(since.shape), clock.zone, starts)


def verdict_array(limit: Limit, starts: Column, stops: Column, at: Column, clock: Moments) -> Column:
    """`Limit.verdict` of many (`WorkClock.verdict_array`)."""
    expect(limit, Limit, "limit", "one, such as WorkingDays(2), before the columns")
    columns = [moments_of(column) for column in (starts, stops, at)]
    shape = np.broadcast_shapes(*(column.shape for column in columns))
    begin, end, now = (integers(np.broadcast_to(column, shape).reshape(-1)) for column in columns)
    gone = (begin == NAT) | (now == NAT)
    due, refused = due_column(limit, clock, np.where(gone, NAT, begin).view("datetime64[us]"))
    backwards = (due != NAT) & ((now < begin) | ((end != NAT) & (end < begin)))  # what is never due is refused already
    refused = Refused.all([refused, Refused().more(np.flatnonzero(backwards).tolist(), lambda _: BACKWARDS)])
    stopped = (end != NAT) & (end <= now)
    late = np.where(stopped, end > due, now >= due)
    code = np.where(late, LATE, np.where(stopped, WITHIN, RUNNING))
    refused.warn(begin.size)
    said = np.ma.MaskedArray(NAMES[code], backwards | (due == NAT))
    return as_given(said.reshape(shape), clock.zone, starts, stops, at)


def due_column(limit: Limit, clock: Moments, since: NDArray[np.datetime64]) -> tuple[Integers, Refused]:
    """The due moments of a column, NaT where there is none, and the rows that should have had one."""
    out, refused = np.full(since.size, NAT), Refused()
    whole = slice(0, since.size)
    days = _days_of(since, whole)
    if not days.size:
        return out, refused
    due = _dues(limit, clock, days)
    for rows, starts, _ in chunks(since.shape, whole, since, since):
        held = (starts >= BEGIN) & (starts <= END)
        asked = (starts != NAT) & held
        found = out[rows]
        found[:] = NAT
        if asked.all():
            found[:] = due(starts)
        elif asked.any():
            found[asked] = due(starts[asked])
        none = (starts != NAT) & ((found == NAT) | (found > END))
        if none.any():
            found[none] = NAT
            refused = refused.more(
                (rows.start + np.flatnonzero(none)).tolist(),
                lambda row: why_not(
                    lambda: moment(limit.due_instant(int(starts[row - rows.start]), clock), clock.tz)  # noqa: B023 - asked now
                ),
            )
    return out, refused


def _days_of(since: NDArray[np.datetime64], whole: slice) -> Integers:
    """The days of UTC on which the moments of a column lie."""
    found: list[Integers] = []
    for _, starts, _ in chunks(since.shape, whole, since, since):
        days = starts[starts != NAT] // DAY
        if days.size:
            first = int(days.min())
            seen = np.zeros(int(days.max()) - first + 1, np.bool_)
            seen[days - first] = True
            found.append(np.flatnonzero(seen) + first)
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
