"""Readings: one sentence under every reading of its words, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.kpi.places import Bin
    from docflow.kpi.records import Traced
    from docflow.kpi.results import Result

__all__ = ["Disputed", "Readings"]


def _verdicts(given: Mapping[str, Bin]) -> dict[str, Bin]:
    return dict(given)


def _results(given: Mapping[str, Result]) -> dict[str, Result]:
    return dict(given)


@frozen
class Disputed:
    """A case and its bin under each reading."""

    case: Traced
    verdicts: Mapping[str, Bin] = field(converter=_verdicts)


@frozen
class Readings:
    """One sentence under every reading of its words; the official one decides, the others show what hangs on it."""

    official: str
    results: Mapping[str, Result] = field(converter=_results)

    @property
    def result(self) -> Result:
        """The result under the official reading."""
        return self.results[self.official]

    def by_month(self) -> dict[str, Readings]:
        """The readings month by month, each over the same cases: those of the official one's months."""
        return {
            month: Readings(
                self.official,
                {name: evolve(result, places=result.places.some(which)) for name, result in self.results.items()},
            )
            for month, which in self.result.places.months().items()
        }

    def changed(self) -> tuple[Disputed, ...]:
        """The cases on whose verdict the readings disagree."""
        cases = self.result.places  # each result has a place for each case, in one order
        said = zip(*(result.places.bins for result in self.results.values()), strict=True)
        return tuple(
            Disputed(cases.case(n), dict(zip(self.results, bins, strict=True)))
            for n, bins in enumerate(said)
            if len(set(bins)) > 1
        )
