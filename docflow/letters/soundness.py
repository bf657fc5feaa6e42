"""The checks of a workflow's table. They run when it is defined, so that no letter gets stuck later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.errors import WorkflowError
from docflow.letters.routes import Approval, HeldIn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.letters.process import Process, Transition

__all__ = ["LIFECYCLE", "check", "installed"]

LIFECYCLE: Final = (
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort", "ate_abort", "complete",
    "autoskip", "manualskip", "unknown",
)  # fmt: skip  # the standard model of XES (IEEE 1849), lifecycle:transition


def check(process: Process) -> None:
    """See that a table does not contradict itself. Raises `WorkflowError` with the first problem."""
    for look in (_names, _lines, _guards, _forks, _marks, _collisions, _ways, _attributes):
        problem = look(process)
        if problem:
            raise WorkflowError(process.name, problem)


def _names(process: Process) -> str:
    if not all([process.name, process.opening, *process.states, *(line.trigger for line in process.transitions)]):
        return "a name in it is empty; name every state and trigger"
    if type(process.version) not in {int, str}:
        return f"its version is {process.version!r}; give a whole number or a text"
    if wild := {"*", "="} & set(process.states):
        return f"no state can be called {' or '.join(sorted(wild))}; write a line for each state that is meant"
    if process.nowhere in process.states:
        return f"no state can be called {process.nowhere}: that is where every letter begins; name it otherwise"
    return ""


def _lines(process: Process) -> str:
    for line in process.transitions:
        if line.trigger == process.opening:
            return f"{line.trigger!r} opens a case; name the transition otherwise"
        if line.lifecycle is not None and line.lifecycle not in LIFECYCLE:
            return f"{line.lifecycle!r} is no XES lifecycle transition; use one of {', '.join(LIFECYCLE)}"
    return ""


def _guards(process: Process) -> str:
    for line in process.transitions:
        guards: tuple[object, ...] = line.guards
        for guard in guards:
            if not callable(guard):
                return (
                    f"the guard {guard!r} of {line.trigger!r} is no function, and text is never evaluated; give a "
                    f"function"
                )
            if isinstance(guard, HeldIn) and line.source not in process.destinations(guard.state, guard.by):
                return (
                    f"{line.trigger!r} asks whether a letter was held while {guard.state!r}, and {guard.by!r} does not "
                    f"lead from there to {line.source!r}; correct the names"
                )
            if isinstance(guard, Approval) and guard.since not in process.triggers:
                return f"nothing is counted since {guard.since!r}, as {line.trigger!r} asks; name a step of the table"
    return ""


def _forks(process: Process) -> str:
    """Of several lines for one step, none may let pass whatever another lets pass. Rights do not tell lines apart."""
    for lines in process.table.values():
        for place, line in enumerate(lines):
            for other in lines[:place]:
                if line.destination == other.destination:
                    return (
                        f"{line.trigger!r} leads from {line.source!r} to {line.destination!r} twice; keep one line, or "
                        f"name the steps apart"
                    )
                if set(line.guards) <= set(other.guards) or set(other.guards) <= set(line.guards):
                    return (
                        f"{line.trigger!r} leads from {line.source!r} to {other.destination!r} and to "
                        f"{line.destination!r}, and no guards tell which; keep one line, name the steps apart, or give "
                        f"each line guards that refuse what those of the other let pass"
                    )
    return ""


def _marks(process: Process) -> str:
    marked = {"waiting": process.waiting, "final": process.final, "cancelled": process.cancelled}
    for mark, states in marked.items():
        unknown = [state for state in states if state not in process.states]
        if unknown:
            return f"{', '.join(map(repr, unknown))} is {mark}, but no line leads there; correct the name"
    over = set(process.waiting) & {*process.final, *process.cancelled}
    return (
        f"{', '.join(map(repr, sorted(over)))} is waiting and final; a letter that is done waits no more"
        if over
        else ""
    )


def installed(states: Iterable[str], triggers: Iterable[str], attribute: str = "state") -> list[str]:
    """Every name that `transitions` writes on a model, in order."""
    of = "" if attribute == "state" else f"{attribute}_"
    given = [name for trigger in triggers for name in (trigger, f"may_{trigger}")]
    return [attribute, "trigger", "may_trigger", *given, *(f"is_{of}{state}" for state in states)]


def _collisions(process: Process) -> str:
    names = installed(process.states, process.triggers[1:])
    twice = {name for name in names if names.count(name) > 1} | (set(names) & set(dir(object)))
    if twice:
        return (
            f"{', '.join(map(repr, sorted(twice)))} would be two things on one model; name a trigger or state otherwise"
        )
    return ""


def _ways(process: Process) -> str:
    back = [line for line in process.transitions if _leads_back(line)]
    onward = [(line.source, line.destination) for line in process.transitions if line not in back]
    reachable = _closure({process.initial}, onward)
    unreachable = [state for state in process.states if state not in reachable]
    if unreachable:
        return f"no way leads from {process.initial!r} to {', '.join(map(repr, unreachable))}; add one or drop it"
    lost = [state for state in process.dead_ends if state not in process.ends]
    if lost:
        return f"nothing leads on from {', '.join(map(repr, lost))}; add a line, or name it final"
    over = _closure(set(process.ends), [(destination, source) for source, destination in onward])
    over = _closure(over, [(line.destination, line.source) for line in back])
    circling = [state for state in process.states if state not in over]
    if process.ends and circling:
        return f"no way leads from {', '.join(map(repr, circling))} to a final state; add one"
    return ""


def _leads_back(line: Transition) -> bool:
    """Whether a line only leads to where the letter was before: it opens no way that was not there."""
    return any(isinstance(guard, HeldIn) and guard.state == line.destination for guard in line.guards)


def _attributes(process: Process) -> str:
    names = [one.name for one in process.attributes]
    twice = next((called for called in names if names.count(called) > 1), None)
    return "" if twice is None else f"it declares the attribute {twice!r} twice; keep one"


def _closure(found: set[str], onward: list[tuple[str, str]]) -> set[str]:
    new = found
    while new:
        new = {destination for source, destination in onward if source in new} - found
        found = found | new
    return found
