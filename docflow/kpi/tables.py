"""Tables: results as rows under named columns, whose kinds are known also where there is no row."""

from __future__ import annotations

import csv
from abc import abstractmethod
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

from attrs import frozen

from docflow.instants import local
from docflow.kpi import frames
from docflow.safe import cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docflow.kpi.frames import Typed
    from docflow.text import Language, Text
    from docflow.worktime import WorkClock

__all__ = ["Table", "Tabular"]


@frozen
class Table:
    """Rows under columns, each with its name in two languages and its kind; moments are integers inside."""

    columns: Mapping[Text, type]
    rows: Sequence[Sequence[Any]]
    clock: WorkClock
    """Moments are shown as on the wall of its office."""

    def named(self, language: Language) -> list[str]:
        """What its columns are called."""
        return [name.said(language) for name in self.columns]

    def dicts(self, language: Language) -> list[dict[str, Any]]:
        """Each row as a dict of plain values."""
        names, kinds = self.named(language), tuple(self.columns.values())
        return [dict(zip(names, map(self._plain, kinds, row), strict=True)) for row in self.rows]

    def csv(self, language: Language) -> str:
        """The rows as the text of a CSV file."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.named(language))
        writer.writerows([_written(value) for value in row.values()] for row in self.dicts(language))
        return text.getvalue()

    def typed(self, language: Language) -> Typed:
        """Its columns by name, each with its kind."""
        names, kinds = self.named(language), self.columns.values()
        return {
            name: (kind, [row[n] for row in self.rows]) for n, (name, kind) in enumerate(zip(names, kinds, strict=True))
        }

    def _plain(self, kind: type, value: Any) -> Any:  # noqa: ANN401 - a cell
        return local(value, self.clock.tz) if kind is datetime and value is not None else value


def _written(value: Any) -> str:  # noqa: ANN401 - a cell
    """A value as a CSV file has it: moments and days in ISO 8601, yes and no in small letters, nothing as nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else cell(value) if isinstance(value, str) else str(value)


class Tabular:
    """What can be shown as rows: plain dicts, the text of a CSV file, or a frame of another library.

    Columns are named in English or Thai. Moments are those of the office's wall, with their zone; times are minutes and
    values numbers, as the nearest float, because spreadsheets and frames compute with floats: of minutes it is exact to
    the microsecond. The exact fractions stay with the result.
    """

    __slots__ = ()

    @abstractmethod
    def _table(self, language: Language) -> Table:
        """Its rows."""

    def to_rows(self, language: Language = "en") -> list[dict[str, Any]]:
        """Its rows as plain dicts: texts, floats, whole numbers, days, aware datetimes, and None for nothing."""
        return self._table(language).dicts(language)

    def to_csv(self, language: Language = "en") -> str:
        """Its rows as the text of a CSV file; what a spreadsheet would compute is made text by an apostrophe before it.

        Write it with `encoding="utf-8-sig"` where a spreadsheet should read Thai.
        """
        return self._table(language).csv(language)

    def to_arrow(self, language: Language = "en") -> Any:  # noqa: ANN401 - a pyarrow.Table
        """Its rows as a table of pyarrow. Raises `ModuleNotFoundError` where that is not installed."""
        table = self._table(language)
        return frames.arrow(table.typed(language), table.clock.zone)

    def to_pandas(self, language: Language = "en") -> Any:  # noqa: ANN401 - a pandas.DataFrame
        """Its rows as a frame of pandas. Raises `ModuleNotFoundError` where that is not installed."""
        table = self._table(language)
        return frames.pandas(table.typed(language), table.clock.zone)

    def to_polars(self, language: Language = "en") -> Any:  # noqa: ANN401 - a polars.DataFrame
        """Its rows as a frame of polars. Raises `ModuleNotFoundError` where that is not installed."""
        table = self._table(language)
        return frames.polars(table.typed(language), table.clock.zone)
