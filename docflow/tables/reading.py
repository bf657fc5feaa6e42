"""Reading: what measures say of a table in one context, asked of the engine that has the events."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import field, frozen

from docflow.engines import Cut, engine_of, nw
from docflow.errors import OutsideCalendarError, PlanError, TableError
from docflow.given_tables import see_key, see_moments
from docflow.kpi import Bin
from docflow.tables.days import months
from docflow.tables.judging import BEGIN, BIN, CAUSE, DUE, END, WITHDRAWN, WORKED, asked_of, judged, timed
from docflow.tables.results import TableResult
from docflow.tables.tallies import Line, Tally
from docflow.worktime.lookups import own

if TYPE_CHECKING:
    from docflow.engines import Lazy
    from docflow.kpi import Measure
    from docflow.tables.histories import Histories
    from docflow.worktime import WorkClock
    from docflow.worktime.sheets import Sheet

__all__ = ["AT", "Extent", "Reading"]

AT, MONTH = own("at"), own("month")
HALF: Final = 20
"""Working times are summed in two halves: those of 100 million cases together do not fit into 64 bits."""
MOST_YEARS: Final = 200
"""A longer table has moments that cannot be right, and a sheet for it would be large."""
MOST: Final = 2**62
"""Microseconds; no working time is as long."""
MOMENTS: Final = {"start": BEGIN, "stop": END, "due": DUE}
"""What people read, and the columns that it is made of."""
PARTS: Final = "number such cases apart; or say that files hold parts of cases, by split=True or no file="


class Extent(NamedTuple):
    """How many events a table has, how many lack a case or a moment, and the first and the last instant."""

    events: int
    without_case: int
    without_moment: int
    first: int
    last: int


@frozen(eq=False)
class Reading:
    """Measures that are read of one table in one context."""

    events: Lazy
    """With their instants in the column `AT`."""
    at: str
    histories: Histories
    extent: Extent
    file: str | None = field(default=None, kw_only=True)

    def result(self, measure: Measure) -> TableResult:
        """What a measure says, counted now; the rest is asked when somebody looks."""
        kept = () if self.file is None else (self.file,)
        observed = self.observed(measure, kept)
        if self.file is not None:
            self._see_one_value(observed, self.file, PARTS)
        return TableResult(
            measure,
            self.histories.context,
            counts=_tallies(observed, None)[None],
            grouped=partial(self.grouped, measure),
            seen=partial(self.shown, measure),
            ranked=partial(self.ranked, measure),
        )

    def grouped(self, measure: Measure, column: str) -> dict[Any, Tally]:
        """The tally of each value of a column, which must be one in each case."""
        see_key(self.events.collect_schema(), column)
        observed = self.observed(measure, (column,))
        self._see_one_value(observed, column, "group by one that has one value in each case")
        return _tallies(observed, own(f"least {column}"))

    def _see_one_value(self, observed: Lazy, column: str, way: str) -> None:
        several = observed.filter(nw.col(own(f"least {column}")) != nw.col(own(f"most {column}")))
        told = several.select(nw.len().alias("n"), nw.col(self.histories.case).min().alias("first"))
        (row,) = told.collect().rows(named=True)
        if row["n"]:
            raise TableError(column, f"has two values in {row['n']:,} cases, such as {row['first']}; {way}")

    def ranked(self, measure: Measure, rank: int) -> int:
        """The n-th shortest working time of the cases that were measured."""
        measured = self.observed(measure, ()).filter(nw.col(BIN) == Bin.COUNTED).select(WORKED)
        return int(measured.sort(WORKED).head(rank).select(nw.col(WORKED).max()).collect()[WORKED].item())

    def observed(self, measure: Measure, kept: tuple[str, ...]) -> Lazy:
        """A row for each case: its bin, and all that a result says of it."""
        times = timed(measure)
        asked = asked_of(times, self.histories.cancelled)
        cases = self.histories.read(self.events, asked, kept)
        cases = judged(cases, times, self.histories.context, self.sheet, withdrawn=WITHDRAWN in asked)
        steps = months(self.histories.context.clock, self.extent.first, self.extent.last)
        dated = END if times.dated_by == "stop" else BEGIN
        return steps.look_up(cases, dated, MONTH, since=self.extent.first, until=self.extent.last + 1)

    @cached_property
    def sheet(self) -> Sheet | None:
        """The sheet of the years of the events, as far as the calendar holds them; None when it holds none."""
        context = self.histories.context
        if not self.extent.events:
            return None
        first, last, seen = (
            context.clock.datetime_of(at).year
            for at in (self.extent.first, self.extent.last, max(self.extent.last, context.now or 0))
        )
        if last - first > MOST_YEARS:
            problem = f"reaches from the year {first} to {last}; leave out the events that cannot be right"
            raise TableError(self.at, problem)
        if seen - first > MOST_YEARS and _is_held(context.clock, first + MOST_YEARS):
            problem = f"is more than {MOST_YEARS} years after the first event; give an earlier as_of="
            raise PlanError(f"{context.as_of}", problem)
        held = [year for year in range(first, min(seen, first + MOST_YEARS) + 1) if _is_held(context.clock, year)]
        return context.clock.sheet(held[0], held[-1]) if held else None

    def shown(self, measure: Measure) -> Any:  # noqa: ANN401 - a table of the engine's own kind
        """The observations under the names that people read, as the engine has them."""
        observed = self.observed(measure, ())
        zone, shown = see_moments(self.events, self.at)[self.at], [own(f"shown {name}") for name in MOMENTS]
        observed = engine_of(observed).moments(observed, dict(zip(shown, MOMENTS.values(), strict=True)), zone)
        named = {
            "case": self.histories.case,
            "bin": BIN,
            "cause": CAUSE,
            **dict(zip(MOMENTS, shown, strict=True)),
            "elapsed": WORKED,
            "month": MONTH,
        }
        return observed.select(*(nw.col(of).alias(name) for name, of in named.items())).to_native()


def _is_held(clock: WorkClock, year: int) -> bool:
    try:
        clock.year_span(year)
    except OutsideCalendarError:
        return False
    return True


def _tallies(observed: Lazy, group: str | None) -> dict[Any, Tally]:
    """The cases of each group counted by month and bin, their working times summed in two halves."""
    high, low = own("high"), own("low")
    observed = engine_of(observed).buckets(observed, WORKED, high, Cut(0, HALF, since=0, until=MOST, last=MOST))
    observed = observed.with_columns((nw.col(WORKED) - nw.col(high) * (1 << HALF)).alias(low))
    keys = [MONTH, BIN, *([] if group is None else [group])]
    counted = observed.group_by(*keys).agg(
        nw.len().alias(own("cases")), nw.col(high).sum().alias(own("highs")), nw.col(low).sum().alias(own("lows"))
    )
    found: dict[Any, list[Line]] = {} if group is not None else {None: []}
    for row in counted.collect().rows(named=True):
        time = (int(row[own("highs")] or 0) << HALF) + int(row[own("lows")] or 0)
        line = Line(row[MONTH] or "", Bin(row[BIN]), int(row[own("cases")]), time)
        found.setdefault(None if group is None else row[group], []).append(line)
    return {each: Tally(lines) for each, lines in found.items()}
