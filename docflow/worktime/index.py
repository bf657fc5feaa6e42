"""The index of some years: every open span in order, and how much time was worked before each.

`worked(at)` is the working time from the beginning of the index to an instant. `reached(amount)` is the first instant
by which so much was worked, and `left(amount)` the last by which no more was. Each is one binary search, however many
years lie between, and all other questions about time are made of these three.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, pairwise, starmap
from operator import sub
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.instants import YEAR, clip, disjoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docflow.instants import Interval

__all__ = ["HORIZON", "HORIZON_YEARS", "Index", "without_overlap"]

HORIZON_YEARS: Final = 10
HORIZON: Final = HORIZON_YEARS * YEAR
"""A search goes through closed time up to this long, and no further."""


@frozen(eq=False)
class Index:
    """The open spans of the years `first` to `last`. All sequences are in order of time, all times are instants.

    A function that finds nothing inside these years gives None.
    """

    first: int
    last: int
    lower: int
    """From here on the index answers: the first year has begun, and no night shift from before it goes on."""
    upper: int
    """Up to here the index answers: the last year ends."""
    opens: Sequence[int] = field(repr=False)
    closes: Sequence[int] = field(repr=False)
    days: Sequence[int] = field(repr=False)
    """The working days, as `date.toordinal` numbers them."""
    day_opens: Sequence[int] = field(repr=False)
    """When each working day opens first."""
    day_closes: Sequence[int] = field(repr=False)
    """When each working day and all days before it have closed; a night shift closes on the next date."""
    idle: bool = False
    """Whether a year has no working day."""
    totals: Sequence[int] = field(init=False, repr=False)
    """How much time has been worked when each span closes."""
    gaps: Sequence[Interval] = field(init=False, repr=False)
    """Closed time longer than the horizon, from closing to opening; only idle years have it."""

    @totals.default
    def _totals(self) -> list[int]:
        return list(accumulate(starmap(sub, zip(self.closes, self.opens, strict=True))))

    @gaps.default
    def _gaps(self) -> list[Interval]:
        edges = zip([self.lower, *self.closes], [*self.opens, self.upper], strict=True) if self.idle else ()
        return [(since, until) for since, until in edges if until - since > HORIZON]

    def worked(self, at: int) -> int:
        """The working time from the beginning of the index to an instant."""
        span = bisect_right(self.opens, at) - 1
        if span < 0:
            return 0
        left = self.closes[span] - at
        return self.totals[span] - left if left > 0 else self.totals[span]

    def due(self, start: int, amount: int) -> int | None:
        """The first instant by which so much has been worked since another."""
        return self.reached(self.worked(start) + amount)

    def reached(self, amount: int) -> int | None:
        """The first instant by which so much has been worked."""
        span = bisect_left(self.totals, amount)
        return None if span == len(self.totals) else self.closes[span] - (self.totals[span] - amount)

    def left(self, amount: int) -> int | None:
        """The last instant by which no more than so much has been worked."""
        if amount < 0:
            return None
        span = bisect_right(self.totals, amount)
        return self.closes[span] - (self.totals[span] - amount)

    def latest(self, due: int, amount: int) -> int | None:
        """The last instant from which so much is worked by `due`; for no amount, `due` or the closing before it."""
        if amount:
            return self.left(self.worked(due) - amount)
        span = bisect_right(self.opens, due) - 1
        return None if span < 0 else min(due, self.closes[span])

    def last_close(self, at: int) -> int | None:
        """The last instant up to `at` at which the office closed."""
        span = bisect_right(self.closes, at) - 1
        while span >= 0 and span + 1 < len(self.opens) and self.opens[span + 1] == self.closes[span]:
            span -= 1  # it opened again at once
        return None if span < 0 else self.closes[span]

    def next_close(self, at: int) -> int | None:
        """The first instant after `at` at which the office closes, and does not open again at once."""
        span = bisect_right(self.closes, at)
        while span + 1 < len(self.opens) and self.opens[span + 1] == self.closes[span]:
            span += 1
        return None if span >= len(self.closes) or self.closes[span] == self.upper else self.closes[span]

    def next_opening(self, at: int) -> int | None:
        """The first instant after `at` at which the office opens, and did not close just then."""
        span = bisect_right(self.opens, at)
        while 0 < span < len(self.opens) and self.opens[span] == self.closes[span - 1]:
            span += 1
        return None if span == len(self.opens) else self.opens[span]

    def last_opening(self, at: int) -> int | None:
        """The last instant up to `at` at which the office opened, and had not closed just then."""
        span = bisect_right(self.opens, at) - 1
        while span > 0 and self.opens[span] == self.closes[span - 1]:
            span -= 1
        return None if span < 0 or self.opens[span] == self.lower else self.opens[span]

    def open_from(self, at: int) -> int | None:
        """The first open instant from `at` on."""
        span = bisect_right(self.closes, at)
        return None if span == len(self.opens) else max(at, self.opens[span])

    def between(self, start: int, stop: int) -> list[Interval]:
        """The open spans between two instants, clipped to them."""
        first, last = bisect_right(self.closes, start), bisect_left(self.opens, stop)
        return clip(zip(self.opens[first:last], self.closes[first:last], strict=True), start, stop)

    def day_close(self, day: int, n: int, counting_first: bool) -> int | None:  # noqa: FBT001 - `Years.find` hands it on
        """The closing of the n-th working day after a day, or from that day on."""
        position = self.days_before(day, counting_first) + n - 1
        return None if position >= len(self.days) else self.day_closes[position]

    def days_before(self, day: int, counting_first: bool) -> int:  # noqa: FBT001 - the same
        """How many working days come before the first one that `day_close` counts."""
        return (bisect_left if counting_first else bisect_right)(self.days, day)

    def close_by(self, day: int) -> int | None:
        """The closing of the last working day up to a day."""
        position = bisect_right(self.days, day) - 1
        return None if position < 0 else self.day_closes[position]

    def not_closed(self, at: int) -> int | None:
        """The first working day whose shift closes after an instant."""
        position = bisect_right(self.day_closes, at)
        return self.days[position] if position < len(self.days) else None

    def day_spans(self, start: int, stop: int) -> list[tuple[int, int, int]]:
        """The open spans between two instants, each after the working day that it belongs to.

        Where a night shift runs into the hours of the next day, these begin when it closes.
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
    def joined(cls, parts: Sequence[Index]) -> Index:
        """One index of several that follow each other."""
        opens, closes, days, day_opens, day_closes = (
            list(chain.from_iterable(rows))
            for rows in zip(*((p.opens, p.closes, p.days, p.day_opens, p.day_closes) for p in parts), strict=True)
        )
        worked = (part for part in parts if part.opens)
        if any(part.closes[-1] > following.opens[0] for part, following in pairwise(worked)):
            opens, closes, day_closes = without_overlap(zip(opens, closes, strict=True), day_closes)
        return cls(
            first=parts[0].first,
            last=parts[-1].last,
            lower=parts[0].lower,
            upper=parts[-1].upper,
            opens=opens,
            closes=closes,
            days=days,
            day_opens=day_opens,
            day_closes=day_closes,
            idle=any(part.idle for part in parts),
        )


def without_overlap(spans: Iterable[Interval], day_closes: Iterable[int]) -> tuple[list[int], list[int], list[int]]:
    """When spans open and close, and when days close; where a shift runs into the next day, the earlier day has it."""
    apart = disjoint(spans)
    return [opens for opens, _ in apart], [closes for _, closes in apart], list(accumulate(day_closes, max))
