"""Events: cases as a flat stream of rows, the shape that tables and process-mining files use, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from docflow.errors import RefusedError
from docflow.letters.case import Case
from docflow.letters.collector import collector_at_rest
from docflow.letters.history import walk
from docflow.letters.letter import Letter
from docflow.letters.steps import Act, Correction, row_of, since

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, timedelta

    from docflow.letters.steps import Row
    from docflow.letters.workflow import Workflow

__all__ = ["Event", "Replay", "events", "replay_events"]


class Event(NamedTuple):
    """One step of one case as a row: an activity is a trigger of the workflow."""

    case: str
    activity: str
    happened: datetime
    recorded: datetime
    lifecycle: str
    actor: str | None
    role: str | None
    unit: str | None


@frozen
class Replay:
    """What a stream of events told: the cases in order of first appearance, and why the others could not be read."""

    cases: tuple[Case, ...]
    refused: tuple[RefusedError, ...]


def events(cases: Iterable[Case]) -> Iterator[Event]:
    """The steps of cases as rows: each case in order of time, one case after the other.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine = datetime(2019, 10, 1, 9, tzinfo=timezone.utc)
    >>> (event,) = events([INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine, by="Somchai")])
    >>> event.case, event.activity, event.lifecycle, event.actor
    ('8395/2562', 'receive', 'complete', 'Somchai')

    A step is recorded when it was first known: when it happened if nothing else is said, but not before the records
    above it in the log. What was corrected is told as it is known now; the log, with what was wrong, stays with the
    case.
    """
    for case in cases:
        state = case.workflow.nowhere
        late = _late(case)
        for step in case.history:
            lifecycle = case.workflow.lifecycle(state, step.trigger)
            found = late.get((row_of(step), since(step.at)))
            recorded = (found.pop(0) if found else None) or step.recorded or step.at
            yield Event(case.number, step.trigger, step.at, recorded, lifecycle, step.by, step.role, step.unit)
            state = step.state


def replay_events(workflow: Workflow, rows: Iterable[Event], letters: Mapping[str, Letter] | None = None) -> Replay:
    """The cases that a stream of events tells, looked up in the table; those of one case in order of time.

    Rows may be plain tuples of an event's fields. `letters` has the letters by number; of one that it lacks only the
    number is known. A case that is not legal is refused as a whole, and the others are read. A row that says it was
    written down before the row above it counts as written with that. Raises `NaiveDatetimeError`.
    """
    told: dict[str, list[Event]] = {}
    cases, refused = [], []
    with collector_at_rest():
        for row in rows:
            number = row[0]
            if number in told:
                told[number].append(row)
            else:
                told[number] = [row]
        for number, of_one in told.items():
            letter = letters[number] if letters and number in letters else Letter(number=number)
            try:
                steps = tuple(walk(workflow, letter, _rows(of_one), told=True))
            except RefusedError as error:
                refused.append(error)
            else:
                cases.append(Case(workflow, letter, steps, steps))
    return Replay(tuple(cases), tuple(refused))


def _late(case: Case) -> dict[tuple[Row, timedelta], list[datetime | None]]:
    """When what does not say so was written, if later than it happened: with the records above it; by act, in order."""
    late: dict[tuple[Row, timedelta], list[datetime | None]] = {}
    struck = {record.corrects for record in case.log if isinstance(record, Correction)}
    above: datetime | None = None
    for place, record in enumerate(case.log):
        if record.recorded is not None:
            above = record.recorded
        if isinstance(record, Act) and place not in struck:
            then = above if record.recorded is None and above and since(record.at) < since(above) else None
            late.setdefault((row_of(record), since(record.at)), []).append(then)
    return late


def _rows(events: Iterable[Event]) -> Iterator[Row]:
    for _, activity, happened, recorded, _, actor, role, unit in events:
        at_once = recorded == happened and recorded.fold == happened.fold
        yield activity, happened, actor, unit, None if at_once else recorded, role, ""
