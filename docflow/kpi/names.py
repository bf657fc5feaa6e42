"""Names of states, steps and units, written as cases have them: what can never match is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docflow.errors import LetterError, NameOfStateError
from docflow.letters.values import BLANKS, plain
from docflow.letters.values import name as tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["a_state", "a_unit", "name", "states"]


def name(_: object, field: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature, and anything is given
    """See that a field holds a name. Raises `NameOfStateError`."""
    if not isinstance(given, str):
        problem = (
            'a name is one text; give one, such as "submitted", or for one of several holding("resolved", "surveyed")'
        )
        raise NameOfStateError(given, problem)
    if not given.strip():
        raise NameOfStateError(given, 'a name is not empty; give one, such as "submitted"')


def a_state(given: Any) -> str:  # noqa: ANN401 - anything is given
    """The name of a state or a step, without blanks around it, as a workflow has it. Raises `NameOfStateError`."""
    name(None, None, given)
    return plain(given).strip(BLANKS)


def a_unit(given: Any) -> str | None:  # noqa: ANN401 - anything is given
    """The name of a unit as names are compared, or None for any. Raises `NameOfStateError`."""
    if given is None:
        return None
    name(None, None, given)
    try:
        return tidy(given)
    except LetterError as error:
        raise NameOfStateError(given, error.problem) from None


def states(given: Iterable[str]) -> tuple[str, ...]:
    """Several states, whatever they are given in. Raises `NameOfStateError`, and `TypeError` for one alone."""
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one state; give several, such as ({given!r},)")
    return tuple(map(a_state, given))
