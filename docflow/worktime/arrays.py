"""`WorkClock.elapsed` and `due` for millions of moments at once, in numpy: the same integers as one at a time.

What is taken as moments and amounts: see `docflow.worktime.columns`. Rows are counted in chunks that fit into the cache
of a processor, so little memory is needed beside input and output; a million rows and more are shared among processors.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

try:
    import numpy as np
except ModuleNotFoundError as missing:
    message = "arrays need numpy; install it with: pip install 'docflow-registry[arrays]'"
    raise ModuleNotFoundError(message) from missing

from docflow.errors import HorizonError, OutsideCalendarError
from docflow.instants import EPOCH
from docflow.worktime.amount import DAY
from docflow.worktime.columns import BEYOND, NAT, amounts_of, as_given, chunks, moments_of
from docflow.worktime.index import HORIZON
from docflow.worktime.rows import Refused, why_not
from docflow.worktime.tables import Buckets, DueTables, Spans, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from docflow.worktime.columns import Column, Integers
    from docflow.worktime.instant_clock import InstantClock

__all__ = ["ElapsedArray", "due_array", "due_of", "elapsed_array", "is_open_array", "reversed_array"]

WORTH_A_THREAD: Final = 1 << 20
"""From so many rows on, a second thread saves more time than it takes to start."""


class ElapsedArray(np.ndarray[Any, np.dtype[np.timedelta64]]):
    """Working times as `timedelta64[us]`, and how many pairs were reversed; those are NaT."""

    reversed: int | None = None
    """How many pairs stop before they start; None in arrays made from this one, such as slices."""


def elapsed_array(clock: InstantClock, starts: Column, stops: Column) -> Column:
    """`WorkClock.elapsed` of many pairs, as a column like `starts`, else like `stops`; else an `ElapsedArray`.

    `WorkClock.elapsed_array` says what is given and what comes back.
    """
    counted, backwards, refused = _elapsed(clock, moments_of(starts), moments_of(stops))
    refused.warn(counted.size)
    found = counted.view("timedelta64[us]")
    given = as_given(found, clock.zone, starts, stops)
    if given is found:
        given = found.view(ElapsedArray)
        given.reversed = backwards
    return given


def _elapsed(
    clock: InstantClock, since: NDArray[np.datetime64], until: NDArray[np.datetime64]
) -> tuple[Integers, int, Refused]:
    """The working time of each pair, how many pairs are reversed, and what is outside the calendar."""
    shape = np.broadcast_shapes(since.shape, until.shape)
    counted = np.empty(shape, np.int64)
    out = counted.reshape(-1)
    threads = max(1, min(os.cpu_count() or 1, out.size // WORTH_A_THREAD))
    share = -(-out.size // threads)
    parts = [slice(first, min(first + share, out.size)) for first in range(0, out.size, max(share, 1))]

    def count(part: slice) -> tuple[int, Refused]:
        return _count(clock, chunks(shape, part, since, until), out)

    if threads == 1:
        counts = list(map(count, parts))
    else:
        with ThreadPoolExecutor(threads) as pool:  # numpy lets go of the interpreter while it computes
            counts = list(pool.map(count, parts))
    return counted, sum(backwards for backwards, _ in counts), Refused.all(refused for _, refused in counts)


def reversed_array(clock: InstantClock, starts: Column, stops: Column) -> Column:
    """Whether each pair stops before it starts, as a column like `starts` or `stops`; no pair with NaT does."""
    since, until = moments_of(starts), moments_of(stops)
    shape = np.broadcast_shapes(since.shape, until.shape)
    backwards = np.empty(shape, np.bool_)
    out = backwards.reshape(-1)
    for rows, x, y in chunks(shape, slice(0, out.size), since, until):
        out[rows] = (y < x) & (y != NAT)
    return as_given(backwards, clock.zone, starts, stops)


def _count(
    clock: InstantClock, pairs: Iterator[tuple[slice, Integers, Integers]], out: Integers
) -> tuple[int, Refused]:
    """Write the working time of each pair to its place; say how many are reversed, and what is outside."""
    table, reversed_pairs, refused = None, 0, Refused()
    for rows, x, y in pairs:
        backwards = y < x  # which NaT, the smallest integer of all, is as a stop
        gone = None
        if x.min() == NAT or backwards.any():
            gone = backwards | (x == NAT) | (y == NAT)
            reversed_pairs += int(np.count_nonzero(backwards & (y != NAT)))
            x, y = _filled(gone, x, y)  # noqa: PLW2901 - what is counted instead
        if x.size == 0:
            out[rows] = NAT
            continue
        try:
            table = _table_for(clock, table, x, y)
        except OutsideCalendarError:
            beyond = _outside(clock, x, y)
            if not beyond.any():
                raise
            told = beyond if gone is None else beyond & ~gone  # what is gone has the place of another row
            gone = beyond if gone is None else gone | beyond
            refused = refused.more(
                (rows.start + np.flatnonzero(told)).tolist(),
                lambda row: why_not(lambda: clock.worked(int(x[row - rows.start]), int(y[row - rows.start]))),  # noqa: B023 - asked now
            )
            x, y = _filled(beyond, x, y)  # noqa: PLW2901 - what is counted instead
            if x.size == 0:
                out[rows] = NAT
                continue
            table = _table_for(clock, table, x, y)
        table.elapsed(x, y, out[rows])
        if gone is not None:
            out[rows][gone] = NAT
    return reversed_pairs, refused


def is_open_array(clock: InstantClock, moments: Column) -> Column:
    """`WorkClock.is_open` of many moments: whether a microsecond from each of them on is worked."""
    at = moments_of(moments)
    since = np.empty(at.shape, np.int64)
    flat = since.reshape(-1)
    for rows, x, _ in chunks(at.shape, slice(0, flat.size), at, at):
        flat[rows] = x
    until = np.where(since == NAT, NAT, since + 1)
    worked, _, refused = _elapsed(clock, since.view("datetime64[us]"), until.view("datetime64[us]"))
    refused.warn(worked.size)
    found = np.ma.MaskedArray(worked == 1, worked == NAT)
    return as_given(found, clock.zone, moments)


def _filled(gone: NDArray[np.bool_], *columns: Integers) -> tuple[Integers, ...]:
    """The columns with a row that is not gone in the place of each that is; empty when all are gone."""
    if gone.all():
        return tuple(column[:0] for column in columns)
    some = gone.argmin()
    return tuple(np.where(gone, column[some], column) for column in columns)


def _table_for(clock: InstantClock, table: Buckets | Spans | None, x: Integers, y: Integers) -> Buckets | Spans:
    """A table that holds all pairs: the one that there is, or one that holds its years as well."""
    first, last = int(x.min()), int(y.max())
    if table is not None and table.lower <= first <= last <= table.upper:
        return table
    known = (first, last) if table is None else (min(first, table.lower), max(last, table.upper))
    return table_of(clock.index(*known))


def _outside(clock: InstantClock, *columns: Integers) -> NDArray[np.bool_]:
    """The rows in which some moment lies outside the years that the calendar holds."""
    moments = np.concatenate(columns)
    years = np.unique([(moments + side).astype("datetime64[us]").astype("datetime64[Y]") for side in (-DAY, DAY)])
    runs: list[tuple[int, int]] = []
    for year in (years.astype(np.int64) + EPOCH.year).tolist():
        try:
            lower, upper = clock.year_span(year)
        except OutsideCalendarError:
            continue
        if runs and lower <= runs[-1][1] + DAY:
            lower, _ = runs.pop()
        runs.append((lower, upper))
    gone = np.zeros(columns[0].shape, np.bool_)
    for column in columns:
        held = np.zeros(column.shape, np.bool_)
        for lower, upper in runs:
            held |= (lower <= column) & (column < upper)
        gone |= ~held
    return gone


def due_array(clock: InstantClock, starts: Column, amounts: Column) -> Column:
    """`WorkClock.due` of many starts; `WorkClock.due_array` says what is given and what comes back."""
    since, wanted = moments_of(starts), amounts_of(amounts)
    shape = np.broadcast_shapes(since.shape, wanted.shape)
    out, refused, tables = np.empty(shape, np.int64).reshape(-1), Refused(), DueTables()
    for rows, x, w in chunks(shape, slice(0, out.size), since, wanted):
        gone = (x == NAT) | (w == NAT)
        negative = (w < 0) & ~gone
        found = np.full(x.shape, NAT)
        asked = ~(gone | negative)
        found[asked] = due_of(clock, x[asked], w[asked], tables)
        out[rows] = found
        refused = refused.more(
            (rows.start + np.flatnonzero((found == NAT) & ~gone)).tolist(),
            lambda row: _not_due(clock, int(x[row - rows.start]), int(w[row - rows.start])),  # noqa: B023 - asked now
        )
    refused.warn(out.size)
    return as_given(out.view("datetime64[us]").reshape(shape), clock.zone, starts, amounts)


def _not_due(clock: InstantClock, start: int, amount: int) -> str:
    if amount < 0:
        return f"{amount:,} microseconds is negative"
    return why_not(lambda: clock.reached(start, amount))


def due_of(clock: InstantClock, starts: Integers, amounts: Integers, tables: DueTables) -> Integers:
    """When a clock has counted each amount; NaT where the calendar does not hold the answer."""
    if not starts.size:
        return starts
    try:
        return _due(clock, starts, amounts, tables)
    except (HorizonError, OutsideCalendarError):
        found, asked = np.full(starts.shape, NAT), np.flatnonzero(~_outside(clock, starts))
    try:
        found[asked] = _due(clock, starts[asked], amounts[asked], tables)
    except (HorizonError, OutsideCalendarError, ValueError):
        for row in asked.tolist():  # what falls due beyond the calendar is found by asking
            with suppress(HorizonError, OutsideCalendarError):
                found[row] = clock.reached(int(starts[row]), int(amounts[row]))
    return found


def _due(clock: InstantClock, starts: Integers, amounts: Integers, tables: DueTables) -> Integers:
    # The rows that may fall due last are asked one at a time: after that, the index of the clock holds all rows.
    largest = int(amounts.argmax())
    if amounts[largest] >= BEYOND:  # the sum would not fit into 64 bits
        clock.reached(int(starts[largest]), int(amounts[largest]))
    first, last = int(starts.min()), int(starts.max())
    farthest = int((tables.of(clock.index(first, last + 1)).worked(starts) + amounts).argmax())
    end = max(last + 1, clock.reached(int(starts[farthest]), int(amounts[farthest])))
    nothing = amounts == 0
    some = bool(nothing.any())
    if some:
        end = max(end, clock.reached(int(starts[nothing].max()), 0) + 1)
    index = clock.index(first, end)
    tables.of(index)
    due: Integers = tables.due(starts, amounts)
    if some:
        due = np.where(nothing, tables.spans.open_from(starts), due)
    for closed, opens in index.gaps:
        beyond = (starts < opens) & (opens <= due) & (opens - np.maximum(starts, closed) > HORIZON)
        if beyond.any():  # asked one at a time, it raises its error
            clock.reached(int(starts[beyond.argmax()]), int(amounts[beyond.argmax()]))
    return due
