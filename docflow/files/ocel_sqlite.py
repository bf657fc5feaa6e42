"""OCEL 2.0 as a database of SQLite: only its tables are read, nothing in it is run; or written."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from docflow.errors import FileError
from docflow.files.log_values import in_kind, stamp
from docflow.files.objects import BEGINNING, Change, Object, ObjectEvent, ObjectLog, Relation
from docflow.files.opened import CELL, FREE, Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from docflow.files.log_values import Kind, Plain
    from docflow.files.objects import Written

__all__ = ["HEADER", "read_sqlite", "write_sqlite"]

LONGEST: Final = 2**24
"""The bytes of one cell, at most: 16 MiB."""
HEADER: Final = b"SQLite format 3\0"
ID, TIME, CHANGED = "ocel_id", "ocel_time", "ocel_changed_field"
KINDS: Final[Mapping[str, Kind]] = {
    "TEXT": str, "TIMESTAMP": datetime, "DATETIME": datetime, "INTEGER": int, "BIGINT": int, "REAL": float,
    "FLOAT": float, "DOUBLE": float, "BOOLEAN": bool,
}  # fmt: skip
"""The kinds of the standard, and what other programs call them."""
NAMES: Final[Mapping[Kind, str]] = {str: "TEXT", datetime: "TIMESTAMP", int: "INTEGER", float: "REAL", bool: "BOOLEAN"}
TABLES: Final = {
    "event_map_type": ("ocel_type", "ocel_type_map"),
    "object_map_type": ("ocel_type", "ocel_type_map"),
    "event": (ID, "ocel_type"),
    "object": (ID, "ocel_type"),
    "event_object": ("ocel_event_id", "ocel_object_id", "ocel_qualifier"),
    "object_object": ("ocel_source_id", "ocel_target_id", "ocel_qualifier"),
}
SCHEMA: Final = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type (ocel_type));
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (
    ocel_event_id TEXT REFERENCES event (ocel_id), ocel_object_id TEXT REFERENCES object (ocel_id),
    ocel_qualifier TEXT, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
    ocel_source_id TEXT REFERENCES object (ocel_id), ocel_target_id TEXT REFERENCES object (ocel_id),
    ocel_qualifier TEXT, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""
"""The tables of the standard, with the keys that it asks for."""
JOURNALS: Final = ("-wal", "-journal")
"""What a writer leaves beside a database until all is in it."""
_PLAIN: Final = re.compile("[^0-9A-Za-z]")


def read_sqlite(path: Path) -> ObjectLog:
    """The objects and events of a database, which is opened to be read and never changed.

    Raises `FileError` for a database that is damaged, that another program is writing, that says more than its size
    allows (cells that all rows share by default, or rows that are computed), or that is no OCEL 2.0.
    """
    target = path.resolve()  # what a link leads to, beside which its journals lie
    for log in (target.with_name(target.name + ending) for ending in JOURNALS):
        if log.exists() and log.stat().st_size:
            problem = f"is still being written, for {log.name} is not empty; close the program that does"
            raise FileError(str(path), problem)
    try:
        with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            most = max(FREE, CELL * target.stat().st_size)
            return _Reading(str(path), base, Measure(str(path), most)).log()
    except sqlite3.Error as error:
        raise FileError(str(path), f"cannot be read as SQLite ({error}); get it once more") from None


class _Reading:
    def __init__(self, path: str, base: sqlite3.Connection, measure: Measure) -> None:
        self.path, self.base, self.measure = path, base, measure
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA cell_size_check = ON")
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)  # a column may be computed, and fill a memory
        kept = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
        self.tables = {str(name).lower() for (name,) in kept}  # no view and no virtual table, which would run something

    def log(self) -> ObjectLog:
        types = self.pairs("object_map_type")
        objects, events = list(self.rows("object")), list(self.rows("event"))
        changes: dict[str, list[Change]] = {}
        for table in self._tables("object", (of for _, of in objects)):
            self._changes(table, changes)
        named = self._tables("event", (of for _, of in events))
        times = {row.get(ID, ""): row for table in named for row in self.whole(table)}
        relations: dict[str, list[Relation]] = {}
        for event, thing, qualifier in self.rows("event_object"):
            relations.setdefault(event, []).append(Relation(thing, qualifier))
        return ObjectLog(
            self.path,
            list(types),
            [Object(called, of, changes.get(called, [])) for called, of in objects],
            [_event(called, of, times.get(called, {}), relations.get(called, [])) for called, of in events],
        )

    def _changes(self, table: str, changes: dict[str, list[Change]]) -> None:
        kinds = self.kinds(table)
        for row in self.whole(table):
            changed = row.get(CHANGED)
            for name, text in row.items():
                if name not in (ID, TIME, CHANGED) and changed in (None, "", name):
                    change = Change(name, text, kinds.get(name, str), row.get(TIME, ""))
                    changes.setdefault(row.get(ID, ""), []).append(change)

    def _tables(self, what: str, types: Iterable[str]) -> Iterator[str]:
        """The tables of the types that there are."""
        named = self.pairs(f"{what}_map_type")
        for of in dict.fromkeys(types):
            if of not in named:
                raise FileError(self.path, f"is no OCEL 2.0: no table is named for the type {of!r}; export it again")
            yield f"{what}_{named[of]}"

    def pairs(self, table: str) -> dict[str, str]:
        """What the first column of a table of the standard says of the second."""
        return {first: second for first, second, *_ in self.rows(table)}

    def rows(self, table: str) -> Iterator[tuple[str, ...]]:
        """The rows of a table of the standard, each with its columns in the standard's order."""
        columns = TABLES[table]
        for row in self.whole(table, *columns):
            yield tuple(row.get(column, "") for column in columns)

    def whole(self, table: str, *columns: str) -> Iterator[dict[str, str]]:
        """The rows of a table as texts by column, without what is empty."""
        if table.lower() not in self.tables:
            raise FileError(self.path, f"is no OCEL 2.0: it has no table {table!r}; name a log of objects")
        if any(hidden for *_, hidden in self.base.execute(f"PRAGMA table_xinfo({_quoted(table)})")):
            raise FileError(self.path, f"computes columns of its table {table!r}, as no log does; export it again")
        found = self.base.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 - a name, quoted
        names = [name for name, *_ in found.description]
        lacking = next((column for column in columns if column not in names), None)
        if lacking is not None:
            raise FileError(
                self.path, f"is no OCEL 2.0: its table {table!r} has no column {lacking!r}; name a log of objects"
            )
        for row in found:
            cells = {name: self.text(value, table) for name, value in zip(names, row, strict=True) if value is not None}
            self.measure.add(sum(map(len, cells.values())), 1 + len(cells))
            yield cells

    def kinds(self, table: str) -> dict[str, Kind]:
        """The kinds of the columns of a table."""
        found = self.base.execute(f"PRAGMA table_info({_quoted(table)})")
        return {name: KINDS.get(str(kind).upper(), str) for _, name, kind, *_ in found}

    def text(self, value: Any, table: str) -> str:  # noqa: ANN401 - whatever a database holds
        """A value as text."""
        if isinstance(value, bytes):
            raise FileError(self.path, f"holds bytes in its table {table!r}, where text should be; export it again")
        return str(value)


def _event(called: str, of: str, row: Mapping[str, str], relations: Sequence[Relation]) -> ObjectEvent:
    attributes = {name: text for name, text in row.items() if name not in (ID, TIME)}
    return ObjectEvent(called, of, row.get(TIME, ""), attributes, relations)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def write_sqlite(path: str, file: BinaryIO, log: Written) -> None:
    """Write objects of one type and their events. Raises `FileError` for names that a database cannot tell apart."""
    with closing(sqlite3.connect(":memory:")) as base:
        try:
            _fill(base, log)
        except (sqlite3.Error, ValueError) as error:  # the second for a name with a NUL
            way = "rename the attributes, or write JSON"
            raise FileError(path, f"cannot be written as SQLite ({error}); {way}") from None
        base.commit()
        file.write(base.serialize())


def _fill(base: sqlite3.Connection, log: Written) -> None:
    base.executescript(SCHEMA)
    maps = _maps([log.of]), _maps(log.event_kinds)
    for what, some in zip(("object", "event"), maps, strict=True):
        _insert(base, f"{what}_map_type", some.items())
    _create(base, f"object_{maps[0][log.of]}", log.kinds, changed=True)
    _insert(base, "object", ((trace.number, log.of) for trace in log.traces))
    for trace in log.traces:
        said = [_value(trace.attributes.get(name), kind) for name, kind in log.kinds.items()]
        since = f"{BEGINNING:%Y-%m-%d %H:%M:%S}"
        _insert(base, f"object_{maps[0][log.of]}", [(trace.number, since, None, *said)])
    for of, kinds in log.event_kinds.items():
        _create(base, f"event_{maps[1][of]}", kinds, changed=False)
    for event in log.events:
        said = [_value(event.attributes.get(name), kind) for name, kind in log.event_kinds[event.type].items()]
        _insert(base, "event", [(event.id, event.type)])
        _insert(base, "event_object", [(event.id, event.of, log.of)])
        _insert(base, f"event_{maps[1][event.type]}", [(event.id, stamp(event.at), *said)])


def _maps(types: Iterable[str]) -> dict[str, str]:
    """Names of tables for types, in plain letters; to a database large and small letters are the same."""
    found: dict[str, str] = {}
    taken: set[str] = {"map_type", "object"}
    for n, of in enumerate(types, 1):
        name = _PLAIN.sub("", of) or f"type{n}"
        name = name if name.lower() not in taken else f"{name}_{n}"
        taken.add(name.lower())
        found[of] = name
    return found


def _create(base: sqlite3.Connection, table: str, kinds: Mapping[str, Kind], *, changed: bool) -> None:
    own = [f"{ID} TEXT REFERENCES object ({ID})", f"{TIME} TIMESTAMP", f"{CHANGED} TEXT"]
    if not changed:
        own = [f"{ID} TEXT PRIMARY KEY REFERENCES event ({ID})", f"{TIME} TIMESTAMP"]
    more = [f"{_quoted(name)} {NAMES.get(kind, 'TEXT')}" for name, kind in kinds.items()]
    base.execute(f"CREATE TABLE {_quoted(table)} ({', '.join(own + more)})")


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        base.execute(f"INSERT INTO {_quoted(table)} VALUES ({marks})", row)  # noqa: S608 - a name, quoted


def _value(value: Plain | None, kind: Kind) -> str | int | float | None:
    return None if value is None else in_kind(value, kind)
