"""Windows: the days an indicator covers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from docflow.errors import PlanError, ReversedWindowError

__all__ = ["Window", "month_after", "month_of"]


def month_of(day: date) -> str:
    """The month of a day, as "2019-11"; months in this form are in the order of time.

    >>> month_of(date(2019, 11, 30))
    '2019-11'
    """
    return f"{day.year:04}-{day.month:02}"


def month_after(month: str, n: int = 1) -> str:
    """The month so many after another, or before it.

    >>> month_after("2019-12"), month_after("2019-12", -1)
    ('2020-01', '2019-11')
    """
    count = int(month[:4]) * 12 + int(month[5:]) - 1 + n
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _a_day(_: object, field: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature, anything is given
    if not isinstance(given, date) or isinstance(given, datetime):
        raise TypeError(f"{given!r} is no day; give one, such as date(2019, 10, 1)")


@frozen
class Window:
    """The days an indicator covers, both included; a case belongs to it by the day on which its clock started.

    >>> from datetime import date
    >>> window = Window(date(2019, 11, 1), date(2020, 8, 31))
    >>> date(2020, 8, 31) in window, date(2020, 9, 1) in window
    (True, False)

    Raises `ReversedWindowError` when the last day is before the first, and `TypeError` for what is no day.
    """

    first: date = field(validator=_a_day)
    last: date = field(validator=_a_day)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise ReversedWindowError(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> tuple[str, ...]:
        """Its calendar months, as "2019-11".

        >>> from datetime import date
        >>> Window(date(2019, 12, 1), date(2020, 1, 31)).months()
        ('2019-12', '2020-01')
        """
        found = [month_of(self.first)]
        while found[-1] < month_of(self.last):
            found.append(month_after(found[-1]))
        return tuple(found)

    def between(self, first: int, last: int) -> Window:
        """The part of a year from one calendar month to another, both included.

        >>> from datetime import date
        >>> print(Window(date(2019, 10, 1), date(2020, 9, 30)).between(11, 8))
        2019-11-01 – 2020-08-31

        Raises `ReversedWindowError` when the second comes before the first in this year, and `PlanError` for a month
        that is not in it.
        """
        named: dict[int, str] = {}
        for name in self.months():
            named.setdefault(int(name[5:]), name)
        for month in (first, last):
            if month not in named:
                raise PlanError(str(self), f"has no month {month}; give one of {', '.join(map(str, named))}")
        year = int(named[last][:4])
        return Window(
            max(self.first, date.fromisoformat(f"{named[first]}-01")),
            min(self.last, date(year, last, monthrange(year, last)[1])),
        )

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"
