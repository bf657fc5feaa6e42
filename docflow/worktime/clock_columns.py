"""The questions of a clock for whole columns: numpy, pandas, polars, Arrow or a sequence, and the same kind back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pendulum  # noqa: F401 - the examples below use it
from attrs import frozen

from docflow.worktime.amount import WorkTime  # noqa: F401 - the examples below use it
from docflow.worktime.limits import Limit
from docflow.worktime.moments import Moments

if TYPE_CHECKING:
    from docflow.worktime.columns import Column
    from docflow.worktime.sheets import Sheet

__all__ = ["ClockColumns"]


@frozen(repr=False)
class ClockColumns(Moments):
    """What a `WorkClock` answers about columns; each answer equals that of the question about one moment."""

    def elapsed_array(self, starts: Column, stops: Column) -> Column:
        """`elapsed` for many pairs at once, the same integers; needs numpy (`docflow-registry[arrays]`).

        >>> import numpy as np
        >>> from docflow.bangkok import office_clock
        >>> starts = np.array(["2019-11-01T09:20", "2019-11-06T02:00", "NaT"], dtype="datetime64[m]")  # in UTC
        >>> stops = np.array(["2019-11-06T01:32", "2019-11-06T01:00", "2019-11-06T02:00"], dtype="datetime64[m]")
        >>> minutes = office_clock().elapsed_array(starts, stops)
        >>> minutes.astype("timedelta64[m]").tolist(), minutes.reversed
        ([datetime.timedelta(seconds=720), None, None], 1)

        What is given: numpy's `datetime64` of any unit, which is in UTC; columns of pandas, polars and pyarrow with a
        zone; or a sequence of moments, or one moment. What is finer than a microsecond is cut off. Shapes are broadcast
        as in numpy, and rows are matched by position, whatever index a column has.

        What comes back: a column like `starts`, else like `stops`, with its index and name; else `timedelta64[us]`. It
        is null (NaT) where a moment is missing, for a pair that stops before it starts (`reversed_array` says which;
        `reversed` of numpy's answer counts them), and outside the years of the calendar: a `RowsWarning` counts and
        names such rows. Raises `NaiveSeriesError` for a column without a zone, and for a sequence what `elapsed`
        raises, with a note that names the row.
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.elapsed_array(self, starts, stops)

    def reversed_array(self, starts: Column, stops: Column) -> Column:
        """Which of many pairs stop before they start: for these `elapsed_array` has no answer.

        >>> from docflow.bangkok import office_clock
        >>> ten, nine = (pendulum.datetime(2020, 1, 6, hour, tz="Asia/Bangkok") for hour in (10, 9))
        >>> office_clock().reversed_array([nine, ten, None], [ten, nine, nine]).tolist()
        [False, True, False]

        A pair with a missing moment is not reversed. Takes what `elapsed_array` takes, and raises as it does.
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.reversed_array(self, starts, stops)

    def due_array(self, starts: Column, amounts: Column | Limit) -> Column:
        """`due` for many starts at once, the same integers: one amount for all, or one each; or a limit.

        >>> import numpy as np
        >>> from docflow.bangkok import office_clock
        >>> starts = np.array(["2020-01-07T09:20", "NaT"], dtype="datetime64[m]")  # in UTC
        >>> office_clock().due_array(starts, WorkTime(minutes=15)).tolist()
        [datetime.datetime(2020, 1, 8, 1, 35), None]
        >>> from docflow import Hours, WorkingDays
        >>> office_clock().due_array(starts, WorkingDays(2) | Hours(48)).tolist()
        [datetime.datetime(2020, 1, 9, 9, 30), None]

        With a limit it is `limit.due(start, clock)`. Amounts are one `WorkTime`, a sequence of them, or `timedelta64`
        of any unit, as `elapsed_array` gives it; starts are what `elapsed_array` takes. What comes back is a column
        like `starts`, else like `amounts`, in the zone of `starts`, else in that of the clock; else `datetime64[us]` in
        UTC. It is null where a start or an amount is missing, and where there is no answer, as for 9999-12-31 or a
        negative amount: a `RowsWarning` counts and names such rows. Raises as `elapsed_array` does, and
        `NoWorkingDayError` for a year without a working day.
        """
        from docflow.worktime import arrays, limit_columns  # noqa: PLC0415 - numpy is loaded when it is needed

        if isinstance(amounts, Limit):
            return limit_columns.due_array(amounts, starts, self)
        return arrays.due_array(self, starts, amounts)

    def verdict_array(self, limit: Limit, starts: Column, stops: Column, *, at: Column) -> Column:
        """How a promise stands for many starts and stops at a moment, or each at its own: within, late or running.

        >>> from docflow import WorkingDays
        >>> from docflow.bangkok import office_clock
        >>> monday, wednesday, thursday = (pendulum.datetime(2020, 1, day, 10, tz="Asia/Bangkok") for day in (6, 8, 9))
        >>> starts, stops = [monday, monday, wednesday, None], [wednesday, None, None, thursday]
        >>> office_clock().verdict_array(WorkingDays(2), starts, stops, at=thursday).tolist()
        ['within', 'late', 'running', None]

        A stop that is null has not come. The answer is a column of words like the first column given; it is null where
        the start or the moment is. Where a stop or the moment is before the start, it is null too, and a `RowsWarning`
        counts and names such rows. Takes what `elapsed_array` takes, and raises as it does; `TypeError` for what is no
        limit.
        """
        from docflow.worktime import limit_columns  # noqa: PLC0415 - numpy is loaded when it is needed

        return limit_columns.verdict_array(limit, starts, stops, at, self)

    def is_open_array(self, moments: Column) -> Column:
        """`is_open` for many moments at once; null where there is none.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().is_open_array([pendulum.parse("2020-01-07T10:00+07:00"), None]).tolist()
        [True, None]

        Outside the years of the calendar it is null too, and a `RowsWarning` counts and names such rows. Takes what
        `elapsed_array` takes, and raises as it does.
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.is_open_array(self, moments)

    def sheet(self, first_year: int, last_year: int) -> Sheet:
        """The answers about some years as small tables, for pandas, polars, pyarrow, DuckDB and Spark.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().sheet(2019, 2026)
        <Sheet 2019–2026 of 08:30–16:30, ThaiGovernment(area='bangkok'), Asia/Bangkok>

        `Sheet` says what it answers, and what it raises. Needs narwhals and numpy
        (`docflow-registry[tables]`).
        """
        from docflow.worktime.sheets import Sheet  # noqa: PLC0415 - narwhals is loaded when it is needed

        return Sheet(self, first_year, last_year)
