"""What is decided about days as data: decisions of an office, their rules for days, and rows of the holiday table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.store.refusing import A_COPY, unreadable, unwritable
from docflow.store.shapes import (
    DAY,
    FLAG,
    TEXT,
    TIME,
    WHOLE,
    Part,
    Shape,
    Tagged,
    exactly,
    nested,
    or_none,
    several,
)
from docflow.store.values import day_from, day_text
from docflow.thai.table import Holiday
from docflow.worktime import (
    Break,
    ChangedHours,
    Closure,
    DateRange,
    Dates,
    Days,
    EveryOther,
    Eves,
    Holidays,
    MakeUpDay,
    OfficeHours,
    OneOffHours,
    Shortened,
    WeeklyHours,
    WorkTime,
    Yearly,
)
from docflow.worktime.day_rules import Joined
from docflow.worktime.hours import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from docflow.store.json_text import Data

__all__ = ["DECISIONS", "HOLIDAY"]

MOST: Final = 1000
DEEPEST: Final = 50
"""So many rules may be joined, and so many one within the other; Python writes what is deeper, and cannot read it."""
TOO_LARGE: Final = f"its rule joins more than {MOST} rules, or more than {DEEPEST} one within the other"


def _rule_data(rule: Days) -> dict[str, Data]:
    return _RULES.write(rule)


def _rule(data: dict[str, Data]) -> Days:
    rule: Days = _RULES.read(data)
    return rule


def _too_large(rule: Days) -> bool:
    """Whether a rule joins too many; asked level by level, and no further than that is seen."""
    level, count = [rule], 0
    for _ in range(DEEPEST):
        count += len(level)
        if count > MOST:
            return True
        level = [inner for one in level for inner in _within(one)]
    return bool(level)


def _within(rule: Days) -> tuple[Days, ...]:
    match rule:
        case Joined(one=one, other=other):
            return one, other
        case Eves(days=days):
            return (days,)
    return ()


def _day_or_rule_data(day: date | Days) -> Data:
    if not isinstance(day, Days):
        return day_text(day)
    if _too_large(day):
        raise unwritable(f"{TOO_LARGE}; write it as several decisions")
    return _rule_data(day)


def _day_or_rule(data: Data) -> date | Days:
    if type(data) is str:
        return day_from(data)
    rule = _rule(data)
    if _too_large(rule):
        raise unreadable(f"{TOO_LARGE}; {A_COPY}")
    return rule


def _dates_data(dates: Iterable[date]) -> list[str]:
    return sorted(map(day_text, dates))


def _dates(data: list[str]) -> list[date]:
    return [day_from(one) for one in data]


def _amount_data(amount: WorkTime) -> int:
    return int(exactly(WorkTime, amount).microseconds)


def _amount(microseconds: int) -> WorkTime:
    return WorkTime(microseconds=microseconds)


_RULE: Final = Part((dict,), _rule_data, _rule)
_OF_A_YEAR: Final = several(WHOLE)
_RULES: Final = Tagged(
    "rule for days",
    {
        "yearly": Shape(Yearly, {"first": _OF_A_YEAR, "last": _OF_A_YEAR}),
        "range": Shape(DateRange, {"first": or_none(DAY), "last": DAY}),
        "dates": Shape(Dates, {"dates": Part((list,), _dates_data, _dates)}),
        "every other": Shape(EveryOther, {"day": DAY, "weeks": WHOLE}),
        "holidays": Shape(Holidays),
        "eves": Shape(Eves, {"days": _RULE}),
        "joined": Shape(Joined, {"one": _RULE, "other": _RULE}),
    },
)
_OFFICE_HOURS: Final = Shape(
    OfficeHours, {"opens": TIME, "closes": TIME, "breaks": several(several(TIME)), "overnight": FLAG}
)
_HOURS: Final = nested(_OFFICE_HOURS)
_OF_WEEK: Final = {"usual": _HOURS, **dict.fromkeys(map(str.lower, WEEKDAYS), _HOURS)}
_USUAL: Final = Tagged("hours", {"office hours": _OFFICE_HOURS, "weekly hours": Shape(WeeklyHours, _OF_WEEK)})
_TOLD: Final = {"day": Part((str, dict), _day_or_rule_data, _day_or_rule), "announced": DAY, "withdrawn": DAY}
DECISIONS: Final = Tagged(
    "decision about a day",
    {
        "closure": Shape(Closure, _TOLD),
        "make-up day": Shape(MakeUpDay, _TOLD),
        "one-off hours": Shape(OneOffHours, {**_TOLD, "hours": _HOURS}),
        "changed hours": Shape(ChangedHours, {**_TOLD, "hours": Part((dict,), _USUAL.write, _USUAL.read)}),
        "break": Shape(Break, {**_TOLD, "start": TIME, "stop": TIME}),
        "shortened": Shape(Shortened, {**_TOLD, "by": Part((int,), _amount_data, _amount)}),
    },
)
HOLIDAY: Final = Shape(Holiday, {"day": DAY, "area": several(TEXT), "announced": DAY, "withdrawn": DAY})
