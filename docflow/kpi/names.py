"""Names of states, steps and units, as definitions are given them: what can never match is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docflow.errors import NameOfStateError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["name", "names", "optional_name", "states"]


def name(_: object, field: object, given: Any) -> None:  # noqa: ANN401, ARG001 - attrs' signature, and anything is given
    """See that a field holds a name. Raises `NameOfStateError`."""
    if not isinstance(given, str):
        problem = (
            'a name is one text; give one, such as "submitted", or for one of several holding("resolved", "surveyed")'
        )
        raise NameOfStateError(given, problem)
    if not given.strip():
        raise NameOfStateError(given, 'a name is not empty; give one, such as "submitted"')


def optional_name(_: object, field: object, given: Any) -> None:  # noqa: ANN401 - anything is given
    """See that a field holds a name or nothing. Raises `NameOfStateError`."""
    if given is not None:
        name(_, field, given)


def names(_: object, field: object, given: Any) -> None:  # noqa: ANN401 - anything is given
    """See that a field holds names. Raises `NameOfStateError`."""
    for one in given:
        name(_, field, one)


def states(given: Iterable[str]) -> tuple[str, ...]:
    """Several states, whatever they are given in. Raises `TypeError` for one alone."""
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one state; give several, such as ({given!r},)")
    return tuple(given)
