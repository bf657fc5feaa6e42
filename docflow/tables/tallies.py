"""Tallies: how many cases lie in each bin and how long those took together, which is all that a value needs."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.kpi.bins import Bin

__all__ = ["Line", "Tally"]


class Line(NamedTuple):
    """How many cases of a month lie in a bin, and their working time together, in microseconds."""

    month: str
    """Such as "2019-11"; empty for what belongs to no month."""
    bin: Bin
    cases: int
    time: int


def _summed(given: Iterable[Line]) -> tuple[Line, ...]:
    found: dict[tuple[str, Bin], tuple[int, int]] = {}
    for month, lies, cases, time in given:
        before, took = found.get((month, lies), (0, 0))
        found[month, lies] = before + cases, took + time
    return tuple(Line(month, lies, *found[month, lies]) for month, lies in sorted(found))


@frozen
class Tally:
    """The cases of a result, of a month or of a group, counted; a measure makes its ratio of it.

    >>> from docflow.kpi import Bin
    >>> november = Tally([Line("2019-11", Bin.COUNTED, 2, 90_000_000), Line("2019-11", Bin.LATE, 1, 0)])
    >>> both = november + november
    >>> len(both), both.tally(Bin.COUNTED), both.worked(Bin.COUNTED), both.months(Bin.LATE)
    (6, 4, [180000000], 1)
    """

    lines: tuple[Line, ...] = field(default=(), converter=_summed)

    def tally(self, lies: Bin) -> int:
        """How many lie in a bin."""
        return sum(line.cases for line in self.lines if line.bin is lies)

    def worked(self, lies: Bin) -> list[int]:
        """The working time of those in a bin, together."""
        return [sum(line.time for line in self.lines if line.bin is lies)]

    def months(self, lies: Bin) -> int:
        """In how many months one lies in a bin."""
        return len({line.month for line in self.lines if line.bin is lies and line.month})

    def by_month(self) -> dict[str, Tally]:
        """The tally of each month that has cases, in order."""
        months = sorted({line.month for line in self.lines if line.month})
        return {month: Tally([line for line in self.lines if line.month == month]) for month in months}

    def __len__(self) -> int:
        return sum(line.cases for line in self.lines)

    def __add__(self, other: Tally) -> Tally:
        return Tally([*self.lines, *other.lines])

    @classmethod
    def all(cls, some: Iterable[Tally]) -> Tally:
        """Those of several parts together."""
        return reduce(add, some, cls())
