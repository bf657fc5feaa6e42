"""The `transitions` machine behind a workflow; no other module knows that package.

One machine serves a workflow and all its cases. Letters are never bound to it: each move is made with a new object
that holds one state and nothing else. So no methods are added to a letter, no letter is left half moved, and threads
share nothing that changes. `machine` makes a machine of the same table for a model of your own.
"""

from __future__ import annotations

from functools import lru_cache
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import frozen
from transitions import Machine, MachineError

from docflow.errors import WorkflowError
from docflow.letters.deputies import Deputy, unappointed
from docflow.letters.entries import NOTHING, Entry
from docflow.letters.history import restrictions
from docflow.letters.soundness import installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from transitions import EventData

    from docflow.letters.process import Process, Transition

__all__ = ["accepts", "fire", "machine"]


STATE: Final = ""  # the token's attribute: no trigger may be called like it, and a workflow refuses empty names


MOVE: Final = ("trigger", "source", "dest", "conditions")


class _Token:
    def __init__(self, state: str) -> None:
        setattr(self, STATE, state)


@frozen
class _Towards:
    """A condition of a move: that it is meant. The library itself would make the first of several."""

    destination: str

    def __call__(self, meant: str) -> bool:
        return meant == self.destination


@lru_cache(maxsize=128)
def _machine(initial: str, moves: tuple[tuple[str, str, str], ...]) -> Machine:
    return Machine(
        model=None,
        states=list(dict.fromkeys([initial, *(state for _, source, onward in moves for state in (source, onward))])),
        initial=initial,
        transitions=[dict(zip(MOVE, (*move, _Towards(move[-1])), strict=True)) for move in moves],
        model_attribute=STATE,
        auto_transitions=False,  # any-to-any moves would pass every rule by
    )


def _of(process: Process) -> Machine:
    return _machine(process.initial, process.moves)


def _table(process: Process) -> dict[str, Any]:
    return {
        "states": [{"name": state, "final": state in process.ends} for state in process.states],
        "initial": process.initial,
        "transitions": [list(move) for move in process.moves],
        "auto_transitions": False,
    }


def accepts(process: Process, state: str, trigger: str) -> bool:
    """Whether the machine knows a move by that trigger from that state."""
    event = _of(process).events.get(trigger)
    return event is not None and bool(event.transitions.get(state))


def fire(process: Process, state: str, trigger: str, meant: str) -> str:
    """The state the machine comes to, which is the one that is meant.

    It raises `transitions.MachineError` for a move that the machine does not accept.
    """
    token = _Token(state)
    if not _of(process).events[trigger].trigger(token, meant):
        raise MachineError(f"{trigger} does not lead from {state} to {meant}")
    return str(getattr(token, STATE))


def machine(
    process: Process,
    model: object = None,
    cls: type[Machine] = Machine,
    **options: Any,  # noqa: ANN401 - the library's own
) -> Machine:
    """A ready machine of a process for one model or several; `Workflow.machine` says what it does and raises."""
    models: list[Any] = [] if model is None else [model]
    if type(model) in {list, tuple, set}:  # not what is derived of them: that may be a model
        models = list(cast("Iterable[object]", model))
    _check_options(process, cls, options)
    for place, one in enumerate(models):
        _check_model(process, one, cls, options)
        if any(one == other and one is not other for other in models[:place]):
            raise WorkflowError(process.name, f"two of the models are equal ({one!r}), and one would be left out")
    own = [one for one in models if hasattr(one, "to")]
    built = cls(model=models, **(_table(process) | options))
    if hasattr(built, "to_state") and "to" not in process.triggers:
        for one in built.models:
            if not any(one is other for other in own):
                vars(one).pop("to", None)  # hierarchical machines install it whatever they are told; it passes rules by
    for line in process.transitions:
        if line.restricted:
            others = tuple(one for one in process.table[line.source, line.trigger] if one is not line)
            for transition in built.get_transitions(line.trigger, line.source, line.destination):
                condition = transition.condition_cls(line.trigger)
                judge = _AsyncJudge if iscoroutinefunction(condition.check) else _Judge
                check = judge(line, others)
                setattr(condition, "check", check)  # noqa: B010 - the library hands the model to `check` alone
                transition.conditions.append(condition)
    return built


def _check_options(process: Process, cls: type[Machine], options: Mapping[str, Any]) -> None:
    said = [name for name in ("transitions", "auto_transitions", "ordered_transitions") if name in options]
    if said:
        raise WorkflowError(process.name, f"its table says the {', '.join(said)} of a machine; leave the option out")
    given = options.get("states", process.states)
    names = [one["name"] if isinstance(one, dict) else getattr(one, "name", one) for one in given]
    if sorted(names) != sorted(process.states):
        raise WorkflowError(process.name, f"states may be told more of, and stay the table's: {process.states}")
    if options.get("initial", process.initial) not in process.states:
        raise WorkflowError(process.name, f"{options['initial']!r} is no state to begin in; it has {process.states}")
    separator = getattr(cls.state_cls, "separator", None)
    apart = [state for state in process.states if separator and separator in state]
    if apart:
        problem = (
            f"a {cls.__name__} would take {', '.join(apart)} apart at {separator!r}; give it a state class whose "
            f"separator is another mark"
        )
        raise WorkflowError(process.name, problem)


def _check_model(process: Process, model: object, cls: type[Machine], options: Mapping[str, Any]) -> None:
    attribute = options.get("model_attribute", "state")
    names = installed(process.states, process.triggers[1:], attribute)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise WorkflowError(
            process.name, f"{', '.join(twice)} would be two things on a model; name the state otherwise"
        )
    if options.get("model_override"):
        return
    kind = cls if isinstance(model, str) and model == Machine.self_literal else type(model)
    owner = cls(model=None, **_table(process)) if kind is cls else model
    taken = [name for name in names if hasattr(owner, name) and not _replaceable(owner, name, attribute)]
    if taken:
        problem = f"a {kind.__name__} has {', '.join(taken)} of its own, which would stay; rename it, or the trigger"
        raise WorkflowError(process.name, problem)
    try:
        if kind is not cls and not hasattr(model, "trigger"):
            setattr(model, "trigger", None)  # noqa: B010 - what the machine will do first
            delattr(model, "trigger")
    except (AttributeError, TypeError, ValueError):
        problem = (
            f"a {kind.__name__} takes no new attributes; define it without slots and not frozen, or bind a plain object"
        )
        raise WorkflowError(process.name, problem) from None


def _replaceable(model: object, name: str, attribute: str) -> bool:
    """Whether a name on a model is the state itself, or what another machine has installed for all its triggers."""
    there = getattr(model, name)
    if name == attribute:
        return not callable(there)
    bound = getattr(getattr(there, "func", None), "__self__", None)
    return name in {"trigger", "may_trigger"} and isinstance(bound, Machine)


@frozen
class _Judge:
    """A line's rights and guards as what `transitions` asks of a condition, with the model at hand.

    The library takes the first line that passes; here it must be the only one.
    """

    line: Transition
    others: tuple[Transition, ...]

    def __call__(self, event: EventData) -> bool:
        line, said = self.line, event.kwargs
        at = said.get("at")
        by = said.get("by")
        if at is None and (line.guards or isinstance(by, Deputy)):
            why = "is guarded" if line.guards else "asks for a right, and a deputy has it for a time"
            raise TypeError(f"{line.trigger} {why}; call it with at=, the moment at which it happens")
        entry = Entry.made_by(by, line.trigger, at or NOTHING.at, unit=said.get("unit"), note=said.get("note") or "")
        if next(unappointed(by, entry.at), None) is not None:
            return False
        return _passes(line, entry, event) and not any(_passes(one, entry, event) for one in self.others)


def _passes(line: Transition, entry: Entry, event: EventData) -> bool:
    return next(restrictions(line, entry, event.model), None) is None


class _AsyncJudge(_Judge):
    """The same for machines that await their conditions."""

    async def __call__(self, event: EventData) -> bool:  # type: ignore[override]  # the library awaits it
        return super().__call__(event)
