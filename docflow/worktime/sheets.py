"""Sheets: a clock's answers over some years as small tables, which any table engine joins to its own.

Time is cut into buckets of a power of two of microseconds, so short that none holds two open spans. A row of the sheet
says how much has been worked when its bucket begins, from when on the clock runs in it, and for how long. So the
working time up to any moment is one join by equality and a sum: the engine needs no zones and no code of ours.
"""

from __future__ import annotations

from datetime import date, time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import numpy as np
from attrs import field, frozen

from docflow.engines import engine_of, nw
from docflow.errors import AmountError, TableError
from docflow.given_tables import described, see_columns, see_moments, see_new, wrapped
from docflow.text import expect
from docflow.worktime import limit_columns
from docflow.worktime.columns import NAT, as_given, integers, moments_of
from docflow.worktime.due_lookups import due_ticks
from docflow.worktime.limits import Limit
from docflow.worktime.lookups import Line, own
from docflow.worktime.tables import Buckets, Spans, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docflow.engines import Lazy
    from docflow.worktime.columns import Integers
    from docflow.worktime.moments import Moments

__all__ = ["Audit", "Sheet"]

Frame = TypeVar("Frame")
MIDNIGHT: Final = time()


@frozen
class Audit:
    """How many rows of a table have an answer, and why the others have none; `Sheet.audit` counts them.

    >>> import polars
    >>> from datetime import datetime
    >>> from docflow.bangkok import office_clock
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
    >>> letters = polars.DataFrame({"received": [nine, nine, None], "taken_over": [ten, nine, ten]})
    >>> office_clock().sheet(2020, 2020).audit(letters, "received", "taken_over").counted
    2

    Each row is in one of the last four numbers, and they add up to `pairs`.
    """

    pairs: int
    """How many rows there are."""
    empty: int
    """Those without a start or a stop."""
    outside: int
    """Those with a moment outside the years of the sheet, which it has no answer for."""
    reversed: int
    """Those that stop before they start."""
    counted: int
    """Those that have an answer."""


@frozen(eq=False, repr=False)
class Sheet:
    """The answers of a clock over some years, for tables of any engine; `WorkClock.sheet` makes it.

    >>> from datetime import datetime
    >>> import polars
    >>> from docflow.bangkok import office_clock
    >>> sheet = office_clock().sheet(2019, 2020)
    >>> sheet
    <Sheet 2019–2020 of 08:30–16:30, ThaiGovernment(area='bangkok'), Asia/Bangkok>
    >>> friday, wednesday = (datetime.fromisoformat(f"2019-11-0{day}+07:00") for day in ("1T16:20", "6T08:32"))
    >>> letters = polars.LazyFrame({"received": [friday], "taken_over": [wednesday]})
    >>> sheet.elapsed(letters, "received", "taken_over").collect()["elapsed"].to_list()
    [720000000]

    Frames of pandas, polars and pyarrow, lazy frames of polars, relations of DuckDB and frames of PySpark come back as
    they were given, with one column more; what is lazy stays lazy, and its rows may come in another order. Moments may
    be of any unit and any zone, and what is finer than a microsecond is cut off. Where there is no answer the row is
    null: an engine that computes later cannot raise an error for a row, so `audit` counts such rows.

    Raises `OutsideCalendarError` for a year that the calendar does not hold, `AmountError` for a last year before the
    first. Its questions raise `TableError` for a column that is not there, that holds no moments, or moments without a
    zone, and for a new column whose name is taken; about what is lazy also `HoursError` for an office that opens and
    closes too often for a table of these years.
    """

    clock: Moments
    """The clock whose answers it has."""
    first: int
    """The first year."""
    last: int
    """The last year, included."""
    lower: int = field(init=False)
    """From here on it has answers."""
    upper: int = field(init=False)
    """Before this instant it has answers."""
    table: Buckets | Spans = field(init=False)
    """For frames in memory."""

    def __attrs_post_init__(self) -> None:
        for year in (self.first, self.last):
            expect(year, int, "year", "a whole number, such as 2020")
        spans = [self.clock.year_span(year) for year in range(self.first, self.last + 1)]
        if not spans:
            raise AmountError(self.last, f"ends a sheet before it begins, in {self.first}; give the earlier year first")
        begins = self.clock.at_wall(date(self.first, 1, 1), MIDNIGHT)  # a night shift of the year before may still run
        object.__setattr__(self, "lower", self.clock.held(self.first, begins, spans[0][1])[0])
        object.__setattr__(self, "upper", spans[-1][1])
        object.__setattr__(self, "table", table_of(self.clock.index(self.lower, self.upper - 1)))

    def elapsed(self, frame: Frame, start: str, stop: str, *, name: str = "elapsed") -> Frame:
        """The table with the working time from one column of moments to another, in whole microseconds.

        >>> import pyarrow
        >>> from datetime import datetime
        >>> from docflow.bangkok import office_clock
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
        >>> letters = pyarrow.table({"from": [nine, ten, None], "to": [ten, nine, ten]})
        >>> office_clock().sheet(2020, 2020).elapsed(letters, "from", "to")["elapsed"].to_pylist()
        [3600000000, None, None]

        Null where a moment is, where the pair is reversed, and outside the years of the sheet.
        """
        given = wrapped(frame)
        see_new(given.collect_schema(), name)
        if isinstance(given, nw.LazyFrame):
            see_moments(given, start, stop)
            made = engine_of(given).ticks(given, {own("start"): start, own("stop"): stop})
            made = self.between(made, own("start"), own("stop"), name)
            return made.drop(own("start"), own("stop")).to_native()  # type: ignore[no-any-return]  # of the same kind
        since, until = _ticks(given, start), _ticks(given, stop)
        known = self._holds(since) & self._holds(until) & (since <= until)
        out = np.zeros(len(since), np.int64)
        out[known] = self.table.worked(until[known]) - self.table.worked(since[known])
        column = as_given(np.ma.MaskedArray(out, ~known), self.clock.zone, given[start].to_native())
        return cast("Frame", _with(given, column, name))

    def due(self, frame: Frame, start: str, limit: Limit, *, name: str = "due") -> Frame:
        """The table with the moment at which a limit is due that starts at each moment of a column.

        >>> import polars
        >>> from datetime import datetime
        >>> from docflow import Hours, WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> letters = polars.DataFrame({"received": [datetime.fromisoformat("2020-01-10T10:00+07:00")]})
        >>> sheet = office_clock().sheet(2020, 2020)
        >>> print(sheet.due(letters, "received", WorkingDays(2) | Hours(48))["due"][0])
        2020-01-14 09:30:00+00:00

        The moments are in the zone of the column. What is due may lie after the years of the sheet, as long as the
        calendar holds it. Raises `TypeError` for a limit that lazy tables cannot compute: `SameTime` and limits of
        one's own.
        """
        expect(limit, Limit, "limit", "one, such as WorkingDays(2)")
        given = wrapped(frame)
        see_new(given.collect_schema(), name)
        if isinstance(given, nw.LazyFrame):
            zone = see_moments(given, start)[start]
            engine = engine_of(given)
            made = engine.ticks(given, {own("start"): start})
            made = self.due_ticks(made, limit, own("start"), own("due"))
            made = engine.moments(made, {name: own("due")}, zone)
            return made.drop(own("start"), own("due")).to_native()  # type: ignore[no-any-return]  # of the same kind
        since = _ticks(given, start)
        asked = np.where(self._holds(since), since, NAT).view("datetime64[us]")
        found, _ = limit_columns.due_column(limit, self.clock, asked)
        column = as_given(found.view("datetime64[us]"), self.clock.zone, given[start].to_native())
        return cast("Frame", _with(given, column, name))

    def audit(self, frame: Any, start: str, stop: str) -> Audit:  # noqa: ANN401 - any kind of table
        """How many rows of a table have an answer, and why the others have none.

        >>> import pyarrow
        >>> from datetime import datetime
        >>> from docflow.bangkok import office_clock
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-06T{hour}:00+07:00") for hour in ("09", "10"))
        >>> letters = pyarrow.table({"from": [nine, ten, None], "to": [ten, nine, ten]})
        >>> office_clock().sheet(2020, 2020).audit(letters, "from", "to")
        Audit(pairs=3, empty=1, outside=0, reversed=1, counted=1)

        A lazy table is computed for that. A pair outside the years that is reversed too is told as outside.
        """
        given = wrapped(frame)
        see_columns(given.collect_schema(), start, stop)
        lazy = described(given.select(*dict.fromkeys((start, stop))))
        see_moments(lazy, start, stop)
        lazy = engine_of(lazy).ticks(lazy, {own("start"): start, own("stop"): stop})
        since, until = nw.col(own("start")), nw.col(own("stop"))
        empty = since.is_null() | until.is_null()
        outside = ~empty & ~(self.holds(own("start")) & self.holds(own("stop")))
        backwards = ~empty & ~outside & (until < since)
        named = {"empty": empty, "outside": outside, "reversed": backwards, "counted": ~(empty | outside | backwards)}
        flags = {name: nw.when(flag).then(1).otherwise(0) for name, flag in named.items()}
        told = lazy.with_columns(**{own(name): flag for name, flag in flags.items()})
        counts = told.select(nw.len().alias("pairs"), *(nw.col(own(name)).sum().alias(name) for name in named))
        (row,) = counts.collect().rows(named=True)
        return Audit(**{name: int(count or 0) for name, count in row.items()})

    # What follows speaks of columns of microseconds since 1970, in frames that describe a computation.

    def holds(self, column: str) -> nw.Expr:
        """Whether each moment lies in the years of the sheet."""
        return (nw.col(column) >= self.lower) & (nw.col(column) < self.upper)

    def between(self, frame: Lazy, start: str, stop: str, into: str) -> Lazy:
        """The working time from one column to another; null where there is none."""
        made = self.worked(frame, {own("since"): start, own("until"): stop})
        took = nw.col(own("until")) - nw.col(own("since"))
        made = made.with_columns(nw.when(nw.col(start) <= nw.col(stop)).then(took).alias(into))
        return made.drop(own("since"), own("until"))

    def worked(self, frame: Lazy, columns: Mapping[str, str]) -> Lazy:
        """The working time from the beginning of the sheet to moments, by the name of the new column."""
        return self._line.look_up(frame, columns, since=self.lower, until=self.upper)

    def due_ticks(self, frame: Lazy, limit: Limit, start: str, into: str) -> Lazy:
        """When a limit is due; null for a start outside the sheet, and where the calendar does not say."""
        made = due_ticks(frame, limit, start, own("due at"), clock=self.clock, held=(self.lower, self.upper))
        held = nw.when(self.holds(start) & (nw.col(own("due at")) <= limit_columns.END)).then(nw.col(own("due at")))
        return made.with_columns(held.alias(into)).drop(own("due at"))

    @cached_property
    def _line(self) -> Line:
        return Line.of(Spans.of(self.clock.index(self.lower, self.upper - 1)), name=self.clock.notice)

    def _holds(self, at: Integers) -> Any:  # noqa: ANN401 - an array of truth
        return (at >= self.lower) & (at < self.upper)

    def __repr__(self) -> str:
        return f"<Sheet {self.first}–{self.last} of {self.clock.notice}>"


def _ticks(given: nw.DataFrame[Any], column: str) -> Integers:
    """The microseconds of a column of a frame in memory. Raises `TableError` when it holds no moments with a zone."""
    see_columns(given.collect_schema(), column)
    try:
        return integers(moments_of(given[column].to_native()))
    except (TypeError, ValueError) as error:
        raise TableError(column, f"holds no moments with a zone: {error}") from None


def _with(frame: nw.DataFrame[Any], column: Any, name: str) -> Any:  # noqa: ANN401 - any library's column and frame
    made = nw.from_native(column, series_only=True, allow_series=True).alias(name)
    return frame.with_columns(made).to_native()
