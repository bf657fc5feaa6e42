"""Moving cases that are under way to a new version of their workflow: all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from attrs import frozen

from docflow.errors import MigrationError, RefusedError
from docflow.instants import instant
from docflow.letters.case import Case, case_of, each_case
from docflow.letters.entries import Act, Correction, Refusal
from docflow.letters.log import Chronicle
from docflow.letters.process import Process
from docflow.letters.writing import groups
from docflow.safe import visible
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.letters.entries import Step, Written

__all__ = ["Stuck", "migrate"]


@frozen
class Stuck:
    """A letter that cannot move to another version, and the record that does not fit there; `MigrationError` lists it.

    >>> from datetime import datetime, timezone
    >>> from docflow.letters import Refusal, Step
    >>> step = Step("submit", datetime(2020, 1, 2, tzinfo=timezone.utc), state="submitted")
    >>> print(Stuck("1/2563", step, (Refusal("wrong state", "it is registered"),)))
    1/2563 (submit at 2020-01-02 00:00:00+00:00: it is registered)
    """

    number: str
    """The letter's number."""
    step: Written
    """The first record of its log that the new version refuses, or takes in another order."""
    refusals: tuple[Refusal, ...]

    def __str__(self) -> str:
        if isinstance(self.step, Act):
            done, at = self.step.trigger, self.step.at
        else:
            done, at = "correct" if isinstance(self.step, Correction) else "amend", self.step.recorded
        return visible(f"{self.number} ({done} at {at}: {'; '.join(map(str, self.refusals))})")


def migrate(cases: Iterable[Case], new: Process) -> tuple[Case, ...]:
    """The same cases in a new version of their workflow, each log replayed there from its receipt on.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter, Transition, Workflow
    >>> old = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")])
    >>> new = Workflow("loan", version=2, initial="out", transitions=[
    ...     Transition("remind", "out", "out"), Transition("return", "out", "back"),
    ... ])
    >>> case = old.open(Letter(number="1/2563"), at=datetime(2020, 1, 2, tzinfo=timezone.utc))
    >>> migrate([case], new)[0].allowed()
    ('remind', 'return')

    Either all cases move, or none does, and `MigrationError` lists every letter that cannot (`Stuck`). Raises
    `TypeError` for one case alone, and for what is no case or no workflow.
    """
    expect(new, Process, "workflow", "the new definition as the second")
    moved, stuck = [], []
    for case in each_case(cases):
        try:
            there = Case(new, case.letter, case.log)
        except RefusedError as error:
            record = cast("Written", error.record)  # only what has no receipt is refused without one
            stuck.append(Stuck(case.number, record, tuple(error.refusals)))
            continue
        astray = _astray(case, new)
        if astray is None:
            moved.append(there)
        else:
            stuck.append(Stuck(case.number, astray, (Refusal("wrong state", "it would come in another order"),)))
    if stuck:
        raise MigrationError(new.name, new.version, tuple(stuck))
    return tuple(moved)


def _astray(case: Case, new: Process) -> Step | None:
    """The first step that another table takes in another order; it may where several bear one stamp.

    Both are told record by record, and looked at where a record changes them.
    """
    old, there = (Chronicle(process, case.received, case_of) for process in (case.workflow, new))
    for group in groups(case.log):
        told = old.write(group), there.write(group)
        both = slice(min(each.start for each in told), max(each.stop for each in told))
        for step, moved in zip(old.history[both], there.history[both], strict=True):
            if (step.trigger, instant(step.at)) != (moved.trigger, instant(moved.at)):
                return step
    return None
