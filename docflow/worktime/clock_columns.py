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
    """What a `WorkClock` answers about columns; each answer equals that of its scalar question.

    `docflow.worktime.columns` says what can be given and what comes back. A row without an answer is null there, and a
    `RowsWarning` counts and names such rows.
    """

    def elapsed_array(self, starts: Column, stops: Column) -> Column:
        """`elapsed` for many pairs at once, the same integers; needs numpy (`docflow-registry[arrays]`).

        >>> import numpy as np
        >>> from docflow.bangkok import office_clock
        >>> starts = np.array(["2019-11-01T09:20", "2019-11-06T02:00", "NaT"], dtype="datetime64[m]")  # in UTC
        >>> stops = np.array(["2019-11-06T01:32", "2019-11-06T01:00", "2019-11-06T02:00"], dtype="datetime64[m]")
        >>> minutes = office_clock().elapsed_array(starts, stops)
        >>> minutes.astype("timedelta64[m]").tolist(), minutes.reversed
        ([datetime.timedelta(seconds=720), None, None], 1)

        For columns of pandas, polars and pyarrow the result is such a column. `docflow.worktime.columns` says what can
        be given, `docflow.worktime.arrays` what comes back.
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.elapsed_array(self, starts, stops)

    def reversed_array(self, starts: Column, stops: Column) -> Column:
        """Which of many pairs stop before they start: for these `elapsed_array` has no answer.

        >>> from docflow.bangkok import office_clock
        >>> ten, nine = (pendulum.datetime(2020, 1, 6, hour, tz="Asia/Bangkok") for hour in (10, 9))
        >>> office_clock().reversed_array([nine, ten, None], [ten, nine, nine]).tolist()
        [False, True, False]
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

        With a limit it is `limit.due(start, clock)`. `docflow.worktime.columns` says what can be given,
        `docflow.worktime.arrays` what comes back. A start without an answer, such as 9999-12-31, is null there, and a
        `RowsWarning` counts and names such rows. A fault of the calendar itself, such as a year without a working day,
        is raised for the whole column (`NoWorkingDayError`).
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

        A stop that is null has not come. Null where the start or the moment is; where a stop or the moment is before
        the start, null too, and a `RowsWarning` counts and names such rows.
        """
        from docflow.worktime import limit_columns  # noqa: PLC0415 - numpy is loaded when it is needed

        return limit_columns.verdict_array(limit, starts, stops, at, self)

    def is_open_array(self, moments: Column) -> Column:
        """`is_open` for many moments at once; null where there is none.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().is_open_array([pendulum.parse("2020-01-07T10:00+07:00"), None]).tolist()
        [True, None]
        """
        from docflow.worktime import arrays  # noqa: PLC0415 - numpy is loaded when it is needed

        return arrays.is_open_array(self, moments)

    def sheet(self, first_year: int, last_year: int) -> Sheet:
        """The answers about some years as small tables, for pandas, polars, pyarrow, DuckDB and Spark.

        >>> from docflow.bangkok import office_clock
        >>> office_clock().sheet(2019, 2026)
        <Sheet 2019–2026 of 08:30–16:30, ThaiGovernment(area='bangkok'), Asia/Bangkok>

        `docflow.worktime.sheets.Sheet` says what it answers. Needs narwhals and numpy (`docflow-registry[tables]`).
        """
        from docflow.worktime.sheets import Sheet  # noqa: PLC0415 - narwhals is loaded when it is needed

        return Sheet(self, first_year, last_year)
