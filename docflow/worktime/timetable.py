"""The clock's book: every open span of some years in UTC, sorted, with how much was worked before each.

Two questions answer everything else, and both are one binary search, whatever the span:
`worked(at)`, the working time from the book's beginning to an instant, and its inverses, `reached(amount)` for the
first instant with that much behind it and `left(amount)` for the last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, pairwise, starmap
from operator import sub
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.instants import YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HORIZON", "HORIZON_YEARS", "Timetable"]

HORIZON_YEARS: Final = 10
HORIZON: Final = HORIZON_YEARS * YEAR
"""A search, forward or back, goes through so much time in which nothing of what it looks for comes, and no further."""


@frozen(eq=False)
class Timetable:
    """The open spans of the years `first` to `last`; all sequences are in order of time."""

    first: int
    last: int
    lower: int
    """The instant from which the book answers: the first year begins, and no night shift from before it goes on."""
    upper: int
    """The instant at which the last year ends: the book answers up to here."""
    opens: Sequence[int] = field(repr=False)
    closes: Sequence[int] = field(repr=False)
    days: Sequence[int] = field(repr=False)
    """The working days, as proleptic ordinals."""
    day_opens: Sequence[int] = field(repr=False)
    """The first opening of each working day, in their order."""
    day_closes: Sequence[int] = field(repr=False)
    """When each working day, and all before it, have closed; a shift over midnight closes on the day after its own."""
    idle: bool = False
    """Whether any of its years has no working day."""
    totals: Sequence[int] = field(init=False, repr=False)
    """How much has been worked when each span closes."""
    gaps: Sequence[tuple[int, int]] = field(init=False, repr=False)
    """Closed time that is longer than the horizon, from closing to opening; there is none without idle years."""

    def __attrs_post_init__(self) -> None:
        lengths = starmap(sub, zip(self.closes, self.opens, strict=True))
        object.__setattr__(self, "totals", list(accumulate(lengths)))
        edges = zip([self.lower, *self.closes], [*self.opens, self.upper], strict=True) if self.idle else ()
        object.__setattr__(self, "gaps", [(since, until) for since, until in edges if until - since > HORIZON])

    def worked(self, at: int) -> int:
        """The working time from the beginning of the book to an instant."""
        span = bisect_right(self.opens, at) - 1
        if span < 0:
            return 0
        left = self.closes[span] - at
        return self.totals[span] - left if left > 0 else self.totals[span]

    def due(self, start: int, amount: int) -> int | None:
        """The first instant by which that much has been worked since another; None when the book ends before."""
        return self.reached(self.worked(start) + amount)

    def reached(self, amount: int) -> int | None:
        """The first instant by which that much has been worked; None when the book ends before."""
        span = bisect_left(self.totals, amount)
        return None if span == len(self.totals) else self.closes[span] - (self.totals[span] - amount)

    def left(self, amount: int) -> int | None:
        """The last instant by which no more than that has been worked; None when it lies before the book."""
        if amount < 0:
            return None
        span = bisect_right(self.totals, amount)
        return self.closes[span] - (self.totals[span] - amount)

    def latest(self, due: int, amount: int) -> int | None:
        """The last instant from which that much is worked by another; of nothing, that one or the closing before it."""
        if amount:
            return self.left(self.worked(due) - amount)
        span = bisect_right(self.opens, due) - 1
        return None if span < 0 else min(due, self.closes[span])

    def last_close(self, at: int) -> int | None:
        """The last instant up to `at` at which the office closed; None when the book begins after it."""
        span = bisect_right(self.closes, at) - 1
        while span >= 0 and span + 1 < len(self.opens) and self.opens[span + 1] == self.closes[span]:
            span -= 1  # it went on at once
        return None if span < 0 else self.closes[span]

    def open_from(self, at: int) -> int | None:
        """The first open instant from `at` on; None when the book ends before."""
        span = bisect_right(self.closes, at)
        return None if span == len(self.opens) else max(at, self.opens[span])

    def between(self, start: int, stop: int) -> list[tuple[int, int]]:
        """The open spans between two instants, clipped to them; none between an instant and itself."""
        if start == stop:
            return []
        first, last = bisect_right(self.closes, start), bisect_left(self.opens, stop)
        return [(max(self.opens[i], start), min(self.closes[i], stop)) for i in range(first, last)]

    def day_close(self, day: int, n: int, counting_first: bool) -> int | None:  # noqa: FBT001 - `Timetables.find` hands it on
        """The closing of the n-th working day after a day (or from it on); None when the book ends before."""
        position = self.position(day, counting_first) + n - 1
        return None if position >= len(self.days) else self.day_closes[position]

    def position(self, day: int, counting_first: bool) -> int:  # noqa: FBT001 - the same
        """How many working days come before a day, itself counted unless it is to be the first."""
        return (bisect_left if counting_first else bisect_right)(self.days, day)

    def close_by(self, day: int) -> int | None:
        """The closing of the last working day up to a day; None when the book begins after it."""
        position = bisect_right(self.days, day) - 1
        return None if position < 0 else self.day_closes[position]

    def shift(self, at: int) -> int | None:
        """The working day whose shift holds an instant, breaks included; of two such days the earlier one."""
        position = bisect_right(self.day_closes, at)
        return self.days[position] if position < len(self.days) and self.day_opens[position] <= at else None

    def day_spans(self, start: int, stop: int) -> list[tuple[int, int, int]]:
        """The open spans between two instants, each with the working day it belongs to, as an ordinal.

        Where a night shift runs into hours of the next day, these begin when it closes.
        """
        found = []
        for since, closes in self.between(start, stop):
            opens = since
            while opens < closes:
                position = bisect_right(self.day_closes, opens)
                until = min(self.day_closes[position], closes)
                found.append((self.days[position], opens, until))
                opens = until
        return found

    @classmethod
    def joined(cls, books: Sequence[Timetable]) -> Timetable:
        """One book of several that follow each other; where a night shift runs into the next book, time counts once."""
        opens, closes, days, day_opens, day_closes = (
            list(chain.from_iterable(rows))
            for rows in zip(*((b.opens, b.closes, b.days, b.day_opens, b.day_closes) for b in books), strict=True)
        )
        worked = (book for book in books if book.opens)
        if any(book.closes[-1] > following.opens[0] for book, following in pairwise(worked)):
            opens, closes = disjoint(opens, closes)
            day_closes = list(accumulate(day_closes, max))
        return cls(
            first=books[0].first,
            last=books[-1].last,
            lower=books[0].lower,
            upper=books[-1].upper,
            opens=opens,
            closes=closes,
            days=days,
            day_opens=day_opens,
            day_closes=day_closes,
            idle=any(book.idle for book in books),
        )


def disjoint(opens: list[int], closes: list[int]) -> tuple[list[int], list[int]]:
    """The same open time in spans that follow each other."""
    kept: list[tuple[int, int]] = []
    for since, until in sorted(zip(opens, closes, strict=True)):
        start = max(since, kept[-1][1]) if kept else since
        if start < until:
            kept.append((start, until))
    return [start for start, _ in kept], [close for _, close in kept]
