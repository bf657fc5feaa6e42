"""Names of states, steps and units, written as cases have them: what can never match is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docflow.errors import NameOfStateError
from docflow.letters.values import BLANKS, plain

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
    """The name of a unit with one blank between its words, as cases have it, or None. Raises `NameOfStateError`."""
    if given is None:
        return None
    name(None, None, given)
    called = " ".join(plain(given).split())
    return given if type(given) is str and called == given else called  # many events share one text


def states(given: Iterable[str]) -> tuple[str, ...]:
    """Several states, whatever they are given in. Raises `NameOfStateError`, and `TypeError` for one alone."""
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one state; give several, such as ({given!r},)")
    return tuple(map(a_state, given))
