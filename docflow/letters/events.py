"""Cases as rows of events, the shape that tables and process-mining files use, and back."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import frozen

from docflow.errors import LetterError, RefusedError
from docflow.instants import instant
from docflow.letters.amendments import Amendment
from docflow.letters.attributes import faults
from docflow.letters.case import Case, case_of, each_case
from docflow.letters.entries import Act, Correction, Entry, Refusal, called, said
from docflow.letters.history import Judge
from docflow.letters.letter import Letter, maybe_name, plain
from docflow.letters.process import Process
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docflow.letters.entries import Values, Written

__all__ = ["EventRow", "Replay", "events", "replay_events"]


class EventRow(NamedTuple):
    """One step of one case as a row; an activity is a trigger of the workflow.

    >>> from datetime import datetime
    >>> EventRow("8395/2562", "receive", datetime.fromisoformat("2019-10-01T09:00+07:00")).lifecycle
    'unknown'

    It is a tuple, and nothing in it is judged before `replay_events` reads it. In a stream of logs
    (`events(cases, log=True)`), `recorded` is what the record itself says, None when it says nothing. A correction or
    an amendment is a row there too, and `correction` holds it.
    """

    case: str
    """The letter's number."""
    activity: str
    happened: datetime
    recorded: datetime | None = None
    """When it was written down."""
    lifecycle: str = "unknown"
    """The XES lifecycle transition, such as "complete" or "suspend"."""
    actor: str | None = None
    role: str | None = None
    unit: str | None = None
    note: str = ""
    correction: Correction | Amendment | None = None
    acting_for: str | None = None
    """Whom a deputy acted for."""


ALL: Final = len(EventRow._fields)
ENOUGH: Final = ALL - 3
"""The fields of a row up to its unit. A stream may have a million rows; those that have these are read unchanged."""


@frozen
class Replay:
    """What `replay_events` read: the cases in order of first appearance, and why others were refused.

    >>> from datetime import datetime
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.letters import replay_events
    >>> nine = datetime.fromisoformat("2019-10-01T09:00+07:00")
    >>> replay = replay_events(INCOMING_EXTERNAL_LETTER, [("8395/2562", "receive", nine)])
    >>> len(replay.cases), len(replay.refused)
    (1, 0)
    """

    cases: tuple[Case, ...]
    refused: tuple[RefusedError, ...]


def events(cases: Iterable[Case], *, log: bool = False) -> Iterator[EventRow]:
    """Yield the steps of cases as rows, one case after the other, each in order of time.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine = datetime(2019, 10, 1, 9, tzinfo=timezone.utc)
    >>> (event,) = events([INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine, by="Somchai")])
    >>> event.case, event.activity, event.lifecycle, event.actor
    ('8395/2562', 'receive', 'complete', 'Somchai')

    A step is recorded when it was first known: when it happened if nothing else is said, but not before the records
    above it in the log. What was corrected is told as it is known now. With `log=True` the rows are the records of the
    log instead, in the order of writing, with what was wrong and what corrected it: all that `replay_events` needs to
    give the same cases back. Raises `TypeError` for one case alone, and for what is no case.
    """
    for case in each_case(cases):
        yield from (_written(case) if log else _happened(case))


def _happened(case: Case) -> Iterator[EventRow]:
    state = case.workflow.nowhere
    late = _late(case)
    for step in case.history:
        lifecycle = case.workflow.lifecycle(state, step.trigger, step.state)
        found = late.get((said(step), instant(step.at)))
        recorded = (found.popleft() if found else None) or step.recorded or step.at
        who = step.by, step.role, step.unit
        yield EventRow(
            case.number, step.trigger, step.at, recorded, lifecycle, *who, step.note, acting_for=step.acting_for
        )
        state = step.state


def _written(case: Case) -> Iterator[EventRow]:
    """In the order of writing nobody knows from where a step led, so its lifecycle is unknown."""
    for record in case.log:
        who, other = (record.by, record.role, record.unit), record.acting_for
        if isinstance(record, Act):
            yield EventRow(
                case.number, record.trigger, record.at, record.recorded, "unknown", *who, record.note, None, other
            )
        else:
            done = "correct" if isinstance(record, Correction) else "amend"
            yield EventRow(
                case.number, done, record.recorded, record.recorded, "unknown", *who, record.why, record, other
            )


def replay_events(
    workflow: Process, rows: Iterable[EventRow], letters: Iterable[Letter] = (), *, log: bool = False
) -> Replay:
    """Read cases from rows of events; the events of one case come in order of time.

    >>> from datetime import datetime
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine = datetime.fromisoformat("2019-10-01T09:00+07:00")
    >>> rows = [("8395/2562", "receive", nine), ("8395/2562", "hand_over", nine), ("8396/2562", "submit", nine)]
    >>> replay = replay_events(INCOMING_EXTERNAL_LETTER, rows)
    >>> print(replay.cases, replay.refused[0])
    (<Case 8395/2562 'taken_over', 2 steps>,) cannot submit 8396/2562: it is not received; from here: receive

    Rows may be plain tuples of the fields of an `EventRow`; those after the third may be left off at the end. `letters`
    are what is known of the letters; of one that is not among them only the number is known. A case that is not legal,
    or has a name with characters that nobody sees, is refused as a whole, and the others are read. A row that says it
    was written down before the row above it counts as written with that. With `log=True` the rows are records of logs,
    those of one case in the order of writing. Raises `LetterError` for what is no event of a case, for what is no
    letter and for two letters of one number; `NaiveDatetimeError` and `NotAMomentError`; and `TypeError` for what is no
    workflow, and for what is no text in a record of a log.
    """
    expect(workflow, Process, "workflow", "it first, then the rows")
    told: defaultdict[str, list[EventRow]] = defaultdict(list)
    cases, refused = [], []
    known, triggers, names = _by_number(letters), _Tidied(called), _Tidied(maybe_name)
    for given in rows:
        row = given if isinstance(given, tuple) and ENOUGH <= len(given) <= ALL else _whole(given)
        number = names[row[0]]
        if not number:
            raise LetterError(row[0], "is the number of no case; each event needs one")
        told[number].append(row)
    for number, of_one in told.items():
        try:
            if log:
                records = tuple(map(_record, of_one))
                told_of = (record.after for record in reversed(records) if isinstance(record, Amendment))
                letter = known.get(number) or next(told_of, None) or Letter(number=number)
                cases.append(Case(workflow, letter, records))
            else:
                letter = known.get(number) or Letter(number=number)
                judge = Judge(workflow, letter, case_of, retold=True, against=faults(workflow.attributes, letter))
                for row in of_one:
                    judge.take(*_values(row, triggers, names))
                cases.append(case_of(workflow, letter, tuple(judge.steps)))
        except RefusedError as error:
            refused.append(error)
        except LetterError as error:
            refused.append(RefusedError(number, "read", (Refusal("unreadable", str(error)),)))
    return Replay(tuple(cases), tuple(refused))


def _whole(given: object) -> EventRow:
    """An event with all its fields, of a row that leaves some off at its end."""
    if not isinstance(given, tuple | list):
        raise LetterError(given, "is no event; give an EventRow, or a tuple of its fields")
    try:
        return EventRow(*given)
    except TypeError:
        named = ", ".join(EventRow._fields)
        problem = f"is no event, for it has {len(given)} fields; give three of these or more: {named}"
        raise LetterError(given, problem) from None


def _by_number(letters: Iterable[Letter]) -> dict[str, Letter]:
    known: dict[str, Letter] = {}
    for letter in letters:
        if not isinstance(letter, Letter):
            raise LetterError(letter, "is no letter; give the letters themselves, which have their numbers")
        if known.setdefault(letter.number, letter) != letter:
            raise LetterError(letter.number, "is the number of two letters; give each letter once")
    return known


def _late(case: Case) -> dict[tuple[Values, int], deque[datetime | None]]:
    """When what does not say so was written, if later than it happened: with the records above it; by act, in order."""
    late: dict[tuple[Values, int], deque[datetime | None]] = {}
    struck = {record.corrects for record in case.log if isinstance(record, Correction)}
    above: datetime | None = None
    for place, record in enumerate(case.log):
        if record.recorded is not None:
            above = record.recorded
        if isinstance(record, Act) and place not in struck:
            then = above if record.recorded is None and above and instant(record.at) < instant(above) else None
            late.setdefault((said(record), instant(record.at)), deque()).append(then)
    return late


class _Tidied(dict[Any, Any]):
    """Texts as an entry tidies them, each tidied once: a stream repeats a few names many times."""

    def __init__(self, tidy: Callable[[Any], Any]) -> None:
        super().__init__()
        self.tidy = tidy

    def __missing__(self, given: Any) -> Any:  # noqa: ANN401 - whatever a row holds
        if not isinstance(given, str | None):
            raise LetterError(given, "is no text; write it as text")
        self[given] = made = self.tidy(given)
        return made


def _values(row: Any, triggers: _Tidied, names: _Tidied) -> Values:  # noqa: ANN401 - nobody has looked at it yet
    """What a row says, in the order of an act's fields."""
    note: Any = ""
    other: Any = None
    if len(row) == ALL:  # a slice of all its fields is a plain tuple, which is quickly taken apart
        _, activity, happened, recorded, _, actor, role, unit, note, _, other = row[:]
    else:
        _, activity, happened, recorded, _, actor, role, unit = row[:ENOUGH]
        note = row[ENOUGH] if len(row) > ENOUGH else ""
    if recorded is happened or (  # nearly always, and quickly said
        isinstance(recorded, datetime) and recorded == happened and recorded.fold == happened.fold
    ):
        recorded = None
    if note:
        if not isinstance(note, str):
            raise LetterError(note, "is no text; write it as text")
        note = plain(note)
    other = None if other is None else names[other]
    return triggers[activity], happened, names[actor], names[unit], recorded, names[role], note or "", other


def _record(row: EventRow) -> Written:
    event = EventRow(*row)
    values = event.activity, event.happened, event.actor, event.unit, event.recorded, event.role, event.note
    return event.correction or Entry(*values, event.acting_for)
