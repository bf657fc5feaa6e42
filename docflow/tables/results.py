"""Results of tables: the same figures as a measure reads of records, counted where the events are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

from attrs import evolve, field, frozen

from docflow.errors import PlanError
from docflow.kpi import Duration
from docflow.kpi.bins import Bin
from docflow.kpi.durations import nearest_rank
from docflow.kpi.values import Valued
from docflow.safe import visible
from docflow.tables.tallies import Tally
from docflow.text import expect, number
from docflow.worktime import WorkTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from docflow.kpi import Context, Measure

__all__ = ["TableResult", "merged"]


@frozen(repr=False, eq=False)
class TableResult(Valued):
    """What a measure read of a table: how many cases lie in each bin, and the value, exactly.

    >>> from datetime import datetime
    >>> import polars
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.tables import EventTable
    >>> nine, ten = (datetime.fromisoformat(f"2019-11-15T{hour}:00+07:00") for hour in ("09", "10"))
    >>> events = polars.DataFrame({"case": ["1", "1"], "activity": ["registered", "taken_over"], "at": [nine, ten]})
    >>> result = EventTable(events, case="case", activity="activity", at="at").read(HANDING_OVER, office_clock())
    >>> result, result.value, result.by_month()
    (<TableResult 1.5: 60 min; counted 1>, Fraction(60, 1), {'2019-11': <TableResult 1.5: 60 min; counted 1>})

    `value` is exact: `numerator` by `denominator`, in `unit`. What became of each case stays in the engine:
    `observations` is a table of it, one row a case.
    """

    measure: Measure
    """What was measured."""
    context: Context
    """The clock, the window and the last moment seen, with which it was."""
    counts: Tally
    """How many cases of each month lie in each bin, and their working time."""
    grouped: Callable[[str], Mapping[Any, Tally]] = field()
    """The tally of each value of a column, which the engine is asked for."""
    seen: Callable[[], Any] = field()
    """A description of the observations, in the engine."""
    ranked: Callable[[int], int] = field()
    """The microseconds of the n-th shortest of what was measured, which the engine is asked for."""

    @property
    def tallied(self) -> Tally:
        """How many cases there are of each kind."""
        return self.counts

    @property
    def bins(self) -> dict[Bin, int]:
        """How many cases lie in each bin."""
        return {lies: self.counts.tally(lies) for lies in Bin}

    @property
    def median(self) -> Fraction | None:
        """The time in minutes that half of a duration's cases did not exceed; between two middle ones, their mean."""
        n = self._measured()
        middle = sorted({(n + 1) // 2, n // 2 + 1}) if n else []
        return sum((WorkTime.of(self.ranked(rank)).minutes for rank in middle), Fraction()) / len(middle) if n else None

    def percentile(self, percent: float | Fraction) -> Fraction | None:
        """The least time in minutes that so many percent of a duration's cases did not exceed (nearest rank).

        The engine is asked once more. Raises as `DurationResult.percentile` does, and `PlanError` for a result that
        measures no time, for a part of one and for several merged.
        """
        n = self._measured()
        rank = nearest_rank(percent, n, of=self.name)
        return WorkTime.of(self.ranked(rank)).minutes if n else None

    def _measured(self) -> int:
        if not isinstance(self.measure, Duration):
            raise PlanError(self.name, "measures no time, so it has no percentiles; read the duration")
        return self.counts.tally(Bin.COUNTED)

    def by_month(self) -> dict[str, Self]:
        """The result month by month ("2019-11"), each case in the month of its start, or of its stop (`dated_by`)."""
        return {month: self._part(tally) for month, tally in self.counts.by_month().items()}

    def by(self, column: str) -> dict[Any, Self]:
        """The result in parts that add up to it, by a column of the table that has one value in each case.

        Groups stand in order, the cases without a value (None) last. The engine is asked once more. Raises `TableError`
        for a column that is not there, or that has two values in a case.
        """
        tallies = self.grouped(column)
        return {group: self._part(tallies[group]) for group in sorted(tallies, key=lambda one: (one is None, one))}

    def _part(self, tally: Tally) -> Self:
        return evolve(self, counts=tally, grouped=_no_more, seen=_no_more, ranked=_no_more)

    @property
    def observations(self) -> Any:  # noqa: ANN401 - a table of the engine's own kind
        """A table with a row for each case, in the engine that has the events, computed when it is asked for.

        Its columns: `case`, `bin`, `cause` (why it is excluded or has missed, else empty), `start`, `stop` and `due`
        (moments), `elapsed` (microseconds of working time) and `month`. What is not known is null.
        """
        return self.seen()

    def to_arrow(self) -> Any:  # noqa: ANN401 - a pyarrow.Table
        """The observations as a table of pyarrow."""
        from docflow.engines import nw  # noqa: PLC0415 - loaded already, by the table

        return nw.from_native(self.seen()).collect(backend="pyarrow").to_native()

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:  # noqa: ANN401 - Arrow's protocol
        """The observations, for whatever reads Arrow."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        value = f"{number(self.value)} {self.unit}".rstrip()
        some = ", ".join(f"{lies} {n:,}" for lies, n in self.bins.items() if n) or "no cases"
        return visible(f"<{type(self).__name__} {self.name}: {value}; {some}>")


def _no_more(*_: object) -> Any:  # noqa: ANN401 - it never returns
    raise PlanError(
        "a part of a result", "or several results merged, has no table of its own; ask the result that was read"
    )


def merged(parts: Iterable[TableResult]) -> TableResult:
    """One result of the results of several tables, such as one a year; no case may be in two of them.

    >>> from datetime import datetime
    >>> import polars
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.tables import EventTable
    >>> clock, end, parts = office_clock(), datetime.fromisoformat("2021-01-01T00:00+07:00"), []
    >>> for number, day in (("1/2562", "2019-11-15"), ("1/2563", "2020-11-16")):
    ...     at = [datetime.fromisoformat(f"{day}T{hour}:00+07:00") for hour in ("09", "10")]
    ...     events = polars.DataFrame({"case": [number] * 2, "activity": ["registered", "taken_over"], "at": at})
    ...     table = EventTable(events, case="case", activity="activity", at="at")
    ...     parts.append(table.read(HANDING_OVER, clock, as_of=end))
    >>> merged(parts)
    <TableResult 1.5: 60 min; counted 2>

    Raises `PlanError` for none, and for results of another measure or context: read each table `as_of` one moment.
    Raises `TypeError` for what is no result of a table.
    """
    several = tuple(parts)
    if not several:
        raise PlanError("merged", "there is nothing to merge; give at least one result")
    first = several[0]
    for one in several:
        expect(one, TableResult, "result of a table", "some, such as table.read(measure, clock)")
        if (one.measure, one.context) != (first.measure, first.context):
            problem = (
                "only results of one measure in one context can be merged; read each with the same window= and as_of="
            )
            raise PlanError(one.name, problem)
    return evolve(
        first, counts=Tally.all(one.counts for one in several), grouped=_no_more, seen=_no_more, ranked=_no_more
    )
