"""EventTable: a table with a row for each event, of which measures are read where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, overload
import warnings

from attrs import field, frozen

from docflow.engines import described, engine_of, nw, see_columns, see_moments, wrapped
from docflow.errors import MomentError, OutsideCalendarError, TableError
from docflow.instants import local
from docflow.kpi import Bin, Context, Measure
from docflow.tables.days import months
from docflow.tables.histories import Histories
from docflow.tables.judging import BEGIN, BIN, CAUSE, DUE, END, WORKED, asked_of, judged, timed
from docflow.tables.results import TableResult
from docflow.tables.tallies import Line, Tally
from docflow.text import expect
from docflow.worktime.sheets import Sheet, look_up, own

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from docflow.engines import Lazy
    from docflow.kpi import Window
    from docflow.worktime import WorkClock

__all__ = ["EventTable"]

AT, MONTH = own("at"), own("month")
HALF: Final = 20
"""Working times are summed in two halves: those of 100 million cases together do not fit into 64 bits."""
MOST_YEARS: Final = 200


class _Extent(NamedTuple):
    """How many events a table has, how many lack a case or a moment, and the first and the last moment."""

    events: int
    without_case: int
    without_moment: int
    first: int
    last: int


@frozen(eq=False, repr=False)
class EventTable:
    """A table with a row for each event, of pandas, polars, pyarrow, DuckDB or PySpark, and what its columns are called.

    >>> from datetime import datetime
    >>> import polars
    >>> from docflow import WorkingDays
    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> nine, ten = (datetime.fromisoformat(f"2019-11-15T{hour}:00+07:00") for hour in ("09", "10"))
    >>> events = polars.DataFrame({"id": ["1", "1"], "task": ["registered", "taken_over"], "when": [nine, ten]})
    >>> table = EventTable(events, case="id", activity="task", at="when")
    >>> table.read({"mean": HANDING_OVER, "in time": HANDING_OVER.within(WorkingDays(1))}, office_clock())
    {'mean': <TableResult 1.5: 60 min; counted 1>, 'in time': <TableResult 1.5: 100 %; counted 1>}

    A case has one row for each of its events, in any order. What is lazy is computed when a measure is read, in its own
    engine; frames of pandas and pyarrow are read by DuckDB. Names of activities and units are compared as they are
    written. Raises `TypeError` for what is no such table, and `TableError` for a column that is not there, and for one
    of moments that holds none, or moments without a zone.
    """

    frame: Any
    case: str = field(kw_only=True)
    """What tells the cases apart."""
    activity: str = field(kw_only=True)
    """What happened: the state that an event leads to, for `reached`."""
    at: str = field(kw_only=True)
    """When it happened."""
    unit: str | None = field(default=None, kw_only=True)
    """Whose event it is; None when no column says so."""
    trigger: str | None = field(default=None, kw_only=True)
    """What was done, for `done`; None when that is the activity."""
    file: str | None = field(default=None, kw_only=True)
    """Where an event comes from: then a case with events from two places is refused."""
    activities: Collection[str] | None = field(default=None, kw_only=True)
    """The activities that there are, such as `workflow.states`: a measure or an event of another one is refused."""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.activities, str):
            raise TypeError(f"{self.activities!r} is one activity; give all of them, such as workflow.states")
        schema = self._lazy.collect_schema()
        see_columns(schema, self.case, self.activity, *filter(None, (self.unit, self.trigger, self.file)))
        see_moments(schema, self.at)

    @cached_property
    def _lazy(self) -> Lazy:
        return described(wrapped(self.frame))

    @overload
    def read(
        self, measures: Measure, clock: WorkClock, *, window: Window | None = None, as_of: datetime | None = None
    ) -> TableResult: ...
    @overload
    def read(
        self,
        measures: Mapping[str, Measure],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> dict[str, TableResult]: ...
    def read(
        self,
        measures: Measure | Mapping[str, Measure],
        clock: WorkClock,
        *,
        window: Window | None = None,
        as_of: datetime | None = None,
    ) -> TableResult | dict[str, TableResult]:
        """What measures read of the table, as `docflow.kpi.read` reads them of records: the same bins, the same values.

        One measure gives one result, several by name give theirs by name. Without `as_of`, the last event is the last
        moment seen. Raises `PlanError` for a measure or a milestone that tables cannot compute yet, by its name:
        `every=True`, `pausing`, limits that differ from case to case, `since`, `holding`, `each_month` and milestones
        of your own; `TableError` for events without a case or a moment, and for a case of two files; and
        `MomentError` for an activity that there is not.
        """
        if isinstance(measures, Measure):
            return self.read({"": measures}, clock, window=window, as_of=as_of)[""]
        expect(measures, Mapping, "measure", "one, such as Duration(...), or several by name")
        for measure in measures.values():
            expect(measure, Measure, "measure", 'one, such as Duration("screening", start=..., stop=...)')
            timed(measure)
            self._spelled(measure)
        extent = self._extent()
        if as_of is None and extent.events:
            as_of = local(extent.last, UTC)
        context = Context(clock, window, as_of)
        reading = _Reading(self, context, extent)
        return {name: reading.result(measure) for name, measure in measures.items()}

    def _extent(self) -> _Extent:
        """See that each event has a case and a moment, and from when to when they are."""
        lazy = engine_of(self._lazy).ticks(self._lazy, {AT: self.at})
        lacks = {own("case"): nw.col(self.case), own("moment"): nw.col(self.at)}
        lazy = lazy.with_columns(**{name: nw.when(each.is_null()).then(1).otherwise(0) for name, each in lacks.items()})
        asked = lazy.select(
            nw.len().alias("events"),
            nw.col(own("case")).sum().alias("without_case"),
            nw.col(own("moment")).sum().alias("without_moment"),
            nw.col(AT).min().alias("first"),
            nw.col(AT).max().alias("last"),
        )
        (row,) = asked.collect().rows(named=True)
        extent = _Extent(**{name: int(value or 0) for name, value in row.items()})
        for column, n in ((self.case, extent.without_case), (self.at, extent.without_moment)):
            if n:
                raise TableError(column, f"is empty in {n:,} of {extent.events:,} events; fill it, or leave them out")
        self._known()
        return extent

    def _spelled(self, measure: Measure) -> None:
        """See that a measure asks for activities that there are."""
        if self.activities is None:
            return
        for name in sorted({*measure.states, *(() if self.trigger else measure.steps)}.difference(self.activities)):
            raise MomentError(name, f"is no activity of this table; {_near(name, self.activities)}")

    def _known(self) -> None:
        """See that the events have activities that there are."""
        if self.activities is None:
            return
        for name in self._written():
            if name not in self.activities:
                told = _near(name, self.activities)
                raise MomentError(name, f"is the activity of some events and none of those of this table; {told}")

    def _written(self) -> Iterator[str]:
        found = self._lazy.select(self.activity).unique().collect()
        yield from sorted(map(str, found[self.activity].to_list()))


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known)}"


@frozen(eq=False)
class _Reading:
    """Measures that are read of one table in one context."""

    table: EventTable
    context: Context
    extent: _Extent

    def result(self, measure: Measure) -> TableResult:
        observed = self.observed(measure, ())
        result = TableResult(
            measure,
            self.context,
            counts=_tallies(observed, None)[None],
            grouped=partial(self.grouped, measure),
            seen=partial(self.shown, measure),
        )
        return result

    def grouped(self, measure: Measure, column: str) -> dict[Any, Tally]:
        """The tally of each value of a column, which must be one in each case."""
        see_columns(self.table._lazy.collect_schema(), column)
        observed = self.observed(measure, (column,))
        least, most = nw.col(own(f"least {column}")), nw.col(own(f"most {column}"))
        two = observed.filter(least != most).select(nw.len().alias("n")).collect()["n"].item()
        if two:
            raise TableError(column, f"has two values in {two:,} cases; group by one that has one value in each case")
        return _tallies(observed, own(f"least {column}"))

    def observed(self, measure: Measure, kept: tuple[str, ...]) -> Lazy:
        """A row for each case: its bin, and all that a result says of it."""
        times, table, context = timed(measure), self.table, self.context
        events = engine_of(table._lazy).ticks(table._lazy, {AT: table.at})
        cut = context.now is not None and context.now < self.extent.last
        histories = Histories(table.case, table.activity, table.trigger or table.activity, table.unit, context, cut=cut)
        cases = judged(histories.read(events, asked_of(times), kept), times, context, self.sheet)
        return self._dated(cases, END if times.dated_by == "stop" else BEGIN)

    def _dated(self, cases: Lazy, column: str) -> Lazy:
        steps = months(self.context.clock, self.extent.first, self.extent.last)
        return look_up(cases, steps, column, MONTH, self.extent.first, self.extent.last)

    @cached_property
    def sheet(self) -> Sheet | None:
        """The sheet of the years of the events, as far as the calendar holds them; None when it holds none."""
        clock, last = self.context.clock, max(self.extent.last, self.context.now or 0)
        if not self.extent.events:
            return None
        first_year, last_year = (clock.datetime_of(at).year for at in (self.extent.first, last))
        if last_year - first_year > MOST_YEARS:
            problem = f"reaches from the year {first_year} to {last_year}; leave out the events that cannot be right"
            raise TableError(self.table.at, problem)
        held = [year for year in range(first_year, last_year + 1) if _is_held(clock, year)]
        return clock.sheet(held[0], held[-1]) if held else None

    def shown(self, measure: Measure) -> Any:  # noqa: ANN401 - a table of the engine's own kind
        """The observations under the names that people read, as the engine has them."""
        observed = self.observed(measure, ())
        engine, zone = engine_of(observed), self.table._lazy.collect_schema()[self.table.at].time_zone  # type: ignore[attr-defined]  # it has moments
        observed = engine.moments(observed, {"start": BEGIN, "stop": END, "due": DUE}, zone)
        named = {"case": self.table.case, "bin": BIN, "cause": CAUSE}
        last = {"elapsed": WORKED, "month": MONTH}
        columns = [nw.col(of).alias(name) for name, of in named.items()]
        rest = [nw.col(of).alias(name) for name, of in last.items()]
        return observed.select(*columns, "start", "stop", "due", *rest).to_native()


def _is_held(clock: WorkClock, year: int) -> bool:
    try:
        clock.year_span(year)
    except OutsideCalendarError:
        return False
    return True


def _tallies(observed: Lazy, group: str | None) -> dict[Any, Tally]:
    """The cases of each group counted by month and bin, their working times summed in two halves."""
    high, low = own("high"), own("low")
    observed = engine_of(observed).buckets(observed, WORKED, high, lower=0, shift=HALF)
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
