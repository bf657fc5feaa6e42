"""The words that reports share: months and spans in Thai, names of readings, decimals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final
from unicodedata import category

from docflow.bangkok import READING_TITLES
from docflow.kpi.words import figure, shown, unit_name
from docflow.report.letters import reasons
from docflow.thai import SHORT_MONTHS, buddhist_year, format_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from docflow.kpi import Outcome, Placed, Window
    from docflow.report.letters import LetterReport

__all__ = [
    "READING_NAMES",
    "STANDINGS",
    "amount",
    "bare",
    "decimal",
    "excerpt",
    "exclusions",
    "goal",
    "mark",
    "month_name",
    "points",
    "span_name",
    "strangers",
]

MOST_UNITS: Final = 10
READING_NAMES: Final = {name: (text.th, text.en) for name, text in READING_TITLES.items()}
"""The readings of `docflow.bangkok.READINGS` in Thai and English."""


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
        return shown(outcome)
    return decimal(outcome.value)


def goal(outcome: Outcome) -> str:
    """A target as it is written on a wall."""
    return "" if outcome.target is None else f"{outcome.target.direction} {decimal(outcome.target.value)}"


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
    printable = "".join(" " if category(mark).startswith("C") else mark for mark in text[:most])
    return printable if len(text) <= most else f"{printable[:-1]}…"


def exclusions(excluded: Iterable[Placed]) -> list[str]:
    """A line for each reason why letters are no part of an indicator."""
    return [f"ไม่นับในตัวชี้วัดนี้ not counted here: {len(numbers)} {reason}" for reason, numbers in reasons(excluded).items()]
