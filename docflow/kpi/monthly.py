"""The months of indicators as one table: a row for each indicator and month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.kpi.durations import DurationResult
from docflow.kpi.indicator_rows import INDICATOR_COLUMNS
from docflow.kpi.tables import Table, Tabular
from docflow.text import Text

if TYPE_CHECKING:
    from docflow.kpi.outcomes import Outcome
    from docflow.text import Language
    from docflow.worktime import WorkClock

__all__ = ["Monthly"]

MONTH: Final = Text("เดือน", "month")
SPREAD: Final = {Text("มัธยฐาน", "median"): float, Text("เปอร์เซ็นไทล์ที่ 90", "percentile_90"): float}
"""What stands beside the mean of a duration; last, so that the columns before keep their places."""
NINE_TENTHS: Final = 90


@frozen
class Monthly(Tabular):
    """The outcomes of a plan month by month, as a table; `PlanResult.monthly` makes it.

    >>> from datetime import datetime
    >>> from docflow.bangkok import PLAN_2563
    >>> result = PLAN_2563.evaluate({}, as_of=datetime.fromisoformat("2020-09-30T16:30+07:00"))
    >>> print(result.monthly.to_csv().splitlines()[0][:28])
    month,number,title,owner,val

    Of a duration, whose `value` is the mean, it has the `median` and the `percentile_90` too, in minutes; they are None
    for every other measure, and where nothing was measured in a month.
    """

    outcomes: tuple[Outcome, ...]
    clock: WorkClock

    def _table(self, language: Language) -> Table:
        rows = [
            (month, *part.row(language), *_spread(part))
            for one in self.outcomes
            for month, part in sorted(one.by_month().items())
        ]
        return Table({MONTH: str, **INDICATOR_COLUMNS, **SPREAD}, rows, self.clock)


def _spread(outcome: Outcome) -> tuple[float | None, float | None]:
    """The median and the 90th percentile in minutes; None of what is no duration, and of nothing."""
    result = outcome.result
    if not isinstance(result, DurationResult) or (middle := result.median) is None:
        return None, None
    high = result.percentile(NINE_TENTHS)
    return float(middle), None if high is None else float(high)
