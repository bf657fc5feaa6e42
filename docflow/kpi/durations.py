"""Results of durations: the time that records took, its mean, its median and its percentiles."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.errors import PlanError
from docflow.kpi.bins import Bin
from docflow.kpi.observation import capped
from docflow.kpi.results import Result
from docflow.kpi.shares import Share
from docflow.text import expect
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.kpi.observation import Observation

__all__ = ["DurationResult", "nearest_rank"]

WHOLE: Final = 100


def nearest_rank(percent: float | Fraction, n: int, *, of: str) -> int:
    """The place, from 1 on, of the least of n that so many percent of them do not exceed. Raises as `percentile` does.

    >>> nearest_rank(90, 15, of="screening"), nearest_rank(99.9, 1000, of="screening")
    (14, 999)
    """
    expect(percent, (int, float, Fraction), "percentage", "a number, such as 90")
    if isinstance(percent, bool):
        raise TypeError(f"{percent} is no percentage; give a number, such as 90")
    if not 1 <= percent <= WHOLE:
        meant = f"did you mean {float(percent) * 100:g}?" if 0 < percent < 1 else "give one from 1 to 100"
        raise PlanError(of, f"there is no {percent}th percentile; {meant}")
    exact = Fraction(str(percent))  # a float as it is written: 99.9 is a little more inside
    return int(-(-n * exact // WHOLE))  # the ceiling, exactly


@frozen(repr=False)
class DurationResult(Result):
    """How long each record took, and those that are not done.

    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> nothing = HANDING_OVER.read([], office_clock())
    >>> print(nothing.total, nothing.mean, nothing.median, nothing.percentile(90))
    0 min None None None

    Mean, median and percentiles are exact minutes, as `unit` says.
    """

    @property
    def measured(self) -> tuple[Observation, ...]:
        """Those whose clock started and stopped."""
        return self.counted

    @property
    def total(self) -> WorkTime:
        """The working time of all measured records together."""
        return WorkTime.of(sum(self._ordered))

    @property
    def mean(self) -> Fraction | None:
        """The mean of the measured times in minutes, exactly; None when nothing was measured."""
        return self.value

    @property
    def median(self) -> Fraction | None:
        """The time in minutes that half of them did not exceed; of an even number, the mean of the middle two."""
        ordered = self._ordered
        middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
        return WorkTime.of(sum(middle)).minutes / len(middle) if middle else None

    def percentile(self, percent: float | Fraction) -> Fraction | None:
        """The least measured time, in minutes, that so many percent of the records did not exceed (nearest rank).

        Raises `PlanError` unless it is from 1 to 100, since 0.9 is nearly always meant as 90, and `TypeError` for what
        is no number.
        """
        ordered = self._ordered
        rank = nearest_rank(percent, len(ordered), of=self.name)
        return WorkTime.of(ordered[rank - 1]).minutes if ordered else None

    def share_within(self, cap: WorkTime) -> Share:
        """How many records took no longer than `cap`, out of those of which that is known.

        One that is still open is late once it has used the cap up; until then it is left out, like a running one.
        """
        expect(cap, WorkTime, "amount of working time", "one, such as WorkTime(minutes=15)")
        lies = [capped(one, one.worked, cap.microseconds, self.context) for one in (*self.counted, *self.unfinished)]
        return Share(lies.count(Bin.COUNTED), lies.count(Bin.COUNTED) + lies.count(Bin.LATE))

    @cached_property
    def _ordered(self) -> Sequence[int]:
        return sorted(self.observations.worked(Bin.COUNTED))
