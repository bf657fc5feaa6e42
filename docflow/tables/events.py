"""EventTable: a table with a row for each event, of which measures are read where it lies."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, overload

from attrs import field, frozen

from docflow.engines import engine_of, nw
from docflow.errors import MomentError, TableError
from docflow.given_tables import FILE, described, parquet, see_key, see_moments, see_texts, wrapped
from docflow.instants import local
from docflow.kpi import Bin, Context, Measure
from docflow.kpi.records import states
from docflow.tables.histories import Histories
from docflow.tables.judging import timed
from docflow.tables.reading import AT, Extent, Reading
from docflow.text import expect
from docflow.worktime.limit_columns import BEGIN, END
from docflow.worktime.lookups import own

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from os import PathLike

    from docflow.engines import Lazy
    from docflow.kpi import Window
    from docflow.tables.results import TableResult
    from docflow.worktime import WorkClock

__all__ = ["EventTable"]


@frozen(eq=False, repr=False)
class EventTable:
    """A table with a row for each event, of pandas, polars, pyarrow, DuckDB or PySpark, and the names of its columns.

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
    written. Raises `TypeError` for what is no such table; `TableError` for a column that is not there, for one of
    moments that holds none, or moments without a zone, and for activities or units that are no text; and
    `ModuleNotFoundError` where DuckDB is needed and not installed.
    """

    frame: Any
    """The table as it was given."""
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
    cancelled: tuple[str, ...] = field(default=(), kw_only=True, converter=states)
    """Those that take a case out of a measure that names none itself, such as `workflow.cancelled`."""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.activities, str):
            raise TypeError(f"{self.activities!r} is one activity; give all of them, such as workflow.states")
        schema = self._lazy.collect_schema()
        see_key(schema, self.case)
        see_texts(schema, self.activity, *filter(None, (self.unit, self.trigger, self.file)))
        see_moments(self._lazy, self.at)

    @classmethod
    def parquet(  # noqa: PLR0913 - the names of the columns
        cls,
        *paths: str | PathLike[str],
        case: str,
        activity: str,
        at: str,
        unit: str | None = None,
        trigger: str | None = None,
        activities: Collection[str] | None = None,
        cancelled: Collection[str] = (),
        split: bool = False,
    ) -> Self:
        """The events of Parquet files, and of all such files in folders, read by DuckDB when a measure is read.

        >>> from tempfile import TemporaryDirectory
        >>> from docflow import Duration, WorkClock, WorkingWeek
        >>> from docflow.bangkok import office_clock
        >>> from docflow.files import read_event_log, write_event_log
        >>> from docflow.kpi import FIRST_EVENT, LAST_EVENT
        >>> clock = WorkClock(office_clock().hours, WorkingWeek(), zone="Europe/Amsterdam")
        >>> named = {"case": "case:concept:name", "activity": "concept:name", "at": "time:timestamp"}
        >>> with TemporaryDirectory() as folder:
        ...     write_event_log(f"{folder}/log.parquet", read_event_log("tests/golden/receipt-log.csv").records)
        ...     table = EventTable.parquet(folder, **named)
        ...     table.read(Duration("whole", start=FIRST_EVENT, stop=LAST_EVENT), clock)
        <TableResult whole: 1,841.97 min; counted 205>

        Two files may give one number to two cases, which would make one of them: so a case with events in two files is
        refused, unless `split` says that files hold parts of cases, such as the events of each month. Raises
        `FileError` for what is no whole Parquet file, and for a file with other columns than the first.
        """
        named = [one for one in (case, activity, at, unit, trigger) if one is not None]
        frame, file = parquet(paths, named), None if split else FILE
        return cls(
            frame,
            case=case,
            activity=activity,
            at=at,
            unit=unit,
            trigger=trigger,
            file=file,
            activities=activities,
            cancelled=cancelled,
        )

    @cached_property
    def _lazy(self) -> Lazy:
        return described(wrapped(self.frame))

    @cached_property
    def _events(self) -> Lazy:
        """With the instants of the events."""
        return engine_of(self._lazy).ticks(self._lazy, {AT: self.at})

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
        cut = context.now is not None and context.now < extent.last
        named = self.case, self.activity, self.trigger, self.unit
        histories = Histories(*named, context, cut=cut, cancelled=self.cancelled)
        reading = Reading(self._events, self.at, histories, extent, file=self.file)
        results = {name: reading.result(measure) for name, measure in measures.items()}
        for result in results.values():
            self._warn_of_strangers(result)
        return results

    def _extent(self) -> Extent:
        """See that each event has a case and a moment, and from when to when they are."""
        lazy = self._events
        lacks = {own("case"): nw.col(self.case), own("moment"): nw.col(AT)}  # nor are infinite ones moments
        lazy = lazy.with_columns(**{name: nw.when(each.is_null()).then(1).otherwise(0) for name, each in lacks.items()})
        asked = lazy.select(
            nw.len().alias("events"),
            nw.col(own("case")).sum().alias("without_case"),
            nw.col(own("moment")).sum().alias("without_moment"),
            nw.col(AT).min().alias("first"),
            nw.col(AT).max().alias("last"),
        )
        (row,) = asked.collect().rows(named=True)
        extent = Extent(**{name: int(value or 0) for name, value in row.items()})
        for column, n in ((self.case, extent.without_case), (self.at, extent.without_moment)):
            if n:
                raise TableError(column, f"is empty in {n:,} of {extent.events:,} events; fill it, or leave them out")
        if not BEGIN <= extent.first <= extent.last <= END:
            raise TableError(self.at, "holds moments outside the years 1 to 9999; leave such events out")
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

    def _warn_of_strangers(self, result: TableResult) -> None:
        """Warn when no case was counted, and no event at all is what the measure starts or stops with."""
        if self.activities is not None or not len(result.counts) or result.counts.tally(Bin.COUNTED):
            return
        written = list(self._written())
        for milestone in (result.measure.span.start, result.measure.span.stop):
            names = (*milestone.states, *(() if self.trigger else milestone.steps))
            if names and not set(names).intersection(written):
                told = _near(names[0], written)
                warnings.warn(f"no event of this table is {' or '.join(names)}; {told}", stacklevel=3)


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known)}"
