"""Rows that have no answer: they are null in the result, counted, and the first of them are named in a warning."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

from attrs import frozen

from docflow.errors import HorizonError, OutsideCalendarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Refused", "RowsWarning", "why_not"]

MOST: Final = 3
"""So many rows are named."""


class RowsWarning(UserWarning):
    """Some rows of a column have no answer, such as a date outside the calendar; they are null in the result.

    >>> import warnings
    >>> from datetime import UTC, datetime
    >>> from docflow import Hours
    >>> from docflow.bangkok import office_clock
    >>> starts = [datetime(2020, 1, 6, 3, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     dues = office_clock().due_array(starts, Hours(48))
    >>> print(dues.tolist(), str(told[0].message).partition(":")[0])
    [datetime.datetime(2020, 1, 8, 3, 0), None] 1 of 2 rows has no answer and is null

    It says how many there are, and why the first three have none. `warnings.simplefilter("error", RowsWarning)` raises
    it instead.
    """


@frozen
class Refused:
    """The rows of a column that have no answer, and why the first of them have none."""

    count: int = 0
    named: tuple[tuple[int, str], ...] = ()

    def more(self, rows: Iterable[int], why: Callable[[int], str]) -> Refused:
        """With some more rows; `why` is asked only of those that are named."""
        found = list(rows)
        named = tuple((row, why(row)) for row in found[: max(0, MOST - len(self.named))])
        return Refused(self.count + len(found), self.named + named)

    @classmethod
    def all(cls, some: Iterable[Refused]) -> Refused:
        """Those of several parts of a column."""
        parts = list(some)
        named = sorted(one for part in parts for one in part.named)
        return cls(sum(part.count for part in parts), tuple(named[:MOST]))

    def warn(self, rows: int) -> None:
        """Tell of them, when there are any."""
        if not self.count:
            return
        one = self.count == 1
        said = "; ".join(f"row {row:,}: {why}" for row, why in self.named)
        rest = f"; and {self.count - len(self.named):,} more" if self.count > len(self.named) else ""
        message = f"{self.count:,} of {rows:,} rows {'has no answer and is' if one else 'have no answer and are'} null"
        warnings.warn(f"{message}: {said}{rest}", RowsWarning, stacklevel=4)


def why_not(ask: Callable[[], object]) -> str:
    """What the clock says when it is asked about a single row that it has no answer for."""
    try:
        ask()
    except (HorizonError, OutsideCalendarError) as error:
        return str(error)
    return "outside the calendar"
