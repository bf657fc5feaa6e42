"""Objects and events as OCEL 2.0 has them: an event is related to any number of objects, of whatever types."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import field, frozen

from docflow.errors import FileError
from docflow.files.faults import Fault
from docflow.files.histories import PlacedRow, Said
from docflow.files.log_columns import OF_THE_CASE, XES
from docflow.files.log_values import common_kind, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docflow.files.histories import Histories
    from docflow.files.log_values import Kind, Plain
    from docflow.files.traces import Trace

__all__ = ["BEGINNING", "Change", "Object", "ObjectEvent", "ObjectLog", "Relation", "Written"]

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""From when on an attribute has a value that never changed, as the standard writes it."""


@frozen
class Change:
    """The value of an attribute of an object, from a time on."""

    name: str
    text: str
    kind: Kind
    since: str


@frozen
class Relation:
    """An object that an event is related to, and how."""

    object: str
    qualifier: str


@frozen
class Object:
    """An object with its type, and the values that its attributes had."""

    id: str
    type: str
    changes: Sequence[Change] = ()


@frozen
class ObjectEvent:
    """An event with its type, its time and attributes as they are written, and the objects that it is related to."""

    id: str
    type: str
    time: str
    attributes: Mapping[str, str] = field(factory=dict)
    relations: Sequence[Relation] = ()


T = TypeVar("T", Object, ObjectEvent)


@frozen
class ObjectLog:
    """All of a file, in its order."""

    path: str
    types: Sequence[str]
    """Those that are declared; of some there may be no object."""
    objects: Sequence[Object]
    events: Sequence[ObjectEvent]

    def tell(self, of: str, histories: Histories) -> None:
        """Take the objects of a type in, each with the events that it is related to. Raises `FileError` for no type.

        Of two objects of one name the first counts, and of two events; the other is a fault.
        """
        types = dict.fromkeys((*self.types, *(one.type for one in self.objects)))
        if of not in types:
            known = ", ".join(types) or "nothing"
            raise FileError(self.path, f"has no objects of the type {of!r}; it has {known}; name one of them")
        objects, others = _first(self.objects)
        meant = {called: one for called, one in objects.items() if one.type == of}
        for number in meant:
            histories.open(number)
        columns = histories.columns
        who = {columns.unit, columns.person}
        _, again = _first(self.events)
        for n, event in enumerate(self.events, 1):
            if n in again:
                continue
            named = {one.qualifier: one.object for one in reversed(event.relations) if one.qualifier in who}
            cells = {**named, **event.attributes, columns.activity: event.type, columns.time: event.time}
            for number in dict.fromkeys(relation.object for relation in event.relations):
                row = PlacedRow(n, cells | {columns.case: number}, place=f"event {event.id}")
                if number in meant:
                    histories.take(row)
                elif number not in objects:
                    reason = "is related to the event, and the file has no such object; add it, or leave it out"
                    histories.notes.append(row.fault_at(columns.case, "unknown", reason))
        histories.faults += [_twice(n, columns.case, one.id, "object") for n, one in others.items()]
        histories.faults += [_twice(n, columns.activity, one.id, "event") for n, one in again.items()]
        for n, one in enumerate(meant.values(), 1):
            for change in _latest(one.changes):
                column = OF_THE_CASE + change.name
                row = PlacedRow(n, {column: change.text}, place=f"object {one.id}")
                histories.describe(row, one.id, Said(change.name, change.text, change.kind, column))


def _first(given: Sequence[T]) -> tuple[dict[str, T], dict[int, T]]:
    """The first of each name, and those of a name that came before, by their place."""
    first: dict[str, T] = {}
    again = {n: one for n, one in enumerate(given, 1) if first.setdefault(one.id, one) is not one}
    return first, again


def _twice(n: int, column: str, called: str, what: str) -> Fault:
    reason = f"is the name of an {what} above too, which counts; rename one of them"
    return Fault(n, column, "duplicate", f"{reason} ({what} {called})", called)


def _latest(changes: Sequence[Change]) -> Sequence[Change]:
    """The last value of each attribute."""
    found: dict[str, tuple[datetime, Change]] = {}
    for change in changes:
        since = _since(change.since)
        if change.name not in found or found[change.name][0] <= since:
            found[change.name] = since, change
    return [change for _, change in found.values()]


def _since(text: str) -> datetime:
    try:
        since = value_of(text, datetime, UTC)
    except ValueError:
        return BEGINNING
    return since if isinstance(since, datetime) else BEGINNING


@frozen
class WrittenEvent:
    """An event to be written, and the object that it is related to."""

    id: str
    type: str
    at: datetime
    of: str
    attributes: dict[str, Plain]


@frozen
class Written:
    """What is to be written: the objects of one type, their events, and the kinds of the attributes of each."""

    of: str
    traces: Sequence[Trace]
    events: Sequence[WrittenEvent]
    kinds: Mapping[str, Kind]
    event_kinds: Mapping[str, Mapping[str, Kind]]

    @classmethod
    def of_traces(cls, of: str, traces: Sequence[Trace]) -> Written:
        """Traces as objects of a type and their events, which are numbered in the order of the traces."""
        events: list[WrittenEvent] = []
        for trace in traces:
            for told in trace.events:
                said = {key: value for key, value in told.items() if key not in (XES.activity, XES.time)}
                kind, at = told[XES.activity], told[XES.time]
                events.append(WrittenEvent(f"e{len(events) + 1}", str(kind), at, trace.number, said))  # type: ignore[arg-type]
        by_type: dict[str, list[dict[str, Plain]]] = {}
        for event in events:
            by_type.setdefault(event.type, []).append(event.attributes)
        event_kinds = {name: _kinds(some) for name, some in by_type.items()}
        return cls(of, traces, events, _kinds([trace.attributes for trace in traces]), event_kinds)


def _kinds(given: Sequence[Mapping[str, Plain]]) -> dict[str, Kind]:
    """The kind of each attribute."""
    values: dict[str, list[Plain]] = {}
    for one in given:
        for name, value in one.items():
            values.setdefault(name, []).append(value)
    return {name: common_kind(some) for name, some in values.items()}
