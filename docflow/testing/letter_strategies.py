"""Hypothesis strategies for workflows and cases; all shrink towards what is short and plain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve
from hypothesis import note
from hypothesis import strategies as st

from docflow.errors import RefusedError, WorkflowError
from docflow.instants import local
from docflow.letters import Act, Actor, Entry, Letter, Right, Transition, Workflow
from docflow.letters.case import case_of
from docflow.letters.writing import written
from docflow.testing.letter_data_strategies import LETTER, PRINCIPAL, acting, declarations, fitted
from docflow.testing.route_strategies import Draw, forked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docflow.letters import Case
    from docflow.letters.process import Process

__all__ = ["actors", "attempts", "cases", "corrections", "workflows"]

OPENED: Final = datetime(2019, 12, 31, 15, tzinfo=UTC)  # two hours before the year turns in Thailand
HOUR: Final = timedelta(hours=1)
STATES: Final = ("new", "open", "pending", "done", "lost")
TRIGGERS: Final = ("go", "turn", "stop")
ROLES: Final = ("clerk", "head")
UNITS: Final = ("North", "South")
NOBODY: Final = "Nobody"
NOTES: Final = ("", "by hand", "ไม่ระบุวันที่")
TAKEN: Final = "a step that is taken after the receipt"
CORRECTED: Final = "a correction that is made"
MANY: Final = 6
STRANGER: Final = Actor("Somebody", "stranger", "elsewhere")


def not_by_nobody(_case: Case, entry: Act) -> str | None:
    """The guard of drawn workflows."""
    return "Nobody may not" if entry.by == NOBODY else None


def not_forever(case: Case, entry: Act) -> str | None:
    """Another one, which looks at the history."""
    return f"{entry.trigger} was done enough" if len(case.history) > MANY else None


def not_without_a_note(_case: Case, entry: Act) -> str | None:
    """One that looks at what is noted."""
    return None if entry.note else "say why"


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Workflows of up to five states, with rights, guards, waiting states, several ends and several destinations.

    >>> from docflow.testing import workflows
    >>> from hypothesis import find
    >>> print(find(workflows(), lambda workflow: len(workflow.states) > 1))
    drawn, version 1: receive → new; go: new → open
    """
    states = STATES[: draw(st.integers(1, len(STATES)))]
    one = st.builds(Right, st.sampled_from(ROLES), st.none() | st.sampled_from(UNITS))
    rights = st.just(()) | st.lists(one, max_size=2)
    guards = st.sampled_from([(), (not_by_nobody,), (not_forever, not_by_nobody), (not_without_a_note,)])
    lines: dict[tuple[str, str], Transition] = {}
    # First a way to each state, then more at will.
    ways = [(draw(st.sampled_from(states[:n])), state) for n, state in enumerate(states[1:], 1)]
    ways += draw(st.lists(st.tuples(st.sampled_from(states), st.sampled_from(states)), max_size=6))
    for source, destination in ways:
        free = [trigger for trigger in TRIGGERS if (source, trigger) not in lines] or [f"to {destination}"]
        trigger = draw(st.sampled_from(free))
        lines[source, trigger] = Transition(trigger, source, destination, may=draw(rights), guards=draw(guards))
    table = forked(draw, [*lines.values()], states)
    ends = {state for state in states if not any(source == state for source, _ in lines)}
    try:
        Workflow("drawn", initial="new", transitions=table)
    except WorkflowError:  # some states only circle: let them be ends too
        ends = set(states)
    waiting = draw(st.lists(st.sampled_from([one for one in states if one not in ends] or [""]), unique=True))
    return Workflow(
        "drawn",
        initial="new",
        transitions=table,
        opening=draw(st.sampled_from(("receive", "log in"))),
        final=[state for state in states if state in ends],
        cancelled=draw(st.sampled_from(([], ["lost"]))) if "lost" in ends else (),
        may_open=draw(st.just(()) | st.just((Right("clerk"),))),
        waiting=filter(None, waiting),
        may_correct=draw(st.just(()) | st.just((Right("head"),))),
        attributes=draw(declarations()),
    )


def entitled(rights: Sequence[Right]) -> Actor:
    """Somebody who has one of some rights."""
    right = next(iter(rights), Right())
    return Actor("Somsri", right.role, right.unit)


def actors() -> st.SearchStrategy[Actor]:
    """People who act, with and without a role and a unit.

    >>> from docflow.testing import actors
    >>> from hypothesis import find
    >>> find(actors(), lambda actor: actor.role == "head").name
    'Somchai'
    """
    roles, units = (st.sampled_from(ROLES) | st.none(), st.sampled_from(UNITS) | st.none())
    return st.builds(Actor, st.sampled_from(("Somchai", "Somying", NOBODY)), roles, units)


class Model:
    """A model as users of the package `transitions` write one; its guards see what they would see of a case."""

    state: str

    if TYPE_CHECKING:

        def trigger(self, name: str, **said: object) -> bool: ...
        def may_trigger(self, name: str, **said: object) -> bool: ...

    def stands(self, case: Case, place: int) -> None:
        """Stand where a case stood when its history had so many steps."""
        self.letter, self.workflow, self.number = case.letter, case.workflow, case.number
        self.history = self.log = case.history[:place]
        self.seen = case_of(case.workflow, case.letter, self.history)

    def __getattr__(self, name: str) -> object:
        if name in {"is_final", "pauses", "allowed", "refusals", "as_of", "as_recorded"}:
            return getattr(self.seen, name)
        raise AttributeError(name)


@st.composite
def attempts(draw: st.DrawFn, case: Case) -> Entry:
    """What somebody might try with a case: mostly what may be done, by who may; else anything, also back in time."""
    workflow, last = case.workflow, case.history[-1].at
    onward = [line for line in workflow.transitions if line.source == case.state]
    hours: st.SearchStrategy[int] = st.integers(0, 30)
    usual = draw(st.integers(0, 3)) > 0
    if onward and usual:
        line: Transition = draw(st.sampled_from(onward))
        able = draw(st.sampled_from(line.may)) if line.may else Right()
        by, trigger = Actor("Somying", able.role, able.unit), line.trigger
    else:
        by, trigger = draw(actors()), draw(st.sampled_from((*workflow.triggers, "shred")))
        hours = st.integers(-3, 3)
    at = last + draw(hours) * HOUR
    late = draw(st.none() | st.integers(-1, 40))
    unit = draw(st.none() | st.sampled_from([*UNITS, case.letter.unit or UNITS[0]])) if by.unit is None else None
    recorded = None if late is None else at + late * HOUR
    entry = Entry.made_by(by, trigger, at, unit=unit, recorded=recorded, note=draw(st.sampled_from(NOTES)))
    return evolve(entry, acting_for=draw(st.sampled_from((None, None, None, PRINCIPAL))))


def words_of(entry: Act) -> dict[str, Any]:
    """What a step says of itself, as `Case.apply` is told it."""
    return {"at": entry.at, "by": acting(entry), "recorded": entry.recorded, "note": entry.note}


@st.composite
def corrections(draw: st.DrawFn, case: Case) -> tuple[dict[int, Entry | None], list[Entry], datetime]:
    """What somebody might correct: steps to change or strike, steps that were missed, and when it is written."""
    times = [step.at for step in case.history]
    known = [record.recorded for record in case.log if record.recorded is not None]
    saying = st.fixed_dictionaries(
        {},
        optional={
            "by": st.sampled_from(("Somchai", NOBODY, None)),
            "role": st.none() | st.sampled_from(ROLES),
            "unit": st.none() | st.sampled_from(UNITS),
            "note": st.sampled_from(NOTES),
            "acting_for": st.sampled_from((None, PRINCIPAL)),
        },
    )
    entries = st.builds(
        lambda trigger, at, hours, said: Entry(trigger, at + hours * HOUR, **said),
        st.sampled_from(case.workflow.triggers),
        st.sampled_from(times),
        st.integers(-2, 2),
        saying,
    )
    changes: dict[int, Entry | None] = {}
    for place in draw(st.lists(st.integers(0, len(case.log)), max_size=2, unique=True)):
        wrong = case.log[place] if place < len(case.log) else None
        instead = st.none() | entries
        if isinstance(wrong, Act):  # mostly a slip in what stands there, which is what may be legal
            slips = [Entry(wrong.trigger, wrong.at + late, note=note) for late in (timedelta(), HOUR) for note in NOTES]
            instead = st.sampled_from(slips) | st.sampled_from(slips) | instead
        changes[place] = draw(instead)
    missed = draw(st.lists(entries, max_size=0 if changes else 2))
    return changes, missed, max(*times, *known, OPENED) + draw(st.integers(-1, 100)) * HOUR


@st.composite
def cases(
    draw: st.DrawFn,
    workflow: Workflow | st.SearchStrategy[Workflow] | None = None,
    letter: Letter | st.SearchStrategy[Letter] = LETTER,
) -> Case:
    """Cases of a workflow, by default of any: legal steps, late entries, corrections and amendments.

    >>> from docflow.testing import cases
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from hypothesis import find
    >>> find(cases(INCOMING_EXTERNAL_LETTER), lambda case: case.state == "taken_over").state
    'taken_over'

    Attempts that are refused are drawn among them, and leave no trace. Both arguments may be strategies.
    """
    given = workflows() if workflow is None else workflow
    chosen = draw(given) if isinstance(given, st.SearchStrategy) else given
    about = draw(letter) if isinstance(letter, st.SearchStrategy) else letter
    about = draw(fitted(chosen, about))
    case = chosen.open(about, at=OPENED, by=entitled(chosen.may_open), note=draw(st.sampled_from(NOTES)))
    for _ in range(draw(st.integers(0, 8))):
        case = tried(draw, case)
    note(f"the log of {case!r}: {[*case.log]}")
    return case


def tried(draw: Draw, case: Case) -> Case:
    """The case after somebody has tried something with it."""
    try:
        if draw(st.integers(0, 4)) < 4:  # noqa: PLR2004 - one in five
            entry = draw(attempts(case))
            return case.apply(entry.trigger, **words_of(entry))
        changes, missed, recorded = draw(corrections(case))
        head = entitled(case.workflow.may_correct)
        if draw(st.integers(0, 2)) == 2:  # noqa: PLR2004 - one in three; of what no guard is likely to look at
            remark = draw(st.sampled_from(("by hand", "")))
            return case.amend(remark=remark, by=head, why="a slip of the pen", recorded=recorded)
        return case.correct(changes, missed=missed, by=head, why="a slip of the pen", recorded=recorded)
    except RefusedError:
        return case


def legal(case: Case, new: Process) -> bool:
    """Whether a case as known at each moment is legal by the lines of another table."""
    for record in case.log:
        known = case.as_recorded(local(written(record), UTC))
        states = [new.nowhere, *(step.state for step in known.history)] if known else []
        if known and any(
            after not in new.destinations(before, step.trigger)
            for step, (before, after) in zip(known.history, pairwise(states), strict=True)
        ):
            return False
    return True


def reachable(state: str, ways: dict[str, set[str]]) -> set[str]:
    """The states to which one leads, itself among them, where `ways` has the next ones of each."""
    found = {state}
    for _ in ways:
        found |= {onward for one in found for onward in ways[one]}
    return found
