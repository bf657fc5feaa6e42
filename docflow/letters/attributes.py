"""Attributes that a workflow declares: what its letters may or must have beside the fields of every letter."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from attrs import field, fields, frozen

from docflow.errors import LetterError
from docflow.letters.entries import Refusal
from docflow.letters.letter import KINDS, NONE, Letter, Value, kind_of, name
from docflow.safe import brief, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Attribute", "faults"]


def _choices(given: Iterable[Value]) -> tuple[Value, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"{brief(given)} is not several choices; give a tuple, such as ({brief(given)},)")
    return tuple(given)


@frozen
class Attribute:
    """A free attribute that the letters of a workflow may have: its name, its kind, and its choices.

    >>> from docflow import Transition, Workflow
    >>> channel = Attribute("channel", str, choices=("e-mail", "counter"), required=True)
    >>> print(channel)
    channel: str, one of 'e-mail', 'counter', required
    >>> loan = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")], attributes=[channel])

    The kinds are `str`, `int`, `bool`, `date`, `datetime`, `Fraction` and `Decimal`. True is no `int`, and a moment is
    no `date`. Without `choices` every value of the kind will do; `required` says that no letter may be without it.
    Raises `LetterError` for a name that is empty or that of a field of every letter, and for a choice of another kind;
    and `TypeError` for another kind, and for choices that are not several. A letter that does not have what its
    workflow declares is refused by `Workflow.open`.
    """

    name: str = field(converter=name)
    kind: type[Value]
    choices: tuple[Value, ...] = field(default=(), kw_only=True, converter=_choices)
    required: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.name or self.name in {one.name for one in fields(Letter)}:
            what = "is a field of every letter" if self.name else "is the name of no attribute"
            raise LetterError(self.name, f"{what}; name the attribute otherwise")
        if self.kind not in KINDS:
            known = ", ".join(one.__name__ for one in KINDS)
            raise TypeError(f"{brief(self.kind)} is no kind of attribute; choose {known}")
        wrong = next((choice for choice in self.choices if kind_of(choice) is not self.kind), None)
        if wrong is not None:
            raise LetterError(
                wrong, f"is no {self.kind.__name__}, as each choice of {self.name!r} is; correct the choice"
            )

    def __str__(self) -> str:
        some = f", one of {', '.join(map(repr, self.choices))}" if self.choices else ""
        return visible(f"{self.name}: {self.kind.__name__}{some}{', required' if self.required else ''}")


def faults(declared: Sequence[Attribute], letter: Letter) -> tuple[Refusal, ...]:
    """Why a letter is none of a workflow that declares such attributes; nothing when all that it has is declared."""
    return tuple(_faults(declared, letter)) if declared or letter.attributes is not NONE else ()


def _faults(declared: Sequence[Attribute], letter: Letter) -> Iterator[Refusal]:
    attributes = {one.name: one for one in declared}
    for called, value in letter.attributes.items():
        attribute = attributes.get(called)
        if attribute is None:
            yield _unknown(called, list(attributes))
        elif kind_of(value) is not attribute.kind:
            kind = attribute.kind.__name__
            yield Refusal(
                "wrong attribute", f"{called} is {brief(value)}, which is no {kind}; give a value of that kind"
            )
        elif attribute.choices and value not in attribute.choices:
            some = ", ".join(map(repr, attribute.choices))
            yield Refusal("wrong attribute", f"{called} is {brief(value)}; choose {some}")
    for attribute in declared:
        if attribute.required and attribute.name not in letter.attributes:
            yield Refusal("missing attribute", f"it has no {attribute.name}; give it one ({attribute})")


def _unknown(called: str, known: Sequence[str]) -> Refusal:
    near = get_close_matches(called, known, n=1)
    meant = f"did you mean {near[0]!r}? " if near else ""
    way = f"declared are {', '.join(known)}" if known else "its workflow declares none; declare it, or leave it out"
    return Refusal("unknown attribute", f"no attribute is called {called!r}; {meant}{way}")
