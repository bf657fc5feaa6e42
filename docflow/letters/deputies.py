"""Deputies: who acts for somebody else, from when until when. What they do is written with both names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import LetterError
from docflow.instants import instant
from docflow.letters.entries import Refusal
from docflow.letters.letter import name, plain
from docflow.letters.rights import Actor
from docflow.safe import visible
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["Deputy", "unappointed"]


@frozen
class Deputy(Actor):
    """An actor who acts for another person, in that person's role and unit, from one moment until before another.

    >>> from datetime import datetime
    >>> from docflow import Actor
    >>> head = Actor("Somchai", role="head", unit="Permits")
    >>> monday, friday = (datetime.fromisoformat(f"2020-01-{day}T00:00+07:00") for day in ("06", "10"))
    >>> print(Deputy("Somying", acts_for=head, since=monday, until=friday, order="order 12/2563"))
    Somying for Somchai (head of Permits)

    Give it wherever a method takes `by=`; records keep both names. Without `until`, the deputy acts until further
    notice. What a deputy does at another time is refused, and the refusal names the period and the order. Raises
    `LetterError` for a deputy or a person without a name and for a period that does not end after it begins;
    `NaiveDatetimeError` and `NotAMomentError`; and `TypeError` when the person acted for is no `Actor` or is a deputy
    too, for a deputy cannot appoint another one.
    """

    name: str = field(converter=name)
    acts_for: Actor = field(kw_only=True)
    since: datetime = field(kw_only=True)
    until: datetime | None = field(kw_only=True, default=None)
    order: str = field(kw_only=True, default="", converter=plain)
    """The order that appoints the deputy. Refusals name it; steps do not, but their note may."""
    role: str | None = field(init=False)
    unit: str | None = field(init=False)

    @role.default
    def _role(self) -> str | None:
        return getattr(self.acts_for, "role", None)

    @unit.default
    def _unit(self) -> str | None:
        return getattr(self.acts_for, "unit", None)

    def __attrs_post_init__(self) -> None:
        expect(self.acts_for, Actor, "person to act for", 'such as Actor("Somchai", role="head")')
        if isinstance(self.acts_for, Deputy):
            raise TypeError(f"{self.acts_for} is a deputy too; name the person whom both act for")
        if not (self.name and self.acts_for.name):
            raise LetterError("", "is nobody's name; a deputy and the person acted for have names, and both are kept")
        if self.until is not None and instant(self.until) <= instant(self.since):
            raise LetterError(str(self.until), f"is no end of a period that begins at {self.since}; give a later one")
        instant(self.since)

    @property
    def acting_for(self) -> str:
        """The name of whom the deputy acts for."""
        return self.acts_for.name

    def acts_at(self, moment: datetime) -> bool:
        """Whether a moment lies in the period, whose end is not in it."""
        at = instant(moment)
        return instant(self.since) <= at and (self.until is None or at < instant(self.until))


def unappointed(by: object, at: datetime) -> Iterator[Refusal]:
    """Why a deputy cannot have acted at a moment; nothing for whoever acts for himself or herself."""
    if isinstance(by, Deputy) and not by.acts_at(at):
        until = "until further notice" if by.until is None else f"until {by.until}"
        order = f" ({by.order})" if by.order else ""
        period = f"{by.name} acts for {by.acting_for} from {by.since} {until}{order}, and not at {at}"
        yield Refusal("no deputy then", visible(f"{period}; name who acts then"))
