"""Questions that are followed from year to year: what an index answers, and how much more it takes when it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from docflow.worktime.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CLOSE_BY", "DAY_CLOSE", "DUE", "LAST_CLOSE", "LATEST", "OPEN_FROM", "Question"]


class Question(NamedTuple):
    """Something that is looked for through the years."""

    answer: Callable[..., int | None]
    """The answer in an index; None when it lies beyond."""
    missing: Callable[..., int]
    """How much of what is counted (working time, working days) lies beyond an index that has no answer."""
    held: Callable[[Index], int]
    """How much of it a year holds: years are joined to the index once they hold all that is missing."""
    event: Literal["does not open", "does not close", "was not open", "did not close"]
    """What the error says when nothing was found."""


def _work(index: Index) -> int:
    return index.totals[-1] if index.totals else 0


def _days(index: Index) -> int:
    return len(index.days)


def _one(*_: object) -> int:
    return 1


DUE: Final = Question(
    Index.due, lambda index, start, amount: amount - _work(index) + index.worked(start), _work, "does not open"
)
LATEST: Final = Question(
    Index.latest, lambda index, due, amount: max(1, amount) - index.worked(due), _work, "was not open"
)
OPEN_FROM: Final = Question(Index.open_from, _one, _days, "does not open")
CLOSE_BY: Final = Question(Index.close_by, _one, _days, "was not open")
LAST_CLOSE: Final = Question(Index.last_close, _one, _days, "was not open")
DAY_CLOSE: Final = Question(
    Index.day_close,
    lambda index, day, n, first: index.days_before(day, first) + n - len(index.days),
    _days,
    "does not open",
)
