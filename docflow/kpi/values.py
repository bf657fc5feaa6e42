"""Values: what every result has, whether its observations are at hand or only their number."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from docflow.kpi.bins import Bin
from docflow.kpi.shares import Share

if TYPE_CHECKING:
    from fractions import Fraction

    from docflow.kpi.observing import Measure
    from docflow.kpi.shares import Ratio, Tallied

__all__ = ["Valued"]


class Valued(ABC):
    """Something with an exact value: `numerator` by `denominator`, in `unit`."""

    __slots__ = ()

    measure: Measure

    @property
    @abstractmethod
    def tallied(self) -> Tallied:
        """What the value is made of: observations, or how many there are of each kind."""

    @property
    def _ratio(self) -> Ratio:
        return self.measure.ratio(self.tallied)  # type: ignore[arg-type]  # what tables read takes a tally

    @property
    def name(self) -> str:
        """What its measure is called."""
        return self.measure.name

    @property
    def numerator(self) -> Fraction | None:
        """What is divided; None when there is nothing to compute with."""
        return self._ratio.numerator

    @property
    def denominator(self) -> int:
        """What it is divided by."""
        return self._ratio.denominator

    @property
    def unit(self) -> str:
        """What its value is counted in: "%", "min", "times", "points", or what others report."""
        return self._ratio.unit

    @property
    def value(self) -> Fraction | None:
        """The value, exactly; None when there is none, as of nothing out of nothing."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def in_scope(self) -> int:
        """How many records, or occurrences of them, it speaks of: all but the excluded."""
        return len(self.tallied) - self.tallied.tally(Bin.EXCLUDED)

    @property
    def share(self) -> Share:
        """The counted, out of those counted, late or missed."""
        counted, late, missed = map(self.tallied.tally, (Bin.COUNTED, Bin.LATE, Bin.MISSED))
        return Share(counted, counted + late + missed)
