"""The language of a report: its words, days, months, values and digits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from attrs import field, frozen

from docflow.kpi.words import unit_name
from docflow.safe import visible
from docflow.text import Text, figure, number, text
from docflow.thai import SHORT_MONTHS, buddhist_year, format_date, thai_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from fractions import Fraction

    from docflow.kpi import Outcome, Target, Window
    from docflow.text import Language

__all__ = [
    "ENGLISH",
    "MARKS",
    "THAI",
    "Voice",
    "aligned",
    "amount",
    "bare",
    "both",
    "day_words",
    "excerpt",
    "goal",
    "moment_words",
    "month_words",
    "several",
    "took",
    "valued",
]

Digits: TypeAlias = Literal["arabic", "thai"]
"""Which digits a Thai report writes."""
MARKS: Final = {True: "✓", False: "✕", None: "–"}
"""The sign for whether a target is met."""
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
THAI_WEEKDAYS: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOUR: Final = 60


def _language(_: object, attribute: object, given: object) -> None:  # noqa: ARG001 - attrs' signature
    if given not in ("th", "en"):
        raise TypeError(f'{given!r} is no language; give "th" or "en"')


def _digits(_: object, attribute: object, given: object) -> None:  # noqa: ARG001 - attrs' signature
    if given not in ("arabic", "thai"):
        raise TypeError(f'{given!r} are no digits; give "arabic" or "thai"')


@frozen
class Voice:
    """The language of a report, and the digits it writes.

    >>> from docflow.report import ENGLISH, THAI, Voice
    >>> from docflow.text import Text
    >>> THAI.say(Text("หนังสือ", "letters")), ENGLISH.say(Text("หนังสือ", "letters"))
    ('หนังสือ', 'letters')
    >>> THAI.month("2019-11"), ENGLISH.month("2019-11"), Voice("th", digits="thai").say("8395/2562")
    ('พ.ย. 2562', 'Nov 2019', '๘๓๙๕/๒๕๖๒')

    Thai has dates in the Buddhist era; an English voice writes Arabic digits whatever `digits` say. Raises `TypeError`
    for another language or other digits.
    """

    language: Language = field(default="th", validator=_language)
    digits: Digits = field(default="arabic", kw_only=True, validator=_digits)

    @classmethod
    def of(cls, given: Voice | Language) -> Voice:
        """The voice of a language; a voice stays as it is. Raises `TypeError` for what is neither.

        >>> Voice.of("en").language
        'en'
        """
        return given if isinstance(given, Voice) else cls(given)

    @property
    def thai(self) -> bool:
        """Whether its language is Thai."""
        return self.language == "th"

    def say(self, words: Text | str) -> str:
        """Words in its language and digits; characters that would steer a terminal are made visible."""
        said = words if isinstance(words, str) else words.said(self.language)
        if self.digits == "thai" and self.thai:
            said = thai_digits(said)
        return said if said.isprintable() else "\n".join(map(visible, said.split("\n")))

    def day(self, day: date) -> str:
        """A day: "1 พ.ย. 2562", "1 Nov 2019"."""
        return format_date(day) if self.thai else f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def weekday(self, day: date) -> str:
        """A day with its weekday and without its year: "ศ. 1 พ.ย.", "Fri 1 Nov"."""
        names, months = (THAI_WEEKDAYS, SHORT_MONTHS) if self.thai else (WEEKDAYS, MONTHS)
        return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"

    def days(self, window: Window) -> str:
        """The days of a window: "1 Oct 2019 – 30 Sep 2020"."""
        return f"{self.day(window.first)} – {self.day(window.last)}"

    def time(self, at: datetime) -> str:
        """The time of a moment: "08.30", "08:30"."""
        return f"{at:%H.%M}" if self.thai else f"{at:%H:%M}"

    def hour(self, hour: float) -> str:
        """A time of day given in hours: 8.5 is "08.30" or "08:30"."""
        whole, minutes = divmod(round(hour * HOUR), HOUR)
        return f"{whole % 24:02}{'.' if self.thai else ':'}{minutes:02}"

    def moment(self, at: datetime) -> str:
        """A moment in the zone in which it is given: "1 พ.ย. 2562 08.30 น.", "1 Nov 2019 08:30"."""
        return f"{self.day(at.date())} {self.time(at)}{' น.' if self.thai else ''}"

    def month(self, month: str) -> str:
        """A month that is given as "2019-11": "พ.ย. 2562", "Nov 2019"."""
        first = date.fromisoformat(f"{month}-01")
        names, year = (SHORT_MONTHS, buddhist_year(first)) if self.thai else (MONTHS, first.year)
        return f"{names[first.month - 1]} {year}"


THAI: Final = Voice("th")
"""Thai, with dates in the Buddhist era and Arabic digits."""
ENGLISH: Final = Voice("en")
"""English, with dates in the common era."""


def both(said: Callable[[Voice], str]) -> Text:
    """The same in both languages, each with its own days and units.

    >>> from datetime import date
    >>> both(lambda voice: voice.day(date(2019, 11, 1)))
    Text(th='1 พ.ย. 2562', en='1 Nov 2019')
    """
    return Text(said(THAI), said(ENGLISH))


def month_words(month: str) -> Text:
    """A month in both languages."""
    return both(lambda voice: voice.month(month))


def day_words(day: date) -> Text:
    """A day in both languages."""
    return both(lambda voice: voice.day(day))


def moment_words(at: datetime) -> Text:
    """A moment in both languages."""
    return both(lambda voice: voice.moment(at))


def amount(outcome: Outcome, voice: Voice) -> str:
    """A value with its unit, never rounded onto its target."""
    return valued(bare(outcome), outcome.unit, voice) if outcome.value is not None else "–"


def valued(value: str, unit: str, voice: Voice) -> str:
    """A value with its unit.

    >>> valued("12", "min", ENGLISH), valued("12", "min", THAI)
    ('12 min', '12 นาที')
    """
    return f"{value} {unit_name(unit).said(voice.language)}".rstrip()


def took(minutes: float, voice: Voice) -> str:
    """An amount of working time as people say it, to the minute.

    >>> took(737.4, ENGLISH), took(14, ENGLISH), took(737.4, THAI)
    ('12 h 17 min', '14 min', '12 ชม. 17 นาที')
    """
    whole, rest = divmod(round(minutes), HOUR)
    hour, minute = ("ชม.", "นาที") if voice.thai else ("h", "min")
    parts = ([f"{whole:,} {hour}"] if whole else []) + ([f"{rest} {minute}"] if rest or not whole else [])
    return " ".join(parts)


def several(n: int, one: str) -> str:
    """So many of something, in English.

    >>> from docflow.report import several
    >>> several(1, "row"), several(2978, "row")
    ('1 row', '2,978 rows')
    """
    return f"{n:,} {one}{'s' * (n != 1)}"


def bare(outcome: Outcome) -> str:
    """A value without its unit, a count without decimals."""
    if outcome.value is None or outcome.unit != "times":
        return str(outcome.figure)
    return number(outcome.value)


def aligned(values: Sequence[Fraction | None], *, apart: Fraction | None = None) -> list[str]:
    """The values of one column: whole numbers when all are whole, else all with decimals.

    >>> from fractions import Fraction
    >>> aligned([Fraction(97), Fraction(8917, 100), None]), aligned([Fraction(97), Fraction(80)])
    (['97.00', '89.17', '–'], ['97', '80'])
    """
    whole = all(value is None or value.denominator == 1 for value in values)
    return [number(value) if whole else figure(value, apart=apart) for value in values]


def goal(target: Target | None) -> str:
    """A target as "≤ 12"; a dash without one."""
    return "–" if target is None else str(target)


def excerpt(given: str, most: int = 60) -> str:
    """The beginning of a text that may hold anything, without marks that would steer a terminal.

    >>> excerpt("a very long cell", most=7)
    'a very…'
    """
    shown = visible(text(given).en[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
