"""A workflow as data: its whole table, but of its guards, which are code, the names."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

from attrs import fields, has

from docflow.letters import Attribute, Guard, Right, Transition, Workflow
from docflow.letters.letter import KINDS
from docflow.safe import brief
from docflow.store.letter_data import VALUE
from docflow.store.refusing import A_COPY, unreadable, unwritable
from docflow.store.shapes import FLAG, TEXT, Part, Shape, nested, several

if TYPE_CHECKING:
    from docflow.letters.letter import Value

__all__ = ["WORKFLOW"]

KIND_NAMES: Final = {kind: kind.__name__.lower() for kind in KINDS}
KINDS_NAMED: Final = {called: kind for kind, called in KIND_NAMES.items()}


def guard_name(guard: object) -> str:
    """What a guard is called: a function by its module and name, an attrs object by its class and its fields.

    >>> from docflow.letters import HeldIn, needs_a_note
    >>> guard_name(needs_a_note)
    'docflow.letters.routes.needs_a_note'
    >>> guard_name(HeldIn("screened", by="hold"))
    'docflow.letters.routes.HeldIn(state="screened", by="hold")'

    Raises `StoreError` for a guard that its module does not know by a name: a lambda, a function within another, a
    method of an object, a `partial`.
    """
    name = _name(guard)
    if name is not None:
        return name
    kind: type[Any] = type(guard)
    name = _name(kind) if has(kind) else None
    if name is None:
        called = getattr(guard, "__qualname__", kind.__name__)
        way = "make it a function of a module, or an attrs class of a module with texts and numbers as its fields"
        raise unwritable(f"the guard {called} has no name that stays; {way}")
    said = (f"{one.name}={_said(getattr(guard, one.name))}" for one in fields(kind) if one.init)
    return f"{name}({', '.join(said)})"


def _name(made: object) -> str | None:
    """The name by which a module knows a function or a class, as `pickle` looks it up; None when it knows none."""
    module, path = getattr(made, "__module__", None), getattr(made, "__qualname__", None)
    if type(module) is not str or type(path) is not str:
        return None
    there: object = sys.modules.get(module)
    for step in path.split("."):
        there = getattr(there, step, None)
    return f"{module}.{path}" if there is made else None


def _said(value: object) -> str:
    """A field of a guard in words that are the same tomorrow."""
    if isinstance(value, str | int | None):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        return f"({', '.join(map(_said, value))})"
    return guard_name(value)


def _code(name: str) -> Guard:
    raise unreadable(f"its guards are code ({brief(name)}); give the workflow itself when the store is opened")


def _kind_name(kind: type[Value]) -> str:
    return KIND_NAMES[kind]


def _kind(called: str) -> type[Value]:
    if called not in KINDS_NAMED:
        raise unreadable(f"{brief(called)} is no kind of attribute; {A_COPY}")
    return KINDS_NAMED[called]


_NAMES: Final = several(TEXT)
_RIGHTS: Final = several(nested(Shape(Right)))
_ATTRIBUTE: Final = Shape(
    Attribute, {"kind": Part((str,), _kind_name, _kind), "choices": several(VALUE), "required": FLAG}
)
_TRANSITION: Final = Shape(Transition, {"may": _RIGHTS, "guards": several(Part((str,), guard_name, _code))})
WORKFLOW: Final = Shape(
    Workflow,
    {
        "transitions": several(nested(_TRANSITION)),
        "version": Part((int, str)),
        **dict.fromkeys(("waiting", "final", "cancelled"), _NAMES),
        **dict.fromkeys(("may_open", "may_correct"), _RIGHTS),
        "attributes": several(nested(_ATTRIBUTE)),
    },
)
