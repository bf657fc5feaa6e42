"""The reasons of faults in Thai: `reasons.csv` beside this file has each English sentence with its Thai one.

Reasons are English where they arise, in rooms that know no second language: a date that cannot be read is refused with
the same words wherever it stands. What a clerk is to see is therefore looked up by the sentence, as other programs do
with their messages; whoever improves the Thai words changes one table.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import field, frozen

__all__ = ["in_thai"]

LEADS: Final = {"unreadable": "อ่านไม่ได้: {}"}
"""What stands before a reason that has no Thai words, such as one of an office's own parser, by the fault's kind."""
LEAD: Final = "โปรดตรวจสอบ: {}"
LONG: Final = 2_000  # characters; a longer reason is mostly what somebody wrote into a cell, and no sentence to look up
_PLACE: Final = re.compile(r"\{(reason|part)?\}")


@frozen
class _Sentence:
    """An English sentence with places for particulars, and the Thai one, with the same places in the same order.

    What stands at `{}` stays as it is; at `{part}` it is said in Thai too where the table has it, and so is the "or" of
    a list; at `{reason}` the table must have it.
    """

    kind: str
    english: str
    thai: str
    regex: re.Pattern[str] = field(init=False)
    places: tuple[str, ...] = field(init=False)

    @regex.default
    def _compiled(self) -> re.Pattern[str]:
        return re.compile("(.*?)".join(map(re.escape, _PLACE.split(self.english)[::2])))

    @places.default
    def _named(self) -> tuple[str, ...]:
        return tuple(_PLACE.findall(self.english))

    def say(self, english: str) -> str | None:
        """An English sentence of this form in Thai; None for one of another form."""
        match = self.regex.fullmatch(english)
        if match is None:
            return None
        said = [_particular(place, text) for place, text in zip(self.places, match.groups(), strict=True)]
        return None if None in said else self.thai.format(*said)


def in_thai(reason: str, kind: str) -> str:
    """What a fault's reason is in Thai; where the table does not have it, the English one behind a Thai word.

    >>> in_thai("there is no month 13; dates are written day, month, year", "unreadable")
    'ไม่มีเดือนที่ 13; วันที่เขียนเป็น วัน/เดือน/ปี'
    >>> in_thai("week 54 is none", "unreadable")
    'อ่านไม่ได้: week 54 is none'
    """
    said = _found("reason", reason) if len(reason) <= LONG else None
    return said or LEADS.get(kind, LEAD).format(reason)


def _particular(place: str, text: str) -> str | None:
    if place == "reason":
        return _found("reason", text)
    return (_found("part", text) or text.replace(" or ", " หรือ ")) if place else text


def _found(kind: str, english: str) -> str | None:
    return next((said for one in _table() if one.kind == kind and (said := one.say(english)) is not None), None)


@cache
def _table() -> tuple[_Sentence, ...]:
    """The sentences in the order in which they are tried: of two that fit, the more particular one stands first."""
    with files("docflow.files").joinpath("reasons.csv").open(encoding="utf-8") as lines:
        return tuple(_Sentence(row["kind"], row["english"], row["thai"]) for row in csv.DictReader(lines))
