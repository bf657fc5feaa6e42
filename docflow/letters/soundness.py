"""What a workflow's table must be before any letter meets it; found when it is defined, not when a letter is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.errors import WorkflowError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.letters.workflow import Workflow

__all__ = ["LIFECYCLE", "check", "installed"]

LIFECYCLE: Final = (
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort", "ate_abort", "complete",
    "autoskip", "manualskip", "unknown",
)  # fmt: skip  # the standard model of XES (IEEE 1849), lifecycle:transition


def check(workflow: Workflow) -> tuple[str, ...]:
    """The final states of a table that does not contradict itself. Raises `WorkflowError` with the first problem."""
    for problem in (_names(workflow), _lines(workflow), _marks(workflow), _collisions(workflow)):
        if problem:
            raise WorkflowError(workflow.name, problem)
    sources = {line.source for line in workflow.transitions}
    dead_ends = [state for state in workflow.states if state not in sources]
    named = workflow.final or dead_ends
    final = tuple(state for state in workflow.states if state in {*named, *workflow.cancelled})
    problem = _ways(workflow, final, [state for state in dead_ends if state not in final])
    if problem:
        raise WorkflowError(workflow.name, problem)
    return final


def _names(workflow: Workflow) -> str:
    if not all([workflow.name, workflow.opening, *workflow.states, *(line.trigger for line in workflow.transitions)]):
        return "a name in it is empty; name every state and trigger"
    if type(workflow.version) not in {int, str}:
        return f"its version is {workflow.version!r}; give a whole number or a text"
    if wild := {"*", "="} & set(workflow.states):
        return f"no state can be called {' or '.join(sorted(wild))}; write a line for each state that is meant"
    if workflow.nowhere in workflow.states:
        return f"no state can be called {workflow.nowhere}: that is where every letter begins; name it otherwise"
    return ""


def _lines(workflow: Workflow) -> str:
    seen = set()
    for line in workflow.transitions:
        if line.trigger == workflow.opening:
            return f"{line.trigger!r} opens a case; name the transition otherwise"
        if (line.source, line.trigger) in seen:
            return f"{line.trigger!r} leads from {line.source!r} twice; keep one, or name them apart"
        seen.add((line.source, line.trigger))
        if line.lifecycle is not None and line.lifecycle not in LIFECYCLE:
            return f"{line.lifecycle!r} is no XES lifecycle transition; use one of {', '.join(LIFECYCLE)}"
        text = next((guard for guard in line.guards if not callable(guard)), None)
        if text is not None:
            return (
                f"the guard {text!r} of {line.trigger!r} is no function, and text is never evaluated; give a function"
            )
    return ""


def _marks(workflow: Workflow) -> str:
    marked = {"waiting": workflow.waiting, "final": workflow.final, "cancelled": workflow.cancelled}
    for mark, states in marked.items():
        unknown = [state for state in states if state not in workflow.states]
        if unknown:
            return f"{', '.join(map(repr, unknown))} is {mark}, but no line leads there; correct the name"
    over = set(workflow.waiting) & {*workflow.final, *workflow.cancelled}
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


def _collisions(workflow: Workflow) -> str:
    names = installed(workflow.states, workflow.triggers[1:])
    twice = {name for name in names if names.count(name) > 1} | (set(names) & set(dir(object)))
    if twice:
        return (
            f"{', '.join(map(repr, sorted(twice)))} would be two things on one model; name a trigger or state otherwise"
        )
    return ""


def _ways(workflow: Workflow, final: tuple[str, ...], lost: list[str]) -> str:
    onward = [(line.source, line.destination) for line in workflow.transitions]
    reachable = _closure({workflow.initial}, onward)
    unreachable = [state for state in workflow.states if state not in reachable]
    if unreachable:
        return f"no way leads from {workflow.initial!r} to {', '.join(map(repr, unreachable))}; add one or drop it"
    if lost:
        return f"nothing leads on from {', '.join(map(repr, lost))}; add a line, or name it final"
    over = _closure(set(final), [(destination, source) for source, destination in onward])
    circling = [state for state in workflow.states if state not in over]
    if final and circling:
        return f"no way leads from {', '.join(map(repr, circling))} to a final state; add one"
    return ""


def _closure(found: set[str], onward: list[tuple[str, str]]) -> set[str]:
    new = found
    while new:
        new = {destination for source, destination in onward if source in new} - found
        found = found | new
    return found
