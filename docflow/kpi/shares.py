"""Shares: so many out of so many, and what any value is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, Protocol

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.kpi.bins import Bin

__all__ = ["Ratio", "Share", "Tallied"]


class Tallied(Protocol):
    """What a ratio is made of: observations, or only how many there are of each kind."""

    def tally(self, lies: Bin) -> int:
        """How many lie in a bin."""

    def worked(self, lies: Bin) -> Sequence[int]:
        """The working times of those in a bin, in microseconds, or their sums."""

    def months(self, lies: Bin) -> int:
        """In how many months one lies in a bin."""

    def __len__(self) -> int: ...


class Ratio(NamedTuple):
    """What a value is made of."""

    numerator: Fraction | None
    """None when there is nothing to compute with."""
    denominator: int
    unit: str
    """What the value is counted in: "%", "min", "times", "points", or what others report."""


@frozen
class Share:
    """So many out of so many: `result.share`, and `share_within` of a duration's result.

    >>> share = Share(2, 3)
    >>> share.fraction, str(share), str(Share(0, 0))
    (Fraction(2, 3), '66.67 %', '–')

    `fraction` and `percent` are exact. Printed, it has two decimals, and what is not all never looks like 100 %.
    """

    hits: int
    """How many did it."""
    total: int
    """Out of how many."""

    @property
    def fraction(self) -> Fraction | None:
        """The share, exactly; nothing out of nothing has no value."""
        return Fraction(self.hits, self.total) if self.total else None

    @property
    def percent(self) -> Fraction | None:
        """The share in percent, exactly."""
        return Fraction(100 * self.hits, self.total) if self.total else None

    def __str__(self) -> str:
        if self.percent is None:
            return "–"
        shown = round(self.percent, 2)  # but what is not all never rounds to all
        return f"{float(min(shown, Fraction(9999, 100)) if self.hits < self.total else shown):.2f} %"
