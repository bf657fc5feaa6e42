"""OCEL 2.0 as JSON: read whole and checked piece by piece, or written."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

from docflow.errors import FileError
from docflow.files.log_values import in_kind, stamp, written
from docflow.files.objects import BEGINNING, Change, Object, ObjectEvent, ObjectLog, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import BinaryIO

    from docflow.files.log_values import Kind
    from docflow.files.objects import Written

__all__ = ["read_json", "write_json"]

KINDS: Final[Mapping[str, Kind]] = {
    "string": str, "time": datetime, "date": datetime, "timestamp": datetime, "integer": int, "int": int,
    "float": float, "double": float, "boolean": bool, "bool": bool,
}  # fmt: skip
"""The kinds of the standard, and what other programs call them."""
NAMES: Final[Mapping[Kind, str]] = {str: "string", datetime: "time", int: "integer", float: "float", bool: "boolean"}


def read_json(path: str, data: bytes) -> ObjectLog:
    """The objects and events of a file. Raises `FileError` for what is no JSON, and no OCEL 2.0."""
    try:
        found = json.loads(data, parse_constant=_refuse)
    except RecursionError:
        raise FileError(path, "has lists in lists without end, which no log has; export it again") from None
    except ValueError as error:
        raise FileError(path, f"is no whole JSON ({error}); get it once more, or export it again") from None
    return _Reading(path).log(found)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


class _Reading:
    """The one place that says where in a file something is missing."""

    def __init__(self, path: str) -> None:
        self.path = path

    def log(self, found: Any) -> ObjectLog:  # noqa: ANN401 - whatever a file holds
        types = self.items(found, "objectTypes", "the log")
        kinds = {self.text(one, "name", "an object type"): self.kinds(one) for one in types}
        objects = [self.object(one, kinds) for one in self.items(found, "objects", "the log")]
        return ObjectLog(
            self.path, list(kinds), objects, [self.event(one) for one in self.items(found, "events", "the log")]
        )

    def kinds(self, found: Any) -> dict[str, Kind]:  # noqa: ANN401 - the same
        where = "an object type"
        attributes = self.items(found, "attributes", where, optional=True)
        return {self.text(one, "name", where): KINDS.get(str(one.get("type")).lower(), str) for one in attributes}

    def object(self, found: Any, kinds: Mapping[str, Mapping[str, Kind]]) -> Object:  # noqa: ANN401 - the same
        called = self.text(found, "id", "an object")
        where, of = f"the object {called}", self.text(found, "type", f"the object {called}")
        changes = []
        for one in self.items(found, "attributes", where, optional=True):
            name = self.text(one, "name", where)
            if one.get("value") is not None:
                kind = kinds.get(of, {}).get(name, str)
                changes.append(Change(name, _said(one["value"]), kind, str(one.get("time", ""))))
        return Object(called, of, changes)

    def event(self, found: Any) -> ObjectEvent:  # noqa: ANN401 - the same
        called = self.text(found, "id", "an event")
        where = f"the event {called}"
        attributes = {
            self.text(one, "name", where): _said(one["value"])
            for one in self.items(found, "attributes", where, optional=True)
            if one.get("value") is not None
        }
        relations = [
            Relation(self.text(one, "objectId", where), str(one.get("qualifier", "")))
            for one in self.items(found, "relationships", where, optional=True)
        ]
        of, time = self.text(found, "type", where), self.text(found, "time", where)
        return ObjectEvent(called, of, time, attributes, relations)

    def items(self, found: Any, key: str, where: str, *, optional: bool = False) -> list[dict[str, Any]]:  # noqa: ANN401
        """The items of a list."""
        items = found.get(key, [] if optional else None) if isinstance(found, dict) else None
        if items is None and optional:
            return []
        if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
            raise FileError(self.path, f"is no OCEL 2.0: {where} has no list of {key}; name a log of objects")
        return items

    def text(self, found: dict[str, Any], key: str, where: str) -> str:
        """A text; a number that stands for a name is taken as it is written."""
        text = found.get(key)
        if isinstance(text, bool) or not isinstance(text, str | int):
            raise FileError(self.path, f"is no OCEL 2.0: {where} has no {key}; name a log of objects")
        return str(text)


def _said(value: Any) -> str:  # noqa: ANN401 - whatever a file holds
    return written(value) if isinstance(value, str | int | float) else json.dumps(value)


def write_json(file: BinaryIO, log: Written) -> None:
    """Write objects of one type and their events."""
    since = stamp(BEGINNING)
    objects = (
        {
            "id": trace.number,
            "type": log.of,
            "attributes": [
                {"name": name, "time": since, "value": in_kind(value, log.kinds[name])}
                for name, value in trace.attributes.items()
            ],
            "relationships": [],
        }
        for trace in log.traces
    )
    events = (
        {
            "id": event.id,
            "type": event.type,
            "time": stamp(event.at),
            "attributes": [
                {"name": name, "value": in_kind(value, log.event_kinds[event.type][name])}
                for name, value in event.attributes.items()
            ],
            "relationships": [{"objectId": event.of, "qualifier": log.of}],
        }
        for event in log.events
    )
    types = [{"name": log.of, "attributes": _declared(log.kinds)}]
    event_types = [{"name": name, "attributes": _declared(kinds)} for name, kinds in log.event_kinds.items()]
    parts = {"objectTypes": types, "eventTypes": event_types, "objects": objects, "events": events}
    file.write(("{\n" + ",\n".join(f'"{name}": [{_lines(items)}]' for name, items in parts.items()) + "\n}\n").encode())


def _lines(items: Iterable[object]) -> str:
    """Items of a list, each on a line of its own."""
    return "".join(f"{',' * bool(n)}\n{json.dumps(item, ensure_ascii=False)}" for n, item in enumerate(items))


def _declared(kinds: Mapping[str, Kind]) -> Sequence[Mapping[str, str]]:
    return [{"name": name, "type": NAMES.get(kind, "string")} for name, kind in kinds.items()]
