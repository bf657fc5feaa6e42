"""Hypothesis strategies for steps that lead to one of several states; guards tell to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import evolve
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docflow.letters import Act, Case, Transition

__all__ = ["PAIRS", "forked"]

Draw: TypeAlias = "Callable[[st.SearchStrategy[Any]], Any]"


def with_a_note(_case: Case, act: Act) -> str | None:
    """A guard that tells lines apart by what is noted."""
    return None if act.note else "nothing is noted"


def without_a_note(_case: Case, act: Act) -> str | None:
    """Its opposite."""
    return "something is noted" if act.note else None


def at_an_even_step(case: Case, _act: Act) -> str | None:
    """A guard that tells lines apart by what has happened."""
    return None if len(case.history) % 2 == 0 else "an odd number of steps was done"


def at_an_odd_step(case: Case, _act: Act) -> str | None:
    """Its opposite."""
    return None if len(case.history) % 2 else "an even number of steps was done"


PAIRS: Final = (
    (with_a_note, without_a_note),
    (at_an_odd_step, at_an_even_step),
    (with_a_note, at_an_even_step),  # these overlap, and leave gaps
)
"""Guards of the lines of one step; those of the last pair do not exclude each other."""


def forked(draw: Draw, lines: list[Transition], states: Sequence[str]) -> list[Transition]:
    """The lines of a table, where one or two steps may lead to a second state as well."""
    for place in draw(st.lists(st.integers(0, len(lines) - 1), max_size=2, unique=True)) if states[1:] else ():
        line = lines[place]
        others = [state for state in states if state != line.destination]
        one, other = draw(st.sampled_from(PAIRS))
        lines[place] = evolve(line, guards=(one,))
        may = draw(st.sampled_from((line.may, ())))
        lines.append(evolve(line, destination=draw(st.sampled_from(others)), guards=(other,), may=may))
    return lines
