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
    """The outcomes of a plan month by month; `PlanResult.monthly` makes it."""

    outcomes: tuple[Outcome, ...]
    clock: WorkClock

    def _table(self, language: Language) -> Table:
        rows = [(month, *part.row(language)) for one in self.outcomes for month, part in sorted(one.by_month().items())]
        return Table({MONTH: str, **INDICATOR_COLUMNS}, rows, self.clock)
