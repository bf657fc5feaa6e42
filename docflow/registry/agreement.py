"""What a case and the lines of its letter have to say alike: one letter, one receipt, and an end when all are void."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.errors import RegisterError
from docflow.instants import instant
from docflow.registry.numbers import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.letters import Case
    from docflow.registry.lines import Registration
    from docflow.registry.numbers import RegisterNumber
    from docflow.registry.registry import Registry

__all__ = ["see_passage", "see_together"]


def see_together(registry: Registry, number: RegisterNumber, case: Case) -> None:
    """See that a case and the lines of its letter say the same. Raises `RegisterError`."""
    there = registry[number]
    alone = there.line.void is None or there.line.first is not None  # then nobody asks for the letter's other numbers
    see_passage((there,) if alone else registry.passage(number), case)


def see_passage(passage: Sequence[Registration], case: Case) -> None:
    """See that a case says what the lines of its letter say, the first of which opened it."""
    there, number = passage[0], passage[0].number
    since, begun = there.line.since, case.history[0].at
    problem = ""
    if there.line.first is not None:
        problem = f"its letter was registered first as {there.line.first}; name the case by that"
    elif number.book.direction is not Direction.RECEIPT:
        problem = "it goes out, and cases are of what came in; fill it in the registry"
    elif since is None:
        problem = "it is only reserved; fill it, which opens the case"
    elif case.letter is not there.line.letter and case.letter != there.letter:
        problem = "its case tells another letter; correct() corrects both"
    elif since is not begun and instant(since) != instant(begun):
        problem = f"its case was received at {begun}, and the line at {since}; a stamp is never corrected"
    elif there.line.void is not None and not case.is_final and all(one.line.void is not None for one in passage):
        problem = "it is void, and its case goes on; name the step that ends it, such as trigger='cancel'"
    if problem:
        raise RegisterError(str(number.book), "drifted apart", f"{number} and its case are not one: {problem}")
