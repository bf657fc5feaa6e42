"""Who may do what: an actor has a role in a unit, and a right is given to a role, to a unit, or to both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from docflow.errors import LetterError
from docflow.letters.letter import maybe_name, name
from docflow.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Actor", "Right", "infringement", "signature", "within"]


class _Signed(Protocol):
    """What says by whom it was made: an entry, a step, a correction, an amendment."""

    @property
    def by(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def acting_for(self) -> str | None: ...


@frozen
class Actor:
    """Somebody who takes steps: a name, and the role and unit in which he or she acts.

    >>> print(Actor("Somying", role="registrar", unit="General Administration"))
    Somying (registrar of General Administration)

    Give it wherever a method takes `by=`. Raises `LetterError` for a name with characters that nobody sees, and
    `TypeError` for what is no text.
    """

    name: str = field(converter=name)
    role: str | None = field(default=None, converter=maybe_name)
    unit: str | None = field(default=None, converter=maybe_name)

    @property
    def acting_for(self) -> str | None:
        """The name of whom he or she acts for, as a `Deputy` does; None for oneself."""
        return None

    def __str__(self) -> str:
        return signature(self.name, self.acting_for, self.role, self.unit)


def signature(by: str, acting_for: str | None, role: str | None, unit: str | None) -> str:
    """Who signs, for whom, and in which role and unit.

    >>> signature("Somying", "Somchai", "director", None)
    'Somying for Somchai (director)'
    """
    who = by if acting_for is None else f"{by} for {acting_for}"
    return visible(f"{who} ({_place(role, unit)})" if role or unit else who)


def within(unit: str, by: str | Actor | None) -> str | None:
    """The unit in which a step is done, unless its actor brings one along."""
    return None if isinstance(by, Actor) and by.unit else unit


@frozen
class Right:
    """Permission to take a step: for a role in a unit, for a role in any unit, or for a unit whatever the role.

    >>> from docflow import Actor, Transition
    >>> lend = Transition("lend", "on the shelf", "lent", may=[Right("librarian"), Right(unit="Archives")])
    >>> print(*lend.may, sep=", ")
    librarian, Archives

    Who has no right to a step is refused, and the refusal names the rights that there are. Raises `LetterError` for an
    empty role or unit, and for one with characters that nobody sees.
    """

    role: str | None = field(default=None, converter=maybe_name)
    unit: str | None = field(default=None, converter=maybe_name)

    def __attrs_post_init__(self) -> None:
        if "" in (self.role, self.unit):
            raise LetterError("", "is no role and no unit, and nobody would have this right; say None for any")

    def covers(self, entry: _Signed) -> bool:
        """Whether this right covers who made an entry: its role and its unit are those that are asked for, if any."""
        return self.role in (None, entry.role) and self.unit in (None, entry.unit)

    def __str__(self) -> str:
        return visible(_place(self.role, self.unit))


def infringement(rights: Sequence[Right], entry: _Signed) -> tuple[str, str] | None:
    """What an actor lacks, as a kind of refusal and its words; None when one of the rights covers what is entered."""
    if not rights or ((entry.by or "").strip() and any(right.covers(entry) for right in rights)):
        return None
    role_fits = any(right.role in {None, entry.role} for right in rights)
    who = signature(entry.by or "nobody named", entry.acting_for, entry.role, entry.unit)
    return "wrong unit" if role_fits else "wrong role", f"{who} may not; it takes {' or '.join(map(str, rights))}"


def _place(role: str | None, unit: str | None) -> str:
    return " of ".join(filter(None, (role, unit))) or "anybody"
