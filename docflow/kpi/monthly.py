"""The months of indicators as one table: a row for each indicator and month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.kpi.indicator_rows import INDICATOR_COLUMNS
from docflow.kpi.tables import Table, Tabular
from docflow.text import Text

if TYPE_CHECKING:
    from docflow.kpi.outcomes import Outcome
    from docflow.text import Language
    from docflow.worktime import WorkClock

__all__ = ["Monthly"]

MONTH: Final = Text("เดือน", "month")


@frozen
class Monthly(Tabular):
    """The outcomes of a plan month by month, as a table; `PlanResult.monthly` makes it.

    >>> from datetime import datetime
    >>> from docflow.bangkok import PLAN_2563
    >>> result = PLAN_2563.evaluate({}, as_of=datetime.fromisoformat("2020-09-30T16:30+07:00"))
    >>> print(result.monthly.to_csv().splitlines()[0][:28])
    month,number,title,owner,val
    """

    outcomes: tuple[Outcome, ...]
    clock: WorkClock

    def _table(self, language: Language) -> Table:
        rows = [(month, *part.row(language)) for one in self.outcomes for month, part in sorted(one.by_month().items())]
        return Table({MONTH: str, **INDICATOR_COLUMNS}, rows, self.clock)
