"""Parts of a year: days divided into quarters, weeks, and periods of four and five weeks, without gaps or overlaps."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import accumulate, chain, pairwise
from typing import Any, Final, TypeAlias

from docflow.errors import PlanError
from docflow.text import month_of, months_between

__all__ = ["Days", "quarters", "thirteen_weeks", "weeks"]

Days: TypeAlias = tuple[date, date]
"""The first day and the last one, both included."""
MONTHS: Final = 12
WEEK: Final = 7
SHORTEST, LONGEST = 52 * WEEK, 53 * WEEK
PATTERNS: Final = (4, 4, 5), (4, 5, 4), (5, 4, 4)


def quarters(first: date, last: date) -> dict[str, Days]:
    """Three calendar months each, from the first day's month on; where a year begins amid a month, from its day on.

    Raises `PlanError` for more than a year.
    """
    months = months_between(month_of(first), month_of(last))
    if len(months) == MONTHS + 1 and last.day < first.day:  # a year from another day than the first of a month
        begins = [_same_day(month, first.day) for month in months[:MONTHS:3]]
        return _named("Q{}", [day.toordinal() for day in begins], last)
    if len(months) > MONTHS:
        problem = f"touches {len(months)} months, and a year has four quarters; take twelve months at a time"
        raise PlanError(f"{first} – {last}", problem)
    starts = [first, *(date.fromisoformat(f"{month}-01") for month in months[3::3])]
    return _named("Q{}", [start.toordinal() for start in starts], last)


def _same_day(month: str, day: int) -> date:
    """A day of a month ("2019-11"), or its last one where it is shorter."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, min(day, monthrange(year, number)[1]))


def weeks(first: date, last: date, begins: Any) -> dict[str, Days]:  # noqa: ANN401 - anything is given
    """Weeks that begin on a weekday; the first and the last may be shorter. Raises `PlanError` for no weekday."""
    if not isinstance(begins, int) or isinstance(begins, bool) or not 0 <= begins < WEEK:
        raise PlanError(f"{first} – {last}", f"no week begins on {begins!r}; give 0, Monday, to 6, Sunday")
    second = first.toordinal() + ((begins - first.weekday()) % WEEK or WEEK)
    return _named("W{:02}", [first.toordinal(), *range(second, last.toordinal() + 1, WEEK)], last)


def thirteen_weeks(first: date, last: date, pattern: Any) -> dict[str, Days]:  # noqa: ANN401 - anything is given
    """Four quarters of thirteen weeks, in periods of four and five of them; the last one takes the days that are left.

    Raises `PlanError` for a pattern that is no order of 4, 4 and 5, and for other days than those of a year.
    """
    told = tuple(pattern) if isinstance(pattern, Iterable) else pattern
    if told not in PATTERNS:
        ways = " or ".join(map(str, PATTERNS))
        problem = f"{told!r} is no pattern of a quarter of thirteen weeks; give {ways}"
        raise PlanError(f"{first} – {last}", problem)
    days = last.toordinal() - first.toordinal() + 1
    if not SHORTEST <= days <= LONGEST:
        problem = f"has {days} days, and four quarters of thirteen weeks have {SHORTEST} to {LONGEST}; take one year"
        raise PlanError(f"{first} – {last}", problem)
    lengths = [WEEK * n for n in told * 4]
    return _named("P{:02}", list(accumulate(lengths[:-1], initial=first.toordinal())), last)


def _named(form: str, starts: list[int], last: date) -> dict[str, Days]:
    """Each part up to the day before the next one begins, called by its number."""
    parts = pairwise(chain(starts, [last.toordinal() + 1]))
    return {
        form.format(n): (date.fromordinal(start), date.fromordinal(after - 1))
        for n, (start, after) in enumerate(parts, 1)
    }
