"""Values of a workbook's cells: texts that break no file, numbers that look like nothing else, names of sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias
from unicodedata import category, east_asian_width

from attrs import frozen

from docflow.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from fractions import Fraction

__all__ = ["Cell", "Exact", "Link", "Shown", "clean", "cut", "pieces", "sheet_name", "shown", "width_of"]

MOST_UNITS: Final = 32_767
"""What a cell can hold, in units of UTF-16."""
MOST_NAME: Final = 31
DEEPEST: Final = 12
"""Decimals, beyond which a float does not tell two numbers apart."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_ESCAPE: Final = re.compile("_(?=x[0-9a-fA-F]{4}_)")
"""What readers would take for a character that is written by its number."""


@frozen
class Shown:
    """A number and how it is shown."""

    value: float
    form: str


@frozen
class Link:
    """A text from which one gets to another sheet."""

    said: str
    sheet: str


Cell: TypeAlias = "str | int | float | Shown | Link | datetime | date | None"
"""A moment is without a zone: what the clock on the office's wall shows."""


def clean(given: str) -> str:
    r"""A text as a cell can hold it: nothing in it steers a reader, and what is too long ends in an ellipsis.

    >>> clean("1/2563 \u202e"), len(clean("x" * 40_000))
    ('1/2563 \\u202e', 32767)
    """
    if given.isprintable() and len(given) * 2 <= MOST_UNITS:
        return given  # as nearly all are
    seen = visible(given).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")  # XML has no such characters
    return seen if len(seen) * 2 <= MOST_UNITS else cut(seen, MOST_UNITS)


def cut(given: str, most: int) -> str:
    """The beginning of a text, of so many units of UTF-16 at most."""
    units = given.encode("utf-16-le")
    return given if len(units) <= most * 2 else f"{units[: most * 2 - 2].decode('utf-16-le', 'ignore')}…"


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A name that a sheet may have and no other one has, whatever was wanted.

    >>> sheet_name("1.1 [A]", []), sheet_name("total", ["Total"]), sheet_name("", [])
    ('1.1 (A)', 'total (2)', '–')
    """
    others = {one.casefold() for one in taken} | {"history"}  # a name that Excel keeps for itself
    plain = clean(wanted).translate(str.maketrans("[]", "()"))
    plain = cut(_FORBIDDEN.sub("-", plain), MOST_NAME).strip("' ") or "–"
    name, n = plain, 1
    while name.casefold() in others:
        n += 1
        name = f"{cut(plain, MOST_NAME - len(f' ({n})'))} ({n})"
    return name


def width_of(given: str) -> int:
    """How wide a text is, in characters: marks above and below a letter take no place, Chinese letters two.

    >>> width_of("เรื่อง"), width_of("late")
    (4, 4)
    """
    if given.isascii():
        return len(given)
    return sum(0 if category(mark)[0] == "M" else 1 + (east_asian_width(mark) in "WF") for mark in given)


def shown(value: Fraction | None, *apart: Fraction, before: str = "", least: int = 2) -> Cell:
    """A number that does not look like another one that it is not, by as many decimals as that takes.

    >>> from fractions import Fraction
    >>> shown(Fraction(4801, 400), Fraction(12))
    Shown(value=12.0025, form='#,##0.000')

    Where floats cannot tell them apart, it is a text.
    """
    if value is None:
        return None
    places = least
    while places <= DEEPEST and any(
        one != value and (abs(one - value) * 2 * 10**places <= 1 or float(one) == float(value)) for one in apart
    ):
        places += 1
    if places > DEEPEST:
        return f"{before}{value.numerator}/{value.denominator}"
    form = f"#,##0.{'0' * places}" if places else "#,##0"
    return Shown(float(value), f'"{before}"{form}' if before else form)


def pieces(said: str) -> list[str]:
    """A text in pieces, three at least, where one piece would be taken for markup or escapes; in one elsewhere.

    >>> pieces("letter"), pieces("<r></r>"), pieces("_x0041_")
    (['letter'], ['<', 'r', '></r>'], ['_', 'x', '0041_'])
    """
    if not ("_x" in said and _ESCAPE.search(said)) and not (said.startswith("<r>") and said.endswith("</r>")):
        return [said]
    cuts = [1, 2, *(one.end() for one in _ESCAPE.finditer(said, 2)), len(said)]
    return [said[since:until] for since, until in zip([0, *cuts], cuts, strict=False) if until > since]


class Exact(float):
    """A float with all the digits that tell it from its neighbours: XlsxWriter would write sixteen."""

    __slots__ = ()

    def __format__(self, _: str) -> str:
        return repr(float(self))
