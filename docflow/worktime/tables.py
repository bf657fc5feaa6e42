"""Tables of the open spans, in which a moment of millions is found without a search in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

import numpy as np
from attrs import field, frozen

from docflow.worktime.columns import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable

    from docflow.worktime.columns import Integers
    from docflow.worktime.index import Index

__all__ = ["Buckets", "DueTables", "Spans", "stepped", "table_of"]

MOST_BUCKETS: Final = 1 << 20


@frozen(eq=False)
class Spans:
    """The open spans of an index as arrays; each moment is found by binary search."""

    lower: int
    upper: int
    opens: Integers
    closes: Integers
    totals: Integers

    @classmethod
    def of(cls, index: Index) -> Self:
        """The spans of an index."""
        rows = (index.opens, index.closes, index.totals)
        if not index.opens:  # only idle years: one span without length at their end
            rows = ([index.upper], [index.upper], [0])
        return cls(index.lower, index.upper, *(np.array(row, np.int64) for row in rows))

    def elapsed(self, starts: Integers, stops: Integers, out: Integers) -> None:
        """Write the working time of each pair."""
        np.subtract(self.worked(stops), self.worked(starts), out=out)

    def worked(self, at: Integers) -> Integers:
        """`Index.worked` of each moment."""
        span = np.searchsorted(self.opens, at, side="right") - 1
        return np.where(span < 0, 0, self.totals[span] - np.maximum(self.closes[span] - at, 0))

    def reached(self, amounts: Integers) -> Integers:
        """`Index.reached` of each amount."""
        span = np.minimum(np.searchsorted(self.totals, amounts, side="left"), len(self.totals) - 1)
        return self.closes[span] - (self.totals[span] - amounts)

    def open_from(self, at: Integers) -> Integers:
        """`Index.open_from` of each moment."""
        span = np.minimum(np.searchsorted(self.closes, at, side="right"), len(self.closes) - 1)
        return np.maximum(at, self.opens[span])


@frozen(eq=False)
class Buckets:
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
    def of(cls, spans: Spans) -> Self | None:
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
            base=base[:-1],
            opens=spans.open_from(edges[:-1]) - spans.lower,
            length=np.diff(base),
        )

    def worked(self, at: Integers) -> Integers:
        """`Index.worked` of each moment."""
        ticks = at - self.lower
        bucket = ticks >> self.shift
        ticks -= self.opens.take(bucket, mode="clip")
        np.maximum(ticks, 0, out=ticks)
        np.minimum(ticks, self.length.take(bucket, mode="clip"), out=ticks)
        ticks += self.base.take(bucket, mode="clip")
        return ticks

    def elapsed(self, starts: Integers, stops: Integers, out: Integers) -> None:
        """Write the working time of each pair."""
        n = len(starts)
        ticks, bucket, part, zeros = (memory[:, :n] for memory in (self.ticks, self.bucket, self.part, self.zeros))
        np.subtract(starts, self.lower, out=ticks[0])
        np.subtract(stops, self.lower, out=ticks[1])
        np.right_shift(ticks, self.shift, out=bucket)
        # Every moment has a bucket, so numpy need not check that: mode="clip" is faster.
        np.subtract(ticks, self.opens.take(bucket, out=part, mode="clip"), out=ticks)
        np.maximum(ticks, zeros, out=ticks)
        np.minimum(ticks, self.length.take(bucket, out=part, mode="clip"), out=ticks)
        np.add(ticks, self.base.take(bucket, out=part, mode="clip"), out=ticks)
        np.subtract(ticks[1], ticks[0], out=out)


def table_of(index: Index) -> Buckets | Spans:
    """A table of buckets, else the spans themselves."""
    spans = Spans.of(index)
    return Buckets.of(spans) or spans


def stepped(edges: Integers, values: Integers) -> Callable[[Integers], Integers]:
    """A step function: the value at the last edge up to each row; before the first edge there is none.

    It is a table too: buckets of 2**shift, each with one edge at most.
    """
    lower, last_edge = int(edges[0]), int(edges[-1])
    shift = int(np.diff(edges).min() if len(edges) > 1 else 1).bit_length() - 1
    buckets = ((last_edge - lower) >> shift) + 1
    if buckets > MOST_BUCKETS:
        return lambda rows: values[np.searchsorted(edges, rows, side="right") - 1]
    ends = lower + (np.arange(1, buckets + 1, dtype=np.int64) << shift) - 1
    last = np.searchsorted(edges, ends, side="right") - 1
    edge, after, before = edges[last], values[last], values[np.maximum(last - 1, 0)]

    def value(rows: Integers) -> Integers:
        bucket = (rows - lower) >> shift
        return np.where(
            rows < edge.take(bucket, mode="clip"), before.take(bucket, mode="clip"), after.take(bucket, mode="clip")
        )

    return value


class DueTables:
    """When the office has worked so much since a moment: tables of the index that was asked last."""

    def __init__(self) -> None:
        self._index: Index | None = None

    def of(self, index: Index) -> Self:
        """The tables of an index."""
        if index is not self._index:
            self.spans = Spans.of(index)
            self.worked = (Buckets.of(self.spans) or self.spans).worked
            # What has been worked at a close belongs to the span that closes: the next one begins a microsecond later.
            after = np.concatenate([[0], self.spans.totals[:-1] + 1])
            self._beyond = stepped(after, self.spans.closes - self.spans.totals)
            self._index = index
        return self

    def due(self, starts: Integers, amounts: Integers) -> Integers:
        """When each amount, which is more than nothing, has been worked since each start."""
        wanted = self.worked(starts) + amounts
        return wanted + self._beyond(wanted)
