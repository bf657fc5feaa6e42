"""Texts in one language or two, months, exact numbers, and checks of what is given."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from attrs import field, frozen
from attrs.validators import instance_of

from docflow.errors import PlanError
from docflow.safe import brief, visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = [
    "NO_WORDS",
    "Language",
    "Text",
    "exact",
    "expect",
    "figure",
    "month_after",
    "month_of",
    "months_between",
    "number",
    "of_kind",
    "text",
    "visible",
]

Language: TypeAlias = Literal["th", "en"]
"""The languages of a `Text`: "th", Thai, and "en", English."""


def expect(given: object, kind: type | tuple[type, ...], what: str, example: str) -> None:
    """Check that something is of a kind; `what` and `example` are for the error.

    >>> from docflow.text import Text
    >>> expect(12, Text, "text", '"letter"')
    Traceback (most recent call last):
    TypeError: 12 is no text; give "letter"

    Raises `TypeError`.
    """
    if not isinstance(given, kind):
        raise TypeError(f"{brief(given)} is no {what}; give {example}")


def of_kind(
    kind: type | tuple[type, ...], what: str, example: str, *, optional: bool = False
) -> Callable[[object, object, Any], None]:
    """The same as `expect`, as a validator of attrs; with `optional=True` a field may also be None.

    >>> from attrs import field, frozen
    >>> @frozen
    ... class Stamp:
    ...     words: str = field(validator=of_kind(str, "text", '"received"'))
    >>> Stamp(12)
    Traceback (most recent call last):
    TypeError: 12 is no text; give "received"
    """

    def see(_: object, attribute: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature
        if not isinstance(given, kind) and (given is not None or not optional):
            expect(given, kind, what, example)

    return see


@frozen
class Text:
    """The same words in Thai and in English.

    >>> Text("หนังสือ", "letter").said("en")
    'letter'

    An office that works in one language writes a plain string wherever a text is asked for. Raises
    `TypeError` for words that are no text.
    """

    th: str = field(validator=instance_of(str))
    en: str = field(validator=instance_of(str))

    def said(self, language: Language) -> str:
        """The words in one language. Raises `PlanError` for a language that is neither."""
        if language not in ("th", "en"):
            raise PlanError(self.en, f'no words are kept in the language {language!r}; ask for "th" or "en"')
        return self.th if language == "th" else self.en


NO_WORDS: Final = Text("", "")
"""The text without words, for what has no title or note.

>>> from docflow.text import text
>>> NO_WORDS == text("")
True
"""


def text(given: Text | str) -> Text:
    """A text; a plain string stands for both languages. Raises `TypeError` for anything else.

    >>> text("letter").said("th")
    'letter'
    """
    if isinstance(given, str):
        return Text(given, given)
    expect(given, Text, "text", 'Text("หนังสือ", "letter"), or "letter" for one language')
    return given


def exact(given: int | Fraction) -> Fraction:
    """A number as a fraction.

    >>> from fractions import Fraction
    >>> exact(7), exact(Fraction("7.5"))
    (Fraction(7, 1), Fraction(15, 2))

    Raises `TypeError` for anything else, a float above all: 0.1 is not the number that was written.
    """
    if not isinstance(given, int | Fraction):
        raise TypeError(f'{given!r} is not exact; give a whole number or a Fraction, such as Fraction("7.5")')
    return Fraction(given)


def month_of(day: date) -> str:
    """The month of a day, as "2019-11"; months in this form are in the order of time.

    >>> from datetime import date
    >>> month_of(date(2019, 11, 30))
    '2019-11'
    """
    return f"{day.year:04}-{day.month:02}"


def month_after(month: str, n: int = 1) -> str:
    """The month `n` months after another; with a negative `n`, before it.

    >>> month_after("2019-12"), month_after("2019-12", -1)
    ('2020-01', '2019-11')
    """
    return _month(_place(month) + n)


def months_between(first: str, last: str) -> list[str]:
    """The months from one to another, both included; none when the second is the earlier one.

    >>> months_between("2019-12", "2020-02")
    ['2019-12', '2020-01', '2020-02']
    """
    return [_month(place) for place in range(_place(first), _place(last) + 1)]


def _place(month: str) -> int:
    """Months counted from the year 0 on; as text, those after the year 9999 would not be in order."""
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _month(place: int) -> str:
    return f"{place // 12:04}-{place % 12 + 1:02}"


def figure(value: Fraction | None, *, apart: Fraction | None = None) -> str:
    """A value with two decimals, rounded half to even; with more where it would otherwise look equal to `apart`.

    >>> from fractions import Fraction
    >>> figure(Fraction(2, 3)), figure(Fraction(12)), figure(None)
    ('0.67', '12.00', '–')
    >>> figure(Fraction(4801, 400), apart=Fraction(12))
    '12.002'
    """
    if value is None:
        return "–"
    places = 2
    while apart is not None and value != apart and round(value, places) == apart:
        places += 1
    scaled = round(value * 10**places)
    whole, part = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole:,}.{part:0{places}}"


def number(value: Fraction | None, *, apart: Fraction | None = None) -> str:
    """The same as `figure`, but a whole number without decimals.

    >>> from fractions import Fraction
    >>> number(Fraction(12)), number(Fraction(37419, 2461))
    ('12', '15.20')
    """
    if value is None or value.denominator != 1:
        return figure(value, apart=apart)
    return f"{value.numerator:,}"
