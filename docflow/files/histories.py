"""Histories: the rows of a log, of whatever file, put together case by case; what cannot be read is told."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, frozen

from docflow.errors import DateTextError
from docflow.files.log_columns import RECORDED, STATE, WANTED
from docflow.files.log_values import value_of
from docflow.files.table import Row
from docflow.files.written_times import read_time
from docflow.instants import instant
from docflow.iso import parse_iso
from docflow.kpi import Event, Record
from docflow.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from docflow.files.faults import Fault
    from docflow.files.log_columns import LogColumns
    from docflow.files.log_values import Kind
    from docflow.instants import Zone

__all__ = ["EventLog", "Histories", "PlacedRow", "Said"]


@frozen
class EventLog:
    """The records of a log, one a case in order of first appearance, and the faults of rows that could not be read.

    >>> from docflow.files import read_event_log
    >>> log = read_event_log("tests/golden/receipt-log.csv")
    >>> log.records[0].number, len(log.records), log.events, log.faults
    ('case-10011', 205, 1236, ())
    """

    records: tuple[Record, ...]
    """One a case; what its columns say of the case are its attributes."""
    faults: tuple[Fault, ...]
    """What keeps an event out of the records."""
    events: int
    """How many events the records hold."""
    notes: tuple[Fault, ...] = ()
    """Columns that hold something and are not read, each told once, and cells left out or read with a doubt."""


@frozen
class PlacedRow(Row):
    """An event of a file without rows: `number` counts its events, and `place` says where it stands there."""

    place: str = field(default="", kw_only=True)

    def fault_at(self, column: str, kind: str, reason: Text | str) -> Fault:
        """What is wrong with something that the event says, or does not say."""
        th, en = (f"{words} ({self.place})" for words in (text(reason).th, text(reason).en))
        return super().fault_at(column, kind, Text(th, en) if isinstance(reason, Text) else en)


@frozen
class Said:
    """An attribute of a case as it is written: its name, its text, the kind, and the column in which it stands."""

    name: str
    text: str
    kind: Kind
    column: str


@define
class Histories:
    """The events and attributes that are read so far, by case."""

    columns: LogColumns
    zone: Zone | None
    kinds: Mapping[str, Kind]
    notes: list[Fault] = field(factory=list)
    events: dict[str, list[Event]] = field(factory=dict)
    attributes: dict[str, dict[str, tuple[str, Any]]] = field(factory=dict)
    """The text and the value of each; None where it cannot be read."""
    faults: list[Fault] = field(factory=list)
    cut: bool = False
    """Whether it is told that a time was cut off."""

    def open(self, number: str) -> None:
        """Take a case in that may have no event."""
        self.events.setdefault(number, [])

    def take(self, row: Row) -> bool:
        """Take an event in; false, and a fault more, when it cannot be read."""
        empty = next((column for column in self.columns.filled if not row.cells.get(column, "").strip()), None)
        if empty is not None:
            also = "" if self.columns.lifecycle is None else ", and whether the row starts it"
            return self._fault(row, empty, f"is empty; an event needs a case and an activity{also}")
        activity, unit, by = (
            row.cells[self.columns.activity],
            *map(row.cells.get, (self.columns.unit, self.columns.person)),
        )
        found: list[Event] = []
        for column, state in self._states(row):
            try:
                at, recorded = self._moment(row, column), None
                if row.cells.get(RECORDED):
                    column = RECORDED  # noqa: PLW2901 - what is wrong is told there
                    recorded = self._moment(row, column)
            except DateTextError as error:
                return self._fault(row, column, error.problem)
            named = (None if who is None or not who.strip() else intern(who) for who in (unit, by))
            event = Event(intern(state), at, next(named), trigger=intern(activity), by=next(named), recorded=recorded)
            found.append(event)
        if instant(found[-1].at) < instant(found[0].at):
            return self._fault(
                row, self.columns.time, f"is before its start in {self.columns.start}; correct one of them", "reversed"
            )
        self.events.setdefault(row.cells[self.columns.case], []).extend(found)
        return True

    def describe(self, row: Row, number: str, said: Said) -> None:
        """Take an attribute of a case in; what cannot be read is noted and left out, and the first counts."""
        held = self.attributes.setdefault(number, {})
        if said.name in held:
            if held[said.name][0] != said.text:
                reason = "is told otherwise above of the same case, which counts; correct one of them"
                self._note(row, number, said.column, reason, "doubtful")
            return
        value = None
        try:
            value = parse_iso(said.text, self.zone) if said.name == WANTED else self._value(said)
        except DateTextError as error:
            self._note(row, number, said.column, error.problem)
        except ValueError as error:
            self._note(row, number, said.column, str(error))
        held[said.name] = said.text, value

    def _value(self, said: Said) -> Any:  # noqa: ANN401 - of the kind that is declared
        return value_of(said.text, self.kinds.get(said.name, said.kind), self.zone)

    def log(self) -> EventLog:
        """All that was read."""
        records = tuple(self._records())
        return EventLog(records, tuple(self.faults), sum(len(one.history) for one in records), tuple(self.notes))

    def _records(self) -> Iterator[Record]:
        for number, events in self.events.items():
            held = self.attributes.get(number)
            if held is None:
                yield Record(number, events)
                continue
            told = {name: value for name, (_, value) in held.items() if value is not None}
            wanted = told.pop(WANTED, None)
            yield Record(number, events, wanted_by=wanted, attributes=told)

    def _fault(self, row: Row, column: str, reason: str, kind: str = "unreadable") -> bool:
        self.faults.append(evolve(row.fault_at(column, kind, reason), number=self._number(row)))
        return False

    def _note(self, row: Row, number: str | None, column: str, reason: str, kind: str = "unreadable") -> None:
        self.notes.append(evolve(row.fault_at(column, kind, reason), number=number))

    def _number(self, row: Row) -> str | None:
        """The case of an event, as its cell names it; None when that is empty."""
        case = row.cells.get(self.columns.case, "")
        return case if case.strip() else None

    def _states(self, row: Row) -> Iterator[tuple[str, str]]:
        """The columns of a row that hold moments, each with the state that was reached then."""
        activity, named = row.cells[self.columns.activity], self.columns
        if named.start is not None and row.cells.get(named.start):
            yield named.start, f"{activity}+start"
        if named.start is not None:
            yield named.time, f"{activity}+complete"
        elif row.cells.get(STATE, "").strip():
            yield named.time, row.cells[STATE]
        elif named.lifecycle is not None:
            yield named.time, f"{activity}+{row.cells[named.lifecycle].lower()}"
        else:
            yield named.time, activity

    def _moment(self, row: Row, column: str) -> datetime:
        text = row.cells.get(column, "")
        at, cut = read_time(text, self.zone)
        if cut and not self.cut:
            self.cut = True
            reason = "is finer than a microsecond; what is finer is cut off, here and in the rows below"
            self._note(row, self._number(row), column, reason, "doubtful")
        return at
