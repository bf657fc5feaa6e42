"""Words in two languages, and targets."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen
from attrs.validators import instance_of

from docflow.errors import PlanError
from docflow.kpi.work_steps import exact

if TYPE_CHECKING:
    from fractions import Fraction


__all__ = ["NO_WORDS", "Direction", "Language", "Target", "Text", "at_least", "at_most"]


Language: TypeAlias = Literal["th", "en"]


@frozen
class Text:
    """The same words in Thai and in English.

    >>> Text("หนังสือ", "letter").said("en")
    'letter'
    """

    th: str = field(validator=instance_of(str))
    en: str = field(validator=instance_of(str))

    def said(self, language: Language) -> str:
        """The words in one language. Raises `PlanError` for a language that is neither."""
        if language not in ("th", "en"):
            raise PlanError(self.en, f'no words are kept in the language {language!r}; ask for "th" or "en"')
        return self.th if language == "th" else self.en


NO_WORDS = Text("", "")


class Direction(StrEnum):
    """Which side of a target is good."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@frozen
class Target:
    """What a value should be; `at_least` and `at_most` make it, in the unit of the measure: percent, minutes, times.

    >>> from fractions import Fraction
    >>> at_most(12).met(Fraction(12)), at_least(95).met(Fraction(949, 10)), at_least(95).met(None)
    (True, False, None)
    """

    value: Fraction = field(converter=exact)
    direction: Direction = field(converter=Direction)

    def met(self, value: Fraction | None) -> bool | None:
        """Whether a value meets it; None when there is no value."""
        if value is None:
            return None
        return value >= self.value if self.direction is Direction.AT_LEAST else value <= self.value


def at_least(value: int | Fraction) -> Target:
    """A target that more is better than. Raises `TypeError` for a float, which is not the number that was written."""
    return Target(exact(value), Direction.AT_LEAST)


def at_most(value: int | Fraction) -> Target:
    """A target that less is better than. Raises `TypeError` for a float."""
    return Target(exact(value), Direction.AT_MOST)
