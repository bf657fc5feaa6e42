"""The `transitions` machine behind a workflow: the only room that knows that package.

One machine serves a workflow and all its cases. Letters are never bound to it: each move is made by a token that
holds one state and is thrown away, so nothing is injected into anything, nothing is left half moved, and threads
do not meet. `machine` is for who lives in `transitions`: a machine of the same table for a model of their own.
"""

from __future__ import annotations

from functools import lru_cache
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Final

from transitions import Machine

from docflow.errors import WorkflowError
from docflow.letters.history import reason_of
from docflow.letters.rights import infringement
from docflow.letters.soundness import installed
from docflow.letters.steps import EPOCH, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from transitions import EventData
    from transitions.core import Condition

    from docflow.letters.workflow import Transition, Workflow

__all__ = ["accepts", "fire", "machine"]


STATE: Final = ""  # the token's attribute: no trigger may be called like it, and a workflow refuses empty names


class _Token:
    def __init__(self, state: str) -> None:
        setattr(self, STATE, state)


@lru_cache(maxsize=128)
def _machine(workflow: Workflow) -> Machine:
    return Machine(model=None, model_attribute=STATE, **_table(workflow))


def _table(workflow: Workflow) -> dict[str, Any]:
    return {
        "states": [{"name": state, "final": state in workflow.ends} for state in workflow.states],
        "initial": workflow.initial,
        "transitions": [[line.trigger, line.source, line.destination] for line in workflow.transitions],
        "auto_transitions": False,  # any-to-any moves would pass every rule by
    }


def accepts(workflow: Workflow, state: str, trigger: str) -> bool:
    """Whether the machine knows a move by that trigger from that state."""
    return bool(_machine(workflow).get_transitions(trigger, state))


def fire(workflow: Workflow, state: str, trigger: str) -> str:
    """The state the machine comes to; it raises `transitions.MachineError` for a move that it does not accept."""
    token = _Token(state)
    _machine(workflow).events[trigger].trigger(token)
    return str(getattr(token, STATE))


def machine(
    workflow: Workflow,
    model: object = None,
    cls: type[Machine] = Machine,
    **options: Any,  # noqa: ANN401 - the library's own
) -> Machine:
    """A ready machine of a workflow's table for a model of your own, or for several in a list.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> class Desk:
    ...     pass
    >>> desk = Desk()
    >>> machine = INCOMING_EXTERNAL_LETTER.machine(desk)
    >>> desk.hand_over(), desk.state, desk.may_submit()
    (True, 'taken_over', False)

    `cls` is any machine class of `transitions`, and `options` are its own: callbacks, `queued`, `send_event`,
    `model_attribute`, `ignore_invalid_triggers`. Rights and guards of the table become conditions: call a trigger with
    `by=`, `unit=`, `at=` and `note=` as `Case.apply` is, and the guards see the model in the case's place; what they
    refuse, the trigger answers with False, and `may_...` says so before. Any-to-any moves are not made.

    Raises `WorkflowError` for a model that has a method or attribute of a name that would be installed on it (unless
    `model_override=True` says that this is meant), and for one that takes no new attributes.
    """
    models = [] if model is None else list(model) if isinstance(model, list | tuple | set) else [model]
    for one in models:
        _check_model(workflow, one, options)
    built = cls(model=models, **(_table(workflow) | options))
    for line in workflow.transitions:
        if line.restricted:
            for transition in built.get_transitions(line.trigger, line.source):
                transition.conditions.append(_condition(transition.condition_cls, line))
    return built


def _check_model(workflow: Workflow, model: object, options: Mapping[str, Any]) -> None:
    if model == Machine.self_literal or options.get("model_override"):
        return
    kind, attribute = type(model).__name__, options.get("model_attribute", "state")
    names = installed(workflow.states, workflow.triggers[1:], attribute)
    taken = [name for name in names if name != attribute and hasattr(model, name)]
    if taken:
        problem = f"a {kind} has {', '.join(taken)} of its own, which would stay as it is; rename it, or the trigger"
        raise WorkflowError(workflow.name, problem)
    try:
        setattr(model, "trigger", None)  # noqa: B010 - what the machine will do first
        delattr(model, "trigger")
    except AttributeError:
        problem = f"a {kind} takes no new attributes; define it without slots and not frozen, or bind an object with it"
        raise WorkflowError(workflow.name, problem) from None


def _condition(kind: type[Condition], line: Transition) -> Condition:
    """A line's rights and guards as a condition, which `transitions` asks with the model at hand."""

    def passes(event: EventData) -> bool:
        said = {name: event.kwargs.get(name) for name in ("at", "unit", "note")}
        if said["at"] is None and line.guards:
            raise TypeError(f"{line.trigger} is guarded; call it with at=, the moment at which it happens")
        entry = Entry.made_by(
            event.kwargs.get("by"), line.trigger, said["at"] or EPOCH, unit=said["unit"], note=said["note"] or ""
        )
        lacking = infringement(line.may, entry)
        return lacking is None and not any(reason_of(guard, event.model, entry) for guard in line.guards)

    if not iscoroutinefunction(kind.check):
        return _ask(kind, passes)

    async def check(event: EventData) -> bool:
        return passes(event)

    return _ask(kind, check)


def _ask(kind: type[Condition], check: Callable[[EventData], Any]) -> Condition:
    condition = kind(check)
    setattr(condition, "check", check)  # noqa: B010 - the library hands the model to `check` alone
    return condition
