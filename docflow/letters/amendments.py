"""Amendments: corrections of a letter's own data. The log keeps the letter as it was before, and as it is since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, fields, frozen

from docflow.errors import LetterError
from docflow.instants import zoned
from docflow.letters.letter import Letter, maybe_name, plain
from docflow.letters.rights import signature
from docflow.safe import visible
from docflow.text import expect

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Amendment", "amended", "as_received", "differences", "reason"]


def reason(given: str | None) -> str:
    """A reason as plain text; none at all is empty, and refused where what it is given for is judged."""
    return "" if given is None else plain(given)


@frozen(kw_only=True)
class Amendment:
    """A record of a log that corrects the letter's own data, such as its subject; `Case.amend` makes it.

    >>> from datetime import datetime
    >>> from docflow import Letter
    >>> before, after = Letter(number="12/2563", subject="A stal"), Letter(number="12/2563", subject="A stall")
    >>> noon = datetime.fromisoformat("2020-01-06T12:00+07:00")
    >>> print(Amendment(before=before, after=after, by="Somying", why="a slip of the pen", recorded=noon))
    subject: 'A stal' → 'A stall', by Somying, because a slip of the pen

    It holds the whole letter twice, so a log tells by itself what was known of the letter at any moment. Raises
    `LetterError` when the two letters have different numbers, for a letter is known by its number, and for a name with
    characters that nobody sees; `NaiveDatetimeError` and `NotAMomentError`; and `TypeError` for what is no letter.
    """

    before: Letter
    """The letter as it was known until then."""
    after: Letter
    """The letter as it is known since."""
    by: str | None = field(converter=maybe_name)
    """Who made it; `role`, `unit` and `acting_for` are those of the `Actor`."""
    role: str | None = field(default=None, converter=maybe_name)
    unit: str | None = field(default=None, converter=maybe_name)
    why: str = field(converter=reason)
    recorded: datetime
    """When it was written down."""
    acting_for: str | None = field(default=None, converter=maybe_name)

    def __attrs_post_init__(self) -> None:
        zoned(self.recorded)
        for letter in (self.before, self.after):
            expect(letter, Letter, "letter", 'such as Letter(number="1/2563")')
        if self.before.number != self.after.number:
            raise LetterError(self.after.number, f"would be another letter than {self.before.number}; keep its number")

    @property
    def changes(self) -> dict[str, tuple[object, object]]:
        """What is different, by the name of a field or of an attribute: what was known until then, and since.

        None is an attribute that there is not.
        """
        return differences(self.before, self.after)

    def __str__(self) -> str:
        changes = ", ".join(f"{called}: {_shown(old)} → {_shown(new)}" for called, (old, new) in self.changes.items())
        who = signature(self.by or "nobody named", self.acting_for, self.role, self.unit)
        return visible(f"{changes or 'nothing'}, by {who}, because {self.why}")


def amended(letter: Letter, changes: Mapping[str, Any]) -> Letter:
    """A letter with other data; of its attributes those that are named change, and None leaves one out.

    Raises `TypeError` for what a letter does not have, and what a `Letter` raises.
    """
    known = [one.name for one in fields(Letter)]
    unknown = next((called for called in changes if called not in known), None)
    if unknown is not None:
        near = get_close_matches(unknown, known, n=1)
        way = f"did you mean {near[0]!r}?" if near else f"an attribute is changed by attributes={{{unknown!r}: ...}};"
        raise TypeError(f"a letter has no {unknown!r}; {way} it has {', '.join(known)}")
    if "attributes" in changes:
        expect(changes["attributes"], Mapping, "dict of attributes", 'such as {"channel": "e-mail"}')
        changes = {**changes, "attributes": {**letter.attributes, **changes["attributes"]}}
    return evolve(letter, **changes)


def as_received(letter: Letter, log: Iterable[object]) -> Letter:
    """A letter as it was received, when it may be given as a log's last amendment left it."""
    amendments = [record for record in log if isinstance(record, Amendment)]
    return amendments[0].before if amendments and amendments[-1].after == letter else letter


def differences(one: Letter, other: Letter) -> dict[str, tuple[object, object]]:
    """In what two letters differ, by the name of a field or of an attribute, and what each of them has there."""
    here, there = _flat(one), _flat(other)
    both = {called: (here.get(called), there.get(called)) for called in here | there}
    return {called: (own, its) for called, (own, its) in both.items() if own != its}


def _flat(letter: Letter) -> dict[str, object]:
    own = {one.name: getattr(letter, one.name) for one in fields(Letter) if one.name != "attributes"}
    return own | dict(letter.attributes)


def _shown(value: object) -> str:
    if isinstance(value, Enum):
        return repr(value.value)
    return "nothing" if value is None else str(value) if isinstance(value, date) else repr(value)
