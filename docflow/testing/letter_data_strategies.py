"""Hypothesis strategies for what a letter itself is: attributes that its workflow declares, amendments, deputies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve
from hypothesis import strategies as st

from docflow.letters import Actor, Attribute, Deputy, Letter, Urgency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docflow.letters import Act, Case, Workflow
    from docflow.letters.letter import Value

__all__ = ["LETTER", "acting", "amendments", "attributes", "declarations", "fits", "fitted"]

LETTER: Final = Letter(number="8395/2562", subject="A market", sender="A ministry", unit="North")
PRINCIPAL: Final = "Sompong"
VALUES: Final[dict[type[Value], tuple[Value, ...]]] = {
    str: ("e-mail", "counter", ""),
    int: (0, 1, 3),
    bool: (True, False),
    date: (date(2019, 12, 31), date(2020, 1, 1)),
    datetime: (datetime(2019, 12, 31, 17, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)),
    Fraction: (Fraction(1, 3), Fraction(1)),
    Decimal: (Decimal(1), Decimal("0.5")),
}
"""Values of each kind; some are equal in Python though they are of different kinds, such as 1 and True."""
DECLARED: Final = (
    Attribute("channel", str, choices=("e-mail", "counter"), required=True),
    Attribute("pages", int),
    Attribute("by hand", bool),
    Attribute("signed", date, required=True),
    Attribute("seen", datetime),
    Attribute("share", Fraction, choices=(Fraction(1, 3),)),
)


def declarations() -> st.SearchStrategy[tuple[Attribute, ...]]:
    """What a workflow declares of its letters, mostly nothing."""
    return st.just(()) | st.just(()) | st.lists(st.sampled_from(DECLARED), unique=True, max_size=3).map(tuple)


def fits(attribute: Attribute, value: Value) -> bool:
    """Whether a value is one of an attribute, and of no narrower kind: True is no int, and a moment is no date."""
    narrower = {int: bool, date: datetime}.get(attribute.kind, ())
    of_kind = isinstance(value, attribute.kind) and not isinstance(value, narrower)
    return of_kind and (not attribute.choices or value in attribute.choices)


def attributes(declared: Sequence[Attribute]) -> st.SearchStrategy[dict[str, Value]]:
    """Attributes of a letter of a workflow, as it declares them."""
    every = {one.name: st.sampled_from(one.choices or VALUES[one.kind]) for one in declared}
    needed = {one.name for one in declared if one.required}
    return st.fixed_dictionaries(
        {called: each for called, each in every.items() if called in needed},
        optional={called: each for called, each in every.items() if called not in needed},
    )


def misfits(declared: Sequence[Attribute]) -> st.SearchStrategy[dict[str, Value]]:
    """Attributes as somebody gets them wrong: of another kind, not among the choices, misspelt, left out."""
    names = st.sampled_from([*(one.name for one in declared), "chanel"])
    value = st.sampled_from([value for some in VALUES.values() for value in some])
    return st.dictionaries(names, value, max_size=2)


def fitted(workflow: Workflow, letter: Letter) -> st.SearchStrategy[Letter]:
    """A letter that the workflow takes: the usual one has the attributes that are declared, another stays as it is."""
    if letter is not LETTER or not workflow.attributes:
        return st.just(letter)
    return attributes(workflow.attributes).map(lambda given: evolve(letter, attributes=given))


def amendments(case: Case) -> st.SearchStrategy[dict[str, Any]]:
    """What somebody might amend of a case's letter, by the names of its fields; sometimes nothing is different."""
    moments = st.none() | st.sampled_from(VALUES[datetime])
    declared = case.workflow.attributes
    none: st.SearchStrategy[Mapping[str, object]] = st.sampled_from([{}, *({one.name: None} for one in declared)])
    return st.fixed_dictionaries(
        {},
        optional={
            "subject": st.sampled_from(("", "A market", "ขอเชิญประชุม")),
            "urgency": st.sampled_from(Urgency),
            "wanted_by": moments,
            "remark": st.sampled_from(("", "by hand")),
            "attributes": attributes(declared) | misfits(declared) | none,
        },
    )


def acting(entry: Act) -> Actor:
    """Who did something, as `Case.apply` is told it: a deputy too, who acts from that moment on, and has a name."""
    if entry.acting_for is None or not entry.by:
        return Actor(entry.by or "", entry.role, entry.unit)
    return Deputy(entry.by or "", acts_for=Actor(entry.acting_for, entry.role, entry.unit), since=entry.at)
