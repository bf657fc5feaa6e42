"""The words that reports share: months and spans in Thai, names of readings, decimals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from docflow.errors import visible
from docflow.kpi.words import figure, unit_name
from docflow.kpi.words import shown as rounded
from docflow.report.letters import reasons
from docflow.thai import SHORT_MONTHS, buddhist_year, format_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from docflow.kpi import Outcome, Placed, Target, Window
    from docflow.report.letters import LetterReport

__all__ = [
    "STANDINGS",
    "amount",
    "bare",
    "decimal",
    "excerpt",
    "exclusions",
    "figured",
    "goal",
    "mark",
    "month_name",
    "points",
    "reading_name",
    "span_name",
    "strangers",
]

MOST_UNITS: Final = 10


STANDINGS: Final = {
    "ahead": "เร็วกว่าแผน ahead",
    "on plan": "ตามแผน on plan",
    "behind": "ช้ากว่าแผน behind",
    None: "–",
}


def amount(outcome: Outcome) -> str:
    """A value with its unit, never rounded onto its target."""
    return f"{bare(outcome)} {unit_name(outcome, 'th')}".rstrip() if outcome.value is not None else "–"


def bare(outcome: Outcome) -> str:
    """A value without its unit, a count without decimals."""
    if outcome.value is None or outcome.counted_in != "times":
        return rounded(outcome)
    return decimal(outcome.value)


def goal(target: Target | None) -> str:
    """A target as it is written on a wall."""
    return "" if target is None else f"{target.direction} {decimal(target.value)}"


def figured(value: Fraction | None, target: Target | None) -> str:
    """A number, never rounded onto the target that it is judged by."""
    return "–" if value is None else decimal(value, apart=None if target is None else target.value)


def reading_name(outcome: Outcome, name: str) -> tuple[str, str]:
    """What an indicator calls a reading, in Thai and English; one that it has no words for is called by its name."""
    words = dict(outcome.indicator.words).get(name)
    return (name, name) if words is None else (words.th, words.en)


def mark(met: bool | None) -> str:  # noqa: FBT001 - yes, no, or not known
    """Whether a target is met, at a glance."""
    return {True: "✓", False: "✗", None: "–"}[met]


def points(value: Fraction | None) -> str:
    """Percent points of a plan, nothing where it names none."""
    return "–" if value is None else decimal(value)


def month_name(month: str) -> str:
    """A month in the Buddhist era.

    >>> month_name("2019-11")
    'พ.ย. 2562'
    """
    first = date.fromisoformat(f"{month}-01")
    return f"{SHORT_MONTHS[first.month - 1]} {buddhist_year(first)}"


def span_name(window: Window) -> str:
    """A window in the Buddhist era.

    >>> from docflow.bangkok import FISCAL_YEAR
    >>> span_name(FISCAL_YEAR)
    '1 ต.ค. 2562 – 30 ก.ย. 2563'
    """
    return f"{format_date(window.first)} – {format_date(window.last)}"


def decimal(value: Fraction, *, apart: Fraction | None = None) -> str:
    """A number with two decimals, rounded half to even, only for people to read.

    It has more when two would make it look like the number it must be told `apart` from.

    >>> from fractions import Fraction
    >>> decimal(Fraction(12)), decimal(Fraction(37419, 2461))
    ('12', '15.20')
    >>> decimal(Fraction(4801, 400), apart=Fraction(12))
    '12.002'
    """
    return str(value.numerator) if value.denominator == 1 else figure(value, apart=apart)


def strangers(report: LetterReport) -> list[str]:
    """A line for each unit in the register that the office does not have, the first of them when there are many."""
    lines = [
        f"หน่วยงานที่ไม่รู้จัก unknown unit: {excerpt(unit)} ({letters} เรื่อง letters)"
        for unit, letters in report.strangers().items()
    ]
    more = len(lines) - MOST_UNITS
    return lines if more <= 0 else [*lines[:MOST_UNITS], f"… และอีก {more} หน่วยงาน and {more} more"]


def excerpt(text: str, most: int = 60) -> str:
    """The beginning of a text that may hold anything, without marks that would steer a terminal.

    >>> excerpt("a very long cell", most=7)
    'a very…'
    """
    shown = visible(text[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def exclusions(excluded: Iterable[Placed]) -> list[str]:
    """A line for each reason why letters are no part of an indicator."""
    return [f"ไม่นับในตัวชี้วัดนี้ not counted here: {len(numbers)} {reason}" for reason, numbers in reasons(excluded).items()]
