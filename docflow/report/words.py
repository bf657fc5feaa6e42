"""The languages of a report, and the words for days, months, values and targets in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.kpi.words import unit_name
from docflow.safe import visible
from docflow.text import Text, number, text
from docflow.thai import SHORT_MONTHS, buddhist_year, format_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docflow.kpi import Outcome, Target, Window
    from docflow.text import Language

__all__ = ["BILINGUAL", "ENGLISH", "MARKS", "Voice", "amount", "bare", "excerpt", "goal", "several", "valued"]

MARKS: Final = {True: "✓", False: "✗", None: "–"}
"""Whether a target is met, at a glance."""


def _languages(given: Iterable[Language]) -> tuple[Language, ...]:
    found = tuple(given)
    if not found or isinstance(given, str) or not set(found) <= {"th", "en"}:
        raise TypeError(f'{given!r} are no languages; give ("th",), ("en",), or both, the first one first')
    return found


@frozen
class Voice:
    """The languages in which a report speaks, the first one first.

    >>> from docflow.text import Text
    >>> BILINGUAL.say(Text("หนังสือ", "letters")), ENGLISH.say(Text("หนังสือ", "letters"))
    ('หนังสือ letters', 'letters')
    >>> BILINGUAL.month("2019-11"), ENGLISH.month("2019-11")
    ('พ.ย. 2562', '2019-11')
    """

    languages: tuple[Language, ...] = field(converter=_languages)

    def pairs(self, words: Text | str) -> tuple[tuple[Language, str], ...]:
        """Each language with the words in it; words that are the same in two come once."""
        said = {text(words).said(language): language for language in reversed(self.languages)}
        return tuple((language, one) for one, language in reversed(said.items()))

    def each(self, words: Text | str) -> tuple[str, ...]:
        """The words in each language, once where they are the same in two."""
        return tuple(one for _, one in self.pairs(words))

    def say(self, words: Text | str, between: str = " ") -> str:
        """The words in each language, one behind the other."""
        return between.join(one for one in self.each(words) if one)

    @property
    def thai(self) -> bool:
        """Whether days are written in Thai, in the Buddhist era."""
        return self.languages[0] == "th"

    def day(self, day: date) -> str:
        """A day."""
        return format_date(day) if self.thai else day.isoformat()

    def days(self, window: Window) -> str:
        """A window."""
        return f"{self.day(window.first)} – {self.day(window.last)}"

    def moment(self, at: datetime) -> str:
        """A moment as it is written: by the clock on the office's wall, in whatever zone that is."""
        return f"{format_date(at.date())} {at:%H.%M} น." if self.thai else f"{at:%Y-%m-%d %H:%M}"

    def month(self, month: str) -> str:
        """A month ("2019-11")."""
        if not self.thai:
            return month
        first = date.fromisoformat(f"{month}-01")
        return f"{SHORT_MONTHS[first.month - 1]} {buddhist_year(first)}"


BILINGUAL: Final = Voice(("th", "en"))
"""Thai, and below it English."""
ENGLISH: Final = Voice(("en",))
"""English alone."""


def amount(outcome: Outcome, voice: Voice) -> str:
    """A value with its unit, never rounded onto its target."""
    return valued(bare(outcome), outcome.unit, voice) if outcome.value is not None else "–"


def valued(value: str, unit: str, voice: Voice) -> str:
    """A value with its unit.

    >>> valued("12", "min", ENGLISH), valued("12", "min", BILINGUAL)
    ('12 min', '12 นาที')
    """
    return f"{value} {unit_name(unit).said(voice.languages[0])}".rstrip()


def several(n: int, one: str) -> str:
    """So many of something, in English.

    >>> several(1, "row"), several(2978, "row")
    ('1 row', '2,978 rows')
    """
    return f"{n:,} {one}{'s' * (n != 1)}"


def bare(outcome: Outcome) -> str:
    """A value without its unit, a count without decimals."""
    if outcome.value is None or outcome.unit != "times":
        return str(outcome.figure)
    return number(outcome.value)


def goal(target: Target | None) -> str:
    """A target as it is written on a wall."""
    return "" if target is None else str(target)


def excerpt(text: str, most: int = 60) -> str:
    """The beginning of a text that may hold anything, without marks that would steer a terminal.

    >>> excerpt("a very long cell", most=7)
    'a very…'
    """
    shown = visible(text[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
