"""TableLaws: what must hold of a clock, its limits and its measures over tables of any engine."""

from __future__ import annotations

import warnings
from contextlib import suppress
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final
from unittest import SkipTest

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from docflow.errors import HorizonError, OutsideCalendarError, PlanError
from docflow.instants import instant, local
from docflow.kpi import (
    FIRST_EVENT,
    LAST_EVENT,
    WINDOW_CLOSE,
    Count,
    Duration,
    Measure,
    Proportion,
    Window,
    done,
    reached,
    read,
)
from docflow.testing.laws import TICK, drawn, in_utc, shown, wide_law
from docflow.testing.record_strategies import YEAR, records_for
from docflow.testing.strategies import SearchedYears, instants, limits
from docflow.worktime import Limit, WorkClock, WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import DataObject, SearchStrategy

    from docflow.kpi import Observation, Record, Result
    from docflow.tables import Sheet, TableResult

__all__ = ["TableLaws"]

FRAMES: Final = ("pandas", "pyarrow", "polars")
ROW: Final = "row"
_starts: Final = st.sampled_from(
    (
        reached("received"),
        reached("received", "returned"),
        reached("received", last=True),
        reached("received", unit="registry"),
        reached("received", inside=True),
        done("received", nth=2),
        FIRST_EVENT,
    )
)
_stops: Final = st.sampled_from(
    (
        reached("answered"),
        reached("answered", "cancelled", after_start=True),
        reached("answered", last=True, after_start=True),
        reached("answered", nth=2, after_start=True),
        reached("answered", unit="registry", inside=True),
        done("answered", "returned", nth=2),
        LAST_EVENT,
    )
)
_spans: Final[dict[str, Any]] = {
    "start": _starts,
    "stop": _stops,
    "withdrawn_in": st.sampled_from((None, None, (), ("cancelled",), ("cancelled", "returned"))),
    "dated_by": st.sampled_from(("start", "start", "stop")),
}
_durations: Final = st.builds(Duration, st.just("time taken"), **_spans)
_fails: Final = st.sampled_from((None, reached("returned"), done("returned", after_start=True, last=True)))
_on_lazy: Final = limits().filter(lambda limit: "SameTime" not in repr(limit))
_caps: Final = st.integers(0, 5_000).map(lambda minutes: WorkTime(minutes=minutes))
_proportions: Final = (
    st.builds(Proportion, st.just("in time"), limit=_on_lazy | st.just(WINDOW_CLOSE), fails_if=_fails, **_spans)
    | st.builds(Proportion, st.just("done"), waits=st.booleans(), fails_if=_fails, **_spans)
    | st.builds(Proportion, st.just("capped"), cap=_caps, fails_if=_fails, **_spans)
)
READABLE: Final[SearchStrategy[Measure]] = (
    _durations | _proportions | st.builds(Count, _proportions, months=st.booleans())
)


class TableLaws(SearchedYears):
    """The laws of tables: subclass it with your clock, and pytest searches for rows for which an engine says otherwise.

    >>> from docflow.bangkok import office_clock
    >>> from docflow.testing import TableLaws
    >>> class TestOurTables(TableLaws):
    ...     clock = office_clock()
    >>> TestOurTables().test_every_engine_measures_the_same_time()

    `limit` and `measure` are a limit and a measure, or strategies of them; without them, any that tables read. Moments
    are drawn from the first to the last of `years`, which the calendar has to hold, and records from the fiscal year
    B.E. 2563 and two months before it. The engines are those of pandas, polars, pyarrow and DuckDB that are installed.
    """

    clock: ClassVar[WorkClock | SearchStrategy[WorkClock]]
    limit: ClassVar[Limit | SearchStrategy[Limit]] = limits()
    measure: ClassVar[Measure | SearchStrategy[Measure]] = READABLE
    window: ClassVar[Window | SearchStrategy[Window | None] | None] = None

    @wide_law
    def test_every_engine_measures_the_same_time(self, data: DataObject) -> None:
        """Sheet.elapsed is elapsed; null for a pair that is empty, reversed or outside, which audit counts."""
        clock, sheet = self._sheet(data)
        moment = self._moments(clock, sheet)
        one = st.tuples(moment, moment).map(sorted).map(tuple)
        pair = one | one | st.tuples(st.none() | moment, st.none() | moment)
        pairs = data.draw(st.lists(pair, min_size=2, max_size=6), label="pairs")
        wanted = [
            clock.worked(start, stop) if _inside(sheet, start, stop) and start <= stop else None  # type: ignore[operator,arg-type]  # inside is no None
            for start, stop in pairs
        ]
        shown("a pair inside the years", any(took is not None for took in wanted))
        starts, stops = zip(*pairs, strict=True)
        for frame in _frames(data, start=starts, stop=stops):
            found = _column(sheet.elapsed(frame, "start", "stop", name="took"), "took")
            assert [_took(each) for each in found] == [_took(each) for each in wanted]
            told = sheet.audit(frame, "start", "stop")
            assert told.empty == sum(None in pair for pair in pairs)
            assert told.outside == sum(None not in pair and not _inside(sheet, *pair) for pair in pairs)
            assert told.counted == len(pairs) - wanted.count(None)
            assert told.pairs == len(pairs) == told.empty + told.outside + told.reversed + told.counted

    @wide_law
    def test_every_engine_finds_the_same_due_moments(self, data: DataObject) -> None:
        """Sheet.due is due; null where there is no start in the years of the sheet, or no answer in the calendar."""
        clock, sheet = self._sheet(data)
        limit: Limit = drawn(data, self, "limit", Limit)
        starts = data.draw(st.lists(st.none() | self._moments(clock, sheet), min_size=2, max_size=6), label="starts")
        wanted = [_due(limit, start, clock) if _inside(sheet, start) else None for start in starts]
        shown("a start that is due", any(due is not None for due in wanted))
        for frame in _frames(data, start=starts):
            try:
                found = sheet.due(frame, "start", limit)
            except TypeError as error:  # what lazy tables cannot say is refused, by its name
                assert "lazy tables cannot compute" in str(error)
                continue
            assert [at and in_utc(at) for at in _column(found, "due")] == [due and local(due, UTC) for due in wanted]

    @wide_law
    def test_a_measure_reads_of_a_table_what_it_reads_of_records(self, data: DataObject) -> None:
        """The same bin, due moment and time for each case, and the same value, for the whole and for each month."""
        from docflow.tables import EventTable  # noqa: PLC0415 - narwhals is loaded when it is needed

        clock: WorkClock = drawn(data, self, "clock", WorkClock)
        measure: Measure = drawn(data, self, "measure", Measure)
        window = None if self.window is None else drawn(data, self, "window", (Window, type(None)))
        drawn_from = Window(YEAR.first - timedelta(days=60), YEAR.last)
        given = data.draw(st.lists(records_for([measure], drawn_from, clock), max_size=5), label="records")
        cancelled = data.draw(st.sampled_from(((), ("cancelled",), ("cancelled", "returned"))), label="cancelled")
        given = [evolve(record, cancelled=cancelled) for record in given]
        moments = [event.at for record in given for event in record.history]
        assume(moments)
        as_of = data.draw(st.none() | st.sampled_from(moments), label="as of")
        rows = _rows(given, data)
        seen = [record for record in given if record.history]
        whole = read(seen, clock, measures={"": measure}, window=window, as_of=as_of)[""]
        for frame in _frames(data, **rows):
            table = EventTable(frame, case="case", activity="activity", at="at", unit="unit", cancelled=cancelled)
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # of few records there may be none with some state
                    result = table.read(measure, clock, window=window, as_of=as_of)
            except PlanError as error:
                assert "cannot be read from a table" in str(error)
                shown("a measure that tables read", met=False)
                return
            shown("a measure that tables read", met=True)
            _see_the_same(result, whole)

    def _sheet(self, data: DataObject) -> tuple[WorkClock, Sheet]:
        clock: WorkClock = drawn(data, self, "clock", WorkClock)
        _narwhals_or_skip()
        first = data.draw(st.integers(*self.years), label="first year")
        return clock, clock.sheet(first, data.draw(st.integers(first, self.years[1]), label="last year"))

    def _moments(self, clock: WorkClock, sheet: Sheet) -> SearchStrategy[int]:
        """Moments of the years of the sheet more often than not, its edges, and others of all years."""
        edges = (sheet.lower - 1, sheet.lower, sheet.lower + 1, sheet.upper - 1, sheet.upper, sheet.upper + 1)
        inside = instants(clock, years=(sheet.first, sheet.last)).map(instant)
        return inside | inside | st.sampled_from(edges) | instants(clock, years=self.years).map(instant)


def _took(microseconds: int | None) -> timedelta | None:
    return None if microseconds is None else microseconds * TICK


def _inside(sheet: Sheet, *moments: int | None) -> bool:
    return all(at is not None and sheet.lower <= at < sheet.upper for at in moments)


def _due(limit: Limit, start: int | None, clock: WorkClock) -> int | None:
    try:
        return None if start is None else limit.due_instant(start, clock)
    except (HorizonError, OutsideCalendarError):
        return None


def _rows(given: Sequence[Record], data: DataObject) -> dict[str, list[Any]]:
    """A row for each event of some records, in any order."""
    rows = [
        (f"{n}", event.state, instant(event.at), event.unit) for n, one in enumerate(given) for event in one.history
    ]
    rows = data.draw(st.permutations(rows), label="rows")
    return {name: [row[n] for row in rows] for n, name in enumerate(("case", "activity", "at", "unit"))}


def _see_the_same(result: TableResult, whole: Result) -> None:
    assert result.bins == {lies: len(some) for lies, some in whole.bins.items()}
    assert (result.value, result.numerator, result.denominator) == (whole.value, whole.numerator, whole.denominator)
    months = {month: part.value for month, part in result.by_month().items()}
    assert months == {month: part.value for month, part in whole.by_month().items()}
    found = {case: rest for case, *rest in zip(*map(_column_of(result), _COLUMNS), strict=True)}
    assert sorted(found.values(), key=repr) == sorted(map(_said, whole.observations), key=repr)


_COLUMNS: Final = ("case", "bin", "cause", "start", "stop", "due", "elapsed")


def _column_of(result: TableResult) -> Any:  # noqa: ANN401 - a function from a name to a list
    table = result.to_arrow()
    return lambda name: _plain(table[name].to_pylist())


def _said(seen: Observation) -> list[Any]:
    """What an observation says, as the columns of a table do."""
    cause = "" if seen.reason is None else seen.reason.cause.name.lower()
    start, stop = (None if seen.start is None else at for at in (seen.begin, seen.end))
    return [str(seen.bin), cause, start, stop, seen.due_at, seen.worked]


def _plain(values: Sequence[Any]) -> list[Any]:
    return [instant(value) if hasattr(value, "tzinfo") else value for value in values]


def _narwhals_or_skip() -> Any:  # noqa: ANN401 - a module
    try:
        from docflow.engines import nw  # noqa: PLC0415 - it may not be there
    except ModuleNotFoundError:
        raise SkipTest("narwhals is not installed; docflow-registry[tables] brings it") from None
    return nw


def _frames(data: DataObject, **columns: Sequence[Any]) -> Iterator[Any]:
    """The same rows as frames of one or two of the engines that are installed; moments are in a zone that is drawn."""
    nw = _narwhals_or_skip()
    zone = data.draw(st.sampled_from(("UTC", "Asia/Bangkok", "America/New_York")), label="zone of the columns")
    schema = {name: nw.String if name in ("case", "activity", "unit") else nw.Datetime("us", "UTC") for name in columns}
    values = {
        name: [local(at, UTC) if isinstance(at, int) else at for at in column] for name, column in columns.items()
    }
    made: list[Any] = []
    for backend in FRAMES:
        with suppress(ModuleNotFoundError):
            frame = nw.from_dict(values, schema=schema, backend=backend)
            zoned = [nw.col(name).dt.convert_time_zone(zone) for name, kind in schema.items() if kind != nw.String]
            frame = frame.with_columns(*zoned)
            made.append(frame)
            numbered = frame.with_row_index(ROW)  # a join may change the order of rows that are only described
            if backend == "polars":
                made.append(numbered.lazy())
            if backend == "pyarrow":
                made.append(numbered.lazy(backend="duckdb"))
    if not made:
        raise SkipTest("no engine of tables is installed; docflow-registry[tables] brings one")
    for place in data.draw(st.sets(st.sampled_from(range(len(made))), min_size=1, max_size=2), label="engines"):
        yield made[place].to_native()


def _column(frame: Any, name: str) -> list[Any]:  # noqa: ANN401 - of any engine
    """The values of a column in the order of the rows."""
    nw = _narwhals_or_skip()
    made = nw.from_native(frame)
    if ROW in made.collect_schema():
        made = made.sort(ROW)
    if isinstance(made, nw.LazyFrame):
        made = made.collect(backend="pyarrow")
    return list(made.to_arrow()[name].to_pylist())
