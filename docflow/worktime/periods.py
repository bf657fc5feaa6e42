"""Period: so many years, months, weeks and days of the calendar, and a roll to a working day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import AmountError
from docflow.text import Text
from docflow.worktime.day_limits import DayLimit, yes_or_no
from docflow.worktime.days import ROLLS
from docflow.worktime.promises import counted
from docflow.worktime.years import held_year

if TYPE_CHECKING:
    from docflow.worktime.days import Roll
    from docflow.worktime.moments import Moments

__all__ = ["Period"]


def _way(instance: object, attribute: object, value: str | None) -> None:  # noqa: ARG001 - attrs' signature
    if value is not None and value not in ROLLS:
        raise AmountError(value, f"is no way to roll; give None or one of {', '.join(ROLLS)}")


@frozen(kw_only=True, repr=False, cache_hash=True)
class Period(DayLimit):
    """So many years, months, weeks and days of the calendar; where it ends on a day of rest, it rolls to a working day.

    >>> print(Period(days=19), Period(months=1, roll="preceding"), Period(weeks=2, roll=None), sep="; ")
    19 days; 1 month, or the working day before; 2 weeks, to midnight
    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> print(Period(days=3).due(datetime(2019, 11, 1, 10, tz="Asia/Bangkok"), office_clock()))  # 4 and 5 are holidays
    2019-11-06 16:30:00+07:00

    It ends when the office closes on the last day, or with `roll=None` at midnight after it, worked or not. The day of
    the start is not counted, unless `counting_first`. A month ends on the day with the number of the start's day, or on
    the last day of a shorter month; months are added before weeks and days. The ways to roll are those of
    `clock.days.roll`; as law has it, a period whose last day is no working day ends on the next one (Civil and
    Commercial Code, section 193/8). Raises `AmountError` for nothing at all, and for another way to roll.
    """

    nth_words = Text("วันที่ {}", "day {}")

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    roll: Roll | None = field(default="following", validator=_way)
    """Where it ends when its last day is no working day, as in `clock.days.roll`; None for the midnight after it."""
    counting_first: bool = field(default=False, validator=yes_or_no)
    """Whether the day of the start counts."""

    def __attrs_post_init__(self) -> None:
        parts = {"years": self.years, "months": self.months, "weeks": self.weeks, "days": self.days}
        for what, n in parts.items():
            if n != 0 or type(n) is not int:
                counted(self, n, what)
        if not any(parts.values()):
            counted(self, 0, "days")

    @property
    def at_close(self) -> bool:
        """Unless it ends at midnight."""
        return self.roll is not None

    def ends(self, start: int, clock: Moments) -> int:
        """The close of the day that its last day rolls to, or the midnight after it."""
        last = self._last(clock.date_of(start))
        return clock.at_wall(last + timedelta(days=1), time()) if self.roll is None else self._close(last, clock)

    def edges(self, day: date, clock: Moments) -> list[int]:
        """The begin of a day."""
        return [clock.day_begin(day)]

    def days_counted(self, start: int, clock: Moments) -> tuple[date, ...]:
        """Every day of the period."""
        first = clock.date_of(start) + timedelta(days=not self.counting_first)
        return tuple(first + timedelta(days=n) for n in range((self._last(clock.date_of(start)) - first).days + 1))

    @property
    def words(self) -> Text:
        """Its parts, and where it ends."""
        units = {"year": "ปี", "month": "เดือน", "week": "สัปดาห์", "day": "วัน"}
        parts = [(n, one) for n, one in zip((self.years, self.months, self.weeks, self.days), units, strict=True) if n]
        th = " ".join(f"{n} {units[one]}" for n, one in parts)
        en = " and ".join(f"{n} {one}{'s' * (n != 1)}" for n, one in parts)
        if self.counting_first:
            th, en = f"{th} นับวันแรก", f"{en}, the first one counted"
        if self.roll is None:
            return Text(f"{th} ถึงเที่ยงคืน", f"{en}, to midnight")
        if self.roll == "following":
            return Text(th, en)  # as the law has it
        ways = {
            "preceding": Text(" หรือวันทำการก่อนหน้า", ", or the working day before"),
            "modified following": Text(" หรือวันทำการถัดไปในเดือนเดียวกัน", ", or the next working day of the month"),
            "modified preceding": Text(" หรือวันทำการก่อนหน้าในเดือนเดียวกัน", ", or the working day before in the month"),
        }
        way = ways[self.roll]
        return Text(th + way.th, en + way.en)

    def _close(self, last: date, clock: Moments) -> int:
        return clock.closing_by(clock.days.roll(last, self.roll or "following"))

    def _last(self, first: date) -> date:
        months = first.month - 1 + 12 * self.years + self.months
        year, month = first.year + months // 12, months % 12 + 1
        held_year(year)
        day = date(year, month, min(first.day, monthrange(year, month)[1]))
        rest = 7 * self.weeks + self.days - self.counting_first
        held_year(year + rest // 365)
        return day + timedelta(days=rest)
