"""Shares: so many out of so many, and what any value is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

__all__ = ["Ratio", "Share"]


class Ratio(NamedTuple):
    """What a value is made of."""

    numerator: Fraction | None
    """None when there is nothing to compute with."""
    denominator: int
    unit: str
    """What the value is counted in: "%", "min", "times", "points", or what others report."""


@frozen
class Share:
    """So many out of so many.

    >>> share = Share(2, 3)
    >>> share.fraction, str(share), str(Share(0, 0))
    (Fraction(2, 3), '66.67 %', '–')
    """

    hits: int
    total: int

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
