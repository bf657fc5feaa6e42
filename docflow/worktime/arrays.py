"""`WorkClock.elapsed` and `due` for millions of moments at once, in numpy: the same integers as one at a time.

What is taken as moments and amounts: see `docflow.worktime.columns`. Rows are counted in chunks that fit into the cache
of a processor, so little memory is needed beside input and output; a million rows and more are shared among processors.
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
from docflow.worktime.columns import BEYOND, CHUNK, NAT, amounts_of, as_given, chunks, moments_of
from docflow.worktime.index import HORIZON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docflow.worktime.columns import Column, Integers
    from docflow.worktime.index import Index
    from docflow.worktime.instant_clock import InstantClock

__all__ = ["ElapsedArray", "due_array", "elapsed_array", "reversed_array"]

MOST_BUCKETS: Final = 1 << 20
WORTH_A_HAND: Final = 1 << 20
"""From so many rows on, a second processor saves more time than it takes to start."""


class ElapsedArray(np.ndarray[Any, np.dtype[np.timedelta64]]):
    """Working times as `timedelta64[us]`, and how many pairs were reversed; those are NaT."""

    reversed: int | None = None
    """How many pairs stop before they start; None in arrays made from this one, such as slices."""


def elapsed_array(clock: InstantClock, starts: Column, stops: Column) -> Column:
    """`WorkClock.elapsed` of many pairs, as a column like `starts`, else like `stops`; else an `ElapsedArray`.

    For columns of pandas, polars and pyarrow the result is such a column (`docflow.worktime.columns`), for all others
    `timedelta64[us]`. Shapes are broadcast as in numpy. Rows are matched by position, whatever index a column has.
    A pair with NaT gives NaT (null), and so does a reversed pair: `reversed` of an `ElapsedArray` counts these, and
    `reversed_array` shows which they are. Raises `NaiveSeriesError` for a column without a zone, and what the calendar
    raises when it does not hold all years from the earliest row to the latest.
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


def reversed_array(clock: InstantClock, starts: Column, stops: Column) -> Column:
    """Whether each pair stops before it starts, as a column like `starts` or `stops`; no pair with NaT does."""
    since, until = moments_of(starts), moments_of(stops)
    shape = np.broadcast_shapes(since.shape, until.shape)
    backwards = np.empty(shape, np.bool_)
    out = backwards.reshape(-1)
    for rows, x, y in chunks(shape, slice(0, out.size), since, until):
        out[rows] = (y < x) & (y != NAT)
    return as_given(backwards, clock.zone, starts, stops)


def _count(clock: InstantClock, pairs: Iterator[tuple[slice, Integers, Integers]], out: Integers) -> int:
    """Write the working time of each pair to its place in the result; the number of reversed pairs is given back."""
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


def due_array(clock: InstantClock, starts: Column, amounts: Column) -> Column:
    """`WorkClock.due` of many starts, as a column like `starts`, else like `amounts`; else `datetime64[us]` in UTC.

    A column of pandas, polars or pyarrow has the zone of `starts`, else that of the clock (`docflow.worktime.columns`).
    `amounts` is one `WorkTime` for all, a sequence of them, or `timedelta64` of any unit, as `elapsed_array` gives it.
    Shapes are broadcast; NaT on either side gives NaT. Raises `NegativeAmountError` with the row, and otherwise what
    `elapsed_array` raises.
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


def _due(clock: InstantClock, starts: Integers, amounts: Integers) -> Integers:
    # The rows that may fall due last are asked one at a time: after that, the index of the clock holds all rows.
    largest = int(amounts.argmax())
    if amounts[largest] >= BEYOND:  # the sum would not fit into 64 bits
        clock.reached(int(starts[largest]), int(amounts[largest]))
    first, last = int(starts.min()), int(starts.max())
    farthest = int((_Spans.of(clock.index(first, last + 1)).worked(starts) + amounts).argmax())
    end = max(last + 1, clock.reached(int(starts[farthest]), int(amounts[farthest])))
    nothing = amounts == 0
    if nothing.any():
        end = max(end, clock.reached(int(starts[nothing].max()), 0) + 1)
    index = clock.index(first, end)
    spans = _Spans.of(index)
    due: Integers = np.where(nothing, spans.open_from(starts), spans.reached(spans.worked(starts) + amounts))
    for closed, opens in index.gaps:
        beyond = (starts < opens) & (opens <= due) & (opens - np.maximum(starts, closed) > HORIZON)
        if beyond.any():  # asked one at a time, it raises its error
            clock.reached(int(starts[beyond.argmax()]), int(amounts[beyond.argmax()]))
    return due


@frozen(eq=False)
class _Spans:
    """The open spans of an index as arrays; each moment is found by binary search."""

    lower: int
    upper: int
    opens: Integers
    closes: Integers
    totals: Integers

    @classmethod
    def of(cls, index: Index) -> Self:
        rows = (index.opens, index.closes, index.totals)
        if not index.opens:  # only idle years: one span without length at their end
            rows = ([index.upper], [index.upper], [0])
        return cls(index.lower, index.upper, *(np.array(row, np.int64) for row in rows))

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
    """The same as a table: time is cut into buckets of 2**shift µs, so short that none holds two open spans.

    When a bucket begins the clock has counted `base`; in it, it runs from `opens` on for `length`. So a moment needs no
    search, only eight steps of arithmetic.
    """

    lower: int
    upper: int
    shift: int
    base: Integers
    opens: Integers
    """In microseconds after `lower`, like every moment that is looked up."""
    length: Integers
    # Memory for the starts and stops of a chunk, taken once: to ask for it each time costs more than the arithmetic.
    ticks: Integers = field(factory=lambda: np.empty((2, CHUNK), np.int64))
    bucket: Integers = field(factory=lambda: np.empty((2, CHUNK), np.int64))
    part: Integers = field(factory=lambda: np.empty((2, CHUNK), np.int64))
    zeros: Integers = field(factory=lambda: np.zeros((2, CHUNK), np.int64))
    """To compare with an array of zeros is twice as fast as with a single 0."""

    @classmethod
    def of(cls, spans: _Spans) -> Self | None:
        """None when the spans lie so close together that the table would be too large."""
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
        # Every moment has a bucket, so numpy need not check that: mode="clip" is faster.
        np.subtract(ticks, self.opens.take(bucket, out=part, mode="clip"), out=ticks)
        np.maximum(ticks, zeros, out=ticks)
        np.minimum(ticks, self.length.take(bucket, out=part, mode="clip"), out=ticks)
        np.add(ticks, self.base.take(bucket, out=part, mode="clip"), out=ticks)
        np.subtract(ticks[1], ticks[0], out=out)


def _table(clock: InstantClock, first: int, last: int) -> _Buckets | _Spans:
    spans = _Spans.of(clock.index(first, last))
    return _Buckets.of(spans) or spans
