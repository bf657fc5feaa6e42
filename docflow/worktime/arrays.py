"""The clock's questions for millions of moments at once, in numpy: the same integers as one at a time.

What is taken as moments and amounts: see `docflow.worktime.columns`. Work is done in chunks that fit a processor's
cache, so memory beyond input and output stays small; a million rows and more are shared among processors.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Self

try:
    import numpy as np
except ModuleNotFoundError as missing:
    message = "arrays need numpy; install it with: pip install 'docflow-registry[arrays]'"
    raise ModuleNotFoundError(message) from missing

from attrs import field, frozen

from docflow.errors import NegativeAmountError
from docflow.worktime.columns import BEYOND, CHUNK, NAT, amounts_of, chunks, moments_of
from docflow.worktime.kinds import as_given
from docflow.worktime.timetable import HORIZON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docflow.worktime.clock import WorkClock
    from docflow.worktime.columns import Column, Integers
    from docflow.worktime.timetable import Timetable

__all__ = ["ElapsedArray", "due_array", "elapsed_array", "reversed_array"]

MOST_BUCKETS: Final = 1 << 20
WORTH_A_HAND: Final = 1 << 20
"""So many rows keep a processor busy long enough to call on another one."""


class ElapsedArray(np.ndarray[Any, np.dtype[np.timedelta64]]):
    """Working times as `timedelta64[us]`, and how many pairs were reversed; those are NaT."""

    reversed: int | None = None
    """How many pairs stopped before they started; None in what was made from the array, where nobody counted."""


def elapsed_array(clock: WorkClock, starts: Column, stops: Column) -> Column:
    """`WorkClock.elapsed` of many pairs, as a column like `starts`, else like `stops`; else an `ElapsedArray`.

    Columns of pandas, polars and pyarrow come as such (`docflow.worktime.kinds`), and all else as `timedelta64[us]`.
    Shapes are broadcast against each other like those of any two numpy arrays; rows count by position, whatever
    index a column has. A pair with NaT is NaT (null), and so is a reversed one: `reversed` of an `ElapsedArray` counts
    these, and `reversed_array` says which they are. Raises
    `NaiveSeriesError` for a column without a zone and what the calendar raises for a year it does not hold, of all
    those from the earliest row to the latest.
    """
    since, until = moments_of(starts), moments_of(stops)
    shape = np.broadcast_shapes(since.shape, until.shape)
    counted = np.empty(shape, np.int64)
    out = counted.reshape(-1)
    hands = max(1, min(os.cpu_count() or 1, out.size // WORTH_A_HAND))
    share = -(-out.size // hands)
    parts = [slice(first, min(first + share, out.size)) for first in range(0, out.size, max(share, 1))]

    def count(part: slice) -> int:
        return _count(clock, chunks(shape, part, since, until), out)

    if hands == 1:
        backwards = sum(map(count, parts))
    else:
        with ThreadPoolExecutor(hands) as pool:  # numpy lets go of the interpreter while it computes
            backwards = sum(pool.map(count, parts))
    found = counted.view("timedelta64[us]")
    given = as_given(found, clock.zone, starts, stops)
    if given is found:
        given = found.view(ElapsedArray)
        given.reversed = backwards
    return given


def reversed_array(clock: WorkClock, starts: Column, stops: Column) -> Column:
    """Which pairs stop before they start, as a column of truth values like `starts` or `stops`; NaT is no stop."""
    since, until = moments_of(starts), moments_of(stops)
    shape = np.broadcast_shapes(since.shape, until.shape)
    backwards = np.empty(shape, np.bool_)
    out = backwards.reshape(-1)
    for rows, x, y in chunks(shape, slice(0, out.size), since, until):
        out[rows] = (y < x) & (y != NAT)
    return as_given(backwards, clock.zone, starts, stops)


def _count(clock: WorkClock, pairs: Iterator[tuple[slice, Integers, Integers]], out: Integers) -> int:
    """Write the working time of pairs where they stand in the result, and give how many of them were reversed."""
    table, reversed_pairs = None, 0
    for rows, x, y in pairs:
        backwards = y < x  # which NaT, the smallest integer of all, is as a stop
        first = x.min()
        gone = None
        if first == NAT or backwards.any():
            gone = backwards | (x == NAT) | (y == NAT)
            reversed_pairs += int(np.count_nonzero(backwards & (y != NAT)))
            if gone.all():
                out[rows] = NAT
                continue
            some = gone.argmin()
            x, y = np.where(gone, x[some], x), np.where(gone, y[some], y)  # noqa: PLW2901 - what is counted instead
            first = x.min()
        first, last = int(first), int(y.max())
        if table is None or not table.lower <= first <= last <= table.upper:
            known = (first, last) if table is None else (min(first, table.lower), max(last, table.upper))
            table = _table(clock, *known)
        table.elapsed(x, y, out[rows])
        if gone is not None:
            out[rows][gone] = NAT
    return reversed_pairs


def due_array(clock: WorkClock, starts: Column, amounts: Column) -> Column:
    """`WorkClock.due` of many starts, as a column like `starts`, else like `amounts`; else `datetime64[us]` in UTC.

    A column of pandas, polars or pyarrow has the zone of `starts`, else the clock's (`docflow.worktime.kinds`).
    `amounts` is one `WorkTime` for all, a sequence of them, or `timedelta64` of any unit, as `elapsed_array` gives it.
    Shapes are broadcast; NaT on either side gives NaT. Raises `NegativeAmountError` with the row, and the rest
    as for `elapsed_array`.
    """
    since, wanted = moments_of(starts), amounts_of(amounts)
    shape = np.broadcast_shapes(since.shape, wanted.shape)
    out = np.empty(shape, np.int64).reshape(-1)
    for rows, x, w in chunks(shape, slice(0, out.size), since, wanted):
        gone = (x == NAT) | (w == NAT)
        if ((w < 0) & ~gone).any():
            row = rows.start + int(((w < 0) & ~gone).argmax())
            raise NegativeAmountError(
                int(w[row - rows.start]), f"microseconds in row {row} is negative; correct the row"
            )
        if gone.all():
            out[rows] = NAT
            continue
        some = gone.argmin()
        x, w = np.where(gone, x[some], x), np.where(gone, w[some], w)  # noqa: PLW2901 - what is counted instead
        out[rows] = _due(clock, x, w)
        out[rows][gone] = NAT
    return as_given(out.view("datetime64[us]").reshape(shape), clock.zone, starts, amounts)


def _due(clock: WorkClock, starts: Integers, amounts: Integers) -> Integers:
    # Those that may lie farthest go one at a time; the clock then holds a book that all the others are in.
    largest = int(amounts.argmax())
    if amounts[largest] >= BEYOND:  # it would not even add up in integers of 64 bits
        clock.reached(int(starts[largest]), int(amounts[largest]))
    first, last = int(starts.min()), int(starts.max())
    farthest = int((_Spans.of(clock.book(first, last + 1)).worked(starts) + amounts).argmax())
    end = max(last + 1, clock.reached(int(starts[farthest]), int(amounts[farthest])))
    nothing = amounts == 0
    if nothing.any():
        end = max(end, clock.reached(int(starts[nothing].max()), 0) + 1)
    book = clock.book(first, end)
    spans = _Spans.of(book)
    due: Integers = np.where(nothing, spans.open_from(starts), spans.reached(spans.worked(starts) + amounts))
    for closed, opens in book.gaps:
        beyond = (starts < opens) & (opens <= due) & (opens - np.maximum(starts, closed) > HORIZON)
        if beyond.any():  # one at a time they say so
            clock.reached(int(starts[beyond.argmax()]), int(amounts[beyond.argmax()]))
    return due


@frozen(eq=False)
class _Spans:
    """A book's open spans as arrays, each searched for: right for any book, and for both directions."""

    lower: int
    upper: int
    opens: Integers
    closes: Integers
    totals: Integers

    @classmethod
    def of(cls, book: Timetable) -> Self:
        rows = (book.opens, book.closes, book.totals)
        if not book.opens:  # idle years: a span of no length at their end, so that there is one
            rows = ([book.upper], [book.upper], [0])
        return cls(book.lower, book.upper, *(np.array(row, np.int64) for row in rows))

    def elapsed(self, starts: Integers, stops: Integers, out: Integers) -> None:
        np.subtract(self.worked(stops), self.worked(starts), out=out)

    def worked(self, at: Integers) -> Integers:
        span = np.searchsorted(self.opens, at, side="right") - 1
        return np.where(span < 0, 0, self.totals[span] - np.maximum(self.closes[span] - at, 0))

    def reached(self, amounts: Integers) -> Integers:
        span = np.minimum(np.searchsorted(self.totals, amounts, side="left"), len(self.totals) - 1)
        return self.closes[span] - (self.totals[span] - amounts)

    def open_from(self, at: Integers) -> Integers:
        span = np.minimum(np.searchsorted(self.closes, at, side="right"), len(self.closes) - 1)
        return np.maximum(at, self.opens[span])


@frozen(eq=False)
class _Buckets:
    """The same, looked up: time is cut into buckets of 2**shift µs, so wide that no two open spans share one.

    In a bucket the clock has counted `base`, and counts on from `opens` for `length`: no search, eight steps of
    arithmetic a moment.
    """

    lower: int
    upper: int
    shift: int
    base: Integers
    opens: Integers
    """As of `lower`, like every moment that is looked up."""
    length: Integers
    # Room for the starts and stops of a chunk, taken once: asking for memory anew costs more than the arithmetic.
    ticks: Integers = field(factory=lambda: np.empty((2, CHUNK), np.int64))
    bucket: Integers = field(factory=lambda: np.empty((2, CHUNK), np.int64))
    part: Integers = field(factory=lambda: np.empty((2, CHUNK), np.int64))
    zeros: Integers = field(factory=lambda: np.zeros((2, CHUNK), np.int64))
    """Twice as fast to compare with as a single 0."""

    @classmethod
    def of(cls, spans: _Spans) -> Self | None:
        """None for a book whose spans lie too close together for a table of a sensible size."""
        apart = np.flatnonzero(spans.opens[1:] != spans.closes[:-1])
        closed, opened = spans.closes[apart] - 1 - spans.lower, spans.opens[apart + 1] - spans.lower
        shift = (spans.upper - spans.lower).bit_length()
        while np.any((closed >> shift) == (opened >> shift)):
            shift -= 1
        buckets = ((spans.upper - spans.lower) >> shift) + 1
        if buckets > MOST_BUCKETS:
            return None
        edges = spans.lower + (np.arange(buckets + 1, dtype=np.int64) << shift)
        base = spans.worked(edges)
        return cls(
            spans.lower,
            spans.upper,
            shift,
            base=base[:-1] - base[0],
            opens=spans.open_from(edges[:-1]) - spans.lower,
            length=np.diff(base),
        )

    def elapsed(self, starts: Integers, stops: Integers, out: Integers) -> None:
        n = len(starts)
        ticks, bucket, part, zeros = (room[:, :n] for room in (self.ticks, self.bucket, self.part, self.zeros))
        np.subtract(starts, self.lower, out=ticks[0])
        np.subtract(stops, self.lower, out=ticks[1])
        np.right_shift(ticks, self.shift, out=bucket)
        # Every moment has its bucket; "clip" spares the check of it.
        np.subtract(ticks, self.opens.take(bucket, out=part, mode="clip"), out=ticks)
        np.maximum(ticks, zeros, out=ticks)
        np.minimum(ticks, self.length.take(bucket, out=part, mode="clip"), out=ticks)
        np.add(ticks, self.base.take(bucket, out=part, mode="clip"), out=ticks)
        np.subtract(ticks[1], ticks[0], out=out)


def _table(clock: WorkClock, first: int, last: int) -> _Buckets | _Spans:
    spans = _Spans.of(clock.book(first, last))
    return _Buckets.of(spans) or spans
